//! The noun that people hold, and how all its methods call the core.

use crate::clock::{GivenClock, HostClock};
use crate::errors::Result;
use crate::keywords::{Unknown, refuse_unknown};
use crate::notebooks::shown;
use crate::outcome::{Named, Outcome};
use crate::settings::settings;
use crate::stored::Stored;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::{Bound, Py, PyAny, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::PyDict;
use pyo3::{PyTraverseError, PyVisit, pyclass, pymethods};
use std::sync::{Arc, Mutex, PoisonError};
use tagmata::{Access, Command, Created, Settings, SharedBook, Stamp, Timestamp};

/// Contacts with their fields, tags, segments and statuses: in memory, or in a file where `Book.open` opened it.
///
/// Questions are answered as of `now`, which they never move. Changes move the book to the present first, and say what
/// became true and who entered and left which segments. Any number of threads may call a book.
///
/// The present is that of the system, or that of `clock`: a datetime, from which time moves only by `advance`, or a function
/// that gives a datetime and is asked before each change.
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
    /// The file, if it is a durable book.
    pub(crate) stored: Option<Arc<Stored>>,
    clock: Option<HostClock>,
    last_outcome: Mutex<Option<Py<Outcome>>>,
}

impl Book {
    /// A book that is called directly.
    pub(crate) fn new(shared: Arc<SharedBook>, clock: Option<HostClock>, stored: Option<Stored>) -> Self {
        let stored = stored.map(Arc::new);
        Self { shared, access: Access::Direct, stored, clock, last_outcome: Mutex::new(None) }
    }

    /// The same book, called as one of the changes of a batch.
    pub(crate) fn in_batch(&self, access: Access) -> Self {
        let (shared, stored) = (Arc::clone(&self.shared), self.stored.clone());
        Self { shared, access, stored, clock: None, last_outcome: Mutex::new(None) }
    }

    /// Asks the book something, while other threads of Python go on.
    pub(crate) fn read<T: Send>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&tagmata::Book) -> tagmata::Result<T> + Send,
    ) -> Result<T> {
        Ok(py.detach(|| self.shared.read(self.access, question))?)
    }

    /// Asks the clock, if it is a function of Python, before a change that it gives its time to. Nothing is locked.
    pub(crate) fn ask_clock(&self, py: Python<'_>) -> Result<()> {
        let zone = || self.read(py, |book| Ok(book.schema().settings().calendar.zone));
        self.clock.as_ref().map_or(Ok(()), |clock| clock.ask(py, zone))
    }

    /// Begins a batch: the access by which its changes come.
    pub(crate) fn begin_batch(&self, py: Python<'_>, actor: Option<&str>) -> Result<Access> {
        self.ask_clock(py)?;
        Ok(py.detach(|| self.shared.begin_batch(actor))?)
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
        self.ask_clock(py)?;
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
        self.ask_clock(py)?;
        Ok(py.detach(|| self.shared.change(self.access, actor, change))?)
    }

    /// Keeps an outcome for `last_outcome`, unless another thread was faster with that of a later commit.
    pub(crate) fn remember(&self, py: Python<'_>, outcome: Named) -> PyResult<Py<Outcome>> {
        let outcome = Outcome::new(py, outcome, &self.shared)?;
        let mut last = self.last();
        let is_overtaken = last.as_ref().is_some_and(|last| last.get().number() > outcome.get().number());
        let before = if is_overtaken { None } else { last.replace(outcome.clone_ref(py)) };
        drop(last);
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
        let given = settings(timezone, default_country.map(Some), week_start, leap_day, limits)?;
        let settings = given.onto(Settings::default())?;
        let clock = GivenClock::read(clock)?;
        let now = clock.begin(settings.calendar.zone, Timestamp::MIN)?;
        let book = tagmata::Book::builder().settings(settings).build(now);
        let (shared, clock) = clock.share(book);
        Ok(Self::new(shared, clock, None))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        self.clock.as_ref().map_or(Ok(()), |clock| clock.traverse(&visit))
    }

    /// A small table for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf, "book")
    }

    /// What the last change came to that was called through this object, whatever it returned.
    #[getter]
    fn last_outcome(&self, py: Python<'_>) -> Option<Py<Outcome>> {
        self.last().as_ref().map(|outcome| outcome.clone_ref(py))
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Book>()
}
