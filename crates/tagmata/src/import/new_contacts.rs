//! The contacts that a file makes.

use super::key_index::{Hash, KeyIndex};
use crate::model::Field;
use crate::state::State;
use crate::table::{Hasher, Interactions, KEY_FIELDS, Rows, Values, ValuesBuilder};
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, Symbol, Value};
use std::collections::BTreeMap;

/// Contacts that do not exist yet, in columns, numbered from 0 in the order of their rows.
pub(super) struct NewContacts<'s> {
    state: &'s State,
    /// What every contact has.
    usual: [(FieldId, Option<Value>); 4],
    /// The row that made each.
    rows: Vec<u64>,
    /// By the numbers of the fields.
    columns: Vec<Option<ValuesBuilder>>,
    /// By the fields that are keys, in their order.
    keys: [Keys; KEY_FIELDS.len()],
    hasher: Hasher,
    /// The keys that are looked for next; empty in between.
    wanted: Vec<Hash>,
}

/// Contacts by a key. Those with an external id are apart: a row with another one is not theirs, however many there are.
#[derive(Default)]
struct Keys {
    open: KeyIndex,
    taken: KeyIndex,
}

/// A contact that is being made, and is found by its keys once it is finished.
pub(super) struct NewContact<'c, 's> {
    all: &'c mut NewContacts<'s>,
    number: u32,
}

impl NewContact<'_, '_> {
    /// Gives it a value.
    pub(super) fn give(&mut self, field: FieldId, value: &Value) {
        self.all.put(self.number, field, Some(value));
    }

    /// It has all its values. What every contact has it gets too, where a file may say it and its row does not.
    pub(super) fn finish(self) {
        for at in 0..self.all.usual.len() {
            if let Some((field, value)) = self.all.usual.get(at)
                && [Field::STATUS, Field::CREATED_AT].contains(field)
                && !self.all.has(self.number, *field)
            {
                let (field, value) = (*field, value.clone());
                self.all.put(self.number, field, value.as_ref());
            }
        }
        self.all.index(self.number);
    }
}

