//! Tags, statuses and static segments of many contacts at once.

use super::decision::Decided;
use super::values::{ValueReader, require_static};
use crate::change::changes::Changes;
use crate::change::reference::Ref;
use crate::change::selection::Selection;
use crate::error::Result;
use crate::model::Field;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{SegmentId, StatusId, Symbol, SymbolSet, TagId};

impl State {
    pub(super) fn decide_add_tags(
        &self,
        selection: &Selection,
        tags: &[Ref<TagId>],
        now: Timestamp,
    ) -> Result<Decided> {
        let mut reader = ValueReader::new(self);
        let tags = tags.iter().map(|tag| match tag {
            Ref::Id(_) => tag.resolve(&self.schema).map(Symbol::from),
            Ref::Name(name) => reader.tag(name),
        });
        // A set: a tag that is named twice is given once.
        let tags = tags.collect::<Result<SymbolSet>>()?;
        let contacts = selection.resolve(self, now)?;
        if contacts.is_empty() {
            // No tag is made that nobody gets.
            return Ok(Decided::default());
        }
        let mut changes = Changes::behind(reader.into_facts().collect(), self, now);
        for tag in tags.iter() {
            changes.link(Field::TAGS, tag, &contacts, true);
        }
        Ok(changes.finish().into())
    }

    pub(super) fn decide_remove_tags(
        &self,
        selection: &Selection,
        tags: &[Ref<TagId>],
        now: Timestamp,
    ) -> Result<Decided> {
        let tags = tags.iter().map(|tag| tag.resolve(&self.schema).map(Symbol::from));
        let tags = tags.collect::<Result<SymbolSet>>()?;
        let contacts = selection.resolve(self, now)?;
        let mut changes = Changes::new(self, now);
        for tag in tags.iter() {
            changes.link(Field::TAGS, tag, &contacts, false);
        }
        Ok(changes.finish().into())
    }

    pub(super) fn decide_set_status(
        &self,
        selection: &Selection,
        status: &Ref<StatusId>,
        now: Timestamp,
    ) -> Result<Decided> {
        let status = status.resolve(&self.schema)?;
        let contacts = selection.resolve(self, now)?;
        let mut changes = Changes::new(self, now);
        changes.set_status(&contacts, status);
        Ok(changes.finish().into())
    }

    pub(super) fn decide_segment_members(
        &self,
        selection: &Selection,
        segment: &Ref<SegmentId>,
        added: bool,
        now: Timestamp,
    ) -> Result<Decided> {
        let segment = segment.resolve(&self.schema)?;
        require_static(self, segment)?;
        let contacts = selection.resolve(self, now)?;
        let mut changes = Changes::new(self, now);
        changes.link(Field::SEGMENTS, segment.into(), &contacts, added);
        Ok(changes.finish().into())
    }
}
