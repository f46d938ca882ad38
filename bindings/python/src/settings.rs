//! The settings of a book.

use crate::convert::name;
use crate::errors::{Result, wrong_type};
use crate::keywords::is_left_out;
use pyo3::prelude::{Borrowed, Bound, FromPyObject, PyAny, PyAnyMethods, PyErr, PyResult};
use pyo3::types::{PyDict, PyDictMethods, PyStringMethods};
use tagmata::{PartialSettings, TimeZone};

/// Reads settings that are given; a country as an outer `None` stays, as an inner one it is taken away.
pub(crate) fn settings(
    zone: Option<&Bound<'_, PyAny>>,
    country: Option<Option<&str>>,
    week_start: Option<&str>,
    leap_day: Option<&str>,
    limits: Option<&Bound<'_, PyDict>>,
) -> Result<PartialSettings> {
    // A `ZoneInfo` is written as its key.
    let read_zone = |zone: &Bound<'_, PyAny>| -> Result<TimeZone> { Ok(zone.str()?.to_cow()?.parse()?) };
    let limit = |(key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| Ok((name(&key)?, value.extract()?));
    Ok(PartialSettings {
        time_zone: zone.map(read_zone).transpose()?,
        default_country: country.map(|country| country.map(str::parse).transpose()).transpose()?,
        week_start: week_start.map(str::parse).transpose()?,
        leap_day: leap_day.map(str::parse).transpose()?,
        limits: limits.into_iter().flat_map(|limits| limits.iter()).map(limit).collect::<Result<_>>()?,
    })
}

/// A text that may be taken away by `None`, and stays if it is left out or `...`.
pub(crate) enum Change {
    Stays,
    To(Option<String>),
}

impl FromPyObject<'_, '_> for Change {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if is_left_out(&value) {
            return Ok(Self::Stays);
        }
        match value.extract() {
            Ok(text) => Ok(Self::To(text)),
            Err(_) => Err(wrong_type("a country is the text of its code or None", &value).into()),
        }
    }
}
