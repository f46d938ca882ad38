//! The segments of a document.

use super::applier::Applier;
use super::removals::Removal;
use crate::change::{Command, NewSegment, Ref, SegmentPatch};
use crate::definitions::{Match, Rule, Section, SegmentEntry, matches};
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::Filter;
use crate::json::TreeId;
use crate::model::{NameSpace, Schema};
use crate::text::quoted;
use crate::value::SegmentId;

/// A filter that a segment is to have.
#[derive(Debug)]
struct Wanted {
    segment: SegmentId,
    filter: Filter,
    at: TreeId,
}

impl Applier<'_, '_> {
    /// Makes the segments that are not there, and gives the others the names and filters of the document.
    pub(super) fn segments(&mut self, section: &Section<SegmentEntry<'_>>, removals: &[Removal]) {
        let schema = self.schema();
        let found = matches(
            section.entries.iter().map(|entry| entry.name.it),
            |name| schema.owner(NameSpace::Segments, name),
            |name| schema.segment(name).map(SegmentId::get),
        );
        for (entry, found) in section.entries.iter().zip(&found) {
            if self.spell_segment(entry, *found).is_none() {
                self.note_refused(entry.name.it);
            }
        }
        let schema = self.schema_to_be(section, &found, removals);
        let wanted = self.filters(section, &schema);
        if !self.has_problems() {
            let wanted = self.create(section, &found, wanted);
            self.update(wanted);
        }
    }

    /// Gives a segment that is there the spelling of the document; refuses what the document cannot change.
    fn spell_segment(&mut self, entry: &SegmentEntry<'_>, found: Match) -> Option<()> {
        let Some(id) = found.number().map(SegmentId::new) else {
            return match entry.rule {
                Rule::Broken(_) => self.still_broken(entry),
                Rule::ByHand | Rule::Filter(_) => Some(()),
            };
        };
        let name = entry.name.it.to_owned();
        if self.schema().segment_name(id) != name.trim() {
            self.run(&Command::RenameSegment { segment: Ref::Id(id), name }, entry.name.at)?;
        }
        let definition = self.book().segment_definitions().get(id);
        match (definition, entry.rule) {
            (None, Rule::ByHand) | (Some(_), Rule::Filter(_)) => Some(()),
            (Some(definition), Rule::Broken(text))
                if definition.filter().is_none() && definition.filter_text() == text =>
            {
                Some(())
            }
            (_, Rule::Broken(_)) => self.still_broken(entry),
            (Some(_), Rule::ByHand) => {
                let message = format!("{} is a dynamic segment", quoted(entry.name.it));
                let help = "give its filter, or freeze the segment first, which makes it static";
                self.conflict(Diagnostic::new(Code::WrongSegmentKind, message).help(help), entry.at)
            }
            (None, Rule::Filter(at)) => {
                let message = format!("{} is a static segment", quoted(entry.name.it));
                let help = "contacts are put into it by hand: take another name for the filter";
                self.conflict(Diagnostic::new(Code::WrongSegmentKind, message).help(help), at)
            }
        }
    }

    fn still_broken(&mut self, entry: &SegmentEntry<'_>) -> Option<()> {
        let message = format!("the segment {} is broken in the document", quoted(entry.name.it));
        let help = "write its `filter` anew, or take it out of the document";
        self.conflict(Diagnostic::new(Code::BrokenSegment, message).help(help), entry.at)
    }

    /// The names that there will be, by which filters are read: with the new segments, and without what is deleted.
    fn schema_to_be(
        &mut self,
        section: &Section<SegmentEntry<'_>>,
        found: &[Match],
        removals: &[Removal],
    ) -> Schema {
        let mut schema = self.schema().clone();
        for removal in removals {
            for edit in removal.edits(&schema).unwrap_or_default() {
                schema.apply(&edit);
            }
        }
        for entry in unknown(section, found) {
            if let Err(error) = schema.define_segment(entry.name.it) {
                self.note_refused(entry.name.it);
                self.refuse::<()>(&error, entry.name.at);
            }
        }
        schema
    }

