//! The different values of a column, and their codes.

use super::super::hashing::Hasher;
use super::arena::Arena;
use super::marks::Marks;
use super::written::Spelled;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// Pairs of a text and what is aside of it, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    folds: Arena,
    /// Which codes have something aside.
    marks: Marks,
    /// That, for the marked codes alone.
    asides: Arena,
    /// All codes, by the hash of their text; some have the same. It is empty while nobody looks for codes.
    codes: HashTable<u32>,
    hasher: Hasher,
}

impl Dictionary {
    /// How many codes there are.
    pub(crate) fn len(&self) -> usize {
        self.folds.len()
    }

    /// Whether no further code can be given.
    pub(crate) fn is_full(&self) -> bool {
        self.len() >= u32::MAX as usize
    }

    pub(crate) fn fold(&self, code: u32) -> Option<&str> {
        self.folds.get(code as usize)
    }

    pub(crate) fn aside(&self, code: u32) -> Option<&str> {
        self.asides.get(self.marks.rank(code as usize)? as usize)
    }

    /// A value as it is kept.
    pub(crate) fn spelled(&self, code: u32) -> Option<Spelled<'_>> {
        Some(Spelled { fold: self.fold(code)?, aside: self.aside(code) })
    }

    /// The codes of values that have something aside: others may have the same text.
    pub(crate) fn marked(&self) -> impl Iterator<Item = u32> {
        self.marks.marked()
    }

    /// How many bytes a value has.
    pub(crate) fn bytes_of(&self, code: u32) -> usize {
        self.fold(code).map_or(0, str::len) + self.aside(code).map_or(0, str::len)
    }

    /// How many bytes all values have.
    pub(crate) fn bytes(&self) -> usize {
        self.folds.bytes() + self.asides.bytes()
    }

    /// The code that a new value gets, if there is one left.
    pub(crate) fn next_code(&self) -> Option<u32> {
        u32::try_from(self.len()).ok().filter(|code| *code != u32::MAX)
    }

    /// The code of a value, a new one if it has none yet.
    pub(crate) fn code(&mut self, value: Spelled<'_>) -> Option<u32> {
        if self.codes.len() < self.len() || self.codes.len() == self.codes.capacity() {
            self.recall_hashes();
        }
        let next = self.next_code();
        let Self { folds, marks, asides, codes, hasher } = self;
        let hash_of = |code: &u32| hasher.hash_one(folds.get(*code as usize).unwrap_or_default());
        let is_it = |code: &u32| {
            folds.get(*code as usize) == Some(value.fold)
                && marks.rank(*code as usize).and_then(|rank| asides.get(rank as usize)) == value.aside
        };
        match codes.entry(hasher.hash_one(value.fold), is_it, hash_of) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(place) => {
                place.insert(next?);
                self.push(value);
                next
            }
        }
    }

    /// Adds a value that has no code, and under the next one; its hash is noted by whoever needs it.
    pub(crate) fn push(&mut self, value: Spelled<'_>) {
        self.folds.push(value.fold);
        self.marks.push(value.aside.is_some());
        if let Some(aside) = value.aside {
            self.asides.push(aside);
        }
    }

    /// Gives back the room of the hashes: nobody is to look for codes soon.
    pub(crate) fn forget_hashes(&mut self) {
        self.codes = HashTable::new();
    }

    /// Makes codes be found, with room for one more at least. Texts are read in their order, which takes far less time than
    /// in the order of their hashes, and none is compared: all values are different.
    pub(crate) fn recall_hashes(&mut self) {
        let Self { folds, codes, hasher, .. } = self;
        let hash_of = |code: &u32| hasher.hash_one(folds.get(*code as usize).unwrap_or_default());
        *codes = HashTable::with_capacity(folds.len() + 1);
        for (code, fold) in (0..u32::MAX).zip(folds.iter()) {
            codes.insert_unique(hasher.hash_one(fold), code, hash_of);
        }
    }

    /// Gives values new codes, which ascend as the old ones do, and forgets those that get none.
    pub(crate) fn renumber(&mut self, new_codes: &[Option<u32>]) {
        let new = |code: u32| new_codes.get(code as usize).copied().flatten();
        let mut kept = Self::default();
        for code in (0..u32::MAX).take(self.len()).filter(|code| new(*code).is_some()) {
            if let Some(value) = self.spelled(code) {
                kept.push(value);
            }
        }
        // The hashes of the texts stay what they are.
        self.codes.retain(|code| match new(*code) {
            Some(new) => {
                *code = new;
                true
            }
            None => false,
        });
        (self.folds, self.marks, self.asides) = (kept.folds, kept.marks, kept.asides);
    }

    /// The codes of all values with a text.
    pub(crate) fn codes_of(&self, fold: &str) -> impl Iterator<Item = u32> {
        let alike = self.codes.iter_hash(self.hasher.hash_one(fold)).copied();
        alike.filter(move |code| self.fold(*code) == Some(fold))
    }

    /// The texts of all codes behind one another.
    pub(crate) fn folds(&self) -> &Arena {
        &self.folds
    }

    /// Gives back the room that was made for too many.
    pub(crate) fn shrink(&mut self) {
        self.folds.shrink();
        self.asides.shrink();
    }

    /// What does not hold that should.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        let counts = (self.folds.len(), self.marks.len(), self.codes.len());
        if counts != (counts.0, counts.0, counts.0) {
            found.push(format!("texts, marks and hashes are not of one number: {counts:?}"));
        }
        let marked = (0..self.len()).filter(|code| self.marks.rank(*code).is_some()).count();
        if marked != self.asides.len() {
            found.push(format!("{marked} codes are marked and {} have something aside", self.asides.len()));
        }
        for arena in [&self.folds, &self.asides] {
            let lengths = (0..arena.len()).map(|entry| arena.get(entry).map_or(0, str::len));
            if lengths.sum::<usize>() != arena.bytes() {
                found.push("the ends of the texts do not ascend to the last byte".to_owned());
            }
        }
        for code in (0..u32::MAX).take(self.len()) {
            let Some(fold) = self.fold(code) else {
                found.push(format!("code {code} has no text"));
                continue;
            };
            let same = |other: &u32| self.aside(*other) == self.aside(code);
            if self.codes_of(fold).filter(same).collect::<Vec<_>>() != [code] {
                found.push(format!("code {code} is not the one that is found by its value"));
            }
        }
        found
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.folds.size_in_bytes()
            + self.marks.size_in_bytes()
            + self.asides.size_in_bytes()
            + self.codes.allocation_size()
    }
}

/// The same values under the same codes.
impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.folds == other.folds && self.marks == other.marks && self.asides == other.asides
    }
}
