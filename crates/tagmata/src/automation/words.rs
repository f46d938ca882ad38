//! What rules do, in words.

use crate::model::{Field, Input, Schema};
use crate::text::quoted;
use crate::value::{FieldId, SegmentId, Symbol, TagId, Value};

/// A tag or a segment.
pub(super) fn link(field: FieldId, symbol: Symbol, schema: &Schema) -> String {
    match field {
        Field::TAGS => format!("the tag {}", quoted(schema.tag_name(TagId::new(symbol.get())))),
        _ => format!("the segment {}", quoted(schema.segment_name(SegmentId::new(symbol.get())))),
    }
}

/// A value of a field.
pub(super) fn value(field: FieldId, value: Option<&Value>, schema: &Schema) -> String {
    match schema.plain(field, value) {
        Input::Missing => "nothing".to_owned(),
        Input::Text(text) => quoted(&text),
        Input::Number(number) => format!("`{number}`"),
        Input::Bool(yes) => format!("`{yes}`"),
        Input::Date(day) => format!("`{day}`"),
        Input::DateTime(at) => format!("`{at}`"),
        Input::List(names) => quoted(&names.join(", ")),
    }
}
