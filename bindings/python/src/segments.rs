//! Segments: made, changed, listed.

use crate::book::Book;
use crate::convert::{ids, list};
use crate::errors::{Result, wrong_type};
use crate::filters::source;
use crate::keywords::{Narrowing, Unknown, refuse_nothing, refuse_unknown, unexpected};
use crate::notebooks::list_of;
use crate::outcome::{Effects, Outcome};
use crate::segment::{Segment, reference};
use crate::selection::selection;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, Python};
use pyo3::pymethods;
use pyo3::types::{PyDict, PyDictMethods, PyString, PyStringMethods};
use tagmata::{Command, NewSegment, SegmentPatch};

/// What of a segment is given by keywords, or by the keys of a dict.
#[derive(Default)]
struct Parts<'py> {
    members: Option<Bound<'py, PyAny>>,
    filter: Option<Bound<'py, PyAny>>,
    always_in: Option<Bound<'py, PyAny>>,
    always_out: Option<Bound<'py, PyAny>>,
}

impl<'py> Parts<'py> {
    fn new_segment(&self, book: &Book, name: String) -> Result<NewSegment> {
        let members = self.members.as_ref().map(|members| selection(book, members)).transpose()?;
        let filter = self.filter.as_ref().map(|filter| source(book, filter)).transpose()?;
        let pinned = |pins: &Option<Bound<'py, PyAny>>| pins.as_ref().map(ids).transpose();
        let (always_in, always_out) = (pinned(&self.always_in)?, pinned(&self.always_out)?);
        Ok(NewSegment::of_parts(name, members, filter, always_in, always_out)?)
    }

    fn patch(&self, book: &Book) -> Result<SegmentPatch> {
        let mut patch = SegmentPatch::new();
        if let Some(filter) = &self.filter {
            patch = patch.filter(source(book, filter)?);
        }
        if let Some(pinned) = &self.always_in {
            patch = patch.always_in(ids(pinned)?);
        }
        if let Some(pinned) = &self.always_out {
            patch = patch.always_out(ids(pinned)?);
        }
        Ok(patch)
    }
}

/// A segment of a list: its name, or a dict of what `create_segment` takes.
fn listed(book: &Book, item: &Bound<'_, PyAny>) -> Result<NewSegment> {
    if let Ok(name) = item.cast::<PyString>() {
        return Parts::default().new_segment(book, name.to_cow()?.into_owned());
    }
    let Ok(dict) = item.cast::<PyDict>() else {
        return Err(wrong_type("a new segment is its name or a dict", item));
    };
    let (mut name, mut parts) = (None, Parts::default());
    for (key, value) in dict.iter() {
        let key = key.str()?;
        refuse_nothing("create_segments", &key.to_cow()?, &value)?;
        match key.to_cow()?.as_ref() {
            "name" => name = Some(value.extract()?),
            "members" => parts.members = Some(value),
            "filter" => parts.filter = Some(value),
            "always_in" => parts.always_in = Some(value),
            "always_out" => parts.always_out = Some(value),
            _ => {
                let takes = ["name", "members", "filter", "always_in", "always_out"];
                return Err(unexpected("Book.create_segments", &key.to_cow()?, &takes).into());
            }
        }
    }
    let name = name.ok_or_else(|| PyTypeError::new_err("a new segment needs a `name`"))?;
    parts.new_segment(book, name)
}

