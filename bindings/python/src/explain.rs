//! Why a contact matches, or does not.

use crate::convert::utc;
use crate::notebooks::shown;
use chrono::{DateTime, Utc};
use pyo3::prelude::{Bound, PyModule, PyModuleMethods, PyResult};
use pyo3::{pyclass, pymethods};
use std::sync::Arc;
use tagmata::NodeId;

/// Why a contact matches a filter or is in a segment, or is not.
///
/// ```python
/// why = book.explain(contact, "VIP FR")
/// print(why)              # an indented text
/// why.tree.children       # the same as data
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Explanation(Arc<tagmata::Explanation>);

impl Explanation {
    pub(crate) fn new(explanation: tagmata::Explanation) -> Self {
        Self(Arc::new(explanation))
    }

    fn node(&self, id: NodeId) -> Explained {
        Explained { explanation: Arc::clone(&self.0), id }
    }
}

#[pymethods]
impl Explanation {
    /// Whether the contact matches.
    #[getter]
    fn verdict(&self) -> bool {
        self.0.verdict()
    }

    /// An instant before which the answer certainly holds, if the contact does not change; `None` for ever.
    #[getter]
    fn valid_until(&self) -> Option<DateTime<Utc>> {
        self.0.valid_until().map(utc)
    }

    /// The whole filter, with its parts as children.
    #[getter]
    fn tree(&self) -> Explained {
        self.node(self.0.root())
    }

    /// The conditions that decided.
    #[getter]
    fn deciding(&self) -> Vec<Explained> {
        let mut deciding = Vec::new();
        let mut open = vec![self.0.root()];
        while let Some(id) = open.pop() {
            match self.0.nodes().get(id.index()) {
                Some(node) if node.decides && node.children.is_empty() => deciding.push(self.node(id)),
                Some(node) => open.extend(node.children.iter().rev()),
                None => {}
            }
        }
        deciding
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    /// A small table for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf, "explanation")
    }

    fn __repr__(&self) -> String {
        format!("<Explanation\n{}>", self.0)
    }
}

/// One part of a filter, with its answer.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Explained {
    explanation: Arc<tagmata::Explanation>,
    id: NodeId,
}

impl Explained {
    fn get<'e, T>(&'e self, read: impl FnOnce(&'e tagmata::Explained) -> T) -> Option<T> {
        self.explanation.nodes().get(self.id.index()).map(read)
    }
}

#[pymethods]
impl Explained {
    /// The condition in canonical text; `all of`, `any of` or `not` for a group.
    #[getter]
    fn text(&self) -> &str {
        self.get(|node| node.text.as_str()).unwrap_or_default()
    }

    /// The answer for the contact.
    #[getter]
    fn verdict(&self) -> bool {
        self.get(|node| node.verdict).unwrap_or_default()
    }

    /// Whether this part decided: if every deciding condition were the other way round, so would be the whole.
    #[getter]
    fn decides(&self) -> bool {
        self.get(|node| node.decides).unwrap_or_default()
    }

    /// What a condition looked at, in words.
    #[getter]
    fn value(&self) -> Option<&str> {
        self.get(|node| node.value.as_deref()).flatten()
    }

    /// An instant before which the answer certainly holds, if the contact does not change; `None` for ever.
    #[getter]
    fn valid_until(&self) -> Option<DateTime<Utc>> {
        self.get(|node| node.valid_until).flatten().map(utc)
    }

    /// The `id` of the node or rule, for a filter that came as a dict or JSON.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.get(|node| node.id.as_deref()).flatten()
    }

    /// The parts of a group.
    #[getter]
    fn children(&self) -> Vec<Self> {
        let child = |id: &NodeId| Self { explanation: Arc::clone(&self.explanation), id: *id };
        self.get(|node| node.children.iter().map(child).collect()).unwrap_or_default()
    }

    fn __repr__(&self) -> String {
        format!("<Explained {}: {}>", if self.verdict() { "yes" } else { "no" }, self.text())
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Explanation>()?;
    module.add_class::<Explained>()
}
