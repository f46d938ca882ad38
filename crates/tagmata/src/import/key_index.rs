//! Contacts by a key: an external id, an e-mail address, a phone number, an account number.

use crate::table::Hasher;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// Rows by the hash of their key. The keys themselves stay where they are, in the column.
///
/// Most keys are one row's. Some are that of very many, such as the address that stands for "none": these rows are kept in
/// a list, so that one more or one less costs next to nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyIndex {
    /// One row for each key.
    rows: HashTable<Entry>,
    /// All rows of a key that several have, ascending, by the row that stands for them.
    shared: HashMap<u32, Vec<u32>, Hasher>,
}

/// A key, without its text: the column is not read when the index grows, nor for most keys that are other ones.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: Hash,
    row: u32,
}

/// Half of the hash of a key. The other half is not worth its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(u32);

impl Hash {
    pub(super) fn of(key: &str, hasher: &Hasher) -> Self {
        Self(u32::try_from(hasher.hash_one(key) >> u32::BITS).unwrap_or_default())
    }

    /// As wide as a table needs it: with something in all bits.
    fn wide(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl KeyIndex {
    /// Adds a row whose key is in the column by now; `key_of` reads the column.
    pub(super) fn insert<'c>(&mut self, row: u32, hasher: &Hasher, key_of: impl Fn(u32) -> Option<&'c str>) {
        let Some(key) = key_of(row) else { return };
        let hash = Hash::of(key, hasher);
        let is_it = |other: &Entry| other.hash == hash && key_of(other.row) == Some(key);
        match self.rows.find(hash.wide(), is_it) {
            Some(Entry { row: first, .. }) => {
                let all = self.shared.entry(*first).or_insert_with(|| vec![*first]);
                if let Err(at) = all.binary_search(&row) {
                    all.insert(at, row);
                }
            }
            None => {
                self.rows.insert_unique(hash.wide(), Entry { hash, row }, |entry| entry.hash.wide());
            }
        }
    }

    /// Takes out a row whose key is still in the column.
    pub(super) fn remove<'c>(&mut self, row: u32, hasher: &Hasher, key_of: impl Fn(u32) -> Option<&'c str>) {
        let Some(key) = key_of(row) else { return };
        let hash = Hash::of(key, hasher);
        let is_it = |other: &Entry| other.hash == hash && key_of(other.row) == Some(key);
        let Ok(mut entry) = self.rows.find_entry(hash.wide(), is_it) else { return };
        let Some(mut all) = self.shared.remove(&entry.get().row) else {
            if entry.get().row == row {
                entry.remove();
            }
            return;
        };
        if let Ok(at) = all.binary_search(&row) {
            all.remove(at);
        }
        if let Some(first) = all.first().copied() {
            entry.get_mut().row = first;
            if all.len() > 1 {
                self.shared.insert(first, all);
            }
        }
    }

    /// The rows with a key and its hash, ascending.
    pub(super) fn find<'c>(&self, key: &str, hash: Hash, key_of: impl Fn(u32) -> Option<&'c str>) -> &[u32] {
        let is_it = |other: &Entry| other.hash == hash && key_of(other.row) == Some(key);
        let first = self.rows.find(hash.wide(), is_it).map(|entry| &entry.row);
        match first.and_then(|first| self.shared.get(first)) {
            Some(all) => all,
            None => first.map_or(&[], std::slice::from_ref),
        }
    }
}
