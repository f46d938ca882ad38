//! The statuses, kinds of interaction and tags of a document.

use super::applier::Applier;
use crate::change::{Command, Ref};
use crate::definitions::{KindEntry, Labelled, Match, Said, Section, matches};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::NameSpace;
use crate::text::quoted;
use crate::value::{StatusId, TagId};

impl Applier<'_, '_> {
    /// Defines the statuses that are not there, and puts all that are listed in the order of the document.
    pub(super) fn statuses(&mut self, section: &Section<Labelled<'_>>) {
        for entry in &section.entries {
            if self.schema().statuses().find_by_key(entry.key).is_some() {
                continue;
            }
            let label = entry.label.map(|label| label.it.to_owned());
            if self.run(&Command::DefineStatus { key: entry.key.to_owned(), label }, entry.at).is_none() {
                self.note_refused(entry.key);
            }
        }
        self.order_statuses(section);
    }

    /// What is not listed keeps its place: the places of the others are filled in the order of the document.
    fn order_statuses(&mut self, section: &Section<Labelled<'_>>) {
        let schema = self.schema();
        let status = |entry: &Labelled<'_>| schema.statuses().find_by_key(entry.key).map(StatusId::new);
        let listed: Vec<StatusId> = section.entries.iter().filter_map(status).collect();
        let mut next = listed.iter();
        let filled = |place: StatusId| match listed.contains(&place) {
            true => next.next().copied().unwrap_or(place),
            false => place,
        };
        let wanted: Vec<StatusId> = schema.statuses_in_order().map(filled).collect();
        for (position, status) in wanted.into_iter().enumerate() {
            if self.schema().statuses_in_order().nth(position) == Some(status) {
                continue;
            }
            let command =
                Command::UpdateStatus { status: Ref::Id(status), label: None, position: Some(position) };
            self.run(&command, section.at);
        }
    }

    /// Defines the kinds of interaction that are not there.
    pub(super) fn kinds(&mut self, section: &Section<KindEntry<'_>>) {
        for entry in &section.entries {
            let done = match self.schema().kind(entry.key) {
                Some(kind) => self.same_direction(entry, kind.outgoing),
                None => {
                    let outgoing = entry.outgoing.is_some_and(|said| said.it);
                    self.run(&Command::DefineKind { key: entry.key.to_owned(), outgoing }, entry.at)
                }
            };
            if done.is_none() {
                self.note_refused(entry.key);
            }
        }
    }

    fn same_direction(&mut self, entry: &KindEntry<'_>, outgoing: bool) -> Option<()> {
        let Some(Said { at, .. }) = entry.outgoing.filter(|said| said.it != outgoing) else {
            return Some(());
        };
        let is = if outgoing { "is outgoing" } else { "is not outgoing" };
        let message = format!("the kind of interaction {} {is} in this book", quoted(entry.key));
        let help = "that never changes, since interactions were counted by it: take another key";
        self.conflict(Diagnostic::new(Code::Unchangeable, message).help(help), at)
    }

    /// Defines the tags that are not there, and gives the others the spelling of the document.
    pub(super) fn tags(&mut self, section: &Section<Said<&str>>) {
        let schema = self.schema();
        let found = matches(
            section.entries.iter().map(|tag| tag.it),
            |name| schema.owner(NameSpace::Tags, name),
            |name| schema.tag(name).map(TagId::get),
        );
        for (tag, found) in section.entries.iter().zip(found) {
            let name = tag.it.to_owned();
            let done = match found {
                Match::New => self.run(&Command::DefineTag(name), tag.at),
                Match::Shadowed(other) => {
                    let current = quoted(self.schema().tag_name(TagId::new(other)));
                    let message = format!("the name {} is taken", quoted(&name));
                    let help = format!(
                        "it is an old name of the tag {current}, which is listed too: rename another tag to it first"
                    );
                    self.conflict(Diagnostic::new(Code::NameTaken, message).help(help), tag.at)
                }
                Match::Current(number) | Match::Former(number) => {
                    let id = TagId::new(number);
                    match self.schema().tag_name(id) == name.trim() {
                        true => Some(()),
                        false => self.run(&Command::RenameTag { tag: Ref::Id(id), name }, tag.at),
                    }
                }
            };
            if done.is_none() {
                self.note_refused(tag.it);
            }
        }
    }
}
