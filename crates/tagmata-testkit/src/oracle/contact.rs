//! What a contact has in a field.

use crate::oracle::moment::{When, instant};
use crate::oracle::phone::e164;
use crate::oracle::schema::{FieldType, field_type, is_outgoing, resolve};
use crate::oracle::text::fold;
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::BTreeSet;

/// The left side of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Subject {
    Missing,
    Id(usize),
    /// Trimmed, not yet folded.
    Text(String),
    /// E.164.
    Phone(String),
    /// Upper case.
    Country(String),
    /// The key of a status or an option, and all `(key, label)` there are.
    Choice(String, Vec<(String, String)>),
    /// Keys of options, and all `(key, label)` there are.
    Choices(BTreeSet<String>, Vec<(String, String)>),
    /// Folded names.
    Tags(BTreeSet<String>),
    /// Folded names of static segments.
    Segments(BTreeSet<String>),
    Number(f64),
    /// The exact number `millionths / (1_000_000 × count)`.
    Quotient {
        millionths: i128,
        count: i128,
    },
    Bool(bool),
    When(When),
}

/// The value of a field.
pub(crate) fn subject(
    schema: &Value,
    default_country: Option<&str>,
    contact: &Value,
    id: usize,
    field: &str,
) -> Subject {
    let kind = field_type(schema, field);
    match &kind {
        FieldType::Id => return Subject::Id(id),
        FieldType::Name => return name(contact),
        FieldType::LastInteraction => return last_interaction(schema, contact),
        FieldType::Tags => return Subject::Tags(names(contact, "tags")),
        FieldType::Segments => return Subject::Segments(names(contact, "segments")),
        _ => {}
    }
    let Some(value) = present(contact, field) else { return Subject::Missing };
    let text = || value.as_str().expect("a string").trim();
    match kind {
        FieldType::Text => Subject::Text(text().to_owned()),
        FieldType::Phone => Subject::Phone(e164(
            text(),
            present(contact, "country").and_then(Value::as_str).or(default_country),
        )),
        FieldType::Country => Subject::Country(text().to_uppercase()),
        FieldType::Number => Subject::Number(value.as_f64().expect("a number")),
        FieldType::Bool => Subject::Bool(value.as_bool().expect("true or false")),
        FieldType::Date => Subject::When(When::Day(text().parse().expect("a date"))),
        FieldType::Datetime => Subject::When(When::Instant(instant(text()))),
        FieldType::Choice(choices) => Subject::Choice(resolve(&choices, text()).to_owned(), choices),
        FieldType::Choices(choices) => {
            let texts = value.as_array().expect("a list").iter().map(|v| v.as_str().expect("a key"));
            Subject::Choices(texts.map(|t| resolve(&choices, t).to_owned()).collect(), choices)
        }
        FieldType::Id
        | FieldType::Name
        | FieldType::LastInteraction
        | FieldType::Tags
        | FieldType::Segments => unreachable!("answered above"),
    }
}

/// "**Missing** is one thing: absent, null, `""`, only white space (Unicode White_Space), an empty set. […] The text `null` is
/// text."
pub(crate) fn present<'a>(contact: &'a Value, field: &str) -> Option<&'a Value> {
    match contact.get(field)? {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(items) if items.is_empty() => None,
        value => Some(value),
    }
}

/// "`name` is first and last name joined by a space".
pub(crate) fn name(contact: &Value) -> Subject {
    let parts: Vec<&str> = ["first_name", "last_name"]
        .into_iter()
        .filter_map(|field| present(contact, field)?.as_str())
        .map(str::trim)
        .collect();
    if parts.is_empty() { Subject::Missing } else { Subject::Text(parts.join(" ")) }
}

/// "`last_interaction` is then the later of that and the recorded interactions", those that are not outgoing.
fn last_interaction(schema: &Value, contact: &Value) -> Subject {
    let own = present(contact, "last_interaction").map(|v| instant(v.as_str().expect("a datetime")));
    let recorded =
        interactions(contact).filter(|i| !is_outgoing(schema, i["kind"].as_str().expect("a kind"))).map(time);
    own.into_iter().chain(recorded).max().map_or(Subject::Missing, |t| Subject::When(When::Instant(t)))
}

/// All interactions of a contact, as they were written.
pub(crate) fn interactions(contact: &Value) -> impl Iterator<Item = &Value> {
    contact["interactions"].as_array().into_iter().flatten()
}

/// When an interaction took place.
pub(crate) fn time(interaction: &Value) -> DateTime<Utc> {
    instant(interaction["at"].as_str().expect("a datetime"))
}

fn names(contact: &Value, field: &str) -> BTreeSet<String> {
    let list = contact[field].as_array().into_iter().flatten();
    list.map(|name| fold(name.as_str().expect("a name"))).collect()
}
