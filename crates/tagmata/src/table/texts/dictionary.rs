//! The different values of a column, and their codes.

use super::super::hashing::Hasher;
use super::arena::Arena;
use super::marks::Marks;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// Pairs of a text and what is aside of it, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    folds: Arena,
    /// Which codes have something aside.
    marks: Marks,
    /// That, for the marked codes alone.
    asides: Arena,
    /// All codes, by the hash of their text; some have the same.
    codes: HashTable<u32>,
    hasher: Hasher,
}

impl Dictionary {
    /// How many codes there are.
    pub(super) fn len(&self) -> usize {
        self.folds.len()
    }

    /// Whether no further code can be given.
    pub(super) fn is_full(&self) -> bool {
        self.len() >= u32::MAX as usize
    }

    pub(super) fn fold(&self, code: u32) -> Option<&str> {
        self.folds.get(code as usize)
    }

    pub(super) fn aside(&self, code: u32) -> Option<&str> {
        self.asides.get(self.marks.rank(code as usize)? as usize)
    }

    /// The codes of values that have something aside: others may have the same text.
    pub(super) fn marked(&self) -> impl Iterator<Item = u32> {
        self.marks.marked()
    }

    /// How many bytes a value has.
    pub(super) fn bytes_of(&self, code: u32) -> usize {
        self.fold(code).map_or(0, str::len) + self.aside(code).map_or(0, str::len)
    }

    /// How many bytes all values have.
    pub(super) fn bytes(&self) -> usize {
        self.folds.bytes() + self.asides.bytes()
    }

    /// The code of a value, a new one if it has none yet.
    pub(super) fn code(&mut self, fold: &str, aside: Option<&str>) -> Option<u32> {
        let Self { folds, marks, asides, codes, hasher } = self;
        let hash_of = |code: &u32| hasher.hash_one(folds.get(*code as usize).unwrap_or_default());
        let is_it = |code: &u32| {
            folds.get(*code as usize) == Some(fold)
                && marks.rank(*code as usize).and_then(|rank| asides.get(rank as usize)) == aside
        };
        let code = match codes.entry(hasher.hash_one(fold), is_it, hash_of) {
            Entry::Occupied(known) => return Some(*known.get()),
            Entry::Vacant(place) => {
                let code = u32::try_from(folds.len()).ok().filter(|code| *code != u32::MAX)?;
                place.insert(code);
                code
            }
        };
        folds.push(fold);
        marks.push(aside.is_some());
        if let Some(aside) = aside {
            asides.push(aside);
        }
        Some(code)
    }

    /// Gives values new codes, which ascend as the old ones do, and forgets those that get none.
    pub(super) fn renumber(&mut self, new_codes: &[Option<u32>]) {
        let new = |code: u32| new_codes.get(code as usize).copied().flatten();
        let (mut folds, mut marks, mut asides) = (Arena::default(), Marks::default(), Arena::default());
        for code in (0..u32::MAX).take(self.len()).filter(|code| new(*code).is_some()) {
            folds.push(self.fold(code).unwrap_or_default());
            let aside = self.aside(code);
            marks.push(aside.is_some());
            if let Some(aside) = aside {
                asides.push(aside);
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
        (self.folds, self.marks, self.asides) = (folds, marks, asides);
    }

    /// The codes of all values with a text.
    pub(super) fn codes_of(&self, fold: &str) -> impl Iterator<Item = u32> {
        let alike = self.codes.iter_hash(self.hasher.hash_one(fold)).copied();
        alike.filter(move |code| self.fold(*code) == Some(fold))
    }

    /// The texts of all codes behind one another.
    pub(super) fn folds(&self) -> &Arena {
        &self.folds
    }

    /// Makes room for so many more values like those that are there.
    pub(super) fn reserve(&mut self, more: usize) {
        let Self { folds, codes, hasher, .. } = self;
        codes.reserve(more, |code| hasher.hash_one(folds.get(*code as usize).unwrap_or_default()));
        folds.reserve(more);
    }

    /// Gives back the room that was made for too many.
    pub(super) fn shrink(&mut self) {
        self.folds.shrink();
        self.asides.shrink();
    }

    /// What does not hold that should.
    pub(super) fn violations(&self) -> Vec<String> {
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

    pub(super) fn size_in_bytes(&self) -> usize {
        self.folds.size_in_bytes()
            + self.marks.size_in_bytes()
            + self.asides.size_in_bytes()
            + self.codes.allocation_size()
    }
}
