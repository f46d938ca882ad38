//! Facts become true. Nothing here can fail.

use super::commit::Entry;
use super::fact::Fact;
use super::history_edits::HistoryEdit;
use crate::model::SchemaEdit;
use crate::state::State;
use crate::table::Interactions;
use crate::time::Timestamp;

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

    /// Forgets those that were taken out of the table.
    fn await_no_more(&mut self, interactions: &Interactions) {
        for moment @ (contact, kind, at) in interactions.moments() {
            self.upcoming.remove(moment, || self.table.recorded().has_at(contact, kind, at));
        }
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
        let histories = &mut self.histories;
        fact.edit_histories(entry, |edit| match edit {
            HistoryEdit::Entry { contacts, change, origin, place, is_added: true } => {
                histories.add(&contacts, change, origin, place);
            }
            HistoryEdit::Entry { contacts, change, origin, place, is_added: false } => {
                histories.remove(&contacts, change, origin, place);
            }
            HistoryEdit::Gone { contacts, commit, place, are_gone } => {
                histories.set_gone(contacts, commit, place, are_gone);
            }
            HistoryEdit::Heir { other, kept, is_merged } => histories.set_heir(other, kept, is_merged),
        });
    }
}
