//! Why a segment has as many members as it has.

use crate::book::Book;
use crate::errors::Result;
use crate::notebooks::shown;
use crate::segment::reference;
use pyo3::prelude::{Bound, PyAny, PyDictMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyList};
use pyo3::{pyclass, pymethods};
use std::sync::Arc;
use tagmata::NodeId;

/// Why a segment has as many members as it has: what each condition of its filter and its pins do.
///
/// ```python
/// why = book.explain_segment("VIP FR")
/// print(why)                          # an indented text
/// why.tree.children[0].removes        # the same as data
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct SegmentExplanation(Arc<tagmata::SegmentExplanation>);

impl SegmentExplanation {
    fn part(&self, place: Place) -> SegmentPart {
        SegmentPart { explanation: Arc::clone(&self.0), place }
    }
}

#[pymethods]
impl SegmentExplanation {
    /// The name of the segment.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The canonical text of the filter, if it is dynamic.
    #[getter]
    fn filter(&self) -> Option<&str> {
        self.0.filter.as_deref()
    }

    /// How many members it has; `None` if it is broken or stands on a broken segment.
    #[getter]
    fn count(&self) -> Option<u64> {
        self.0.count
    }

    /// How many contacts the book has.
    #[getter]
    fn everybody(&self) -> u64 {
        self.0.everybody
    }

    /// The whole filter, with its parts as children; of a static segment those put in by hand, of a broken one `None`.
    #[getter]
    fn tree(&self) -> Option<SegmentPart> {
        self.0.root().map(|root| self.part(Place::Node(root)))
    }

    /// Who is in whatever the filter says; `None` if nobody is.
    #[getter]
    fn always_in(&self) -> Option<SegmentPart> {
        self.0.always_in.as_ref().map(|_| self.part(Place::AlwaysIn))
    }

    /// Who is out whatever the filter says; `None` if nobody is.
    #[getter]
    fn always_out(&self) -> Option<SegmentPart> {
        self.0.always_out.as_ref().map(|_| self.part(Place::AlwaysOut))
    }

    /// Why it cannot be evaluated; `None` if it can.
    #[getter]
    fn error(&self) -> Option<String> {
        self.0.error.as_ref().map(ToString::to_string)
    }

    /// All of it as plain values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let mut made: Vec<Bound<'py, PyDict>> = Vec::new();
        // Children come before their parents, the root last.
        for part in self.0.nodes() {
            let children = part.children.iter().filter_map(|child| made.get(child.index()).cloned());
            let values = values(py, part, PyList::new(py, children.collect::<Vec<_>>())?)?;
            made.push(values);
        }
        let pins = |part: &Option<tagmata::SegmentPart>| {
            part.as_ref().map(|part| values(py, part, PyList::empty(py))).transpose()
        };
        let dict = PyDict::new(py);
        dict.set_item("name", self.name())?;
        dict.set_item("filter", self.filter())?;
        dict.set_item("count", self.count())?;
        dict.set_item("everybody", self.everybody())?;
        dict.set_item("tree", made.pop())?;
        dict.set_item("always_in", pins(&self.0.always_in)?)?;
        dict.set_item("always_out", pins(&self.0.always_out)?)?;
        dict.set_item("error", self.error())?;
        Ok(dict)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    /// A small table for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf, "segment_explanation")
    }

    fn __repr__(&self) -> String {
        format!("<SegmentExplanation\n{}>", self.0)
    }
}

fn values<'py>(
    py: Python<'py>,
    part: &tagmata::SegmentPart,
    children: Bound<'py, PyList>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("text", &part.text)?;
    dict.set_item("count", part.count)?;
    dict.set_item("removes", part.removes)?;
    dict.set_item("adds", part.adds)?;
    dict.set_item("without", part.without)?;
    dict.set_item("id", &part.id)?;
    dict.set_item("children", children)?;
    Ok(dict)
}

/// Where a part is in its explanation.
#[derive(Debug, Clone, Copy)]
enum Place {
    Node(NodeId),
    AlwaysIn,
    AlwaysOut,
}

/// A condition or group of a segment's filter, or its pins, with what they do to the number of contacts.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct SegmentPart {
    explanation: Arc<tagmata::SegmentExplanation>,
    place: Place,
}

impl SegmentPart {
    fn part(&self) -> Option<&tagmata::SegmentPart> {
        match self.place {
            Place::Node(id) => self.explanation.nodes().get(id.index()),
            Place::AlwaysIn => self.explanation.always_in.as_ref(),
            Place::AlwaysOut => self.explanation.always_out.as_ref(),
        }
    }
}

#[pymethods]
impl SegmentPart {
    /// The condition in canonical text; `all of`, `any of` or `not` for a group; `always in` or `always out` for pins.
    #[getter]
    fn text(&self) -> &str {
        self.part().map(|part| part.text.as_str()).unwrap_or_default()
    }

    /// How many contacts match it by itself, or are pinned.
    #[getter]
    fn count(&self) -> u64 {
        self.part().map(|part| part.count).unwrap_or_default()
    }

    /// Of a member of `all of`: how many match all other members and not this one. Of pins: how many are out by them alone.
    #[getter]
    fn removes(&self) -> Option<u64> {
        self.part()?.removes
    }

    /// Of a member of `any of`: how many match this one and no other. Of pins: how many are in by them alone.
    #[getter]
    fn adds(&self) -> Option<u64> {
        self.part()?.adds
    }

    /// How many the group would have without it or, without pins, the segment; `None` for what is not in a group.
    #[getter]
    fn without(&self) -> Option<u64> {
        self.part()?.without
    }

    /// The `id` of the node or rule, for a filter that came as a dict or JSON.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.part()?.id.as_deref()
    }

    /// The parts of a group.
    #[getter]
    fn children(&self) -> Vec<Self> {
        let child =
            |id: &NodeId| Self { explanation: Arc::clone(&self.explanation), place: Place::Node(*id) };
        self.part().map(|part| part.children.iter().map(child).collect()).unwrap_or_default()
    }

    fn __repr__(&self) -> String {
        format!("<SegmentPart {}>", self.part().map(ToString::to_string).unwrap_or_default())
    }
}

#[pymethods]
impl Book {
    /// Why a segment has as many members as it has: what each condition of its filter and its pins do.
    ///
    /// ```python
    /// print(book.explain_segment("VIP FR"))
    /// ```
    #[pyo3(signature = (segment, /))]
    fn explain_segment(&self, py: Python<'_>, segment: &Bound<'_, PyAny>) -> Result<SegmentExplanation> {
        let segment = reference(self, segment)?;
        let explanation = self.read(py, |book| book.explain_segment(segment))?;
        Ok(SegmentExplanation(Arc::new(explanation)))
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<SegmentExplanation>()?;
    module.add_class::<SegmentPart>()
}
