//! Who matches, how many, and why.

use crate::book::Book;
use crate::convert::{array, id};
use crate::errors::Result;
use crate::explain::Explanation;
use crate::filters::source;
use crate::segment::{Segment, reference};
use numpy::PyArray1;
use pyo3::prelude::{Bound, PyAny, PyAnyMethods, Python};
use pyo3::pymethods;
use pyo3::types::{PyString, PyStringMethods};

#[pymethods]
impl Book {
    /// How many contacts match a filter.
    #[pyo3(signature = (filter, /))]
    fn count(&self, py: Python<'_>, filter: &Bound<'_, PyAny>) -> Result<u64> {
        let filter = source(self, filter)?;
        self.read(py, |book| book.count(filter))
    }

    /// The ids of the contacts that match a filter, ascending.
    #[pyo3(signature = (filter, /))]
    fn select<'py>(&self, py: Python<'py>, filter: &Bound<'py, PyAny>) -> Result<Bound<'py, PyArray1<u32>>> {
        let filter = source(self, filter)?;
        let numbers = self.read(py, |book| Ok(book.select(filter)?.to_numbers()))?;
        Ok(array(py, numbers))
    }

    /// The ids of the members of a segment, ascending.
    #[pyo3(signature = (segment, /))]
    fn members<'py>(
        &self,
        py: Python<'py>,
        segment: &Bound<'py, PyAny>,
    ) -> Result<Bound<'py, PyArray1<u32>>> {
        let segment = reference(self, segment)?;
        let numbers = self.read(py, |book| Ok(book.members(segment)?.to_numbers()))?;
        Ok(array(py, numbers))
    }

    /// Whether a contact matches a filter.
    #[pyo3(signature = (contact, filter, /))]
    fn matches(&self, py: Python<'_>, contact: &Bound<'_, PyAny>, filter: &Bound<'_, PyAny>) -> Result<bool> {
        let (contact, filter) = (id(contact)?, source(self, filter)?);
        self.read(py, |book| book.matches(contact, filter))
    }

    /// The names of the segments that a contact is in, static and dynamic.
    #[pyo3(signature = (contact, /))]
    fn segments_of(&self, py: Python<'_>, contact: &Bound<'_, PyAny>) -> Result<Vec<String>> {
        let contact = id(contact)?;
        self.read(py, |book| {
            let segments = book.segments_of(contact)?.into_iter();
            Ok(segments.map(|segment| book.schema().segment_name(segment).to_owned()).collect())
        })
    }

    /// Why a contact is in a segment or matches a filter, or does not: the name of a segment, a Segment, or a filter.
    ///
    /// ```python
    /// print(book.explain(zoe, "VIP FR"))
    /// ```
    #[pyo3(signature = (contact, segment_or_filter, /))]
    fn explain(
        &self,
        py: Python<'_>,
        contact: &Bound<'_, PyAny>,
        segment_or_filter: &Bound<'_, PyAny>,
    ) -> Result<Explanation> {
        let contact = id(contact)?;
        let explanation = if let Ok(text) = segment_or_filter.cast::<PyString>() {
            let text = text.to_cow()?;
            self.read(py, |book| book.explain_text(contact, &text))
        } else if segment_or_filter.is_instance_of::<Segment>() {
            let segment = reference(self, segment_or_filter)?;
            self.read(py, |book| book.explain_membership(contact, segment))
        } else {
            let filter = source(self, segment_or_filter)?;
            self.read(py, |book| book.explain(contact, filter))
        };
        explanation.map(Explanation::new)
    }
}
