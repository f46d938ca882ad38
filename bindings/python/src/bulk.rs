//! Bulk actions: tags, statuses and static segments of many contacts, and the way back.

use crate::book::Book;
use crate::convert::names;
use crate::errors::{Result, wrong_type};
use crate::keywords::{Unknown, refuse_unknown};
use crate::outcome::{Commit, Outcome};
use crate::segment::reference;
use crate::selection::selection;
use pyo3::prelude::{Bound, Py, PyAny, Python};
use pyo3::pymethods;
use tagmata::{Command, Ref, TagId};

fn tags(names: &Bound<'_, PyAny>) -> Result<Vec<Ref<TagId>>> {
    Ok(self::names(names)?.into_iter().map(Ref::Name).collect())
}

#[pymethods]
impl Book {
    /// Gives contacts tags, which are made if they are new.
    ///
    /// ```python
    /// book.add_tags("country = FR", ["france"])
    /// ```
    #[pyo3(
        signature = (selection, tags, *, actor=None, **unknown),
        text_signature = "($self, selection, tags, *, actor=None)"
    )]
    fn add_tags(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        tags: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "add_tags", unknown)?;
        let (selection, tags) = (self::selection(self, selection)?, self::tags(tags)?);
        self.run(py, &Command::AddTags { selection, tags }, actor)
    }

    /// Takes tags from contacts.
    #[pyo3(
        signature = (selection, tags, *, actor=None, **unknown),
        text_signature = "($self, selection, tags, *, actor=None)"
    )]
    fn remove_tags(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        tags: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "remove_tags", unknown)?;
        let (selection, tags) = (self::selection(self, selection)?, self::tags(tags)?);
        self.run(py, &Command::RemoveTags { selection, tags }, actor)
    }

    /// Gives contacts a status by hand: any status, at any time.
    #[pyo3(
        signature = (selection, status, *, actor=None, **unknown),
        text_signature = "($self, selection, status, *, actor=None)"
    )]
    fn set_status(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        status: &str,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "set_status", unknown)?;
        let selection = self::selection(self, selection)?;
        self.run(py, &Command::SetStatus { selection, status: status.into() }, actor)
    }

    /// Puts contacts into a static segment.
    #[pyo3(
        signature = (selection, segment, *, actor=None, **unknown),
        text_signature = "($self, selection, segment, *, actor=None)"
    )]
    fn add_to_segment(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        segment: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "add_to_segment", unknown)?;
        let (selection, segment) = (self::selection(self, selection)?, reference(self, segment)?);
        self.run(py, &Command::AddToSegment { selection, segment }, actor)
    }

    /// Takes contacts out of a static segment.
    #[pyo3(
        signature = (selection, segment, *, actor=None, **unknown),
        text_signature = "($self, selection, segment, *, actor=None)"
    )]
    fn remove_from_segment(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        segment: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "remove_from_segment", unknown)?;
        let (selection, segment) = (self::selection(self, selection)?, reference(self, segment)?);
        self.run(py, &Command::RemoveFromSegment { selection, segment }, actor)
    }

    /// Undoes a change: its outcome or its commit. Where something stands against it, that is a `ConflictError` with the
    /// `contacts`, unless by `force`, which leaves them out. The undo is a change itself, and can be undone.
    #[pyo3(
        signature = (outcome, *, force=false, actor=None, **unknown),
        text_signature = "($self, outcome, *, force=False, actor=None)"
    )]
    fn undo(
        &self,
        py: Python<'_>,
        outcome: &Bound<'_, PyAny>,
        force: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "undo", unknown)?;
        let commit = if let Ok(outcome) = outcome.cast::<Outcome>() {
            outcome.get().core_commit()
        } else if let Ok(commit) = outcome.cast::<Commit>() {
            commit.get().commit.clone()
        } else {
            return Err(wrong_type("what is undone is an Outcome or a Commit", outcome));
        };
        self.run(py, &Command::Undo { commit: Box::new(commit), force }, actor)
    }
}
