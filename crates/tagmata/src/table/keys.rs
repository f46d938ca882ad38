//! Contacts by a key: an external id, an e-mail address, a phone number, an account number.

use super::hashing::Hasher;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// Rows by the hash of their key. The keys themselves stay where they are, in the column.
///
/// Most keys are one row's. Some are that of very many, such as the address that stands for "none": these rows are kept in
/// a list, so that one more or one less costs next to nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyIndex {
    /// One row for each key.
    rows: HashTable<u32>,
    /// All rows of a key that several have, ascending, by the row that stands for them.
    shared: HashMap<u32, Vec<u32>>,
    hasher: Hasher,
}

impl KeyIndex {
    /// Adds a row whose key is in the column by now; `key_of` reads the column.
    pub(crate) fn insert<'c>(&mut self, row: u32, key_of: impl Fn(u32) -> Option<&'c str>) {
        let Some(key) = key_of(row) else { return };
        let hash = self.hasher.hash_one(key);
        match self.rows.find(hash, |other| key_of(*other) == Some(key)) {
            Some(first) => {
                let all = self.shared.entry(*first).or_insert_with(|| vec![*first]);
                if let Err(at) = all.binary_search(&row) {
                    all.insert(at, row);
                }
            }
            None => {
                let hasher = &self.hasher;
                let hash_of = |row: &u32| hasher.hash_one(key_of(*row).unwrap_or_default());
                self.rows.insert_unique(hash, row, hash_of);
            }
        }
    }

    /// Takes out a row whose key is still in the column.
    pub(crate) fn remove<'c>(&mut self, row: u32, key_of: impl Fn(u32) -> Option<&'c str>) {
        let Some(key) = key_of(row) else { return };
        let is_it = |other: &u32| key_of(*other) == Some(key);
        let Ok(mut entry) = self.rows.find_entry(self.hasher.hash_one(key), is_it) else { return };
        let Some(mut all) = self.shared.remove(entry.get()) else {
            if *entry.get() == row {
                entry.remove();
            }
            return;
        };
        if let Ok(at) = all.binary_search(&row) {
            all.remove(at);
        }
        if let Some(first) = all.first().copied() {
            *entry.get_mut() = first;
            if all.len() > 1 {
                self.shared.insert(first, all);
            }
        }
    }

    /// Makes room for so many more keys at once.
    pub(crate) fn reserve<'c>(&mut self, keys: usize, key_of: impl Fn(u32) -> Option<&'c str>) {
        let hasher = &self.hasher;
        self.rows.reserve(keys, |row| hasher.hash_one(key_of(*row).unwrap_or_default()));
    }

    /// All rows that have a key, ascending.
    pub(super) fn rows(&self) -> Vec<u32> {
        let all = |first: &u32| self.shared.get(first).cloned().unwrap_or_else(|| vec![*first]);
        let mut rows: Vec<u32> = self.rows.iter().flat_map(all).collect();
        rows.sort_unstable();
        rows
    }

    /// The rows with a key, ascending.
    pub(crate) fn find<'c>(&self, key: &str, key_of: impl Fn(u32) -> Option<&'c str>) -> &[u32] {
        let first = self.rows.find(self.hasher.hash_one(key), |row| key_of(*row) == Some(key));
        match first.and_then(|first| self.shared.get(first)) {
            Some(all) => all,
            None => first.map_or(&[], std::slice::from_ref),
        }
    }
}
