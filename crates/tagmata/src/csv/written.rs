//! Values as files hold them.

use super::lists::joined;
use super::numbers::written;
use crate::model::{Field, Schema};
use crate::value::{Number, Symbol, Value};
use std::borrow::Cow;

/// By what a file calls fields, options and statuses. The reader knows both.
///
/// ```
/// use tagmata::{CsvWriter, ExportNames, ExportOptions, Field, Schema};
/// let schema = Schema::default();
/// let mut out = Vec::new();
/// let options = ExportOptions::new().names(ExportNames::Labels);
/// CsvWriter::new(&mut out, &schema, &[Field::FIRST_NAME, Field::EMAIL], options)?.finish()?;
/// assert_eq!(String::from_utf8_lossy(&out), "First name,E-mail\n");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ExportNames {
    /// By their keys, which never change: for programs.
    #[default]
    Keys,
    /// By their labels: for people.
    Labels,
}

/// The name of an option, status, country, tag or segment.
pub(super) fn name_of<'a>(
    symbol: Symbol,
    field: &Field,
    schema: &'a Schema,
    names: ExportNames,
) -> Cow<'a, str> {
    match names {
        ExportNames::Keys => schema.symbol_key(field.id(), symbol),
        ExportNames::Labels => schema.symbol_label(field.id(), symbol),
    }
}

/// A value as a cell, without guard, and whether it is text.
pub(super) fn cell<'a>(
    value: &'a Value,
    field: &'a Field,
    schema: &'a Schema,
    names: ExportNames,
) -> (Cow<'a, str>, bool) {
    match value {
        Value::Text(text) => (Cow::Borrowed(text.as_str()), true),
        Value::Phone(phone) => (Cow::Borrowed(phone.e164()), false),
        Value::Number(value) => (Cow::Owned(Number::new(*value).map(written).unwrap_or_default()), false),
        Value::Date(date) => (Cow::Owned(date.to_string()), false),
        Value::DateTime(at) => (Cow::Owned(at.to_string()), false),
        Value::Bool(yes) => (Cow::Borrowed(if *yes { "true" } else { "false" }), false),
        Value::One(symbol) => (name_of(*symbol, field, schema, names), true),
        Value::Many(set) => {
            let items: Vec<_> = set.iter().map(|symbol| name_of(symbol, field, schema, names)).collect();
            (Cow::Owned(joined(items.iter().map(|item| &**item))), true)
        }
        Value::Id(id) => (Cow::Owned(id.get().to_string()), false),
    }
}
