//! The different values of a column, and their codes.

use super::super::hashing::Hasher;
use super::arena::Arena;
use super::spellings::Spellings;
use super::written::Spelled;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// Different values, numbered in the order in which they came; their numbers are their codes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    values: Spellings,
    /// All codes, by the hash of their text; some have the same.
    codes: HashTable<u32>,
    hasher: Hasher,
}

impl Dictionary {
    /// How many codes there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether no further code can be given.
    pub(crate) fn is_full(&self) -> bool {
        self.len() >= u32::MAX as usize
    }

    pub(crate) fn values(&self) -> &Spellings {
        &self.values
    }

    /// The texts of all codes behind one another.
    pub(crate) fn folds(&self) -> &Arena {
        self.values.folds()
    }

    /// What [`code`](Self::code) looks a value up by.
    pub(crate) fn hash(&self, value: Spelled<'_>) -> u64 {
        self.hasher.hash_one(value.fold)
    }

    /// The code of a value with such a hash, a new one if it has none yet.
    pub(crate) fn code(&mut self, value: Spelled<'_>, hash: u64) -> Option<u32> {
        if self.codes.len() == self.codes.capacity() {
            self.grow();
        }
        let Self { values, codes, hasher } = self;
        let is_it = |code: &u32| values.fold(*code) == Some(value.fold) && values.aside(*code) == value.aside;
        let hash_of = |code: &u32| hasher.hash_one(values.fold(*code).unwrap_or_default());
        match codes.entry(hash, is_it, hash_of) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(place) => {
                let code = u32::try_from(values.len()).ok().filter(|code| *code != u32::MAX)?;
                place.insert(code);
                values.push(value);
                Some(code)
            }
        }
    }

    /// Looks at the places of hashes that are wanted next, all at once: one after the other, each would wait for the memory.
    pub(crate) fn look_ahead(&self, hashes: impl Iterator<Item = u64>) {
        let found = hashes.filter(|hash| self.codes.iter_hash(*hash).next().is_some());
        std::hint::black_box(found.count());
    }

    /// Makes room for as many codes again. Texts are read in their order, which takes far less time than in the order of their
    /// hashes, and none is compared: all values are different.
    fn grow(&mut self) {
        let Self { values, codes, hasher } = self;
        let hash_of = |code: &u32| hasher.hash_one(values.fold(*code).unwrap_or_default());
        *codes = HashTable::with_capacity(values.len() + 1);
        for (code, fold) in (0..u32::MAX).zip(values.folds().iter()) {
            codes.insert_unique(hasher.hash_one(fold), code, hash_of);
        }
    }

    /// Gives values new codes, which ascend as the old ones do, and forgets those that get none.
    pub(crate) fn renumber(&mut self, new_codes: &[Option<u32>]) {
        let new = |code: u32| new_codes.get(code as usize).copied().flatten();
        let mut kept = Spellings::default();
        let used = (0..u32::MAX).take(self.len()).filter(|code| new(*code).is_some());
        used.filter_map(|code| self.values.get(code)).for_each(|value| kept.push(value));
        // The hashes of the texts stay what they are.
        self.codes.retain(|code| match new(*code) {
            Some(new) => {
                *code = new;
                true
            }
            None => false,
        });
        self.values = kept;
    }

    /// The codes of all values with a text.
    pub(crate) fn codes_of(&self, fold: &str) -> impl Iterator<Item = u32> {
        let alike = self.codes.iter_hash(self.hasher.hash_one(fold)).copied();
        alike.filter(move |code| self.values.fold(*code) == Some(fold))
    }

    /// Gives back the room that was made for too many.
    pub(crate) fn shrink(&mut self) {
        self.values.shrink();
    }

    /// What does not hold that should.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = self.values.violations();
        if self.values.len() != self.codes.len() {
            found.push(format!("{} values have {} hashes", self.values.len(), self.codes.len()));
        }
        for code in (0..u32::MAX).take(self.len()) {
            let Some(value) = self.values.get(code) else {
                found.push(format!("code {code} has no text"));
                continue;
            };
            let same = |other: &u32| self.values.aside(*other) == value.aside;
            if self.codes_of(value.fold).filter(same).collect::<Vec<_>>() != [code] {
                found.push(format!("code {code} is not the one that is found by its value"));
            }
        }
        found
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.values.size_in_bytes() + self.codes.allocation_size()
    }
}
