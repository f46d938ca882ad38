//! The type of each field, as the schema's JSON says it.

use crate::oracle::text::fold;
use serde_json::Value;

/// A field's type; the choices of selects and multi-selects are `(key, label)`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FieldType {
    Id,
    Name,
    Text,
    Phone,
    Country,
    Number,
    Bool,
    Date,
    Datetime,
    LastInteraction,
    Choice(Vec<(String, String)>),
    Choices(Vec<(String, String)>),
    Tags,
    Segments,
}

/// "Standard fields: `id external_id account_number …`", then the schema's own.
pub(crate) fn field_type(schema: &Value, key: &str) -> FieldType {
    match key {
        "id" => FieldType::Id,
        "name" => FieldType::Name,
        "external_id" | "account_number" | "first_name" | "last_name" | "email" | "organization"
        | "source" => FieldType::Text,
        "mobile" => FieldType::Phone,
        "country" => FieldType::Country,
        "status" => FieldType::Choice(statuses(schema)),
        "status_changed_at" | "created_at" | "updated_at" => FieldType::Datetime,
        "last_interaction" => FieldType::LastInteraction,
        "tags" => FieldType::Tags,
        "segments" => FieldType::Segments,
        _ => custom_type(schema, key),
    }
}

fn custom_type(schema: &Value, key: &str) -> FieldType {
    let field =
        items(schema, "fields").find(|f| f["key"] == key).unwrap_or_else(|| panic!("unknown field {key}"));
    match field["type"].as_str().expect("a type") {
        "text" => FieldType::Text,
        "number" => FieldType::Number,
        "bool" => FieldType::Bool,
        "date" => FieldType::Date,
        "datetime" => FieldType::Datetime,
        "select" => FieldType::Choice(items(field, "options").map(choice).collect()),
        "multi_select" => FieldType::Choices(items(field, "options").map(choice).collect()),
        other => panic!("unknown type {other}"),
    }
}

/// "added to the four that exist: `lead` `active` `vip` `inactive`".
fn statuses(schema: &Value) -> Vec<(String, String)> {
    let standard = ["lead", "active", "vip", "inactive"].map(|key| (key.to_owned(), key.to_owned()));
    standard.into_iter().chain(items(schema, "statuses").map(choice)).collect()
}

/// `{"key", "label"}` or a string that is both.
fn choice(value: &Value) -> (String, String) {
    let key = value.as_str().or(value["key"].as_str()).expect("a key");
    (key.to_owned(), value["label"].as_str().unwrap_or(key).to_owned())
}

/// "`status` and select values match key or label", "Options, tags, segments, statuses match folded". Gives the key.
pub(crate) fn resolve<'a>(choices: &'a [(String, String)], text: &str) -> &'a str {
    let by_key = choices.iter().find(|(key, _)| fold(key) == fold(text));
    let by_label = || choices.iter().find(|(_, label)| fold(label) == fold(text));
    &by_key.or_else(by_label).unwrap_or_else(|| panic!("unknown choice {text}")).0
}

/// Which interaction kinds are not the contact's own doing.
pub(crate) fn is_outgoing(schema: &Value, kind: &str) -> bool {
    kind == "email_sent" || items(schema, "kinds").any(|k| k["key"] == kind && k["outgoing"] == true)
}

/// The schema's entry of a segment; names match folded.
pub(crate) fn segment<'a>(schema: &'a Value, name: &str) -> &'a Value {
    items(schema, "segments")
        .find(|s| fold(s["name"].as_str().expect("a name")) == fold(name))
        .unwrap_or_else(|| panic!("unknown segment {name}"))
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}
