//! What a change came to.

use crate::convert::{array, arrays, from_json, utc};
use crate::errors::{Diagnostic, Result};
use crate::keywords::{Unknown, refuse_unknown};
use chrono::{DateTime, Utc};
use numpy::PyArray1;
use pyo3::prelude::{Bound, Py, PyAny, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::PyDict;
use pyo3::{pyclass, pymethods};
use std::sync::{Arc, Weak};
use tagmata::{Access, Error, MemberSet, NamedEffects, Schema, SegmentId, SharedBook};

/// Who entered and who left which segments.
///
/// `entered` and `left` are dicts from the name of a segment to an array of ids.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug, Default)]
pub(crate) struct Effects {
    entered: Vec<(String, MemberSet)>,
    left: Vec<(String, MemberSet)>,
}

impl Effects {
    fn new<'a>(effects: &tagmata::Effects, name: impl Fn(SegmentId) -> &'a str) -> Self {
        let NamedEffects { entered, left } = effects.by_name(name);
        Self { entered, left }
    }

    /// Effects of something that deleted no segment.
    pub(crate) fn by_schema(effects: &tagmata::Effects, schema: &Schema) -> Self {
        Self::new(effects, |segment| schema.segment_name(segment))
    }
}

#[pymethods]
impl Effects {
    /// Who is in a segment now and was not before, by its name.
    #[getter]
    fn entered<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        arrays(py, &self.entered)
    }

    /// Who was in a segment before and is not now, by its name.
    #[getter]
    fn left<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        arrays(py, &self.left)
    }

    fn __bool__(&self) -> bool {
        !(self.entered.is_empty() && self.left.is_empty())
    }

    fn __repr__(&self) -> String {
        format!("<Effects entered {} left {}>", counts(&self.entered), counts(&self.left))
    }
}

/// How many contacts there are by segment, as Python writes a dict.
fn counts(members: &[(String, MemberSet)]) -> String {
    let counts: Vec<_> =
        members.iter().map(|(name, members)| format!("{name:?}: {}", members.len())).collect();
    format!("{{{}}}", counts.join(", "))
}

/// What became true by a change, and when, by whom and why.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Commit {
    pub(crate) commit: tagmata::Commit,
    /// The book whose names say what it is about. A commit keeps nobody's file open.
    book: Weak<SharedBook>,
}

impl Commit {
    pub(crate) fn new(commit: tagmata::Commit, book: &Arc<SharedBook>) -> Self {
        Self { commit, book: Arc::downgrade(book) }
    }
}

#[pymethods]
impl Commit {
    /// Its place among the commits of the book, from 1.
    #[getter]
    fn number(&self) -> u64 {
        self.commit.number()
    }

    /// When it happened.
    #[getter]
    fn at(&self) -> DateTime<Utc> {
        utc(self.commit.at())
    }

    /// Who did it.
    #[getter]
    fn actor(&self) -> Option<&str> {
        self.commit.actor()
    }

    /// What made it happen: `call`, `import`, `undo` or `rule`.
    #[getter]
    fn cause(&self) -> &'static str {
        self.commit.cause().as_str()
    }

    /// Whether nothing changed.
    #[getter]
    fn is_empty(&self) -> bool {
        self.commit.is_empty()
    }

    /// The ids of the contacts that it is about, ascending.
    #[getter]
    fn contacts<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u32>> {
        array(py, self.commit.contacts().to_numbers())
    }

    /// About how many bytes it takes.
    #[getter]
    fn size_in_bytes(&self) -> usize {
        self.commit.size_in_bytes()
    }

    /// What it says, for people, by the present names of the book; by numbers where something has no name any more. Lists have at
    /// most so many items, and say how many there are.
    ///
    /// ```python
    /// book.add_tags([zoe], ["gold"], actor="ana").commit.to_dict()["facts"][-1]
    /// # {'fact': 'linked', 'field': 'tags', 'name': 'gold', 'count': 1, 'contacts': [0]}
    /// ```
    #[pyo3(signature = (*, most=100, **unknown), text_signature = "($self, *, most=100)")]
    fn to_dict<'py>(
        &self,
        py: Python<'py>,
        most: usize,
        unknown: Option<Unknown>,
    ) -> Result<Bound<'py, PyAny>> {
        refuse_unknown::<Self>(py, "to_dict", unknown)?;
        let book = self.book.upgrade().ok_or_else(|| Error::book_closed(None))?;
        let json = |book: &tagmata::Book| Ok(self.commit.to_json(book.schema(), most));
        let json = py.detach(|| book.read(Access::Direct, json))?;
        Ok(from_json(py, &json)?)
    }

    fn __repr__(&self) -> String {
        let Self { commit, .. } = self;
        format!("<Commit {} at {}, {} facts>", commit.number(), commit.at(), commit.facts().len())
    }
}

