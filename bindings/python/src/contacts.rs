//! Contacts: made, changed, found, read, merged, deleted.

use crate::book::Book;
use crate::contact::Contact;
use crate::convert::{id, ids, inputs, name};
use crate::errors::Result;
use crate::keywords::{Unknown, refuse_unknown};
use crate::outcome::Outcome;
use crate::selection::selection;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::{Bound, Py, PyAny, Python};
use pyo3::pymethods;
use pyo3::types::{PyDict, PyDictMethods};
use tagmata::{Command, ContactId, Draft, Input, Patch, Selection};

fn draft(values: Vec<(String, Input)>) -> Draft {
    values.into_iter().fold(Draft::new(), |draft, (key, value)| draft.set(key, value))
}

fn patch(values: Vec<(String, Input)>) -> Patch {
    values.into_iter().fold(Patch::new(), |patch, (key, value)| patch.set(key, value))
}

impl Book {
    /// Values of fields by their keys.
    fn inputs(
        &self,
        py: Python<'_>,
        values: Option<&Bound<'_, PyDict>>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> Result<Vec<(String, Input)>> {
        inputs(values, fields, || self.read(py, |book| Ok(book.schema().settings().calendar.zone)))
    }
}

#[pymethods]
impl Book {
    /// Makes a contact from values by the keys of fields, given as a dict, as keywords, or both; its id.
    ///
    /// ```python
    /// zoe = book.create_contact(first_name="Zoé", country="FR", mobile="06 12 34 56 78", tags=["vip"])
    /// ```
    #[pyo3(
        signature = (values=None, /, *, actor=None, **fields),
        text_signature = "($self, values=None, /, *, actor=None, **fields)"
    )]
    fn create_contact(
        &self,
        py: Python<'_>,
        values: Option<&Bound<'_, PyDict>>,
        actor: Option<&str>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> Result<u32> {
        let draft = draft(self.inputs(py, values, fields)?);
        let (made, _) = self.run_for_ids(py, &Command::CreateContact(draft), actor)?;
        Ok(made.first().copied().unwrap_or(u32::MAX))
    }

    /// Gives one contact new values by the keys of fields; `None` clears a field.
    #[pyo3(
        signature = (contact, values=None, /, *, actor=None, **fields),
        text_signature = "($self, contact, values=None, /, *, actor=None, **fields)"
    )]
    fn update_contact(
        &self,
        py: Python<'_>,
        contact: &Bound<'_, PyAny>,
        values: Option<&Bound<'_, PyDict>>,
        actor: Option<&str>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> Result<Py<Outcome>> {
        let (selection, patch) =
            (Selection::contacts([id(contact)?]), patch(self.inputs(py, values, fields)?));
        self.run(py, &Command::UpdateContacts { selection, patch }, actor)
    }

    /// Gives all contacts of a selection new values by the keys of fields; `None` clears a field.
    #[pyo3(
        signature = (selection, values=None, /, *, actor=None, **fields),
        text_signature = "($self, selection, values=None, /, *, actor=None, **fields)"
    )]
    fn update_contacts(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        values: Option<&Bound<'_, PyDict>>,
        actor: Option<&str>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> Result<Py<Outcome>> {
        let (selection, patch) = (self::selection(self, selection)?, patch(self.inputs(py, values, fields)?));
        self.run(py, &Command::UpdateContacts { selection, patch }, actor)
    }

    /// A contact with all its values, interactions and history.
    #[pyo3(signature = (contact, /))]
    fn contact(&self, py: Python<'_>, contact: &Bound<'_, PyAny>) -> Result<Contact> {
        let id = id(contact)?;
        self.read(py, |book| Contact::read(book, id))
    }

    /// The id of the contact that one key leads to, in any spelling; `None` if there is none.
    ///
    /// ```python
    /// book.find(email="ZOE@example.com")
    /// ```
    #[pyo3(signature = (**key))]
    fn find(&self, py: Python<'_>, key: Option<&Bound<'_, PyDict>>) -> Result<Option<u32>> {
        let mut keys = key.into_iter().flat_map(|keys| keys.iter());
        let (Some((field, key)), None) = (keys.next(), keys.next()) else {
            let message = "Book.find() takes one key, such as find(email='zoe@example.com')";
            return Err(PyTypeError::new_err(message).into());
        };
        let (field, key) = (name(&field)?, name(&key)?);
        let found = self.read(py, |book| book.find(field, &key))?;
        Ok(found.map(ContactId::get))
    }

    /// Deletes the contacts of a selection. Their ids are never given out again; an undo brings them back.
    #[pyo3(
        signature = (selection, *, actor=None, **unknown),
        text_signature = "($self, selection, *, actor=None)"
    )]
    fn delete_contacts(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_contacts", unknown)?;
        self.run(py, &Command::DeleteContacts(self::selection(self, selection)?), actor)
    }

    /// Makes several contacts one: the one to keep gets the values that it lacks, in the order of the others.
    #[pyo3(
        signature = (keep, others, *, actor=None, **unknown),
        text_signature = "($self, keep, others, *, actor=None)"
    )]
    fn merge_contacts(
        &self,
        py: Python<'_>,
        keep: &Bound<'_, PyAny>,
        others: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "merge_contacts", unknown)?;
        self.run(py, &Command::MergeContacts { keep: id(keep)?, others: ids(others)? }, actor)
    }
}
