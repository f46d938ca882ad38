//! Defining, renaming and deleting tags.

use super::decision::{Decided, Made};
use crate::change::changes::Changes;
use crate::change::fact::Fact;
use crate::change::reference::Ref;
use crate::error::Result;
use crate::model::{Field, SchemaEdit};
use crate::state::State;
use crate::text::quoted;
use crate::time::Timestamp;
use crate::value::TagId;

impl State {
    pub(super) fn decide_define_tag(&self, name: &str) -> Result<Decided> {
        let (tag, edits) = self.schema.edits_to_define_tag(name)?;
        Ok(Decided { facts: facts(edits), made: Made::Definitions(vec![tag.get()]), ..Decided::default() })
    }

    pub(super) fn decide_rename_tag(&self, tag: &Ref<TagId>, name: &str) -> Result<Decided> {
        let edits = self.schema.edits_to_rename_tag(tag.resolve(&self.schema)?, name)?;
        Ok(facts(edits).into())
    }

    pub(super) fn decide_delete_tag(&self, tag: &Ref<TagId>, force: bool, now: Timestamp) -> Result<Decided> {
        let tag = tag.resolve(&self.schema)?;
        let what = format!("the tag {}", quoted(self.schema.tag_name(tag)));
        let broken = self.release(&what, force, |uses| uses.symbols.contains(&(Field::TAGS, tag.into())))?;
        let mut changes = Changes::new(self, now);
        changes.link(Field::TAGS, tag.into(), &self.linked(Field::TAGS, tag.into()), false);
        let edits = self.schema.edits_to_delete_tag(tag)?;
        Ok(broken.into_iter().chain(changes.finish()).chain(facts(edits)).collect::<Vec<_>>().into())
    }
}

/// Edits of the schema as facts.
pub(super) fn facts(edits: Vec<SchemaEdit>) -> Vec<Fact> {
    edits.into_iter().map(Fact::Schema).collect()
}
