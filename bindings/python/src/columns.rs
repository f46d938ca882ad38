//! Columns of Python: one value for all rows, a list, or an array of NumPy, pandas, polars or Arrow, which is read without an
//! object of Python for each of its numbers and times.

use crate::convert::{When, amount, is_one, items, list, name, when};
use crate::errors::{Result, wrong_type};
use numpy::PyReadonlyArray1;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::{Bound, PyAny, PyAnyMethods, PyResult};
use pyo3::types::{
    PyDict, PyDictMethods, PyFloat, PyFloatMethods, PySlice, PyString, PyStringMethods, PyTypeMethods,
};
use std::collections::HashMap;
use std::sync::Arc;
use tagmata::{Amount, Timestamp};

/// The values of a column.
pub(crate) enum Column<T> {
    /// One for all rows.
    Same(T),
    /// One for each row.
    Each(Vec<T>),
}

impl<T> Column<T> {
    /// The value of a row.
    pub(crate) fn get(&self, row: usize) -> Option<&T> {
        match self {
            Self::Same(value) => Some(value),
            Self::Each(values) => values.get(row),
        }
    }

    /// Refuses a column that does not have a value for each of so many rows.
    pub(crate) fn require(&self, name: &str, rows: usize) -> PyResult<()> {
        match self {
            Self::Each(values) if values.len() != rows => {
                let message =
                    format!("`{name}` has the length {}, `contact` the length {rows}", values.len());
                Err(PyValueError::new_err(message))
            }
            _ => Ok(()),
        }
    }
}

/// Whether this is `None`, not a number, or what pandas has for a missing value.
pub(crate) fn is_missing(value: &Bound<'_, PyAny>) -> bool {
    let is_nan = |value: &Bound<'_, PyFloat>| value.value().is_nan();
    // Nothing of Python is called for it: there, a signal that comes just now would be lost.
    let is_named = |names: &[&str]| {
        let name = value.get_type().name();
        name.is_ok_and(|name| name.to_cow().is_ok_and(|name| names.contains(&&*name)))
    };
    value.is_none() || value.cast::<PyFloat>().is_ok_and(is_nan) || is_named(&["NAType", "NaTType"])
}

/// Columns of Python by their names.
type NamedColumns<'py> = Vec<(String, Bound<'py, PyAny>)>;

/// What the columns of a table have.
pub(crate) const NAMES: &str = "the columns of a table have names";

/// The columns of a dict or of a table of pandas, polars or Arrow, by their names; none of what is no table.
pub(crate) fn of_table<'py>(table: &Bound<'py, PyAny>) -> Result<Option<NamedColumns<'py>>> {
    // What pandas, Arrow and all others have. In the first two, one name may be that of two columns: they are asked by place.
    for (mark, names) in [("iloc", "columns"), ("column_names", "column_names"), ("columns", "columns")] {
        let Some(marked) = table.getattr_opt(mark)? else { continue };
        let by_place = table.getattr_opt("column")?;
        let names = list(&table.getattr(names)?, NAMES, name)?;
        let column = |(at, name): (usize, String)| {
            let values = match (mark, &by_place) {
                ("iloc", _) => marked.get_item((PySlice::full(table.py()), at))?,
                ("column_names", Some(column)) => column.call1((at,))?,
                _ => table.get_item(&name)?,
            };
            Ok((name, values))
        };
        return names.into_iter().enumerate().map(column).collect::<Result<_>>().map(Some);
    }
    let Ok(columns) = table.cast::<PyDict>() else { return Ok(None) };
    let column = |(key, values): (Bound<'py, PyAny>, _)| match key.cast::<PyString>() {
        Ok(_) => Ok((name(&key)?, values)),
        Err(_) => Err(wrong_type(NAMES, &key)),
    };
    columns.iter().map(column).collect::<Result<_>>().map(Some)
}

/// An array of NumPy, and the letter that says of what.
fn array<'py>(value: &Bound<'py, PyAny>) -> Result<(Bound<'py, PyAny>, String)> {
    let array = value.py().import("numpy")?.call_method1("asarray", (value,))?;
    let kind = array.getattr("dtype")?.getattr("kind")?.extract()?;
    Ok((array, kind))
}

