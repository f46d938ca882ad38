//! A segment as Python holds it, and as an argument.

use crate::book::Book;
use crate::convert::array;
use crate::errors::{Result, wrong_type};
use numpy::PyArray1;
use pyo3::prelude::{Bound, PyAny, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyString, PyStringMethods};
use pyo3::{pyclass, pymethods};
use std::sync::Arc;
use tagmata::{Ref, SegmentId, SegmentInfo, SharedBook};

/// A segment as it was when it was asked for. It can be used wherever a selection or the name of a segment is taken.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Segment {
    shared: Arc<SharedBook>,
    info: SegmentInfo,
}

#[pymethods]
impl Segment {
    /// Its number, which never changes: `segment_id` in the rows of `Book.members_sql`.
    #[getter]
    fn id(&self) -> u32 {
        self.info.id.get()
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.info.name
    }

    /// `static` or `dynamic`.
    #[getter]
    fn kind(&self) -> &'static str {
        self.info.kind()
    }

    /// How many members it has; `None` if it is broken or stands on a broken segment.
    #[getter]
    fn count(&self) -> Option<u64> {
        self.info.count
    }

    /// The canonical text of the filter, if it is dynamic.
    #[getter]
    fn filter(&self) -> Option<&str> {
        self.info.filter.as_deref()
    }

    /// Why it cannot be evaluated; `None` if it can.
    #[getter]
    fn error(&self) -> Option<String> {
        self.info.error.as_ref().map(ToString::to_string)
    }

    /// Who is pinned into a dynamic segment.
    #[getter]
    fn always_in<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u32>> {
        array(py, self.info.always_in.to_numbers())
    }

    /// Who is pinned out of a dynamic segment.
    #[getter]
    fn always_out<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u32>> {
        array(py, self.info.always_out.to_numbers())
    }

    fn __repr__(&self) -> String {
        let count = self.info.count.map_or_else(|| "broken".to_owned(), |count| format!("{count} members"));
        format!("<Segment {:?}, {}, {count}>", self.info.name, self.info.kind())
    }
}

impl Segment {
    pub(crate) fn new(book: &Book, info: SegmentInfo) -> Self {
        Self { shared: Arc::clone(&book.shared), info }
    }

    /// Its id, in the book that gave it out.
    pub(crate) fn id_in(&self, book: &Book) -> PyResult<SegmentId> {
        book.require_own(&self.shared, "segment")?;
        Ok(self.info.id)
    }
}

/// A segment as an argument: its name, or a [`Segment`].
pub(crate) fn reference(book: &Book, value: &Bound<'_, PyAny>) -> Result<Ref<SegmentId>> {
    if let Ok(name) = value.cast::<PyString>() {
        Ok(Ref::Name(name.to_cow()?.into_owned()))
    } else if let Ok(segment) = value.cast::<Segment>() {
        Ok(Ref::Id(segment.get().id_in(book)?))
    } else {
        Err(wrong_type("a segment is its name or a Segment", value))
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Segment>()
}
