//! The schema as the list of fields that a query builder offers.

use super::operators::of_type;
use super::rule::SEARCH;
use crate::json::Writer;
use crate::model::{Entry, Field, Schema};
use crate::value::ValueType;
use json_event_parser::JsonEvent;

/// All fields, the aggregates of every kind of interaction, and `search`, as JSON.
pub(in crate::filter) fn fields(schema: &Schema) -> String {
    let mut out = Writer::new(schema);
    out.event(JsonEvent::StartArray);
    for field in schema.fields() {
        out.field(
            schema.field_key(field.id()),
            schema.field_label(field.id()),
            field.value_type(),
            Some(field),
        );
    }
    for kind in schema.kinds() {
        let label = |what: &str| format!("{what} {}", kind.replace('_', " "));
        for (function, what) in [("count", "Number of"), ("sum", "Total of")] {
            out.field(&format!("{function}({kind})"), &label(what), ValueType::Number, None);
        }
        for (function, what) in [("first", "First"), ("last", "Last")] {
            out.field(&format!("{function}({kind})"), &label(what), ValueType::DateTime, None);
        }
    }
    out.begin_field(SEARCH, "Search");
    out.choices("operators", [("contains", "contains")]);
    out.member("inputType", "text");
    out.close();
    out.event(JsonEvent::EndArray);
    out.finish()
}

impl Writer<'_> {
    fn begin_field(&mut self, name: &str, label: &str) {
        self.open();
        self.member("name", name);
        self.member("label", label);
    }

    fn field(&mut self, name: &str, label: &str, value_type: ValueType, field: Option<&Field>) {
        self.begin_field(name, label);
        self.member("datatype", value_type.as_str());
        self.choices("operators", of_type(value_type).into_iter().map(|operator| (operator, operator)));
        let editor = match value_type {
            ValueType::Bool => Some("checkbox"),
            ValueType::Select | ValueType::Status => Some("select"),
            ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => Some("multiselect"),
            _ => None,
        };
        let input = match value_type {
            ValueType::Number | ValueType::Id => "number",
            ValueType::Date => "date",
            ValueType::DateTime => "datetime-local",
            _ => "text",
        };
        match editor {
            Some(editor) => self.member("valueEditorType", editor),
            None => self.member("inputType", input),
        }
        let schema = self.schema;
        let pair = |entry: Entry<'_>| (entry.key.to_owned(), entry.label.to_owned());
        let same = |name: &str| (name.to_owned(), name.to_owned());
        let values: Vec<(String, String)> = match (value_type, field) {
            (ValueType::Status, _) => schema.statuses().iter().map(pair).collect(),
            (ValueType::Select | ValueType::MultiSelect, Some(field)) => {
                field.options().iter().map(pair).collect()
            }
            (ValueType::Tags, _) => schema.tags().map(same).collect(),
            (ValueType::Segments, _) => schema.segments().map(same).collect(),
            _ => Vec::new(),
        };
        if !values.is_empty() {
            self.choices("values", values.iter().map(|(name, label)| (name.as_str(), label.as_str())));
        }
        self.close();
    }

    fn choices<'c>(&mut self, key: &str, choices: impl IntoIterator<Item = (&'c str, &'c str)>) {
        self.key(key);
        self.event(JsonEvent::StartArray);
        for (name, label) in choices {
            self.begin_field(name, label);
            self.close();
        }
        self.event(JsonEvent::EndArray);
    }
}
