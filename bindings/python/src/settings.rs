//! The settings of a book.

use crate::convert::name;
use crate::errors::{Result, wrong_type};
use pyo3::prelude::{Borrowed, Bound, FromPyObject, PyAny, PyAnyMethods, PyErr, PyResult};
use pyo3::types::{PyDict, PyDictMethods, PyEllipsis, PyStringMethods};
use tagmata::{Country, LeapDay, Settings, TimeZone, Weekday};

/// Settings that are given; the others stay.
#[derive(Debug, Default)]
pub(crate) struct Given {
    zone: Option<TimeZone>,
    country: Option<Option<Country>>,
    week_start: Option<Weekday>,
    leap_day: Option<LeapDay>,
    limits: Vec<(String, usize)>,
}

impl Given {
    /// Reads settings; a country as an outer `None` stays, as an inner one it is taken away.
    pub(crate) fn read(
        zone: Option<&Bound<'_, PyAny>>,
        country: Option<Option<&str>>,
        week_start: Option<&str>,
        leap_day: Option<&str>,
        limits: Option<&Bound<'_, PyDict>>,
    ) -> Result<Self> {
        // A `ZoneInfo` is written as its key.
        let read_zone = |zone: &Bound<'_, PyAny>| -> Result<TimeZone> { Ok(zone.str()?.to_cow()?.parse()?) };
        let limit = |(key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| Ok((name(&key)?, value.extract()?));
        Ok(Self {
            zone: zone.map(read_zone).transpose()?,
            country: country.map(|country| country.map(str::parse).transpose()).transpose()?,
            week_start: week_start.map(str::parse).transpose()?,
            leap_day: leap_day.map(str::parse).transpose()?,
            limits: limits.into_iter().flat_map(|limits| limits.iter()).map(limit).collect::<Result<_>>()?,
        })
    }

    /// Settings, with those that are given instead of what they are.
    pub(crate) fn onto(&self, mut settings: Settings) -> tagmata::Result<Settings> {
        let Settings { calendar, default_country, limits } = &mut settings;
        calendar.zone = self.zone.unwrap_or(calendar.zone);
        calendar.week_start = self.week_start.unwrap_or(calendar.week_start);
        calendar.leap_day = self.leap_day.unwrap_or(calendar.leap_day);
        *default_country = self.country.unwrap_or(*default_country);
        for (name, value) in &self.limits {
            *limits = limits.with(name, *value)?;
        }
        Ok(settings)
    }
}

/// A text that may be taken away by `None`, and stays if it is left out or `...`.
pub(crate) enum Change {
    Stays,
    To(Option<String>),
}

impl FromPyObject<'_, '_> for Change {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if value.is_instance_of::<PyEllipsis>() {
            return Ok(Self::Stays);
        }
        match value.extract() {
            Ok(text) => Ok(Self::To(text)),
            Err(_) => Err(wrong_type("a country is the text of its code or None", &value).into()),
        }
    }
}
