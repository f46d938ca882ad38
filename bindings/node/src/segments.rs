//! Segments: made, changed, listed.

use crate::book::Book;
use crate::convert::{IdsArg, Options, contact_id, contact_ids, elements, refuse, text};
use crate::errors::refused;
use crate::filters::FilterArg;
use crate::outcome::{Effects, Outcome, effects};
use crate::segment::{Segment, SegmentArg};
use crate::selection::SelectionArg;
use napi::bindgen_prelude::Unknown;
use napi::{Env, Result, ValueType};
use napi_derive::napi;
use tagmata::{Command, Error, NewSegment, SegmentPatch};

#[napi]
impl Book {
    /// Makes a segment: a dynamic one with a filter, else a static one, with its first members if there are any.
    #[napi]
    pub fn create_segment(
        &self,
        #[napi(ts_arg_type = "string")] name: Unknown<'_>,
        #[napi(ts_arg_type = "SegmentOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let call = "createSegment";
        let given = Options::of_change(call, options, &["filter", "members", "alwaysIn", "alwaysOut"])?;
        let segment = self.new_segment(call, text("name", name)?, &given)?;
        self.run(&Command::CreateSegments(vec![segment]), &given)
    }

    /// Makes several segments at once: all, or none if one is refused.
    #[napi]
    pub fn create_segments(
        &self,
        #[napi(ts_arg_type = "Array<string | NewSegment>")] segments: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let call = "createSegments";
        let given = Options::of_change(call, options, &[])?;
        let Some(all) = elements(&segments)? else {
            return refuse(call, "a list of names or definitions", &segments);
        };
        let segment = |definition: Unknown<'_>| match definition.get_type()? {
            ValueType::String => Ok(NewSegment::fixed(text("name", definition)?)),
            _ => {
                let allowed = ["name", "filter", "members", "alwaysIn", "alwaysOut"];
                let own = Options::of(call, Some(definition), &allowed)?;
                let name = own.text("name")?;
                let missing = || refused(Error::wrong_type("name", "text", "nothing"));
                self.new_segment(call, name.ok_or_else(missing)?, &own)
            }
        };
        let segments = all.map(|definition| segment(definition?)).collect::<Result<_>>()?;
        self.run(&Command::CreateSegments(segments), &given)
    }

    fn new_segment(&self, call: &str, name: String, given: &Options<'_>) -> Result<NewSegment> {
        let filter = given.get_as::<FilterArg<'_>>("filter")?;
        let members = given.get_as::<SelectionArg<'_>>("members")?;
        let [always_in, always_out] = ["alwaysIn", "alwaysOut"].map(|pins| given.get_as::<IdsArg<'_>>(pins));
        let wrong = |takes, found| Err(refused(Error::wrong_type(call, takes, found)));
        match (filter, members, always_in?, always_out?) {
            (Some(_), Some(_), _, _) => wrong("`filter` or `members`", "both"),
            (Some(filter), None, always_in, always_out) => {
                let mut segment = NewSegment::dynamic(name, self.filter_source("filter", filter)?);
                if let Some(ids) = always_in {
                    segment = segment.always_in(contact_ids("alwaysIn", ids)?);
                }
                if let Some(ids) = always_out {
                    segment = segment.always_out(contact_ids("alwaysOut", ids)?);
                }
                Ok(segment)
            }
            (None, members, None, None) => Ok(match members {
                Some(members) => NewSegment::with_members(name, self.selection("members", members)?),
                None => NewSegment::fixed(name),
            }),
            (None, ..) => wrong("`alwaysIn` and `alwaysOut` with a `filter`", "without it"),
        }
    }

    /// Gives a dynamic segment another filter, or exactly these pins.
    #[napi]
    pub fn update_segment(
        &self,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
        #[napi(ts_arg_type = "SegmentChanges & ChangeOptions")] changes: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("updateSegment", changes, &["filter", "alwaysIn", "alwaysOut"])?;
        let (segment, patch) = (self.segment_reference("segment", segment)?, self.segment_patch(&given)?);
        self.run(&Command::UpdateSegment { segment, patch }, &given)
    }

    /// Who would enter and leave a dynamic segment by another filter or other pins. Nothing changes.
    #[napi]
    pub fn preview_segment<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
        #[napi(ts_arg_type = "SegmentChanges")] changes: Option<Unknown<'_>>,
    ) -> Result<Effects<'env>> {
        let given = Options::of("previewSegment", changes, &["filter", "alwaysIn", "alwaysOut"])?;
        let (segment, patch) = (self.segment_reference("segment", segment)?, self.segment_patch(&given)?);
        let previewed = self.home.shared.change(self.home.access, None, |book, _| {
            let effects = book.preview_segment(segment, patch)?;
            Ok(effects.by_name(|segment| book.schema().segment_name(segment)))
        });
        effects(env, &previewed.map_err(refused)?)
    }

    fn segment_patch(&self, given: &Options<'_>) -> Result<SegmentPatch> {
        let mut patch = SegmentPatch::new();
        if let Some(filter) = given.get_as::<FilterArg<'_>>("filter")? {
            patch = patch.filter(self.filter_source("filter", filter)?);
        }
        if let Some(ids) = given.get_as::<IdsArg<'_>>("alwaysIn")? {
            patch = patch.always_in(contact_ids("alwaysIn", ids)?);
        }
        if let Some(ids) = given.get_as::<IdsArg<'_>>("alwaysOut")? {
            patch = patch.always_out(contact_ids("alwaysOut", ids)?);
        }
        Ok(patch)
    }

    /// Gives a segment another name; the old one keeps working in stored filters until another segment takes it.
    #[napi]
    pub fn rename_segment(
        &self,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
        #[napi(ts_arg_type = "string")] name: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("renameSegment", options, &[])?;
        let (segment, name) = (self.segment_reference("segment", segment)?, text("name", name)?);
        self.run(&Command::RenameSegment { segment, name }, &given)
    }

    /// Deletes a segment; its contacts stay. By `force` even one that other segments use: those are broken then.
    #[napi]
    pub fn delete_segment(
        &self,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
        #[napi(ts_arg_type = "ForceOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteSegment", options, &["force"])?;
        let (segment, force) = (self.segment_reference("segment", segment)?, given.flag("force")?);
        self.run(&Command::DeleteSegment { segment, force }, &given)
    }

    /// Makes a dynamic segment static, with the members that it has now.
    #[napi]
    pub fn freeze_segment(
        &self,
        #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("freezeSegment", options, &[])?;
        self.run(&Command::FreezeSegment(self.segment_reference("segment", segment)?), &given)
    }

    /// A segment by its name: to be looked at, and to be named in calls that take a filter or a segment.
    #[napi]
    pub fn segment(&self, #[napi(ts_arg_type = "SegmentLike")] segment: SegmentArg<'_>) -> Result<Segment> {
        let segment = self.segment_reference("segment", segment)?;
        self.read(|book| book.segment(segment)).map(|info| Segment::new(info, &self.home))
    }

    /// All segments, in the order in which they were made.
    #[napi]
    pub fn segments(&self) -> Result<Vec<Segment>> {
        let all = self.read(|book| Ok(book.segments()))?;
        Ok(all.into_iter().map(|info| Segment::new(info, &self.home)).collect())
    }

    /// The names of the segments that a contact is in, static and dynamic.
    #[napi]
    pub fn segments_of(&self, #[napi(ts_arg_type = "number")] contact: Unknown<'_>) -> Result<Vec<String>> {
        let contact = contact_id("contact", contact)?;
        self.read(|book| {
            let name = |segment| book.schema().segment_name(segment).to_owned();
            Ok(book.segments_of(contact)?.into_iter().map(name).collect())
        })
    }
}
