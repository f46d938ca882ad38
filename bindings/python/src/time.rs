//! The time of a book.

use crate::book::Book;
use crate::convert::{utc, when};
use crate::errors::Result;
use crate::outcome::Advance;
use chrono::{DateTime, Utc};
use pyo3::prelude::{Bound, PyAny, Python};
use pyo3::pymethods;

#[pymethods]
impl Book {
    /// The instant as of which questions are answered.
    #[getter]
    fn now(&self, py: Python<'_>) -> Result<DateTime<Utc>> {
        self.read(py, |book| Ok(book.now())).map(utc)
    }

    /// When time alone changes something next: somebody enters or leaves a segment, or a rule does something. `None` if that never
    /// happens. Nothing changes before it, and `advance` to it tells what does.
    fn next_change(&self, py: Python<'_>) -> Result<Option<DateTime<Utc>>> {
        self.read(py, |book| Ok(book.next_change())).map(|at| at.map(utc))
    }

    /// Moves the book on to an instant; without one, to that of its clock. Who entered and left segments because time moved on.
    #[pyo3(signature = (now=None, /))]
    fn advance(&self, py: Python<'_>, now: Option<&Bound<'_, PyAny>>) -> Result<Advance> {
        let now = now.map(when).transpose()?;
        let parts = self.change(py, None, |book, stamp| {
            let now = now.map(|now| now.instant(book.schema().settings().calendar.zone)).transpose()?;
            let advance = book.advance(now.unwrap_or(stamp.at()))?;
            Ok(Advance::named(advance, book.schema()))
        })?;
        Ok(Advance::new(py, parts)?)
    }
}
