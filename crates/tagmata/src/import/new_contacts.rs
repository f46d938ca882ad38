//! The contacts that a file makes.

use crate::model::Field;
use crate::state::State;
use crate::table::{KEY_FIELDS, KeyIndex, Rows, Values, ValuesBuilder};
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, SymbolSet, Value};
use std::collections::BTreeMap;

/// Contacts that do not exist yet, in columns, numbered from 0 in the order of their rows.
pub(super) struct NewContacts<'s> {
    state: &'s State,
    now: Timestamp,
    /// The row that made each.
    rows: Vec<u64>,
    columns: BTreeMap<FieldId, ValuesBuilder>,
    keys: BTreeMap<FieldId, KeyIndex>,
}

impl<'s> NewContacts<'s> {
    pub(super) fn new(state: &'s State, now: Timestamp) -> Self {
        Self { state, now, rows: Vec::new(), columns: BTreeMap::new(), keys: BTreeMap::new() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// One more contact, which a row makes.
    pub(super) fn add(&mut self, row: u64) -> u32 {
        self.rows.push(row);
        u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
    }

    /// The row that made a contact.
    pub(super) fn row_of(&self, contact: u32) -> u64 {
        self.rows.get(contact as usize).copied().unwrap_or_default()
    }

    /// Gives a contact a value, or takes it away.
    pub(super) fn set(&mut self, contact: u32, field: FieldId, value: Option<Value>) {
        let new = || ValuesBuilder::new(self.state.type_of(field));
        let column = self.columns.entry(field).or_insert_with(new);
        if !KEY_FIELDS.contains(&field) {
            return column.set(contact as usize, value);
        }
        let index = self.keys.entry(field).or_default();
        if let Some(key) = column.key(contact as usize) {
            index.remove(contact, key);
        }
        column.set(contact as usize, value);
        index.insert(contact, |contact| column.key(contact as usize));
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

    pub(super) fn set_of(&self, contact: u32, field: FieldId) -> Option<&SymbolSet> {
        self.columns.get(&field)?.set_at(contact as usize)
    }

    /// The contacts that have a key.
    pub(super) fn find(&self, field: FieldId, key: &str) -> Vec<u32> {
        match (self.keys.get(&field), self.columns.get(&field)) {
            (Some(index), Some(column)) => index.find(key, |contact| column.key(contact as usize)),
            _ => Vec::new(),
        }
    }

    /// Gives a contact what every contact has and a file may say, where its row does not.
    pub(super) fn complete(&mut self, contact: u32) {
        for (field, value) in self.state.values_of_new_contacts(self.now) {
            if [Field::STATUS, Field::CREATED_AT].contains(&field) && !self.has(contact, field) {
                self.set(contact, field, value);
            }
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
