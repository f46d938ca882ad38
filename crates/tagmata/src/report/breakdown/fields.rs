//! Which fields a breakdown can take.

use crate::change::Ref;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::{Field, Schema};
use crate::text::quoted;
use crate::value::{FieldId, ValueType};

/// A field by which contacts can be grouped.
///
/// # Errors
/// [`Code::UnknownField`] with near names; [`Code::NotGroupable`] with the fields that fit.
pub(super) fn field_to_group_by<'s>(field: &Ref<FieldId>, schema: &'s Schema) -> Result<&'s Field> {
    let field = field.resolve(schema)?;
    if is_groupable(field) {
        return Ok(field);
    }
    let (key, value_type) = (quoted(schema.field_key(field.id())), field.value_type());
    let message = format!("contacts are not grouped by {key}, which is of type `{value_type}`");
    Err(Error::value(Diagnostic::new(Code::NotGroupable, message).expecting(keys(schema, is_groupable))))
}

/// A field of numbers.
///
/// # Errors
/// [`Code::UnknownField`] with near names; [`Code::NotMeasurable`] with the fields that fit.
pub(super) fn field_to_add_up(field: &Ref<FieldId>, schema: &Schema) -> Result<FieldId> {
    let field = field.resolve(schema)?;
    if is_number(field) {
        return Ok(field.id());
    }
    let (key, value_type) = (quoted(schema.field_key(field.id())), field.value_type());
    let message = format!("{key} is of type `{value_type}` and is not added up");
    let diagnostic = Diagnostic::new(Code::NotMeasurable, message);
    Err(Error::value(match keys(schema, is_number).next() {
        Some(_) => diagnostic.expecting(keys(schema, is_number)),
        None => diagnostic.help("define a field of type `number`; the book has none"),
    }))
}

fn is_groupable(field: &Field) -> bool {
    match field.value_type() {
        ValueType::Text
        | ValueType::Bool
        | ValueType::Select
        | ValueType::MultiSelect
        | ValueType::Status
        | ValueType::Country
        | ValueType::Tags
        | ValueType::Segments => true,
        ValueType::Email
        | ValueType::Phone
        | ValueType::Number
        | ValueType::Date
        | ValueType::DateTime
        | ValueType::Id => false,
    }
}

fn is_number(field: &Field) -> bool {
    field.value_type() == ValueType::Number
}

fn keys(schema: &Schema, is_fit: fn(&Field) -> bool) -> impl Iterator<Item = &str> {
    schema.fields().filter(move |field| is_fit(field)).map(|field| schema.field_key(field.id()))
}
