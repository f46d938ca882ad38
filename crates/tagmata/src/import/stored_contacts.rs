//! What a file changes at contacts of the book.

use crate::change::Changes;
use crate::model::Field;
use crate::state::State;
use crate::table::{Column, KEY_FIELDS, key_of};
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, Symbol, Value};
use std::collections::{BTreeMap, HashMap};

/// The contacts of the book as they are after the rows so far: as stored, but for the values that rows gave them.
pub(super) struct StoredContacts<'s> {
    state: &'s State,
    /// The stored values, by the numbers of the fields.
    columns: Vec<Option<&'s Column>>,
    /// New values by field; those of tags and segments may be empty sets.
    values: BTreeMap<FieldId, BTreeMap<ContactId, Value>>,
    /// Who was given which key, ascending. They may have been given another one since.
    keys: BTreeMap<FieldId, HashMap<Box<str>, Vec<ContactId>>>,
    /// Who has a key and no external id, as stored, of keys that were asked for and that many contacts have.
    open: BTreeMap<FieldId, HashMap<Box<str>, Vec<ContactId>>>,
    /// The first row for each contact; 0 where there was none.
    rows: Vec<u64>,
    /// How many contacts had a row.
    count: u64,
}

impl<'s> StoredContacts<'s> {
    pub(super) fn new(state: &'s State) -> Self {
        let rows = vec![0; state.table.next_row() as usize];
        let mut columns = Vec::new();
        for field in state.table.fields() {
            columns.resize(field.index(), None);
            columns.push(state.table.column(field));
        }
        let (values, keys, open) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { state, columns, values, keys, open, rows, count: 0 }
    }

