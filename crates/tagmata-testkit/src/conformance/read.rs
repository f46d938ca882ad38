//! The settings, definitions and values of a suite as the engine takes them.

use super::object::Object;
use serde_json::Value;
use tagmata::{
    Amount, Draft, Filter, FilterSource, Input, Limits, NewField, Patch, Schema, Settings, ValueType,
};

/// A filter of a suite: text, or JSON in one of its spellings.
///
/// # Errors
/// Those of the filter.
pub fn read_filter(filter: &Value, schema: &Schema) -> tagmata::Result<Filter> {
    match (filter.as_str(), filter.get("raw")) {
        (Some(text), _) => Filter::parse(text, schema),
        (None, Some(raw)) => Filter::from_json(text(raw), schema),
        (None, None) => Filter::from_json(&filter.to_string(), schema),
    }
}

/// The same, where text is read by the command that it is given to.
pub(super) fn filter_source(filter: &Value, schema: &Schema) -> tagmata::Result<FilterSource> {
    match filter.as_str() {
        Some(text) => Ok(text.into()),
        None => read_filter(filter, schema).map(Into::into),
    }
}

/// Settings, with those that are not named as they were.
pub(super) fn settings(mut read: Settings, settings: &Object<'_>) -> Settings {
    if let Some(zone) = settings.text_if("time_zone") {
        read.calendar.zone = zone.parse().unwrap();
    }
    if let Some(day) = settings.text_if("week_start") {
        read.calendar.week_start = day.parse().unwrap();
    }
    if let Some(rule) = settings.text_if("leap_day") {
        read.calendar.leap_day = rule.parse().unwrap();
    }
    if let Some(country) = settings.text_if("default_country") {
        read.default_country = Some(country.parse().unwrap());
    }
    let limits = settings.object("limits");
    let Limits { source, nesting, segment_depth, nodes, list_items, string, diagnostics } = &mut read.limits;
    for (name, limit) in [
        ("source", source),
        ("nesting", nesting),
        ("segment_depth", segment_depth),
        ("nodes", nodes),
        ("list_items", list_items),
        ("string", string),
        ("diagnostics", diagnostics),
    ] {
        if let Some(value) = limits.number_if(name) {
            *limit = usize::try_from(value).unwrap();
        }
    }
    limits.finish();
    settings.finish();
    read
}

/// A custom field, which is all that the object is about.
pub(super) fn new_field(field: &Object<'_>) -> NewField {
    let name = field.text("type");
    let value_type = ValueType::CUSTOM.into_iter().find(|each| each.as_str() == name);
    let value_type = value_type.unwrap_or_else(|| panic!("{}: no type `{name}`", field.place()));
    let mut new = NewField::new(field.text("key"), value_type);
    if let Some(label) = field.text_if("label") {
        new = new.label(label);
    }
    options(field, "options").into_iter().fold(new, |new, (key, label)| new.labelled_option(key, label))
}

/// The keys and labels of options: each an object of both, or a string that is both.
pub(super) fn options<'a>(object: &Object<'a>, key: &str) -> Vec<(&'a str, &'a str)> {
    let read = |option: &'a Value| match option.as_str() {
        Some(name) => (name, name),
        None => {
            let option = Object::new(option, format!("{}: an option", object.place()));
            let key = option.text("key");
            let both = (key, option.text_if("label").unwrap_or(key));
            option.finish();
            both
        }
    };
    object.list(key).iter().map(read).collect()
}

/// A contact: values by field key, and `interactions`.
pub(super) fn draft(values: &Object<'_>) -> Draft {
    let mut draft = Draft::new();
    for (key, value) in values.all() {
        if key != "interactions" {
            draft = draft.set(key, input(value));
            continue;
        }
        for interaction in values.list("interactions") {
            let interaction = Object::new(interaction, format!("{}: an interaction", values.place()));
            let (kind, at) = (interaction.text("kind"), interaction.text("at").parse().unwrap());
            let amount = amount(interaction.any("amount"));
            draft = draft.interaction(kind, at, amount, interaction.text_if("label"));
            interaction.finish();
        }
    }
    draft
}

/// New values by field key; null takes a value away.
pub(super) fn patch(values: &Object<'_>) -> Patch {
    values.all().fold(Patch::new(), |patch, (key, value)| patch.set(key, input(value)))
}

/// The draft of a contact that was drawn.
pub fn draft_of(contact: &Value) -> Draft {
    draft(&Object::new(&without_own(contact), "a contact"))
}

/// A contact that was drawn, without what a book sets by itself.
pub(super) fn without_own(contact: &Value) -> Value {
    const OWN: [&str; 2] = ["status_changed_at", "updated_at"];
    let mut contact = contact.clone();
    if let Value::Object(values) = &mut contact {
        values.retain(|key, _| !OWN.contains(&key.as_str()));
    }
    contact
}

/// The patch that gives a contact these values; null takes a value away.
pub fn patch_of(values: &Value) -> Patch {
    patch(&Object::new(values, "a patch"))
}

/// A decimal in a string or a number.
pub(super) fn amount(amount: &Value) -> Option<Amount> {
    match amount {
        Value::Null => None,
        Value::String(amount) => Some(amount.parse().unwrap()),
        number => Some(number.to_string().parse().unwrap()),
    }
}

fn input(value: &Value) -> Input {
    match value {
        Value::Null => Input::Missing,
        Value::Bool(value) => Input::Bool(*value),
        Value::Number(number) => Input::Number(number.as_f64().unwrap()),
        Value::String(text) => Input::Text(text.clone()),
        Value::Array(items) => Input::List(items.iter().map(|item| text(item).to_owned()).collect()),
        Value::Object(_) => panic!("an object is no value: {value}"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}"))
}
