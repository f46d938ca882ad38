//! What is deleted because a document does not list it.

use super::applier::Applier;
use crate::change::{Command, Ref};
use crate::definitions::{Document, Prune, matches};
use crate::error::Result;
use crate::json::TreeId;
use crate::model::{Field, NameSpace, Schema, SchemaEdit};
use crate::value::{FieldId, KindId, OptionId, RuleId, SegmentId, StatusId, TagId};
use std::collections::BTreeSet;

/// Something that is to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Segment(SegmentId),
    Tag(TagId),
    Option(FieldId, OptionId),
    Field(FieldId),
    Status(StatusId),
    Kind(KindId),
    Rule(RuleId),
}

/// Something that is to be deleted, and the list that does not have it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Removal {
    pub(super) thing: Thing,
    pub(super) at: TreeId,
}

impl Removal {
    fn command(self) -> Command {
        let force = false;
        match self.thing {
            Thing::Segment(segment) => Command::DeleteSegment { segment: Ref::Id(segment), force },
            Thing::Tag(tag) => Command::DeleteTag { tag: Ref::Id(tag), force },
            Thing::Option(field, option) => {
                Command::DeleteOption { field: Ref::Id(field), option: Ref::Id(option), force }
            }
            Thing::Field(field) => Command::DeleteField { field: Ref::Id(field), force },
            Thing::Status(status) => {
                Command::DeleteStatus { status: Ref::Id(status), replacement: None, force }
            }
            Thing::Kind(kind) => Command::DeleteKind { kind: Ref::Id(kind), force },
            Thing::Rule(rule) => Command::DeleteRule(Ref::Id(rule)),
        }
    }

    /// The edits of the schema that the deletion comes to.
    pub(super) fn edits(self, schema: &Schema) -> Result<Vec<SchemaEdit>> {
        match self.thing {
            Thing::Segment(segment) => schema.edits_to_delete_segment(segment),
            Thing::Tag(tag) => schema.edits_to_delete_tag(tag),
            Thing::Option(field, option) => schema.edits_to_delete_option(field, option),
            Thing::Field(field) => schema.edits_to_delete_field(field),
            Thing::Status(status) => schema.edits_to_delete_status(status),
            Thing::Kind(kind) => schema.edits_to_delete_kind(kind),
            Thing::Rule(_) => Ok(Vec::new()),
        }
    }
}

impl Applier<'_, '_> {
    /// What is not listed, in an order in which it can be deleted.
    pub(super) fn removals(&self, document: &Document<'_>, prune: Prune) -> Vec<Removal> {
        let mut removals = Vec::new();
        if prune == Prune::Remove {
            // What uses others goes before them.
            self.find_rules(document, &mut removals);
            self.find_segments(document, &mut removals);
            self.find_tags(document, &mut removals);
            self.find_fields(document, &mut removals);
            self.find_others(document, &mut removals);
        }
        removals
    }

    /// Deletes what nothing stands against yet; what is left.
    pub(super) fn remove_unused(&mut self, mut removals: Vec<Removal>) -> Vec<Removal> {
        removals.retain(|removal| self.attempt(&removal.command()).is_err());
        removals
    }

    /// Deletes the rest.
    pub(super) fn remove(&mut self, removals: &[Removal]) {
        for removal in removals {
            if let Err(error) = self.attempt(&removal.command()) {
                let conflict = error.into_diagnostic();
                let help =
                    "pruning deletes what a document does not list: list it, or see that nothing uses it";
                self.conflict::<()>(conflict.help(help), removal.at);
            }
        }
    }

    fn find_rules(&self, document: &Document<'_>, removals: &mut Vec<Removal>) {
        let Some(section) = &document.rules else { return };
        let rules = self.book().rule_definitions();
        let listed: BTreeSet<RuleId> =
            section.entries.iter().filter_map(|entry| rules.find(entry.name.it)).collect();
        let unlisted = rules.order().iter().copied().filter(|id| !listed.contains(id));
        removals.extend(unlisted.map(|id| Removal { thing: Thing::Rule(id), at: section.at }));
    }