    /// The filters of the document, each with its segment.
    fn filters(&mut self, section: &Section<SegmentEntry<'_>>, schema: &Schema) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        for entry in &section.entries {
            let Rule::Filter(at) = entry.rule else { continue };
            match (Filter::from_part(self.tree(), at, schema), schema.segment(entry.name.it)) {
                (Ok(filter), Some(segment)) => wanted.push(Wanted { segment, filter, at }),
                (Ok(_), None) => {}
                (Err(error), _) => self.refuse_filter(&error),
            }
        }
        wanted
    }

    /// Makes the new segments in the order of the document; the filters that are still to be set.
    fn create(
        &mut self,
        section: &Section<SegmentEntry<'_>>,
        found: &[Match],
        wanted: Vec<Wanted>,
    ) -> Vec<Wanted> {
        let mut rest = Vec::new();
        let mut wanted = wanted.into_iter().peekable();
        let mut new: Vec<(NewSegment, Option<Wanted>)> = Vec::new();
        for (entry, found) in section.entries.iter().zip(found) {
            let name = entry.name.it;
            let own = wanted.next_if(|one| matches!(entry.rule, Rule::Filter(at) if at == one.at));
            match (found.number(), own) {
                (Some(_), own) => rest.extend(own),
                (None, None) => new.push((NewSegment::fixed(name), None)),
                // A filter that uses new segments waits until those are there.
                (None, Some(own))
                    if own.filter.segments().iter().any(|id| !self.schema().has_segment(*id)) =>
                {
                    new.push((NewSegment::dynamic(name, "nobody"), None));
                    rest.push(own);
                }
                (None, Some(own)) => new.push((NewSegment::dynamic(name, &own.filter), Some(own))),
            }
        }
        let all: Vec<NewSegment> = new.iter().map(|(segment, _)| segment.clone()).collect();
        if all.is_empty() || self.attempt(&Command::CreateSegments(all)).is_ok() {
            return rest;
        }
        for ((segment, own), entry) in new.into_iter().zip(unknown(section, found)) {
            if self.attempt(&Command::CreateSegments(vec![segment])).is_ok() {
                continue;
            }
            // What is refused for what another segment says until now waits too.
            let nobody = NewSegment::dynamic(entry.name.it, "nobody");
            self.run(&Command::CreateSegments(vec![nobody]), entry.at);
            rest.extend(own);
        }
        rest
    }

    /// Gives segments their filters. What is refused for what another segment says until now is tried again, once those that
    /// wait are out of each other's way.
    fn update(&mut self, mut wanted: Vec<Wanted>) {
        let book = self.book().segment_definitions();
        wanted.retain(|one| book.get(one.segment).and_then(|old| old.filter()) != Some(&one.filter));
        let set = |segment: SegmentId, filter: Filter| Command::UpdateSegment {
            segment: Ref::Id(segment),
            patch: SegmentPatch::new().filter(filter),
        };
        wanted.retain(|one| self.attempt(&set(one.segment, one.filter.clone())).is_err());
        for one in &wanted {
            let patch = SegmentPatch::new().filter("nobody");
            let _ = self.attempt(&Command::UpdateSegment { segment: Ref::Id(one.segment), patch });
        }
        for one in wanted {
            self.run(&set(one.segment, one.filter), one.at);
        }
    }
}

/// The entries of segments that are not there.
fn unknown<'e, 'd>(
    section: &'e Section<SegmentEntry<'d>>,
    found: &'e [Match],
) -> impl Iterator<Item = &'e SegmentEntry<'d>> {
    let entries = section.entries.iter().zip(found);
    entries.filter(|(_, found)| found.number().is_none()).map(|(entry, _)| entry)
}
