//! Facts become true. Nothing here can fail.

use super::commit::Entry;
use super::fact::Fact;
use crate::model::{Field, SchemaEdit};
use crate::state::{Change, Histories, State};
use crate::table::{Interactions, Values};
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, SegmentId, StatusId, Symbol, TagId};
use std::collections::BTreeMap;

impl State {
    /// Makes a fact true.
    pub(crate) fn apply(&mut self, fact: &Fact, entry: &Entry) {
        self.apply_as_of(fact, entry, entry.origin.at);
    }

    /// Makes a fact true. The interactions that come by it are awaited whose time has not come at an instant.
    fn apply_as_of(&mut self, fact: &Fact, entry: &Entry, now: Timestamp) {
        self.enter(fact, entry);
        self.hold(fact, now);
    }

    /// Makes a fact true without a word in the histories.
    pub(crate) fn hold(&mut self, fact: &Fact, now: Timestamp) {
        match fact {
            Fact::Created(rows) => {
                let schema = &self.schema;
                let (type_of, is_outgoing) = (|field| schema.type_of(field), |kind| schema.is_outgoing(kind));
                self.table.insert(rows, type_of, is_outgoing);
                self.await_those(&rows.interactions, now);
            }
            Fact::Deleted(rows) => {
                let schema = &self.schema;
                self.table.remove(rows, |field| schema.type_of(field));
                self.await_no_more(&rows.interactions);
            }
            Fact::Set { field, contacts, new, .. } => {
                self.table.set(*field, self.type_of(*field), contacts, new);
            }
            Fact::Linked { field, symbol, contacts } => {
                self.table.link(*field, self.type_of(*field), *symbol, contacts, true);
            }
            Fact::Unlinked { field, symbol, contacts } => {
                self.table.link(*field, self.type_of(*field), *symbol, contacts, false);
            }
            Fact::Recorded(all) => {
                let schema = &self.schema;
                self.table.record(all, |kind| schema.is_outgoing(kind));
                self.await_those(all, now);
            }
            Fact::Erased(all) => {
                self.table.erase(all);
                self.await_no_more(all);
            }
            Fact::Alias { field, key, new, .. } => {
                let place = (*field, key.clone());
                let _ = match new {
                    Some(contact) => self.aliases.insert(place, *contact),
                    None => self.aliases.remove(&place),
                };
            }
            Fact::Merged { .. } => {}
            Fact::Schema(edit) => {
                self.schema.apply(edit);
                if let SchemaEdit::Field { id, new: None, .. } = edit {
                    self.table.drop_column(*id);
                }
            }
            Fact::Segment { segment, new, .. } => self.segments.set(*segment, new.clone()),
            Fact::Automation(edit) => self.rules.apply(edit),
        }
    }

    /// Notes those interactions whose time has not come.
    fn await_those(&mut self, interactions: &Interactions, now: Timestamp) {
        interactions.moments().for_each(|moment| self.upcoming.add(moment, now));
    }

    fn await_no_more(&mut self, interactions: &Interactions) {
        interactions.moments().for_each(|moment| self.upcoming.remove(moment));
    }

    /// Makes a fact of an unfinished change untrue, as if it had never been: numbers of names that it gave out are given out
    /// again. The rows of contacts are given back by whoever takes back the whole change. `before` is the instant to which time may go
    /// back with it: what has come since is to come again.
    pub(crate) fn take_back(&mut self, fact: &Fact, entry: &Entry, before: Timestamp) {
        match fact {
            Fact::Schema(edit) => {
                self.schema.revert(edit);
                if let SchemaEdit::Field { id, old: None, .. } = edit {
                    self.table.drop_column(*id);
                }
            }
            Fact::Automation(edit) => self.rules.revert(edit),
            _ => self.apply_as_of(&fact.inverse(), &entry.inverse(), before),
        }
    }

    /// Puts a fact into the histories of its contacts, or takes it out.
    fn enter(&mut self, fact: &Fact, entry: &Entry) {
        let (histories, is_added) = (&mut self.histories, entry.is_added);
        match fact {
            Fact::Created(rows) | Fact::Deleted(rows) => {
                let is_created = matches!(fact, Fact::Created(_));
                histories.set_gone(&rows.contacts, entry.origin.commit, entry.place, !is_created);
                // A contact that was deleted and comes back has its history still.
                if is_created == is_added {
                    write(histories, &rows.contacts, Change::Created, entry);
                }
            }
            Fact::Set { field, contacts, old, new } if *field == Field::STATUS => {
                // What takes an entry out is the inverse of what put it in.
                let (from, to) = if is_added { (old, new) } else { (new, old) };
                for ((from, to), contacts) in status_changes(contacts, from, to) {
                    write(histories, &contacts, Change::Status { from, to }, entry);
                }
            }
            Fact::Linked { field, symbol, contacts } => {
                write(histories, contacts, linked(*field, *symbol, is_added), entry);
            }
            Fact::Unlinked { field, symbol, contacts } => {
                write(histories, contacts, linked(*field, *symbol, !is_added), entry);
            }
            Fact::Merged { kept, other } => {
                histories.set_heir(*other, *kept, entry.is_added);
                let kept: MemberSet = std::iter::once(*kept).collect();
                write(histories, &kept, Change::Merged(*other), entry);
            }
            _ => {}
        }
    }
}

fn write(histories: &mut Histories, contacts: &MemberSet, change: Change, entry: &Entry) {
    match entry.is_added {
        true => histories.add(contacts, change, &entry.origin, entry.place),
        false => histories.remove(contacts, change, &entry.origin, entry.place),
    }
}

/// The change by which a contact gets or loses a tag or static segment.
pub(super) fn linked(field: FieldId, symbol: Symbol, added: bool) -> Change {
    let (tag, segment) = (TagId::new(symbol.get()), SegmentId::new(symbol.get()));
    match (field == Field::TAGS, added) {
        (true, true) => Change::TagAdded(tag),
        (true, false) => Change::TagRemoved(tag),
        (false, true) => Change::SegmentAdded(segment),
        (false, false) => Change::SegmentRemoved(segment),
    }
}

/// The contacts of each change from one status to another. Every contact has a status.
fn status_changes(
    contacts: &MemberSet,
    from: &Values,
    to: &Values,
) -> BTreeMap<(StatusId, StatusId), MemberSet> {
    let status = |symbol: Symbol| StatusId::new(symbol.get());
    let to = to.contacts_by_symbol(contacts);
    let mut changes = BTreeMap::new();
    for (before, had) in from.contacts_by_symbol(contacts) {
        let both = to.iter().map(|(after, have)| ((status(before), status(*after)), &had & have));
        changes.extend(both.filter(|(_, contacts)| !contacts.is_empty()));
    }
    changes
}
