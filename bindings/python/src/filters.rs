//! Filters in their three spellings: text, canonical JSON, query-builder trees; the latter two as dicts, too.

use crate::book::Book;
use crate::convert::from_json;
use crate::errors::{Diagnostic, Failure, Result, wrong_type};
use crate::trees::tree;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyString, PyStringMethods};
use pyo3::{pyclass, pymethods};
use std::sync::Arc;
use tagmata::{FilterSource, JsonTreeBuilder, SharedBook};

/// A filter that a book has accepted. It belongs to that book; `str(filter)` is its canonical text.
///
/// ```python
/// vip = book.filter("status=lead and tags has vip")
/// str(vip)                    # 'status = "lead" and tags has "vip"'
/// book.count(vip)
/// stored = vip.to_json()
/// assert tg.Filter.from_json(book, stored) == vip
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Filter {
    pub(crate) shared: Arc<SharedBook>,
    pub(crate) filter: tagmata::Filter,
    /// What needs the names of the book is written when the filter is made: the book may be busy later on.
    json: String,
    tree: tagmata::Result<String>,
    fields: Vec<String>,
    lints: Vec<Diagnostic>,
}

impl Filter {
    /// Reads a filter by the names of a book.
    fn read(
        py: Python<'_>,
        book: &Book,
        text: Option<&str>,
        read: impl FnOnce(&tagmata::Book) -> tagmata::Result<tagmata::Filter> + Send,
    ) -> Result<Self> {
        book.read(py, |core| {
            let (filter, schema) = (read(core)?, core.schema());
            Ok(Self {
                shared: Arc::clone(&book.shared),
                json: filter.to_json(schema),
                tree: filter.to_query_builder(schema),
                fields: filter.fields().into_iter().map(|field| schema.field_key(field).to_owned()).collect(),
                lints: Diagnostic::all(filter.lints(), text),
                filter,
            })
        })
    }

    fn from_tree(py: Python<'_>, book: &Book, tree: &Bound<'_, PyDict>) -> Result<Self> {
        let limits = book.limits(py)?;
        let tree = self::tree(JsonTreeBuilder::new(&limits), tree, "a filter")?;
        Self::read(py, book, None, |core| core.filter(tagmata::Filter::from_tree(&tree, core.schema())?))
    }
}

#[pymethods]
impl Filter {
    /// Reads a filter that was stored as JSON, canonical or as a query-builder tree.
    #[staticmethod]
    #[pyo3(signature = (book, text, /))]
    fn from_json(py: Python<'_>, book: &Bound<'_, Book>, text: &str) -> Result<Self> {
        let read = |core: &tagmata::Book| core.filter(tagmata::Filter::from_json(text, core.schema())?);
        Self::read(py, book.get(), Some(text), read)
    }

    /// The canonical form as a dict, which has the key `v`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        from_json(py, &self.json)
    }

    /// The canonical form as JSON: what to store.
    fn to_json(&self) -> &str {
        &self.json
    }

    /// The filter as a react-querybuilder tree; a `FilterError` if a tree cannot say what the filter says.
    fn to_query_builder<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        Ok(from_json(py, self.tree.as_ref().map_err(|error| Failure::Core(error.clone()))?)?)
    }

    /// The keys of the fields that the filter reads.
    #[getter]
    fn fields(&self) -> Vec<String> {
        self.fields.clone()
    }

    /// Warnings: conditions that may not say what their author thinks.
    #[getter]
    fn lints(&self) -> Vec<Diagnostic> {
        self.lints.clone()
    }

    fn __str__(&self) -> String {
        self.filter.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<Filter {}>", self.filter)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Self>();
        other.is_ok_and(|other| {
            Arc::ptr_eq(&self.shared, &other.get().shared) && self.filter == other.get().filter
        })
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.json.hash(&mut hasher);
        hasher.finish()
    }
}

#[pymethods]
impl Book {
    /// Reads and checks a filter: a text, a canonical dict (it has `v`) or a query-builder dict (it has `combinator`).
    #[pyo3(signature = (filter, /))]
    fn filter(slf: &Bound<'_, Self>, filter: &Bound<'_, PyAny>) -> Result<Py<Filter>> {
        let (py, book) = (slf.py(), slf.get());
        let read = if let Ok(text) = filter.cast::<PyString>() {
            let text = text.to_cow()?;
            Filter::read(py, book, Some(&text), |core| core.filter(&*text))?
        } else if let Ok(tree) = filter.cast::<PyDict>() {
            Filter::from_tree(py, book, tree)?
        } else if let Ok(filter) = filter.cast::<Filter>() {
            book.require_own(&filter.get().shared, "filter")?;
            return Ok(filter.clone().unbind());
        } else {
            return Err(not_a_filter(filter));
        };
        Ok(Py::new(py, read)?)
    }

    /// The fields of the book as react-querybuilder takes them, operators and values included.
    fn query_builder_fields<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        let fields = self.read(py, |book| Ok(tagmata::query_builder_fields(book.schema())))?;
        Ok(from_json(py, &fields)?)
    }
}

/// A filter as an argument: a text, a [`Filter`] or a dict.
pub(crate) fn source(book: &Book, filter: &Bound<'_, PyAny>) -> Result<FilterSource> {
    if let Ok(text) = filter.cast::<PyString>() {
        Ok(FilterSource::Text(text.to_cow()?.into_owned()))
    } else if let Ok(filter) = filter.cast::<Filter>() {
        book.require_own(&filter.get().shared, "filter")?;
        Ok(FilterSource::from(&filter.get().filter))
    } else if let Ok(tree) = filter.cast::<PyDict>() {
        let limits = book.limits(filter.py())?;
        Ok(FilterSource::from(self::tree(JsonTreeBuilder::new(&limits), tree, "a filter")?))
    } else {
        Err(not_a_filter(filter))
    }
}

/// Whether a value is a filter, right or wrong.
pub(crate) fn is_filter(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyString>() || value.is_instance_of::<Filter>() || value.is_instance_of::<PyDict>()
}

fn not_a_filter(value: &Bound<'_, PyAny>) -> Failure {
    wrong_type("a filter is a text, a Filter or a dict", value)
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Filter>()
}
