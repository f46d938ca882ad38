//! Where a book has its time from.

use crate::convert::{When, when};
use crate::errors::{Result, wrong_type};
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, Python};
use pyo3::types::PyString;
use pyo3::{PyTraverseError, PyVisit};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tagmata::{Clock, TimeZone, Timestamp};

/// A clock that is a function of Python.
///
/// It is asked before the book is called, while nothing is locked. The book reads what it said last.
#[derive(Debug)]
pub(crate) struct HostClock {
    function: Py<PyAny>,
    said: Arc<Mutex<Timestamp>>,
}

impl HostClock {
    /// Asks the function.
    pub(crate) fn ask(&self, py: Python<'_>, zone: impl FnOnce() -> Result<TimeZone>) -> Result<()> {
        let at = said(self.function.bind(py), zone)?;
        *lock(&self.said) = at;
        Ok(())
    }

    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        visit.call(&self.function)
    }
}

fn lock(said: &Mutex<Timestamp>) -> MutexGuard<'_, Timestamp> {
    said.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a function says that is a clock.
fn said(function: &Bound<'_, PyAny>, zone: impl FnOnce() -> Result<TimeZone>) -> Result<Timestamp> {
    let answer = function.call0()?;
    match when(&answer).map_err(|_| wrong_type("a clock gives a `datetime`", &answer))? {
        When::Instant(at) => Ok(at),
        local => Ok(local.instant(zone()?)?),
    }
}

/// A clock as an argument, for the core and, if it is a function, for the book; and what it shows.
pub(crate) fn clock(
    given: Option<&Bound<'_, PyAny>>,
    zone: TimeZone,
) -> Result<(Clock, Option<HostClock>, Timestamp)> {
    let system = || (Clock::Running(Arc::new(system_time)), None, system_time());
    match given {
        None => Ok(system()),
        Some(word) if word.is_instance_of::<PyString>() => match word.extract()? {
            "system" => Ok(system()),
            other => Err(tagmata::Error::unknown_clock(other).into()),
        },
        Some(function) if function.is_callable() => {
            let now = said(function, || Ok(zone))?;
            let said = Arc::new(Mutex::new(now));
            let host = HostClock { function: function.clone().unbind(), said: Arc::clone(&said) };
            Ok((Clock::Running(Arc::new(move || *lock(&said))), Some(host), now))
        }
        Some(at) => {
            let takes = "a clock is 'system', a datetime or a function that gives one";
            let at = when(at).map_err(|_| wrong_type(takes, at))?;
            Ok((Clock::Fixed, None, at.instant(zone)?))
        }
    }
}

/// The host's clock.
fn system_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(micros).unwrap_or(Timestamp::MAX)
}
