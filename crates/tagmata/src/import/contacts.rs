//! The contacts that rows can be for: those of the book, and those that the file makes.

use super::new_contacts::{NewContact, NewContacts};
use super::stored_contacts::StoredContacts;
use super::whom::Whom;
use crate::change::Fact;
use crate::model::Field;
use crate::state::State;
use crate::table::KEY_FIELDS;
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, Symbol, Value};

/// A contact that a row can be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// One of the book.
    Stored(ContactId),
    /// One that the file makes, by its number among those.
    New(u32),
}

/// All contacts as they are after the rows so far.
pub(super) struct Contacts<'s> {
    state: &'s State,
    now: Timestamp,
    stored: StoredContacts<'s>,
    new: NewContacts<'s>,
}

/// What all rows came to.
pub(super) struct Total {
    pub(super) facts: Vec<Fact>,
    pub(super) created: u64,
    pub(super) updated: u64,
    pub(super) unchanged: u64,
}

impl<'s> Contacts<'s> {
    /// How many contacts a search gives at most of each kind: more than one is too many, and a few are named.
    const MOST: usize = 6;

    pub(super) fn new(state: &'s State, now: Timestamp) -> Self {
        Self { state, now, stored: StoredContacts::new(state), new: NewContacts::new(state, now) }
    }

    /// Gets ready to look for keys of a field, all of them at once.
    pub(super) fn look_ahead<'k>(&mut self, field: FieldId, keys: impl Iterator<Item = &'k str>) {
        self.new.look_ahead(field, keys);
    }

    /// The contacts that a key leads to: those that have it or, failing that, the one that took it over in a merge. Of very
    /// many, the first.
    pub(super) fn find(&self, field: FieldId, key: &str) -> Whom<Who> {
        match self.holders(field, key, Self::MOST) {
            Whom::Nobody => self.alias(field, key).into(),
            found => found,
        }
    }

    /// The same for a row with an external id, which some contact may have: those who have none, and that one.
    pub(super) fn find_for(&mut self, field: FieldId, key: &str, owner: Option<Who>) -> Whom<Who> {
        let mut found = Whom::Nobody;
        self.stored.find_open(field, key, Self::MOST, |contact| found.add(Who::Stored(contact)));
        self.new
            .find_open(field, key)
            .iter()
            .take(Self::MOST)
            .for_each(|contact| found.add(Who::New(*contact)));
        let is_not_it = |who: &Who| self.has(*who, Field::EXTERNAL_ID) && owner != Some(*who);
        if let Some(owner) = owner
            && !found.as_slice().contains(&owner)
            && self.has_key(owner, field, key)
        {
            found.add_in_order(owner);
        }
        if found.is_nobody()
            && let Some(alias) = self.alias(field, key).filter(|who| !is_not_it(who))
            && self.holders(field, key, 1).is_nobody()
        {
            found.add(alias);
        }
        found
    }

    /// The contacts that have a key themselves; of each kind at most so many.
    fn holders(&self, field: FieldId, key: &str, most: usize) -> Whom<Who> {
        let mut found = Whom::Nobody;
        self.stored.find(field, key, most, |contact| found.add(Who::Stored(contact)));
        self.new.find(field, key, most, |contact| found.add(Who::New(contact)));
        found
    }

    fn alias(&self, field: FieldId, key: &str) -> Option<Who> {
        self.state.alias(field, key).map(Who::Stored)
    }

    /// Whether a key leads to a contact because it took over another one that had it.
    pub(super) fn is_alias(&self, who: Who, field: FieldId, key: &str) -> bool {
        KEY_FIELDS.contains(&field) && self.alias(field, key) == Some(who)
    }

    /// A contact as messages name it.
    pub(super) fn named(&self, who: Who) -> String {
        match who {
            Who::Stored(contact) => format!("contact {}", contact.get()),
            Who::New(contact) => format!("the contact of row {}", self.new.row_of(contact)),
        }
    }

    /// Makes a contact of a row, which is to be given its values.
    pub(super) fn add(&mut self, row: u64) -> NewContact<'_, 's> {
        self.new.add(row)
    }

    /// Notes a row for a contact; the first such row, if there was one before.
    pub(super) fn enter(&mut self, who: Who, row: u64) -> Option<u64> {
        match who {
            Who::Stored(contact) => self.stored.enter(contact, row),
            Who::New(contact) => Some(self.new.row_of(contact)),
        }
    }

    /// Whether a contact has a value in a field.
    pub(super) fn has(&self, who: Who, field: FieldId) -> bool {
        match who {
            Who::Stored(contact) => self.stored.has(contact, field),
            Who::New(contact) => self.new.has(contact, field),
        }
    }

    /// Whether a contact has a key itself, not by a merge.
    pub(super) fn has_key(&self, who: Who, field: FieldId, key: &str) -> bool {
        match who {
            Who::Stored(contact) => self.stored.key(contact, field) == Some(key),
            Who::New(contact) => self.new.key(contact, field) == Some(key),
        }
    }

    /// The tags or static segments of a contact.
    pub(super) fn set_of(&self, who: Who, field: FieldId) -> &[Symbol] {
        match who {
            Who::Stored(contact) => self.stored.set_of(contact, field),
            Who::New(contact) => self.new.set_of(contact, field),
        }
    }

    /// Whether a contact has just this value.
    pub(super) fn holds(&self, who: Who, field: FieldId, value: &Value) -> bool {
        match who {
            Who::Stored(contact) => self.stored.holds(contact, field, value),
            Who::New(contact) => self.new.holds(contact, field, value),
        }
    }

    /// Gives a contact a value that it has not.
    pub(super) fn set(&mut self, who: Who, field: FieldId, value: Value) {
        match who {
            Who::Stored(contact) => self.stored.set(contact, field, value),
            Who::New(contact) => {
                let is_none = matches!(&value, Value::Many(set) if set.is_empty());
                self.new.set(contact, field, (!is_none).then_some(&value));
            }
        }
    }

    /// The facts that all rows came to, and how many contacts were made, changed, or found as they were.
    pub(super) fn finish(self) -> Total {
        let (created, found) = (self.new.len() as u64, self.stored.count());
        let changes = self.stored.into_changes(self.now);
        let updated = changes.touched();
        let rows = (created > 0).then(|| Fact::Created(self.new.into_rows()));
        let facts = rows.into_iter().chain(changes.finish()).collect();
        Total { facts, created, updated, unchanged: found.saturating_sub(updated) }
    }
}