    fn find_segments(&self, document: &Document<'_>, removals: &mut Vec<Removal>) {
        let Some(section) = &document.segments else { return };
        let (schema, segments) = (self.schema(), self.book().segment_definitions());
        let listed = listed(
            section.entries.iter().map(|entry| entry.name.it),
            |name| schema.owner(NameSpace::Segments, name),
            |name| schema.segment(name).map(SegmentId::get),
        );
        let mut ids: Vec<SegmentId> =
            schema.segment_entries().map(|(id, _)| id).filter(|id| !listed.contains(&id.get())).collect();
        // What uses others goes before them.
        ids.sort_by_key(|id| std::cmp::Reverse(segments.depth(*id)));
        removals.extend(ids.into_iter().map(|id| Removal { thing: Thing::Segment(id), at: section.at }));
    }

    fn find_tags(&self, document: &Document<'_>, removals: &mut Vec<Removal>) {
        let Some(section) = &document.tags else { return };
        let schema = self.schema();
        let listed = listed(
            section.entries.iter().map(|tag| tag.it),
            |name| schema.owner(NameSpace::Tags, name),
            |name| schema.tag(name).map(TagId::get),
        );
        let unlisted = schema.tag_entries().map(|(id, _)| id).filter(|id| !listed.contains(&id.get()));
        removals.extend(unlisted.map(|id| Removal { thing: Thing::Tag(id), at: section.at }));
    }

    fn find_fields(&self, document: &Document<'_>, removals: &mut Vec<Removal>) {
        let Some(section) = &document.fields else { return };
        let schema = self.schema();
        let mut listed = BTreeSet::new();
        for entry in &section.entries {
            let Some(field) = schema.field_by_key(entry.named.key) else { continue };
            listed.insert(field.id());
            let Some(options) = &entry.options else { continue };
            let kept: BTreeSet<u32> =
                options.entries.iter().filter_map(|option| field.options().find_by_key(option.key)).collect();
            let unlisted = field.options().iter().filter(|option| !kept.contains(&option.number));
            removals.extend(unlisted.map(|option| Removal {
                thing: Thing::Option(field.id(), OptionId::new(option.number)),
                at: options.at,
            }));
        }
        let is_unlisted = |id: &FieldId| Field::standard_label(*id).is_none() && !listed.contains(id);
        let unlisted = schema.fields().map(Field::id).filter(is_unlisted);
        removals.extend(unlisted.map(|id| Removal { thing: Thing::Field(id), at: section.at }));
    }

    /// Statuses and kinds of interaction.
    fn find_others(&self, document: &Document<'_>, removals: &mut Vec<Removal>) {
        let schema = self.schema();
        if let Some(section) = &document.statuses {
            let listed: BTreeSet<u32> =
                section.entries.iter().filter_map(|entry| schema.statuses().find_by_key(entry.key)).collect();
            let unlisted = schema.statuses_in_order().filter(|status| !listed.contains(&status.get()));
            removals.extend(unlisted.map(|id| Removal { thing: Thing::Status(id), at: section.at }));
        }
        if let Some(section) = &document.kinds {
            let listed: BTreeSet<KindId> = section
                .entries
                .iter()
                .filter_map(|entry| schema.kind(entry.key))
                .map(|kind| kind.id)
                .collect();
            let kinds = schema.kind_entries().map(|(kind, _)| kind).filter(|kind| !kind.is_built_in());
            let unlisted = kinds.map(|kind| kind.id).filter(|id| !listed.contains(id));
            removals.extend(unlisted.map(|id| Removal { thing: Thing::Kind(id), at: section.at }));
        }
    }
}

/// The numbers of what is listed by a name that it has or had.
fn listed<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
    current: impl Fn(&str) -> Option<u32>,
    any: impl Fn(&str) -> Option<u32>,
) -> BTreeSet<u32> {
    matches(names, current, any).into_iter().filter_map(|found| found.number()).collect()
}
