//! Values of Python as values of the core, and back.

use crate::errors::{Result, wrong_type};
use chrono::{DateTime, NaiveDate, Utc};
use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyResult, Python};
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyBytes, PyDate, PyDateTime, PyDict, PyDictMethods, PyFloat, PyString, PyStringMethods, PyType,
    PyTzInfo, PyTzInfoAccess,
};
use tagmata::{Amount, ContactId, Input, MemberSet, TimeZone, Timestamp};

/// An instant, or what a wall clock shows in the zone of a book, as RFC 3339 writes it.
pub(crate) enum When {
    Instant(Timestamp),
    Local(String),
    /// What a wall clock shows, as if it were in UTC.
    Wall(Timestamp),
}

impl When {
    /// The instant, where a zone is known.
    pub(crate) fn instant(&self, zone: TimeZone) -> tagmata::Result<Timestamp> {
        match self {
            Self::Instant(at) => Ok(*at),
            Self::Local(text) => zone.read_datetime(text),
            Self::Wall(at) if zone.name() == "UTC" => Ok(*at),
            Self::Wall(at) => zone.read_datetime(at.to_string().trim_end_matches('Z')),
        }
    }
}

/// A `datetime`: aware ones are instants, naive ones what a wall clock shows.
pub(crate) fn when(value: &Bound<'_, PyAny>) -> Result<When> {
    let Ok(at) = value.cast::<PyDateTime>() else { return Err(wrong_type("a time is a `datetime`", value)) };
    if at.get_tzinfo().is_none() {
        return Ok(When::Local(at.call_method0("isoformat")?.extract()?));
    }
    let utc = at.call_method1("astimezone", (PyTzInfo::utc(value.py())?,))?;
    Ok(When::Instant(instant(utc.extract()?)?))
}

fn instant(at: DateTime<Utc>) -> PyResult<Timestamp> {
    let out_of_range = || PyValueError::new_err(format!("{at} is outside the years 0001 to 9999"));
    Timestamp::from_micros(at.timestamp_micros()).ok_or_else(out_of_range)
}

/// An instant as an aware `datetime` in UTC.
pub(crate) fn utc(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.as_micros()).unwrap_or_default()
}

/// The value of a field, as it comes from Python. What fits which field is for the core to say; the zone is that of the book.
fn input(value: &Bound<'_, PyAny>, zone: &impl Fn() -> Result<TimeZone>) -> Result<Input> {
    if value.is_none() {
        Ok(Input::Missing)
    } else if let Ok(text) = value.cast::<PyString>() {
        Ok(Input::Text(text.to_cow()?.into_owned()))
    } else if value.is_instance_of::<PyDateTime>() {
        Ok(Input::DateTime(match when(value)? {
            When::Instant(at) => at,
            local => local.instant(zone()?)?,
        }))
    } else if value.is_instance_of::<PyDate>() {
        Ok(Input::Date(value.str()?.to_cow()?.parse()?))
    } else if let Ok(yes) = value.extract::<bool>() {
        Ok(Input::Bool(yes))
    } else if let Ok(number) = value.extract::<f64>() {
        Ok(Input::Number(number))
    } else {
        let takes = "a value is text, a number, a bool, a date, a datetime, a list of names or None";
        list(value, takes, name).map(Input::List)
    }
}

/// The value of a field, as it goes to Python.
pub(crate) fn output<'py>(py: Python<'py>, value: &Input) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Input::Missing => Ok(py.None().into_bound(py)),
        Input::Text(text) => text.into_bound_py_any(py),
        Input::Number(number) => number.into_bound_py_any(py),
        Input::Bool(yes) => yes.into_bound_py_any(py),
        Input::Date(date) => NaiveDate::from_epoch_days(date.days_since_epoch()).into_bound_py_any(py),
        Input::DateTime(at) => utc(*at).into_bound_py_any(py),
        Input::List(names) => names.into_bound_py_any(py),
    }
}

/// Values of fields by their keys: those of a dict, then those of keywords.
pub(crate) fn inputs(
    values: Option<&Bound<'_, PyDict>>,
    keywords: Option<&Bound<'_, PyDict>>,
    zone: impl Fn() -> Result<TimeZone>,
) -> Result<Vec<(String, Input)>> {
    let mut inputs = Vec::new();
    for (key, value) in [values, keywords].into_iter().flatten().flat_map(|values| values.iter()) {
        inputs.push((name(&key)?, input(&value, &zone)?));
    }
    Ok(inputs)
}

/// Text that names something.
pub(crate) fn name(value: &Bound<'_, PyAny>) -> Result<String> {
    match value.cast::<PyString>() {
        Ok(name) => Ok(name.to_cow()?.into_owned()),
        Err(_) => Err(wrong_type("a name is text", value)),
    }
}

/// Whether this is one value, although Python can iterate over it.
pub(crate) fn is_one(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyDict>()
}