/// Who entered and left which segments, by their names, and what became true.
pub(crate) type NamedAdvance = (Effects, Vec<tagmata::Commit>);

/// What happened because time moved on.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug, Default)]
pub(crate) struct Advance {
    effects: Effects,
    commits: Vec<Py<Commit>>,
}

impl Advance {
    /// An advance of the core with the names of its segments: what of it needs the book.
    pub(crate) fn named(advance: tagmata::Advance, schema: &Schema) -> NamedAdvance {
        let effects = Effects::new(&advance.effects, |segment| advance.segment_name(segment, schema));
        (effects, advance.commits)
    }

    pub(crate) fn new(py: Python<'_>, advance: NamedAdvance, book: &Arc<SharedBook>) -> PyResult<Self> {
        let (effects, commits) = advance;
        let commits = commits.into_iter().map(|commit| Py::new(py, Commit::new(commit, book)));
        let commits = commits.collect::<PyResult<_>>()?;
        Ok(Self { effects, commits })
    }
}

#[pymethods]
impl Advance {
    /// Who entered a segment because time moved on, by its name.
    #[getter]
    fn entered<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.effects.entered(py)
    }

    /// Who left a segment because time moved on, by its name.
    #[getter]
    fn left<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.effects.left(py)
    }

    /// What became true by it.
    #[getter]
    fn commits(&self, py: Python<'_>) -> Vec<Py<Commit>> {
        self.commits.iter().map(|commit| commit.clone_ref(py)).collect()
    }

    fn __repr__(&self) -> String {
        let Self { effects: Effects { entered, left }, commits } = self;
        format!("<Advance entered {} left {}, {} commits>", counts(entered), counts(left), commits.len())
    }
}

/// An outcome of the core with the names of its segments: what of it needs the book.
pub(crate) struct Named {
    commit: tagmata::Commit,
    effects: Effects,
    advance: NamedAdvance,
    warnings: Vec<tagmata::Diagnostic>,
}

impl Named {
    /// Names the segments by the schema as the change left it.
    pub(crate) fn new(outcome: tagmata::Outcome, schema: &Schema) -> Self {
        let name = |segment| outcome.segment_name(segment, schema);
        let effects = Effects::new(&outcome.effects, name);
        let passed = Effects::new(&outcome.advance.effects, name);
        let advance = (passed, outcome.advance.commits);
        Self { effects, advance, commit: outcome.commit, warnings: outcome.warnings }
    }
}

/// What a change came to: its commit, who entered and left segments by it, and by the time that had passed.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Outcome {
    commit: Py<Commit>,
    effects: Py<Effects>,
    advance: Py<Advance>,
    warnings: Vec<Diagnostic>,
}

impl Outcome {
    pub(crate) fn new(py: Python<'_>, outcome: Named, book: &Arc<SharedBook>) -> PyResult<Py<Self>> {
        let commit = Py::new(py, Commit::new(outcome.commit, book))?;
        let effects = Py::new(py, outcome.effects)?;
        let advance = Py::new(py, Advance::new(py, outcome.advance, book)?)?;
        let warnings = Diagnostic::all(&outcome.warnings, None);
        Py::new(py, Self { commit, effects, advance, warnings })
    }

    pub(crate) fn number(&self) -> u64 {
        self.commit.get().commit.number()
    }

    pub(crate) fn core_commit(&self) -> tagmata::Commit {
        self.commit.get().commit.clone()
    }
}

#[pymethods]
impl Outcome {
    /// What became true.
    #[getter]
    fn commit(&self, py: Python<'_>) -> Py<Commit> {
        self.commit.clone_ref(py)
    }

    /// Who entered and left segments by it.
    #[getter]
    fn effects(&self, py: Python<'_>) -> Py<Effects> {
        self.effects.clone_ref(py)
    }

    /// What happened because time moved on to the instant of the change.
    #[getter]
    fn advance(&self, py: Python<'_>) -> Py<Advance> {
        self.advance.clone_ref(py)
    }

    /// What is worth knowing about it, such as rules that may fire together.
    #[getter]
    fn warnings(&self) -> Vec<Diagnostic> {
        self.warnings.clone()
    }

    fn __repr__(&self) -> String {
        let (commit, effects) = (self.commit.get(), self.effects.get());
        let (entered, left) = (counts(&effects.entered), counts(&effects.left));
        format!("<Outcome of commit {}, entered {entered} left {left}>", commit.commit.number())
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Effects>()?;
    module.add_class::<Commit>()?;
    module.add_class::<Advance>()?;
    module.add_class::<Outcome>()
}
