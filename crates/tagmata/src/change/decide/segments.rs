//! Making, changing and deleting segments.

use super::decision::{Decided, Made};
use super::tags::facts;
use crate::change::changes::Changes;
use crate::change::fact::Fact;
use crate::change::reference::Ref;
use crate::change::segment::{NewKind, NewSegment, SegmentPatch};
use crate::change::source::FilterSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::Field;
use crate::segment::{DynamicSegment, Pins};
use crate::state::State;
use crate::text::quoted;
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet, SegmentId};
use std::sync::Arc;

impl State {
    pub(super) fn decide_create_segments(&self, segments: &[NewSegment], now: Timestamp) -> Result<Decided> {
        let mut names = self.schema.new_segments();
        let mut ids = Vec::with_capacity(segments.len());
        let mut definitions = Vec::new();
        let mut changes = Changes::new(self, now);
        for new in segments {
            let id = SegmentId::new(names.add(&new.name)?);
            ids.push(id.get());
            new.require_filter_of_pins()?;
            match &new.kind {
                NewKind::Static(None) => {}
                NewKind::Static(Some(members)) => {
                    changes.link(Field::SEGMENTS, id.into(), &members.resolve(self, now)?, true);
                }
                NewKind::Dynamic(filter) => {
                    let pinned =
                        |pins: &Option<Vec<ContactId>>| self.pinned(pins.as_deref().unwrap_or_default());
                    let pins =
                        Pins { always_in: pinned(&new.always_in)?, always_out: pinned(&new.always_out)? };
                    let definition = self.read_filter(filter)?.with_pins(pins);
                    self.segments.check_definition(id, &new.name, &definition, &self.schema)?;
                    definitions.push(Fact::Segment {
                        segment: id,
                        old: None,
                        new: Some(Arc::new(definition)),
                    });
                }
            }
        }
        let all = facts(names.into_edits()).into_iter().chain(definitions).chain(changes.finish());
        Ok(Decided { facts: all.collect(), made: Made::Definitions(ids), ..Decided::default() })
    }

    /// A filter that can be a segment's.
    fn read_filter(&self, source: &FilterSource) -> Result<DynamicSegment> {
        let filter = source.read(&self.schema)?.into_owned();
        self.check_filter(&filter)?;
        Ok(DynamicSegment::new(filter))
    }

    /// Contacts to be pinned, who must be there.
    fn pinned(&self, contacts: &[ContactId]) -> Result<MemberSet> {
        let pinned: MemberSet = contacts.iter().copied().collect();
        self.require_all(&pinned)?;
        Ok(pinned)
    }

    /// The definition of a segment that must be dynamic.
    fn require_dynamic(&self, segment: SegmentId) -> Result<&DynamicSegment> {
        self.segments.get(segment).ok_or_else(|| {
            let name = quoted(self.schema.segment_name(segment));
            let help = "contacts are put into it by hand; make a new segment for a filter";
            let diagnostic =
                Diagnostic::new(Code::WrongSegmentKind, format!("{name} is a static segment")).help(help);
            Error::conflict(diagnostic)
        })
    }

    /// The definition that a segment would have by a patch.
    pub(crate) fn patched(&self, segment: SegmentId, patch: &SegmentPatch) -> Result<DynamicSegment> {
        let old = self.require_dynamic(segment)?;
        let pins = |new: &Option<Vec<ContactId>>, old: &MemberSet| match new {
            Some(contacts) => self.pinned(contacts),
            None => Ok(old.clone()),
        };
        let pins = Pins {
            always_in: pins(&patch.always_in, &old.pins().always_in)?,
            always_out: pins(&patch.always_out, &old.pins().always_out)?,
        };
        match &patch.filter {
            Some(source) => {
                // A segment that would use itself is to be told so, rather than that it is broken.
                let filter = source.read(&self.schema)?.into_owned();
                let definition = DynamicSegment::new(filter).with_pins(pins);
                let name = self.schema.segment_name(segment);
                self.segments.check_definition(segment, name, &definition, &self.schema)?;
                if let Some(filter) = definition.filter() {
                    self.check_filter(filter)?;
                }
                Ok(definition)
            }
            None => Ok(old.with_pins(pins)),
        }
    }

    pub(super) fn decide_update_segment(
        &self,
        segment: &Ref<SegmentId>,
        patch: &SegmentPatch,
    ) -> Result<Decided> {
        let segment = segment.resolve(&self.schema)?;
        let definition = self.patched(segment, patch)?;
        let old = self.segments.shared(segment);
        if old.as_ref().is_some_and(|old| old.says_the_same(&definition, &self.schema)) {
            return Ok(Decided::default());
        }
        Ok(vec![Fact::Segment { segment, old, new: Some(Arc::new(definition)) }].into())
    }

    pub(super) fn decide_rename_segment(&self, segment: &Ref<SegmentId>, name: &str) -> Result<Decided> {
        let edits = self.schema.edits_to_rename_segment(segment.resolve(&self.schema)?, name)?;
        Ok(facts(edits).into())
    }

    pub(super) fn decide_delete_segment(
        &self,
        segment: &Ref<SegmentId>,
        force: bool,
        now: Timestamp,
    ) -> Result<Decided> {
        let segment = segment.resolve(&self.schema)?;
        let what = format!("the segment {}", quoted(self.schema.segment_name(segment)));
        let mut all = self.release(&what, force, |uses| uses.segments.contains(&segment))?;
        // A dynamic segment has no members of its own to lose.
        match self.segments.shared(segment) {
            Some(old) => {
                // Under force it may be among those that were just broken: never, since no segment uses itself.
                all.push(Fact::Segment { segment, old: Some(old), new: None });
            }
            None => {
                let mut changes = Changes::new(self, now);
                changes.link(
                    Field::SEGMENTS,
                    segment.into(),
                    &self.linked(Field::SEGMENTS, segment.into()),
                    false,
                );
                all.extend(changes.finish());
            }
        }
        all.extend(facts(self.schema.edits_to_delete_segment(segment)?));
        Ok(all.into())
    }

    pub(super) fn decide_freeze_segment(&self, segment: &Ref<SegmentId>, now: Timestamp) -> Result<Decided> {
        let segment = segment.resolve(&self.schema)?;
        self.require_dynamic(segment)?;
        let members = self.members(segment, now)?;
        let mut changes = Changes::new(self, now);
        changes.link(Field::SEGMENTS, segment.into(), &members, true);
        let fixed = Fact::Segment { segment, old: self.segments.shared(segment), new: None };
        Ok(std::iter::once(fixed).chain(changes.finish()).collect::<Vec<_>>().into())
    }
}
