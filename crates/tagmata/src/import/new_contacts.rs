//! The contacts that a file makes.

use crate::model::Field;
use crate::state::State;
use crate::table::{KEY_FIELDS, KeyIndex, Rows, Values, ValuesBuilder};
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, Symbol, SymbolSet, Value};
use std::collections::BTreeMap;

/// Contacts that do not exist yet, in columns, numbered from 0 in the order of their rows.
pub(super) struct NewContacts<'s> {
    state: &'s State,
    now: Timestamp,
    /// The row that made each.
    rows: Vec<u64>,
    columns: BTreeMap<FieldId, ValuesBuilder>,
    keys: BTreeMap<FieldId, Keys>,
}

/// Contacts by a key. Those with an external id are apart: a row with another one is not theirs, however many there are.
#[derive(Default)]
struct Keys {
    open: KeyIndex,
    taken: KeyIndex,
}

impl<'s> NewContacts<'s> {
    pub(super) fn new(state: &'s State, now: Timestamp) -> Self {
        Self { state, now, rows: Vec::new(), columns: BTreeMap::new(), keys: BTreeMap::new() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row that made a contact.
    pub(super) fn row_of(&self, contact: u32) -> u64 {
        self.rows.get(contact as usize).copied().unwrap_or_default()
    }

    /// One more contact, which a row makes. What every contact has it gets too, where a file may say it and its row does not.
    pub(super) fn add(&mut self, row: u64, values: impl IntoIterator<Item = (FieldId, Value)>) {
        self.rows.push(row);
        let contact = u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX);
        for (field, value) in values {
            self.put(contact, field, Some(value));
        }
        for (field, value) in self.state.values_of_new_contacts(self.now) {
            if [Field::STATUS, Field::CREATED_AT].contains(&field) && !self.has(contact, field) {
                self.put(contact, field, value);
            }
        }
        self.index(contact);
    }

    /// Gives a contact a value, or takes it away.
    pub(super) fn set(&mut self, contact: u32, field: FieldId, value: Option<Value>) {
        if KEY_FIELDS.contains(&field) {
            self.forget_keys(contact);
            self.put(contact, field, value);
            self.index(contact);
        } else {
            self.put(contact, field, value);
        }
    }

    fn put(&mut self, contact: u32, field: FieldId, value: Option<Value>) {
        let new = || ValuesBuilder::new(self.state.type_of(field));
        self.columns.entry(field).or_insert_with(new).set(contact as usize, value);
    }

    /// Makes a contact be found by its keys.
    fn index(&mut self, contact: u32) {
        let is_open = !self.has(contact, Field::EXTERNAL_ID);
        for field in KEY_FIELDS {
            let Some(column) = self.columns.get(&field) else { continue };
            let keys = self.keys.entry(field).or_default();
            let index = if is_open { &mut keys.open } else { &mut keys.taken };
            index.insert(contact, |contact| column.key(contact as usize));
        }
    }

    /// Makes a contact not be found, before its keys change.
    fn forget_keys(&mut self, contact: u32) {
        let is_open = !self.has(contact, Field::EXTERNAL_ID);
        for (field, keys) in &mut self.keys {
            let Some(column) = self.columns.get(field) else { continue };
            let index = if is_open { &mut keys.open } else { &mut keys.taken };
            index.remove(contact, |contact| column.key(contact as usize));
        }
    }

    pub(super) fn has(&self, contact: u32, field: FieldId) -> bool {
        self.columns.get(&field).is_some_and(|column| column.has(contact as usize))
    }

    pub(super) fn holds(&self, contact: u32, field: FieldId, value: &Value) -> bool {
        self.columns.get(&field).is_some_and(|column| column.holds(contact as usize, value))
    }

    pub(super) fn key(&self, contact: u32, field: FieldId) -> Option<&str> {
        self.columns.get(&field)?.key(contact as usize)
    }

    pub(super) fn set_of(&self, contact: u32, field: FieldId) -> &[Symbol] {
        let set = self.columns.get(&field).and_then(|column| column.set_at(contact as usize));
        set.map_or(&[], SymbolSet::as_slice)
    }

    /// The first contacts that have a key, ascending; at most so many.
    pub(super) fn find(&self, field: FieldId, key: &str, most: usize) -> Vec<u32> {
        let (Some(keys), Some(column)) = (self.keys.get(&field), self.columns.get(&field)) else {
            return Vec::new();
        };
        let key_of = |contact: u32| column.key(contact as usize);
        let (open, taken) = (keys.open.find(key, key_of), keys.taken.find(key, key_of));
        let mut found: Vec<u32> = open.iter().take(most).chain(taken.iter().take(most)).copied().collect();
        found.sort_unstable();
        found.truncate(most);
        found
    }

    /// The same of those that have no external id.
    pub(super) fn find_open(&self, field: FieldId, key: &str, most: usize) -> Vec<u32> {
        match (self.keys.get(&field), self.columns.get(&field)) {
            (Some(keys), Some(column)) => {
                let found = keys.open.find(key, |contact| column.key(contact as usize));
                found.iter().copied().take(most).collect()
            }
            _ => Vec::new(),
        }
    }

    /// All of them as a commit holds them.
    pub(super) fn into_rows(self) -> Rows {
        let (first, count) = (self.state.table.next_row(), self.rows.len());
        let end = u32::try_from(count).map_or(u32::MAX, |count| first.saturating_add(count));
        let mut contacts = MemberSet::between(first, end);
        contacts.compact();
        let said = self.columns.into_iter().filter(|(_, values)| (0..count).any(|at| values.has(at)));
        let mut columns: BTreeMap<FieldId, Values> =
            said.map(|(field, values)| (field, values.finish(count))).collect();
        for (field, value) in self.state.values_of_new_contacts(self.now) {
            columns.entry(field).or_insert_with(|| Values::same(value, count));
        }
        Rows { contacts, columns: columns.into_iter().collect(), interactions: Vec::new() }
    }
}