/// Lets signals and other threads in, once in a while, where the interpreter is held for long: at a row by its number.
pub(crate) fn breathe(py: Python<'_>, row: usize) -> PyResult<()> {
    const SELDOM: usize = 1_024;
    if (row + 1).is_multiple_of(SELDOM) {
        py.check_signals()?;
        py.detach(|| ());
    }
    Ok(())
}

/// The items of an iterable, which a signal stops.
pub(crate) fn items<'py>(
    value: &Bound<'py, PyAny>,
) -> PyResult<impl Iterator<Item = PyResult<Bound<'py, PyAny>>> + use<'py>> {
    let py = value.py();
    let watched = move |(row, item)| {
        breathe(py, row)?;
        item
    };
    Ok(value.try_iter()?.enumerate().map(watched))
}

/// What is read from each item of any iterable that is not one value.
pub(crate) fn list<T>(
    value: &Bound<'_, PyAny>,
    takes: &str,
    read: impl Fn(&Bound<'_, PyAny>) -> Result<T>,
) -> Result<Vec<T>> {
    match items(value) {
        Ok(items) if !is_one(value) => items.map(|item| read(&item?)).collect(),
        _ => Err(wrong_type(takes, value)),
    }
}

/// Names of tags, options or segments: any iterable of texts, but no single text.
pub(crate) fn names(value: &Bound<'_, PyAny>) -> Result<Vec<String>> {
    list(value, "names are a list, such as ['vip']", name)
}

/// Options: a list of names, or labels by key.
pub(crate) fn options(value: Option<&Bound<'_, PyAny>>) -> Result<Vec<(String, String)>> {
    match value.map(|value| (value, value.cast::<PyDict>())) {
        None => Ok(Vec::new()),
        Some((_, Ok(labels))) => labels.iter().map(|(key, label)| Ok((name(&key)?, name(&label)?))).collect(),
        Some((value, Err(_))) => Ok(names(value)?.into_iter().map(|name| (name.clone(), name)).collect()),
    }
}

/// An amount: an `int`, a `float`, a `Decimal` or a text, by its numeral.
pub(crate) fn amount(value: &Bound<'_, PyAny>) -> Result<Amount> {
    Ok(value.str()?.to_cow()?.parse()?)
}

/// An amount as a `Decimal`.
pub(crate) fn decimal(py: Python<'_>, amount: Amount) -> PyResult<Bound<'_, PyAny>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")?.call1((amount.to_string(),))
}

/// JSON that the core has written, as objects of Python.
pub(crate) fn from_json<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

/// The id of one contact.
pub(crate) fn id(value: &Bound<'_, PyAny>) -> Result<ContactId> {
    let whole = !value.is_instance_of::<PyBool>() && !value.is_instance_of::<PyFloat>();
    match value.extract::<i64>() {
        Ok(number) if whole => Ok(ContactId::try_from(number)?),
        _ => Err(wrong_type("the id of a contact is a whole number", value)),
    }
}

/// Ids in their order: those of an array, or of any iterable.
pub(crate) fn ids(value: &Bound<'_, PyAny>) -> Result<Vec<ContactId>> {
    if value.hasattr("__array__")? {
        return array_ids(value);
    }
    list(value, "ids are a list or an array of whole numbers", id)
}

fn array_ids(value: &Bound<'_, PyAny>) -> Result<Vec<ContactId>> {
    let array = value.py().import("numpy")?.call_method1("asarray", (value,))?;
    if let Ok(numbers) = array.extract::<PyReadonlyArray1<'_, u32>>() {
        return Ok(numbers.as_array().iter().copied().map(ContactId::new).collect());
    }
    let is_empty = array.getattr("size")?.extract::<usize>()? == 0;
    let kind: String = array.getattr("dtype")?.getattr("kind")?.extract()?;
    if !(is_empty || ["i", "u"].contains(&kind.as_str())) {
        let message = format!("ids are an array of whole numbers, not of {}", array.getattr("dtype")?);
        return Err(PyTypeError::new_err(message).into());
    }
    let numbers = array.call_method1("astype", ("int64",))?;
    let numbers: PyReadonlyArray1<'_, i64> =
        numbers.extract().map_err(|_| PyTypeError::new_err("ids are an array with one dimension"))?;
    let ids =
        numbers.as_array().iter().map(|number| ContactId::try_from(*number)).collect::<tagmata::Result<_>>();
    Ok(ids?)
}

/// Contacts as one array of `numpy.uint32`, ascending, which is not copied.
pub(crate) fn array<'py>(py: Python<'py>, numbers: Vec<u32>) -> Bound<'py, PyArray1<u32>> {
    numbers.into_pyarray(py)
}

/// The members of segments by name.
pub(crate) fn arrays<'py>(py: Python<'py>, members: &[(String, MemberSet)]) -> PyResult<Bound<'py, PyDict>> {
    let arrays = PyDict::new(py);
    for (name, members) in members {
        arrays.set_item(name, array(py, members.to_numbers()))?;
    }
    Ok(arrays)
}
