//! The noun that people hold, and how all its methods call the core.

use crate::convert::{When, when};
use crate::errors::{Result, wrong_type};
use crate::keywords::{Unknown, refuse_unknown};
use crate::outcome::{Named, Outcome};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyDictMethods, PyString, PyStringMethods};
use pyo3::{pyclass, pymethods};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tagmata::{Access, Clock, Command, Created, Limits, SharedBook, Stamp, Timestamp, WhenBusy};

/// Contacts with their fields, tags, segments and statuses, in memory.
///
/// Questions are answered as of `now`, which they never move. Changes move the book to the present first, and say what
/// became true and who entered and left which segments. Any number of threads may call a book.
///
/// ```python
/// import tagmata as tg
///
/// book = tg.Book(timezone="Europe/Paris")
/// book.create_segment("VIP FR", filter="status = vip and country = FR")
/// zoe = book.create_contact(first_name="Zoé", country="FR", mobile="06 12 34 56 78")
/// outcome = book.set_status("country = FR", "vip")
/// outcome.effects.entered     # {'VIP FR': array([0], dtype=uint32)}
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) shared: Arc<SharedBook>,
    pub(crate) access: Access,
    last_outcome: Mutex<Option<Py<Outcome>>>,
}

impl Book {
    /// Calls a book directly, or as one of the changes of a batch.
    pub(crate) fn new(shared: Arc<SharedBook>, access: Access) -> Self {
        Self { shared, access, last_outcome: Mutex::new(None) }
    }

    /// Asks the book something, while other threads of Python go on.
    pub(crate) fn read<T: Send>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&tagmata::Book) -> tagmata::Result<T> + Send,
    ) -> Result<T> {
        Ok(py.detach(|| self.shared.read(self.access, question))?)
    }

    /// Runs a command: the numbers of what it made, and what it came to.
    pub(crate) fn run_for_ids(
        &self,
        py: Python<'_>,
        command: &Command,
        actor: Option<&str>,
    ) -> Result<(Vec<u32>, Py<Outcome>)> {
        let named = |book: &tagmata::Book, created: Created<Vec<u32>>| {
            (created.id, Named::new(created.outcome, book.schema()))
        };
        let (ids, outcome) = py.detach(|| self.shared.run_then(self.access, command, actor, named))?;
        Ok((ids, self.remember(py, outcome)?))
    }

    /// Runs a command.
    pub(crate) fn run(&self, py: Python<'_>, command: &Command, actor: Option<&str>) -> Result<Py<Outcome>> {
        self.run_for_ids(py, command, actor).map(|(_, outcome)| outcome)
    }

    /// Changes the book in a way that is more than one command.
    pub(crate) fn change<T: Send>(
        &self,
        py: Python<'_>,
        actor: Option<&str>,
        change: impl FnOnce(&mut tagmata::Book, Stamp) -> tagmata::Result<T> + Send,
    ) -> Result<T> {
        Ok(py.detach(|| self.shared.change(self.access, actor, change))?)
    }

    /// Keeps an outcome for `last_outcome`.
    pub(crate) fn remember(&self, py: Python<'_>, outcome: Named) -> PyResult<Py<Outcome>> {
        let outcome = Outcome::new(py, outcome)?;
        let before = self.last().replace(outcome.clone_ref(py));
        drop(before);
        Ok(outcome)
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Option<Py<Outcome>>> {
        self.last_outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses what another book gave out.
    pub(crate) fn require_own(&self, other: &Arc<SharedBook>, what: &str) -> PyResult<()> {
        match Arc::ptr_eq(&self.shared, other) {
            true => Ok(()),
            false => Err(PyValueError::new_err(format!("the {what} is of another book"))),
        }
    }
}

#[pymethods]
impl Book {
    #[new]
    #[pyo3(
        signature = (*, timezone=None, default_country=None, week_start=None, leap_day=None, limits=None, clock=None, **unknown),
        text_signature = "(*, timezone=None, default_country=None, week_start=None, leap_day=None, limits=None, clock='system')"
    )]
    fn from_settings(
        py: Python<'_>,
        timezone: Option<&Bound<'_, PyAny>>,
        default_country: Option<&str>,
        week_start: Option<&str>,
        leap_day: Option<&str>,
        limits: Option<&Bound<'_, PyDict>>,
        clock: Option<&Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Self> {
        refuse_unknown::<Self>(py, "", unknown)?;
        let mut builder = tagmata::Book::builder();
        let mut zone = tagmata::TimeZone::UTC;
        if let Some(timezone) = timezone {
            // A `ZoneInfo` is written as its key.
            zone = timezone.str()?.to_cow()?.parse()?;
            builder = builder.time_zone(zone);
        }
        if let Some(country) = default_country {
            builder = builder.default_country(country.parse()?);
        }
        if let Some(day) = week_start {
            builder = builder.week_start(day.parse()?);
        }
        if let Some(rule) = leap_day {
            builder = builder.leap_day(rule.parse()?);
        }
        if let Some(limits) = limits {
            builder = builder.limits(read_limits(limits)?);
        }
        let (clock, now) = match clock {
            None => (Clock::Running(Arc::new(system_time)), system_time()),
            Some(word) if word.is_instance_of::<PyString>() => match word.extract()? {
                "system" => (Clock::Running(Arc::new(system_time)), system_time()),
                other => {
                    let message = format!("there is no clock '{other}': it is 'system' or a datetime");
                    return Err(PyValueError::new_err(message).into());
                }
            },
            Some(at) => {
                let at: When = when(at).map_err(|_| wrong_type("a clock is 'system' or a datetime", at))?;
                (Clock::Fixed, at.instant(zone)?)
            }
        };
        let shared = SharedBook::new(builder.build(now), clock, WhenBusy::Wait);
        Ok(Self::new(Arc::new(shared), Access::Direct))
    }

    /// What the last change came to that was called through this object, whatever it returned.
    #[getter]
    fn last_outcome(&self, py: Python<'_>) -> Option<Py<Outcome>> {
        self.last().as_ref().map(|outcome| outcome.clone_ref(py))
    }
}

fn read_limits(limits: &Bound<'_, PyDict>) -> Result<Limits> {
    let mut read = Limits::default();
    for (name, value) in limits.iter() {
        read = read.with(name.cast::<PyString>()?.to_cow()?.as_ref(), value.extract()?)?;
    }
    Ok(read)
}

/// The host's clock.
fn system_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(micros).unwrap_or(Timestamp::MAX)
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Book>()
}