/// The items of a list, or of an array of objects.
fn each<T>(
    values: &Bound<'_, PyAny>,
    takes: &str,
    mut read: impl FnMut(&Bound<'_, PyAny>) -> Result<T>,
) -> Result<Column<T>> {
    match items(values) {
        Ok(items) if !is_one(values) => {
            Ok(Column::Each(items.map(|item| read(&item?)).collect::<Result<_>>()?))
        }
        _ => Err(wrong_type(takes, values)),
    }
}

/// Texts, each of which may be missing; equal ones are one.
pub(crate) fn texts(values: &Bound<'_, PyAny>) -> Result<Column<Option<Arc<str>>>> {
    const TAKES: &str = "names and labels are text, a list or an array of text";
    if let Ok(text) = values.cast::<PyString>() {
        return Ok(Column::Same(Some(text.to_cow()?.as_ref().into())));
    }
    if is_missing(values) {
        return Ok(Column::Same(None));
    }
    if !values.hasattr("__array__")? {
        return named(values, TAKES);
    }
    let (array, kind) = array(values)?;
    if kind != "U" {
        return named(&array.call_method0("tolist")?, TAKES);
    }
    let numpy = values.py().import("numpy")?;
    let (different, places) = (numpy.call_method1("unique", (&array,))?, "searchsorted");
    let places = different.call_method1(places, (&array,))?.call_method1("astype", ("int64",))?;
    let places: PyReadonlyArray1<'_, i64> = places.extract().map_err(|_| wrong_type(TAKES, values))?;
    let different: Vec<String> = different.call_method0("tolist")?.extract()?;
    let different: Vec<Arc<str>> = different.into_iter().map(Arc::from).collect();
    let text = |place: &i64| usize::try_from(*place).ok().and_then(|place| different.get(place)).cloned();
    Ok(Column::Each(places.as_array().iter().map(text).collect()))
}

fn named(values: &Bound<'_, PyAny>, takes: &str) -> Result<Column<Option<Arc<str>>>> {
    let mut known: HashMap<String, Arc<str>> = HashMap::new();
    each(values, takes, |value| match value.cast::<PyString>() {
        Ok(text) => {
            let text = text.to_cow()?;
            let known = known.entry(text.clone().into_owned()).or_insert_with(|| Arc::from(&*text));
            Ok(Some(Arc::clone(known)))
        }
        Err(_) if is_missing(value) => Ok(None),
        Err(_) => Err(wrong_type(takes, value)),
    })
}

/// Amounts, each of which may be missing: not a number is none.
pub(crate) fn amounts(values: &Bound<'_, PyAny>) -> Result<Column<Option<Amount>>> {
    let one = |value: &Bound<'_, PyAny>| if is_missing(value) { Ok(None) } else { amount(value).map(Some) };
    if values.hasattr("__array__")? {
        let (array, kind) = array(values)?;
        if array.getattr("ndim")?.extract::<usize>()? == 1 {
            return match kind.as_str() {
                "f" => numbers::<f64>(&array, "float64", |number| !number.is_nan()),
                "i" | "u" | "b" => numbers::<i64>(&array, "int64", |_| true),
                _ => each(&array.call_method0("tolist")?, "amounts are an array of numbers", one),
            };
        }
    }
    let is_list = values.try_iter().is_ok() && !is_one(values);
    if is_list { each(values, "amounts are a list", one) } else { Ok(Column::Same(one(values)?)) }
}

fn numbers<T: numpy::Element + ToString>(
    array: &Bound<'_, PyAny>,
    dtype: &str,
    is_there: impl Fn(&T) -> bool,
) -> Result<Column<Option<Amount>>> {
    let array = array.call_method1("astype", (dtype,))?;
    let numbers: PyReadonlyArray1<'_, T> =
        array.extract().map_err(|_| wrong_type("amounts are an array with one dimension", &array))?;
    let amount = |number: &T| match is_there(number) {
        true => number.to_string().parse().map(Some),
        false => Ok(None),
    };
    Ok(Column::Each(numbers.as_array().iter().map(amount).collect::<tagmata::Result<_>>()?))
}

/// Times, each of which may be missing.
pub(crate) fn times(values: &Bound<'_, PyAny>) -> Result<Column<Option<When>>> {
    const TAKES: &str = "times are a list of `datetime`, or an array of times";
    let one = |value: &Bound<'_, PyAny>| if is_missing(value) { Ok(None) } else { when(value).map(Some) };
    if !values.hasattr("__array__")? {
        let is_list = values.try_iter().is_ok() && !is_one(values);
        return if is_list { each(values, TAKES, one) } else { Ok(Column::Same(one(values)?)) };
    }
    let is_zoned = is_zoned(values)?;
    let array = match is_zoned {
        true => values.py().import("numpy")?.call_method1("asarray", (values, "datetime64[us]"))?,
        false => {
            let (array, kind) = array(values)?;
            if kind != "M" {
                return each(&array.call_method0("tolist")?, TAKES, one);
            }
            array.call_method1("astype", ("datetime64[us]",))?
        }
    };
    let array = array.call_method1("astype", ("int64",))?;
    let micros: PyReadonlyArray1<'_, i64> = array.extract().map_err(|_| wrong_type(TAKES, values))?;
    let time = |(row, micros): (usize, &i64)| match Timestamp::from_micros(*micros) {
        Some(at) if is_zoned => Ok(Some(When::Instant(at))),
        Some(at) => Ok(Some(When::Wall(at))),
        None => Err(PyValueError::new_err(format!("there is no time at {row} in the times"))),
    };
    Ok(Column::Each(micros.as_array().iter().enumerate().map(time).collect::<PyResult<_>>()?))
}

/// Whether the times of a column of pandas, polars or Arrow are instants.
fn is_zoned(values: &Bound<'_, PyAny>) -> PyResult<bool> {
    for (of, zone) in [("dtype", "tz"), ("dtype", "time_zone"), ("type", "tz")] {
        let found = values.getattr_opt(of)?.map(|of| of.getattr_opt(zone)).transpose()?.flatten();
        if found.is_some_and(|zone| !zone.is_none()) {
            return Ok(true);
        }
    }
    Ok(false)
}
