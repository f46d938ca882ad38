//! Where a book has its time from.

use crate::convert::{When, when};
use crate::errors::{Result, wrong_type};
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, Python};
use pyo3::types::PyString;
use pyo3::{PyTraverseError, PyVisit};
use std::sync::{Arc, Mutex, PoisonError};
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
        let at = match said(self.function.bind(py))? {
            When::Instant(at) => at,
            local => local.instant(zone()?)?,
        };
        self.set(at);
        Ok(())
    }

    fn set(&self, at: Timestamp) {
        *self.said.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        visit.call(&self.function)
    }
}

/// What a function says that is a clock.
fn said(function: &Bound<'_, PyAny>) -> Result<When> {
    let answer = function.call0()?;
    when(&answer).map_err(|_| wrong_type("a clock gives a `datetime`", &answer))
}

/// A clock as an argument, and what it shows before there is a book.
pub(crate) struct GivenClock {
    clock: Clock,
    host: Option<HostClock>,
    shows: When,
}

impl GivenClock {
    /// Reads a clock, and looks at it.
    pub(crate) fn read(given: Option<&Bound<'_, PyAny>>) -> Result<Self> {
        let system = || Self {
            clock: Clock::Running(Arc::new(system_time)),
            host: None,
            shows: When::Instant(system_time()),
        };
        match given {
            None => Ok(system()),
            Some(word) if word.is_instance_of::<PyString>() => match word.extract()? {
                "system" => Ok(system()),
                other => Err(tagmata::Error::unknown_clock(other).into()),
            },
            Some(function) if function.is_callable() => {
                let shows = said(function)?;
                let said = Arc::new(Mutex::new(Timestamp::MIN));
                let host = HostClock { function: function.clone().unbind(), said: Arc::clone(&said) };
                let clock = move || *said.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(Self { clock: Clock::Running(Arc::new(clock)), host: Some(host), shows })
            }
            Some(at) => {
                let takes = "a clock is 'system', a datetime or a function that gives one";
                let shows = when(at).map_err(|_| wrong_type(takes, at))?;
                Ok(Self { clock: Clock::Fixed, host: None, shows })
            }
        }
    }

    /// The instant at which a book begins that is in a zone and stands at an instant: behind that, a clock that runs stands still.
    pub(crate) fn begin(&self, zone: TimeZone, stands_at: Timestamp) -> tagmata::Result<Timestamp> {
        let at = self.shows.instant(zone)?;
        if let Some(host) = &self.host {
            host.set(at);
        }
        Ok(match self.clock {
            Clock::Running(_) => at.max(stands_at),
            Clock::Fixed => at,
        })
    }

    /// The clock for the core and, if it is a function, for the book.
    pub(crate) fn into_parts(self) -> (Clock, Option<HostClock>) {
        (self.clock, self.host)
    }
}

/// The host's clock.
fn system_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(micros).unwrap_or(Timestamp::MAX)
}
