//! Contacts by a key: an external id, an e-mail address, a phone number, an account number.

use hashbrown::HashTable;
use std::hash::{BuildHasher, RandomState};

/// Rows by the hash of their key. The keys themselves stay where they are, in the column.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyIndex {
    rows: HashTable<u32>,
    hasher: RandomState,
}

impl KeyIndex {
    /// Adds a row whose key is in the column by now; `key_of` reads the column.
    pub(crate) fn insert<'c>(&mut self, row: u32, key_of: impl Fn(u32) -> Option<&'c str>) {
        if let Some(key) = key_of(row) {
            let hasher = &self.hasher;
            let hash = |row: &u32| hasher.hash_one(key_of(*row).unwrap_or_default());
            self.rows.insert_unique(hasher.hash_one(key), row, hash);
        }
    }

    /// Takes out a row that has a key.
    pub(crate) fn remove(&mut self, row: u32, key: &str) {
        if let Ok(entry) = self.rows.find_entry(self.hasher.hash_one(key), |other| *other == row) {
            entry.remove();
        }
    }

    /// Makes room for so many more rows at once.
    pub(crate) fn reserve<'c>(&mut self, rows: usize, key_of: impl Fn(u32) -> Option<&'c str>) {
        let hasher = &self.hasher;
        self.rows.reserve(rows, |row| hasher.hash_one(key_of(*row).unwrap_or_default()));
    }

    /// The rows with a key, ascending.
    pub(crate) fn find<'c>(&self, key: &str, key_of: impl Fn(u32) -> Option<&'c str>) -> Vec<u32> {
        let candidates = self.rows.iter_hash(self.hasher.hash_one(key)).copied();
        let mut found: Vec<u32> = candidates.filter(|row| key_of(*row) == Some(key)).collect();
        found.sort_unstable();
        found
    }
}