impl<'s> NewContacts<'s> {
    pub(super) fn new(state: &'s State, now: Timestamp) -> Self {
        let usual = state.values_of_new_contacts(now);
        let (rows, columns, keys) = (Vec::new(), Vec::new(), Default::default());
        Self { state, usual, rows, columns, keys, hasher: Hasher::default(), wanted: Vec::new() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row that made a contact.
    pub(super) fn row_of(&self, contact: u32) -> u64 {
        self.rows.get(contact as usize).copied().unwrap_or_default()
    }

    /// One more contact, which a row makes.
    pub(super) fn add(&mut self, row: u64) -> NewContact<'_, 's> {
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push(row);
        NewContact { all: self, number }
    }

    /// Gives a contact a value, or takes it away.
    pub(super) fn set(&mut self, contact: u32, field: FieldId, value: Option<&Value>) {
        if KEY_FIELDS.contains(&field) {
            self.forget_keys(contact);
            self.put(contact, field, value);
            self.index(contact);
        } else {
            self.put(contact, field, value);
        }
    }

    fn put(&mut self, contact: u32, field: FieldId, value: Option<&Value>) {
        if self.columns.len() <= field.index() {
            self.columns.resize_with(field.index() + 1, || None);
        }
        if let Some(column) = self.columns.get_mut(field.index()) {
            let new = || ValuesBuilder::new(self.state.type_of(field));
            column.get_or_insert_with(new).set(contact as usize, value);
        }
    }

    fn column(&self, field: FieldId) -> Option<&ValuesBuilder> {
        self.columns.get(field.index())?.as_ref()
    }

    fn keys(&self, field: FieldId) -> Option<&Keys> {
        KEY_FIELDS.into_iter().zip(&self.keys).find(|(key, _)| *key == field).map(|(_, keys)| keys)
    }

    /// Makes a contact be found by its keys.
    fn index(&mut self, contact: u32) {
        self.each_index(contact, |index, hasher, column| {
            index.insert(contact, hasher, |contact| column.key(contact as usize))
        });
    }

    /// Makes a contact not be found, before its keys change.
    fn forget_keys(&mut self, contact: u32) {
        self.each_index(contact, |index, hasher, column| {
            index.remove(contact, hasher, |contact| column.key(contact as usize))
        });
    }

    /// The indexes that a contact belongs to, with their columns.
    fn each_index(&mut self, contact: u32, mut change: impl FnMut(&mut KeyIndex, &Hasher, &ValuesBuilder)) {
        let is_open = !self.has(contact, Field::EXTERNAL_ID);
        for (field, keys) in KEY_FIELDS.into_iter().zip(&mut self.keys) {
            if let Some(Some(column)) = self.columns.get(field.index()) {
                change(if is_open { &mut keys.open } else { &mut keys.taken }, &self.hasher, column);
            }
        }
    }

    pub(super) fn has(&self, contact: u32, field: FieldId) -> bool {
        self.column(field).is_some_and(|column| column.has(contact as usize))
    }

    pub(super) fn holds(&self, contact: u32, field: FieldId, value: &Value) -> bool {
        self.column(field).is_some_and(|column| column.holds(contact as usize, value))
    }

    pub(super) fn key(&self, contact: u32, field: FieldId) -> Option<&str> {
        self.column(field)?.key(contact as usize)
    }

    pub(super) fn set_of(&self, contact: u32, field: FieldId) -> &[Symbol] {
        self.column(field).and_then(|column| column.set_at(contact as usize)).unwrap_or_default()
    }

    /// Gets ready to look for keys of a field, all of them at once.
    pub(super) fn look_ahead<'k>(&mut self, field: FieldId, keys: impl Iterator<Item = &'k str>) {
        // All are known before the first is asked for, so that nothing is waited for in between.
        let mut hashes = std::mem::take(&mut self.wanted);
        hashes.extend(keys.map(|key| Hash::of(key, &self.hasher)));
        if let Some(indexes) = self.keys(field) {
            let both = [&indexes.open, &indexes.taken].into_iter().filter(|index| !index.is_empty());
            both.for_each(|index| index.look_ahead(&hashes));
        }
        hashes.clear();
        self.wanted = hashes;
    }

    /// Gives the first contacts that have a key, ascending; at most so many.
    pub(super) fn find(&self, field: FieldId, key: &str, most: usize, give: impl FnMut(u32)) {
        let (Some(keys), Some(column)) = (self.keys(field), self.column(field)) else { return };
        let (hash, key_of) = (Hash::of(key, &self.hasher), |contact: u32| column.key(contact as usize));
        match (keys.open.find(key, hash, key_of), keys.taken.find(key, hash, key_of)) {
            ([], all) | (all, []) => all.iter().copied().take(most).for_each(give),
            (open, taken) => {
                let mut found: Vec<u32> =
                    open.iter().take(most).chain(taken.iter().take(most)).copied().collect();
                found.sort_unstable();
                found.into_iter().take(most).for_each(give);
            }
        }
    }

    /// All contacts that have a key and no external id, ascending.
    pub(super) fn find_open(&self, field: FieldId, key: &str) -> &[u32] {
        match (self.keys(field), self.column(field)) {
            (Some(keys), Some(column)) => {
                let hash = Hash::of(key, &self.hasher);
                keys.open.find(key, hash, |contact| column.key(contact as usize))
            }
            _ => &[],
        }
    }

    /// All of them as a commit holds them.
    pub(super) fn into_rows(self) -> Rows {
        let (first, count) = (self.state.table.next_row(), self.rows.len());
        let end = u32::try_from(count).map_or(u32::MAX, |count| first.saturating_add(count));
        let mut contacts = MemberSet::between(first, end);
        contacts.compact();
        let fields = (0..).map(FieldId::new).zip(self.columns);
        let mut columns: BTreeMap<FieldId, Values> = fields
            .filter_map(|(field, values)| Some((field, values?)))
            .filter(|(_, values)| (0..count).any(|at| values.has(at)))
            .map(|(field, values)| (field, values.finish(count)))
            .collect();
        for (field, value) in self.usual {
            columns.entry(field).or_insert_with(|| Values::same(value, count));
        }
        Rows { contacts, columns: columns.into_iter().collect(), interactions: Interactions::new() }
    }
}
