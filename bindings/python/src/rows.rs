//! Rows of Python as interactions: all that is wrong with any of them is for the core to tell.

use crate::columns::is_missing;
use crate::convert::{amount, id, is_one, name, when};
use crate::errors::{Failure, Result};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::{Bound, PyAny, PyAnyMethods};
use pyo3::types::{
    PyBool, PyDate, PyDateTime, PyDict, PyDictMethods, PyList, PyString, PyStringMethods, PyTuple,
};
use tagmata::{Error, InteractionParts, TimeZone};

/// What an interaction has, in the order of a tuple.
pub(crate) const PARTS: [&str; 5] = ["contact", "kind", "at", "amount", "label"];

/// How the call is named to its caller.
const CALL: &str = "record_many";

/// An interaction from a dict, or from a tuple of contact, kind, at, amount and label.
pub(crate) fn interaction(row: &Bound<'_, PyAny>, zone: TimeZone) -> Result<InteractionParts> {
    let mut parts = InteractionParts::new();
    if let Ok(row) = row.cast::<PyDict>() {
        for (key, value) in row.iter() {
            set(&mut parts, key.str()?.to_cow()?.as_ref(), &value, zone)?;
        }
    } else if !is_one(row)
        && let Ok(items) = row.try_iter()
    {
        let items = items.collect::<Result<Vec<_>, _>>()?;
        if items.len() > PARTS.len() {
            parts.refuse(Error::wrong_type(CALL, "at most 5 values for each", &items.len().to_string()));
        } else {
            PARTS.iter().zip(&items).try_for_each(|(key, value)| set(&mut parts, key, value, zone))?;
        }
    } else {
        parts.refuse(Error::wrong_type(CALL, "dicts or tuples", what(row)));
    }
    Ok(parts)
}

/// Sets one part, unless it is missing.
fn set(parts: &mut InteractionParts, key: &str, value: &Bound<'_, PyAny>, zone: TimeZone) -> Result<()> {
    const TEXT: &str = "text";
    if !PARTS.contains(&key) {
        parts.refuse_key(key, Error::unknown_option(CALL, key, &PARTS));
        return Ok(());
    }
    if is_missing(value) {
        return Ok(());
    }
    match key {
        "contact" => parts.contact(told(id(value), key, "the id of a contact", value)?),
        "kind" => parts.kind(told(name(value), key, TEXT, value)?),
        "at" => parts.at(told(when(value), key, "a datetime", value)?.and_then(|at| at.instant(zone))),
        "amount" if is_number(value) || value.is_instance_of::<PyString>() => {
            parts.amount(told(amount(value), key, "a number", value)?);
        }
        "amount" => parts.amount(Err(Error::wrong_type(key, "a number", what(value)))),
        _ => parts.label(told(name(value), key, TEXT, value)?),
    }
    Ok(())
}

/// What was read, or why not as the core tells it. What Python raised for another reason stays what it is.
fn told<T>(read: Result<T>, key: &str, takes: &str, value: &Bound<'_, PyAny>) -> Result<tagmata::Result<T>> {
    let error = match read {
        Ok(read) => return Ok(Ok(read)),
        Err(Failure::Core(error)) => return Ok(Err(error)),
        Err(Failure::Python(error)) => error,
    };
    let py = value.py();
    let of_value = error.is_instance_of::<PyTypeError>(py)
        || error.is_instance_of::<PyValueError>(py)
        || error.is_instance_of::<PyOverflowError>(py);
    // Of the right type, but none that there is: a number that is no id, a time out of range.
    let is_shown =
        key == "contact" && is_number(value) || key == "at" && value.is_instance_of::<PyDateTime>();
    match (of_value, is_shown) {
        (false, _) => Err(error.into()),
        (true, false) => Ok(Err(Error::wrong_type(key, takes, what(value)))),
        (true, true) => Ok(Err(Error::wrong_type(key, takes, &value.str()?.to_cow()?))),
    }
}

fn is_number(value: &Bound<'_, PyAny>) -> bool {
    !value.is_instance_of::<PyBool>() && value.extract::<f64>().is_ok()
}

/// What a value is, in the words of the core.
fn what(value: &Bound<'_, PyAny>) -> &'static str {
    match () {
        () if value.is_none() => "nothing",
        () if value.is_instance_of::<PyBool>() => "true or false",
        () if value.is_instance_of::<PyString>() => "text",
        () if value.is_instance_of::<PyDateTime>() => "a datetime",
        () if value.is_instance_of::<PyDate>() => "a date",
        () if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() => "a list",
        () if is_number(value) => "a number",
        () => "an object",
    }
}
