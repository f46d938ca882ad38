//! Values of contacts.

use super::instants::instant;
use super::values::{describe, entries, names, present};
use crate::errors::refused;
use napi::bindgen_prelude::{JsValue, Unknown};
use napi::{Result, ValueType};
use tagmata::{Error, Input, TimeZone};

/// The values of an object by the keys of fields. `undefined` says nothing about a field, `null` clears it.
pub(crate) fn inputs(name: &str, given: Unknown<'_>) -> Result<Vec<(String, Input)>> {
    let is_list = given.is_array()? || given.is_date()?;
    if given.get_type()? != ValueType::Object || is_list {
        return Err(refused(Error::wrong_type(name, "an object of values by field", describe(&given)?)));
    }
    let mut inputs = Vec::new();
    for (key, value) in entries(&given.coerce_to_object()?)? {
        if value.get_type()? != ValueType::Undefined {
            let value = input(&key, value)?;
            inputs.push((key, value));
        }
    }
    Ok(inputs)
}

/// One value; the core reads it by the type of its field.
fn input(key: &str, value: Unknown<'_>) -> Result<Input> {
    let Some(value) = present(Some(value))? else { return Ok(Input::Missing) };
    Ok(match value.get_type()? {
        ValueType::String => Input::Text(value.coerce_to_string()?.into_utf8()?.into_owned()?),
        ValueType::Number => Input::Number(value.coerce_to_number()?.get_double()?),
        ValueType::Boolean => Input::Bool(value.coerce_to_bool()?),
        ValueType::Object if value.is_date()? => Input::DateTime(instant(key, value, TimeZone::UTC)?),
        ValueType::Object if value.is_array()? => Input::List(names(key, value)?),
        _ => return Err(refused(Error::wrong_type(key, "a value", describe(&value)?))),
    })
}
