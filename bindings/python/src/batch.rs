//! Several changes as one, and changes that are only tried.

use crate::book::Book;
use crate::errors::Result;
use crate::keywords::{Unknown, refuse_unknown};
use crate::outcome::{Named, Outcome};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::{pyclass, pymethods};
use std::sync::{Mutex, PoisonError};
use tagmata::Access;

/// Several changes that become one commit: all of them, or none if the block ends with an exception.
///
/// ```python
/// with book.batch(actor="ana") as b:
///     zoe = b.create_contact(first_name="Zoé")
///     b.add_tags([zoe], ["vip"])
/// book.last_outcome.commit
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Batch {
    book: Py<Book>,
    actor: Option<String>,
    open: Mutex<Option<Access>>,
    outcome: Mutex<Option<Py<Outcome>>>,
}

impl Batch {
    fn open(&self) -> std::sync::MutexGuard<'_, Option<Access>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Batch {
    /// What the batch came to; None until it has ended, and if it was dropped. `book.last_outcome` may be that of another thread.
    ///
    /// ```python
    /// batch = book.batch()
    /// with batch as b:
    ///     b.create_contact(first_name="Zoé")
    /// batch.outcome.commit
    /// ```
    #[getter]
    fn outcome(&self, py: Python<'_>) -> Option<Py<Outcome>> {
        let outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
        outcome.as_ref().map(|outcome| outcome.clone_ref(py))
    }

    /// Begins the batch: the book by which its changes are made. Nobody else calls the book until it ends.
    fn __enter__(&self, py: Python<'_>) -> Result<Book> {
        let book = self.book.get();
        let access = book.begin_batch(py, self.actor.as_deref())?;
        *self.open() = Some(access);
        Ok(book.in_batch(access))
    }

    /// Ends the batch, or drops it if there was an exception.
    fn __exit__(
        &self,
        py: Python<'_>,
        kind: &Bound<'_, PyAny>,
        _error: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> Result<bool> {
        let open = self.open().take();
        let access = open.ok_or_else(|| PyRuntimeError::new_err("the batch was not begun by `with`"))?;
        let book = self.book.get();
        if kind.is_none() {
            let named = |core: &tagmata::Book, outcome| Named::new(outcome, core.schema());
            let outcome = py.detach(|| book.shared.end_batch_then(access, named))?;
            let outcome = book.remember(py, outcome)?;
            *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        } else {
            py.detach(|| book.shared.drop_batch(access))?;
        }
        Ok(false)
    }
}

#[pymethods]
impl Book {
    /// Several changes as one: `with book.batch() as b:`, and the changes are calls of `b`.
    #[pyo3(
        signature = (*, actor=None, **unknown),
        text_signature = "($self, *, actor=None)"
    )]
    fn batch(slf: &Bound<'_, Self>, actor: Option<String>, unknown: Option<Unknown>) -> Result<Batch> {
        refuse_unknown::<Self>(slf.py(), "batch", unknown)?;
        Ok(Batch { book: slf.clone().unbind(), actor, open: Mutex::new(None), outcome: Mutex::new(None) })
    }

    /// What a change would come to. Nothing is changed.
    ///
    /// ```python
    /// book.preview(lambda b: b.set_status("tags has vip", "vip")).effects.entered
    /// ```
    #[pyo3(signature = (change, /))]
    fn preview(&self, py: Python<'_>, change: &Bound<'_, PyAny>) -> Result<Py<Outcome>> {
        let access = self.begin_batch(py, None)?;
        let tried = Py::new(py, self.in_batch(access)).and_then(|book| change.call1((book,)));
        let outcome = py.detach(|| {
            let outcome =
                self.shared.read(access, |book| Ok(Named::new(book.batch_so_far()?, book.schema())));
            self.shared.drop_batch(access).and(outcome)
        });
        tried?;
        Ok(Outcome::new(py, outcome?, &self.shared)?)
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Batch>()
}
