//! Lists: pages, presets, and all contacts of a selection one batch after the other.

use crate::book::Book;
use crate::contact::{Contact, Values};
use crate::convert::id;
use crate::errors::Result;
use crate::filters::source;
use crate::keywords::{Unknown, refuse_unknown};
use crate::notebooks::shown;
use crate::selection::selection;
use pyo3::prelude::{Bound, Py, PyAny, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::PyDict;
use pyo3::{pyclass, pymethods};
use std::sync::{Mutex, PoisonError};
use std::vec::IntoIter;
use tagmata::{ContactId, PageQuery, Selection};

/// One page of a list.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Page {
    /// How many contacts the whole list has.
    #[pyo3(get)]
    total: u64,
    contacts: Vec<Py<Contact>>,
}

#[pymethods]
impl Page {
    /// Those of this page, in the order of the list.
    #[getter]
    fn contacts(&self, py: Python<'_>) -> Vec<Py<Contact>> {
        self.contacts.iter().map(|contact| contact.clone_ref(py)).collect()
    }

    /// A small table for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf, "page")
    }

    fn __repr__(&self) -> String {
        format!("<Page: {} of {} contacts>", self.contacts.len(), self.total)
    }
}

/// A filter that every book has, to start a list with.
#[pyclass(frozen, get_all, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Preset {
    /// What it is called in `page`; never changes.
    key: String,
    /// What people see.
    label: String,
    /// The text of its filter.
    filter: String,
}

#[pymethods]
impl Preset {
    fn __repr__(&self) -> String {
        format!("<Preset {}: {}>", self.key, self.filter)
    }
}

/// The contacts of a selection, a list of dicts at a time.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Batches {
    book: Py<Book>,
    contacts: Mutex<IntoIter<u32>>,
    size: usize,
}

#[pymethods]
impl Batches {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> Result<Option<Vec<Bound<'py, PyDict>>>> {
        // Contacts may have been deleted since the last batch; a batch of nobody is none.
        loop {
            let next = |contacts: &mut IntoIter<u32>| contacts.take(self.size).collect::<Vec<_>>();
            let numbers = next(&mut self.contacts.lock().unwrap_or_else(PoisonError::into_inner));
            if numbers.is_empty() {
                return Ok(None);
            }
            let batch = self.book.get().read(py, |book| {
                let ids = numbers.into_iter().map(ContactId::new);
                let contacts: Vec<_> = ids.filter_map(|id| book.contact(id).ok()).collect();
                Ok(book.records(&contacts).into_iter().map(Values::new).collect::<Vec<_>>())
            })?;
            if !batch.is_empty() {
                return Ok(Some(batch.iter().map(|values| values.to_dict(py)).collect::<PyResult<_>>()?));
            }
        }
    }
}

#[pymethods]
impl Book {
    /// A page of a list: of those who match a filter, a preset and a search, in the order of a field, `-` before it for the
    /// largest value first. It starts at an offset, or after a contact: the last one of the page before.
    ///
    /// ```python
    /// book.page("status = lead", sort="-billed", limit=20).contacts
    /// ```
    #[pyo3(
        signature = (filter=None, preset=None, search=None, sort=None, offset=None, limit=None, after=None, **unknown),
        text_signature = "($self, filter=None, preset=None, search=None, sort='last_name', offset=0, limit=50, after=None)"
    )]
    fn page(
        &self,
        py: Python<'_>,
        filter: Option<&Bound<'_, PyAny>>,
        preset: Option<&str>,
        search: Option<&str>,
        sort: Option<&str>,
        offset: Option<u64>,
        limit: Option<u64>,
        after: Option<&Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Page> {
        refuse_unknown::<Self>(py, "page", unknown)?;
        let mut query = PageQuery::new();
        if let Some(filter) = filter {
            query = query.filter(source(self, filter)?);
        }
        if let Some(preset) = preset {
            query = query.preset(preset);
        }
        if let Some(search) = search {
            query = query.search(search);
        }
        if let Some(sort) = sort {
            query = query.sort(sort);
        }
        if let Some(offset) = offset {
            query = query.offset(offset);
        }
        if let Some(limit) = limit {
            query = query.limit(limit);
        }
        if let Some(contact) = after {
            query = query.after(id(contact)?);
        }
        let (total, contacts) = self.read(py, |book| {
            let page = book.page(&query)?;
            Ok((page.total, Contact::all(book, &page.contacts)?))
        })?;
        let contacts = contacts.into_iter().map(|contact| Py::new(py, contact)).collect::<PyResult<_>>()?;
        Ok(Page { total, contacts })
    }

    /// Filters to start a list with: everyone, each status, and what people ask for most.
    fn presets(&self, py: Python<'_>) -> Result<Vec<Preset>> {
        let presets = self.read(py, |book| Ok(book.presets()))?.into_iter();
        Ok(presets.map(|tagmata::Preset { key, label, filter }| Preset { key, label, filter }).collect())
    }

    /// The contacts of a selection as lists of dicts, so many at a time. Who is in it is decided now; the values are those at
    /// the time of each list, and who is deleted in between is left out.
    ///
    /// ```python
    /// for contacts in book.for_each("status = lead", batch=500):
    ///     send([contact["email"] for contact in contacts])
    /// ```
    #[pyo3(
        signature = (selection, *, batch=1000, **unknown),
        text_signature = "($self, selection, *, batch=1000)"
    )]
    fn for_each(
        slf: &Bound<'_, Self>,
        selection: &Bound<'_, PyAny>,
        batch: u64,
        unknown: Option<Unknown>,
    ) -> Result<Batches> {
        let (py, book) = (slf.py(), slf.get());
        refuse_unknown::<Self>(py, "for_each", unknown)?;
        let selection = self::selection(book, selection)?;
        let numbers = book.read(py, |core| {
            // Whether the size is one, the core says.
            core.batches(Selection::contacts([]), batch)?;
            Ok(core.selected(selection)?.to_numbers())
        })?;
        let size = usize::try_from(batch).unwrap_or(usize::MAX);
        Ok(Batches { book: slf.clone().unbind(), contacts: Mutex::new(numbers.into_iter()), size })
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Page>()?;
    module.add_class::<Preset>()?;
    module.add_class::<Batches>()
}