#[pymethods]
impl Book {
    /// Makes a segment: static with `members`, a selection, or dynamic with `filter`, where contacts can be pinned. `always_out` is left out,
    /// or says who: `None` is refused.
    ///
    /// ```python
    /// book.create_segment("Nord", members=[zoe])
    /// book.create_segment("VIP FR", filter="status = vip and country = FR")
    /// ```
    #[pyo3(
        signature = (
            name, *, members=None, filter=None, always_in=None, always_out=Narrowing::LeftOut, actor=None, **unknown
        ),
        text_signature = "($self, name, *, members=None, filter=None, always_in=None, always_out=..., actor=None)"
    )]
    fn create_segment<'py>(
        &self,
        py: Python<'py>,
        name: String,
        members: Option<Bound<'py, PyAny>>,
        filter: Option<Bound<'py, PyAny>>,
        always_in: Option<Bound<'py, PyAny>>,
        always_out: Narrowing<Bound<'py, PyAny>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        const CALL: &str = "create_segment";
        refuse_unknown::<Self>(py, CALL, unknown)?;
        let always_out = always_out.of(CALL, "always_out")?;
        let segment = Parts { members, filter, always_in, always_out }.new_segment(self, name)?;
        self.run(py, &Command::CreateSegments(vec![segment]), actor)
    }

    /// Makes several segments, or none: names, and dicts of what `create_segment` takes.
    #[pyo3(
        signature = (segments, *, actor=None, **unknown),
        text_signature = "($self, segments, *, actor=None)"
    )]
    fn create_segments(
        &self,
        py: Python<'_>,
        segments: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "create_segments", unknown)?;
        let segments = list(segments, "new segments are a list", |item| listed(self, item))?;
        self.run(py, &Command::CreateSegments(segments), actor)
    }

    /// Gives a dynamic segment another filter or other pins; what is not given stays.
    #[pyo3(
        signature = (segment, *, filter=None, always_in=None, always_out=None, actor=None, **unknown),
        text_signature = "($self, segment, *, filter=None, always_in=None, always_out=None, actor=None)"
    )]
    fn update_segment<'py>(
        &self,
        py: Python<'py>,
        segment: &Bound<'py, PyAny>,
        filter: Option<Bound<'py, PyAny>>,
        always_in: Option<Bound<'py, PyAny>>,
        always_out: Option<Bound<'py, PyAny>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "update_segment", unknown)?;
        let patch = Parts { members: None, filter, always_in, always_out }.patch(self)?;
        self.run(py, &Command::UpdateSegment { segment: reference(self, segment)?, patch }, actor)
    }

    /// Who would enter and leave a dynamic segment by another filter or other pins. Nothing changes.
    #[pyo3(
        signature = (segment, *, filter=None, always_in=None, always_out=None, **unknown),
        text_signature = "($self, segment, *, filter=None, always_in=None, always_out=None)"
    )]
    fn preview_segment<'py>(
        &self,
        py: Python<'py>,
        segment: &Bound<'py, PyAny>,
        filter: Option<Bound<'py, PyAny>>,
        always_in: Option<Bound<'py, PyAny>>,
        always_out: Option<Bound<'py, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Effects> {
        refuse_unknown::<Self>(py, "preview_segment", unknown)?;
        let patch = Parts { members: None, filter, always_in, always_out }.patch(self)?;
        let segment = reference(self, segment)?;
        self.change(py, None, |book, _| {
            let effects = book.preview_segment(segment, patch)?;
            Ok(Effects::by_schema(&effects, book.schema()))
        })
    }

    /// Gives a segment another name; the old one keeps working in stored filters until another segment takes it.
    #[pyo3(
        signature = (segment, name, *, actor=None, **unknown),
        text_signature = "($self, segment, name, *, actor=None)"
    )]
    fn rename_segment(
        &self,
        py: Python<'_>,
        segment: &Bound<'_, PyAny>,
        name: String,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "rename_segment", unknown)?;
        self.run(py, &Command::RenameSegment { segment: reference(self, segment)?, name }, actor)
    }

    /// Deletes a segment; its contacts stay. By `force` even one that other segments use: those are broken then.
    #[pyo3(
        signature = (segment, *, force=false, actor=None, **unknown),
        text_signature = "($self, segment, *, force=False, actor=None)"
    )]
    fn delete_segment(
        &self,
        py: Python<'_>,
        segment: &Bound<'_, PyAny>,
        force: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_segment", unknown)?;
        self.run(py, &Command::DeleteSegment { segment: reference(self, segment)?, force }, actor)
    }

    /// Makes a dynamic segment static, with the members that it has now.
    #[pyo3(
        signature = (segment, *, actor=None, **unknown),
        text_signature = "($self, segment, *, actor=None)"
    )]
    fn freeze_segment(
        &self,
        py: Python<'_>,
        segment: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "freeze_segment", unknown)?;
        self.run(py, &Command::FreezeSegment(reference(self, segment)?), actor)
    }

    /// A segment by its name: what is known about it, and a handle that can be used as a selection.
    #[pyo3(signature = (name, /))]
    fn segment(&self, py: Python<'_>, name: &str) -> Result<Segment> {
        let info = self.read(py, |book| book.segment(name))?;
        Ok(Segment::new(self, info))
    }

    /// All segments, in the order in which they were made.
    fn segments<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        let infos = self.read(py, |book| Ok(book.segments()))?;
        let segments: Vec<_> = infos.into_iter().map(|info| Segment::new(self, info)).collect();
        Ok(list_of(py, "Segments", segments)?)
    }
}
