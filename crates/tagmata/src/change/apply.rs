//! Facts become true. Nothing here can fail.

use super::commit::Entries;
use super::fact::Fact;
use crate::model::{Field, SchemaEdit};
use crate::state::{Change, Histories, State};
use crate::table::Values;
use crate::value::{ContactId, FieldId, MemberSet, SegmentId, StatusId, Symbol, TagId, Value};
use std::collections::BTreeMap;

impl State {
    /// Makes a fact true.
    pub(crate) fn apply(&mut self, fact: &Fact, entries: &Entries) {
        self.enter(fact, entries);
        match fact {
            Fact::Created(rows) => {
                let schema = &self.schema;
                self.table.insert(rows, |field| schema.type_of(field));
            }
            Fact::Deleted(rows) => {
                let schema = &self.schema;
                self.table.remove(rows, |field| schema.type_of(field));
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
            Fact::Recorded(interactions) => {
                for (contact, interaction) in interactions {
                    self.table.record(*contact, interaction.clone());
                }
            }
            Fact::Erased(interactions) => {
                for (contact, interaction) in interactions.iter().rev() {
                    self.table.erase(*contact, interaction);
                }
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
        }
    }

    /// Makes a fact of an unfinished change untrue, as if it had never been: numbers of names that it gave out are given out
    /// again. The rows of contacts are given back by whoever takes back the whole change.
    pub(crate) fn take_back(&mut self, fact: &Fact, entries: &Entries) {
        match fact {
            Fact::Schema(edit) => {
                self.schema.revert(edit);
                if let SchemaEdit::Field { id, old: None, .. } = edit {
                    self.table.drop_column(*id);
                }
            }
            _ => self.apply(&fact.inverse(), &entries.inverse()),
        }
    }

    /// Puts a fact into the histories of its contacts, or takes it out.
    fn enter(&mut self, fact: &Fact, entries: &Entries) {
        // A fact that is taken back is the inverse of the one that was entered.
        let (entered, contacts) = match (fact, entries) {
            (Fact::Created(rows), Entries::Added(_)) | (Fact::Deleted(rows), Entries::Removed(_)) => {
                (Change::Created, &rows.contacts)
            }
            (Fact::Set { field, contacts, old, new }, _) if *field == Field::STATUS => {
                let (from, to) = match entries {
                    Entries::Added(_) => (old, new),
                    Entries::Removed(_) => (new, old),
                };
                for ((from, to), contacts) in status_changes(contacts, from, to) {
                    write(&mut self.histories, &contacts, Change::Status { from, to }, entries);
                }
                return;
            }
            (Fact::Linked { field, symbol, contacts }, Entries::Added(_))
            | (Fact::Unlinked { field, symbol, contacts }, Entries::Removed(_)) => {
                (link(*field, *symbol, true), contacts)
            }
            (Fact::Unlinked { field, symbol, contacts }, Entries::Added(_))
            | (Fact::Linked { field, symbol, contacts }, Entries::Removed(_)) => {
                (link(*field, *symbol, false), contacts)
            }
            (Fact::Merged { kept, other }, _) => {
                let kept: MemberSet = std::iter::once(*kept).collect();
                write(&mut self.histories, &kept, Change::Merged(*other), entries);
                return;
            }
            _ => return,
        };
        write(&mut self.histories, contacts, entered, entries);
    }
}

fn write(histories: &mut Histories, contacts: &MemberSet, change: Change, entries: &Entries) {
    match entries {
        Entries::Added(origin) => histories.add(contacts, change, origin),
        Entries::Removed(origin) => histories.remove(contacts, change, origin.commit),
    }
}

fn link(field: FieldId, symbol: Symbol, added: bool) -> Change {
    let (tag, segment) = (TagId::new(symbol.get()), SegmentId::new(symbol.get()));
    match (field == Field::TAGS, added) {
        (true, true) => Change::TagAdded(tag),
        (true, false) => Change::TagRemoved(tag),
        (false, true) => Change::SegmentAdded(segment),
        (false, false) => Change::SegmentRemoved(segment),
    }
}

/// The contacts of each change from one status to another.
fn status_changes(
    contacts: &MemberSet,
    from: &Values,
    to: &Values,
) -> BTreeMap<(StatusId, StatusId), MemberSet> {
    let status = |value: Option<Value>| match value {
        Some(Value::One(symbol)) => StatusId::new(symbol.get()),
        // Every contact has a status.
        _ => StatusId::new(0),
    };
    let mut changes: BTreeMap<_, Vec<ContactId>> = BTreeMap::new();
    for ((contact, from), to) in contacts.iter().zip(from.iter()).zip(to.iter()) {
        changes.entry((status(from), status(to))).or_default().push(contact);
    }
    changes.into_iter().map(|(change, contacts)| (change, contacts.into_iter().collect())).collect()
}
