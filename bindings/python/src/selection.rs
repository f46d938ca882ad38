//! Whom a change is about.

use crate::book::Book;
use crate::convert::{id, ids};
use crate::errors::Result;
use crate::filters::{is_filter, source};
use crate::keywords::{Narrowing, Unknown, refuse_unknown};
use crate::segment::Segment;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::{pyclass, pymethods};
use tagmata::ContactId;

/// Contacts minus exclusions, with an expected count: "all 2,412 of the list but these three".
///
/// Where the number has drifted since the person looked, the action is a `ConflictError` and nothing changes. `exclude` and
/// `expect` are left out, or say something: `None` is refused.
///
/// ```python
/// shown = book.page("status = lead").total
/// book.add_tags(tg.Selection("status = lead", exclude=[leo], expect=shown - 1), ["vip"])
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Selection {
    contacts: Py<PyAny>,
    exclude: Vec<ContactId>,
    expect: Option<u64>,
}

#[pymethods]
impl Selection {
    #[new]
    #[pyo3(
        signature = (contacts, *, exclude=Narrowing::LeftOut, expect=Narrowing::LeftOut, **unknown),
        text_signature = "(contacts, *, exclude=(), expect=...)"
    )]
    fn new(
        contacts: &Bound<'_, PyAny>,
        exclude: Narrowing<Bound<'_, PyAny>>,
        expect: Narrowing<u64>,
        unknown: Option<Unknown>,
    ) -> Result<Self> {
        const CALL: &str = "Selection";
        refuse_unknown::<Self>(contacts.py(), "", unknown)?;
        let exclude = exclude.of(CALL, "exclude")?.as_ref().map(ids).transpose()?.unwrap_or_default();
        let expect = expect.of(CALL, "expect")?;
        Ok(Self { contacts: contacts.clone().unbind(), exclude, expect })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let contacts = self.contacts.bind(py).repr()?;
        let expect = self.expect.map_or_else(|| "any number".to_owned(), |expect| expect.to_string());
        Ok(format!("<Selection {contacts} without {}, expecting {expect}>", self.exclude.len()))
    }
}

/// A selection as an argument: a filter, a segment, ids, the id of one contact, or a [`Selection`] of these.
pub(crate) fn selection(book: &Book, value: &Bound<'_, PyAny>) -> Result<tagmata::Selection> {
    let Ok(limited) = value.cast::<Selection>() else { return contacts(book, value) };
    let limited = limited.get();
    let selection =
        contacts(book, limited.contacts.bind(value.py()))?.except(limited.exclude.iter().copied());
    Ok(match limited.expect {
        Some(count) => selection.expect(count),
        None => selection,
    })
}

fn contacts(book: &Book, value: &Bound<'_, PyAny>) -> Result<tagmata::Selection> {
    if is_filter(value) {
        Ok(tagmata::Selection::filter(source(book, value)?))
    } else if let Ok(segment) = value.cast::<Segment>() {
        Ok(tagmata::Selection::segment(segment.get().id_in(book)?))
    } else if value.extract::<i64>().is_ok() {
        Ok(tagmata::Selection::contacts([id(value)?]))
    } else {
        Ok(tagmata::Selection::contacts(ids(value)?))
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Selection>()
}
