//! Contacts by a key: an external id, an e-mail address, a phone number, an account number.

use crate::table::Hasher;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::hint::black_box;

/// Rows by the hash of their key. The keys themselves stay where they are, in the column.
///
/// Most keys are one row's. Some are that of very many, such as the address that stands for "none": these rows are kept in
/// a list, so that one more or one less costs next to nothing.
///
/// It is a table of its own, with open addressing and linear probing, because of what an import is: a key that is looked up
/// and then put in, millions of times, each at another place in memory. Here both touch one place, which can be asked for
/// ahead; in a general hash table they touch two, and wait for each.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyIndex {
    /// One row for each key, at its home or behind it without a gap; a power of two of them, or none.
    slots: Vec<Slot>,
    /// How many slots are taken.
    keys: usize,
    /// All rows of a key that several have, ascending, by the row that stands for them.
    shared: HashMap<u32, Vec<u32>, Hasher>,
}

/// A key, without its text: the column is not read when the index grows, nor for most keys that are other ones.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: Hash,
    row: u32,
}

/// The row of a slot that is free. No row has this number.
const FREE: u32 = u32::MAX;

/// Half of the hash of a key. The other half is not worth its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(u32);

impl Hash {
    pub(super) fn of(key: &str, hasher: &Hasher) -> Self {
        Self(u32::try_from(hasher.hash_one(key) >> u32::BITS).unwrap_or_default())
    }
}

impl KeyIndex {
    const FEWEST: usize = 64;

    /// Whether no row is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.keys == 0
    }

    /// Asks for the places of keys that are looked up next, all at once: one after the other, each would wait for the memory.
    pub(super) fn look_ahead(&self, hashes: &[Hash]) {
        let is_free = |hash: &&Hash| self.slots.get(self.home(**hash)).is_none_or(|slot| slot.row == FREE);
        black_box(hashes.iter().filter(is_free).count());
    }

    /// Adds a row whose key is in the column by now; `key_of` reads the column.
    pub(super) fn insert<'c>(&mut self, row: u32, hasher: &Hasher, key_of: impl Fn(u32) -> Option<&'c str>) {
        let Some(key) = key_of(row) else { return };
        if self.keys >= self.slots.len() / 2 {
            self.grow();
        }
        let hash = Hash::of(key, hasher);
        let at = self.place(key, hash, key_of);
        let Some(slot) = self.slots.get_mut(at) else { return };
        if slot.row == FREE {
            *slot = Slot { hash, row };
            self.keys += 1;
            return;
        }
        let first = slot.row;
        if first == row {
            return;
        }
        let all = self.shared.entry(first).or_insert_with(|| vec![first]);
        if let Err(at) = all.binary_search(&row) {
            all.insert(at, row);
        }
    }

    /// Takes out a row whose key is still in the column.
    pub(super) fn remove<'c>(&mut self, row: u32, hasher: &Hasher, key_of: impl Fn(u32) -> Option<&'c str>) {
        let Some(key) = key_of(row) else { return };
        let at = self.place(key, Hash::of(key, hasher), key_of);
        let Some(slot) = self.slots.get_mut(at).filter(|slot| slot.row != FREE) else { return };
        let Some(mut all) = self.shared.remove(&slot.row) else {
            if slot.row == row {
                self.free(at);
            }
            return;
        };
        if let Ok(at) = all.binary_search(&row) {
            all.remove(at);
        }
        if let Some(first) = all.first().copied() {
            slot.row = first;
            if all.len() > 1 {
                self.shared.insert(first, all);
            }
        }
    }

    /// The rows with a key and its hash, ascending.
    pub(super) fn find<'c>(&self, key: &str, hash: Hash, key_of: impl Fn(u32) -> Option<&'c str>) -> &[u32] {
        match self.slots.get(self.place(key, hash, key_of)) {
            None | Some(Slot { row: FREE, .. }) => &[],
            Some(Slot { row, .. }) => self.shared.get(row).map_or(std::slice::from_ref(row), Vec::as_slice),
        }
    }

    /// The slot of a key, or the free one that it would get; there is one, unless there is none at all.
    fn place<'c>(&self, key: &str, hash: Hash, key_of: impl Fn(u32) -> Option<&'c str>) -> usize {
        let mut at = self.home(hash);
        while let Some(slot) = self.slots.get(at) {
            if slot.row == FREE || slot.hash == hash && key_of(slot.row) == Some(key) {
                break;
            }
            at = self.behind(at);
        }
        at
    }

    fn home(&self, hash: Hash) -> usize {
        hash.0 as usize & self.slots.len().wrapping_sub(1)
    }

    fn behind(&self, at: usize) -> usize {
        (at + 1) & self.slots.len().wrapping_sub(1)
    }

    /// Frees a slot, and moves up what would not be found any more with a gap before it.
    fn free(&mut self, mut gap: usize) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = gap;
        loop {
            at = self.behind(at);
            let Some(slot) = self.slots.get(at).copied().filter(|slot| slot.row != FREE) else { break };
            let from_home = at.wrapping_sub(self.home(slot.hash)) & mask;
            let from_gap = at.wrapping_sub(gap) & mask;
            if from_home >= from_gap {
                if let Some(free) = self.slots.get_mut(gap) {
                    *free = slot;
                }
                gap = at;
            }
        }
        if let Some(slot) = self.slots.get_mut(gap) {
            slot.row = FREE;
            self.keys -= 1;
        }
    }

    fn grow(&mut self) {
        let more = (self.slots.len() * 2).max(Self::FEWEST);
        let before = std::mem::replace(&mut self.slots, vec![Slot { hash: Hash(0), row: FREE }; more]);
        for slot in before.into_iter().filter(|slot| slot.row != FREE) {
            let mut at = self.home(slot.hash);
            while self.slots.get(at).is_some_and(|other| other.row != FREE) {
                at = self.behind(at);
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hash, KeyIndex};
    use crate::random::steps;
    use crate::table::Hasher;
    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_are_found_by_the_keys_that_they_have(
            acts in proptest::collection::vec((0..300_u32, any::<bool>()), 0..steps(800)),
            keys in 1..300_u32,
        ) {
            // Many rows of few keys, or a key for each; the column does not change while rows come and go.
            let column: Vec<String> = (0..300).map(|row: u32| format!("key {}", row % keys)).collect();
            let key_of = |row: u32| column.get(row as usize).map(String::as_str);
            let (mut index, hasher) = (KeyIndex::default(), Hasher::default());
            let mut model: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
            for (row, is_added) in acts {
                let rows = model.entry(&column[row as usize]).or_default();
                if is_added {
                    index.insert(row, &hasher, key_of);
                    rows.insert(row);
                } else {
                    index.remove(row, &hasher, key_of);
                    rows.remove(&row);
                }
            }
            for key in column.iter().map(String::as_str).chain(["nobody's"]) {
                let found = index.find(key, Hash::of(key, &hasher), key_of);
                let expected: Vec<u32> = model.get(key).into_iter().flatten().copied().collect();
                prop_assert_eq!(found, &expected[..], "{}", key);
            }
            prop_assert_eq!(index.keys, model.values().filter(|rows| !rows.is_empty()).count());
        }
    }
}
