//! Cells of a table: what a file would say, from values of Python.

use crate::columns::is_missing;
use crate::convert::{When, is_one, when};
use crate::errors::Result;
use pyo3::prelude::{Bound, PyAny, PyAnyMethods};
use pyo3::types::{
    PyBool, PyDate, PyDateTime, PyFloat, PyFloatMethods, PyInt, PyString, PyStringMethods, PyTypeMethods,
};
use tagmata::TableCell;

/// What can be in a cell.
pub(crate) const TAKES: &str =
    "a cell is text, a number, a bool, a date, a datetime, a list of names or missing";

/// A value as a cell; none for what no field has.
pub(crate) fn cell(value: &Bound<'_, PyAny>) -> Result<Option<TableCell>> {
    if let Some(one) = one(value)? {
        return Ok(Some(one));
    }
    let items = match value.try_iter() {
        Ok(items) if !is_one(value) => items,
        _ => return Ok(None),
    };
    let mut names = Vec::new();
    for item in items {
        match one(&item?)? {
            Some(TableCell::Text(name) | TableCell::Plain(name)) => names.push(name),
            Some(TableCell::Blank) => {}
            Some(TableCell::List(_)) | None => return Ok(None),
        }
    }
    Ok(Some(TableCell::List(names)))
}

/// A value that is no list.
fn one(value: &Bound<'_, PyAny>) -> Result<Option<TableCell>> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Some(TableCell::Text(text.to_cow()?.into_owned())));
    }
    if is_missing(value) {
        return Ok(Some(TableCell::Blank));
    }
    let plain = if value.is_instance_of::<PyBool>() {
        truth(value.extract()?)
    } else if value.is_instance_of::<PyDateTime>() {
        moment(value)?
    } else if value.is_instance_of::<PyDate>() {
        text_of(value)?
    } else if value.is_instance_of::<PyInt>() {
        whole(value)?
    } else if let Ok(number) = value.cast::<PyFloat>() {
        numeral(number.value())
    } else {
        match value.get_type().name()?.to_cow()?.as_ref() {
            "Decimal" => decimal(value)?,
            // Of NumPy, in a list of Python.
            "datetime64" => {
                return one(&value.call_method1("astype", ("datetime64[us]",))?.call_method0("item")?);
            }
            _ if value.try_iter().is_ok() => return Ok(None),
            "bool" | "bool_" => truth(value.extract()?),
            _ if value.hasattr("__index__")? => whole(value)?,
            _ => match value.extract() {
                Ok(number) => numeral(number),
                Err(_) => return Ok(None),
            },
        }
    };
    // Not a number is missing, whatever its type.
    Ok(Some(if plain == "NaN" { TableCell::Blank } else { TableCell::Plain(plain) }))
}

fn truth(yes: bool) -> String {
    if yes { "true".to_owned() } else { "false".to_owned() }
}

/// A whole number, however large it is: ids are told by all of their digits.
fn whole(value: &Bound<'_, PyAny>) -> Result<String> {
    text_of(&value.call_method0("__index__")?)
}

/// A number without an exponent: `7` for `7.0`, since what has missing values has no whole numbers in NumPy.
fn numeral(number: f64) -> String {
    number.to_string()
}

/// A `Decimal` without an exponent.
fn decimal(value: &Bound<'_, PyAny>) -> Result<String> {
    match value.call_method0("is_nan")?.extract()? {
        true => Ok("NaN".to_owned()),
        false => text_of(&value.call_method1("__format__", ("f",))?),
    }
}

/// A datetime of RFC 3339; without a zone, midnight is a day, as in a table that has no other type for days.
fn moment(value: &Bound<'_, PyAny>) -> Result<String> {
    if let When::Instant(at) = when(value)? {
        return Ok(at.to_string());
    }
    let text = text_of(&value.call_method1("isoformat", ("T", "microseconds"))?)?;
    let text = text.strip_suffix(".000000").unwrap_or(&text);
    Ok(text.strip_suffix("T00:00:00").unwrap_or(text).to_owned())
}

fn text_of(value: &Bound<'_, PyAny>) -> Result<String> {
    Ok(value.str()?.to_cow()?.into_owned())
}