    fn column(&self, field: FieldId) -> Option<&'s Column> {
        self.columns.get(field.index()).copied().flatten()
    }

    /// Notes a row for a contact; the first such row, if there was one before.
    pub(super) fn enter(&mut self, contact: ContactId, row: u64) -> Option<u64> {
        let first = self.rows.get_mut(contact.index())?;
        if *first > 0 {
            return Some(*first);
        }
        *first = row;
        self.count += 1;
        None
    }

    /// How many contacts had a row.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Gives a contact a value; tags and segments may become an empty set.
    pub(super) fn set(&mut self, contact: ContactId, field: FieldId, value: Value) {
        if KEY_FIELDS.contains(&field)
            && let Some(key) = key_of(&value)
        {
            let all = self.keys.entry(field).or_default().entry(key.into()).or_default();
            if let Err(at) = all.binary_search(&contact) {
                all.insert(at, contact);
            }
        }
        self.values.entry(field).or_default().insert(contact, value);
    }

    fn given(&self, contact: ContactId, field: FieldId) -> Option<&Value> {
        self.values.get(&field)?.get(&contact)
    }

    pub(super) fn has(&self, contact: ContactId, field: FieldId) -> bool {
        match self.given(contact, field) {
            Some(Value::Many(set)) => !set.is_empty(),
            Some(_) => true,
            None if field == Field::LAST_INTERACTION => self.last_interaction(contact).is_some(),
            None => self.column(field).is_some_and(|column| column.has(contact.get())),
        }
    }

    /// Whether a contact has just this value. What is shown as the last interaction counts: a file that was exported says
    /// nothing new.
    pub(super) fn holds(&self, contact: ContactId, field: FieldId, value: &Value) -> bool {
        let is_stored = match self.given(contact, field) {
            Some(given) => given == value,
            None => self.column(field).is_some_and(|column| column.holds(contact.get(), Some(value))),
        };
        is_stored
            || field == Field::LAST_INTERACTION
                && self.last_interaction(contact).is_some_and(|at| *value == Value::DateTime(at))
    }

    /// The later of the last interaction that is stored, or that a row of the file gives, and of those that were recorded.
    fn last_interaction(&self, contact: ContactId) -> Option<Timestamp> {
        let table = &self.state.table;
        match self.given(contact, Field::LAST_INTERACTION) {
            Some(Value::DateTime(given)) => table.recorded().last_heard(contact).max(Some(*given)),
            _ => match table.last_interactions()?.get(contact.get())? {
                Value::DateTime(at) => Some(at),
                _ => None,
            },
        }
    }

    pub(super) fn set_of(&self, contact: ContactId, field: FieldId) -> &[Symbol] {
        match (self.given(contact, field), self.column(field)) {
            (Some(Value::Many(set)), _) => set.as_slice(),
            (_, Some(column)) => column.set_at(contact.get()),
            (_, None) => &[],
        }
    }

    pub(super) fn key(&self, contact: ContactId, field: FieldId) -> Option<&str> {
        match self.given(contact, field) {
            Some(given) => key_of(given),
            None => self.stored_key(contact, field),
        }
    }

    /// Gives the first contacts that have a key; at most so many.
    pub(super) fn find(&self, field: FieldId, key: &str, most: usize, give: impl FnMut(ContactId)) {
        if self.is_empty() {
            return;
        }
        self.holders(self.state.table.find(field, key), field, key).take(most).for_each(give);
    }

    /// Whether the book has no contacts, nor ever had any.
    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The same of those that have no external id.
    pub(super) fn find_open(&mut self, field: FieldId, key: &str, most: usize, give: impl FnMut(ContactId)) {
        const MANY: usize = 16;
        if self.is_empty() {
            return;
        }
        let stored = self.state.table.find(field, key);
        if stored.len() <= MANY {
            let is_open = |contact: &ContactId| !self.has(*contact, Field::EXTERNAL_ID);
            self.holders(stored, field, key).filter(is_open).take(most).for_each(give);
            return;
        }
        let known = self.open.entry(field).or_default();
        if !known.contains_key(key) {
            let is_open = |contact: &ContactId| !self.state.table.has(*contact, Field::EXTERNAL_ID);
            known.insert(key.into(), stored.filter(is_open).collect());
        }
        let open = self.open.get(&field).and_then(|known| known.get(key)).into_iter().flatten();
        let is_open = |contact: &ContactId| !self.has(*contact, Field::EXTERNAL_ID);
        self.holders(open.copied(), field, key).filter(is_open).take(most).for_each(give);
    }

    /// Of contacts that have a key as stored, those that still have it; and those that rows gave it.
    fn holders(
        &self,
        stored: impl Iterator<Item = ContactId>,
        field: FieldId,
        key: &str,
    ) -> impl Iterator<Item = ContactId> {
        let changed = self.keys.get(&field);
        let is_held = move |contact: &ContactId| self.key(*contact, field) == Some(key);
        let is_new = move |contact: &ContactId| self.stored_key(*contact, field) != Some(key);
        let given = changed.and_then(|keys| keys.get(key)).into_iter().flatten().copied();
        let stored = stored.filter(move |contact| changed.is_none() || is_held(contact));
        stored.chain(given.filter(move |contact| is_new(contact) && is_held(contact)))
    }

    fn stored_key(&self, contact: ContactId, field: FieldId) -> Option<&str> {
        self.column(field)?.key(contact.get())
    }

    /// The facts by which the contacts have their new values, and how many contacts are others than they were.
    pub(super) fn into_changes(self, now: Timestamp) -> Changes<'s> {
        let mut changes = Changes::new(self.state, now);
        for (field, values) in self.values {
            match field {
                Field::TAGS | Field::SEGMENTS => {
                    let sets = values.iter().filter_map(|(contact, value)| match value {
                        Value::Many(set) => Some((*contact, set)),
                        _ => None,
                    });
                    changes.link_exactly(field, sets);
                }
                Field::STATUS => changes.set_statuses(values),
                _ => {
                    changes.set_each(field, values.into_iter().map(|(id, value)| (id, Some(value))));
                }
            }
        }
        changes
    }
}
