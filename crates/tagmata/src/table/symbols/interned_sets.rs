//! Different sets of symbols, each stored once.

use super::super::hashing::Hasher;
use crate::value::Symbol;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Sets by code, with the number of rows that use each. The empty set has the code 0, always.
///
/// Invariants: each set is ascending and there once; sets that no row uses are kept, for they often come back, until
/// [`InternedSets::is_wasteful`].
#[derive(Debug, Clone)]
pub(super) struct InternedSets {
    /// The symbols of all sets, one set behind the other.
    symbols: Vec<Symbol>,
    /// Where each set ends; the one before it ends where it begins.
    ends: Vec<usize>,
    uses: Vec<u32>,
    /// How many sets are used, the empty one left out.
    used: usize,
    /// The codes by their sets, the empty one left out.
    codes: HashTable<u32>,
    hasher: Hasher,
}

/// The code of the empty set.
pub(super) const EMPTY: u32 = 0;

impl InternedSets {
    pub(super) fn new() -> Self {
        let (symbols, codes, hasher) = (Vec::new(), HashTable::new(), Hasher::new());
        Self { symbols, ends: vec![0], uses: vec![0], used: 0, codes, hasher }
    }

    /// How many sets have a code, used or not, the empty one included.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The set with a code, ascending.
    pub(super) fn get(&self, code: u32) -> &[Symbol] {
        slice_of(&self.symbols, &self.ends, code)
    }

    /// The sets in the order of their codes.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Symbol]> {
        (EMPTY..).take(self.len()).map(|code| self.get(code))
    }

    /// The code of a set, which ascends.
    pub(super) fn intern(&mut self, set: impl IntoIterator<Item = Symbol>) -> u32 {
        self.symbols.extend(set);
        self.intern_last()
    }

    /// The code of another set with a symbol more.
    pub(super) fn with(&mut self, code: u32, symbol: Symbol) -> u32 {
        self.intern_changed(code, |set| match set.binary_search(&symbol) {
            Ok(_) => (set.len(), None, set.len()),
            Err(place) => (place, Some(symbol), place),
        })
    }

    /// The code of another set without a symbol.
    pub(super) fn without(&mut self, code: u32, symbol: Symbol) -> u32 {
        self.intern_changed(code, |set| match set.binary_search(&symbol) {
            Ok(place) => (place, None, place + 1),
            Err(place) => (place, None, place),
        })
    }

    /// The code of a set that is made from another: `change` says how much of its start to take, what to put behind that,
    /// and where the rest begins.
    fn intern_changed(
        &mut self,
        code: u32,
        change: impl FnOnce(&[Symbol]) -> (usize, Option<Symbol>, usize),
    ) -> u32 {
        let set = self.get(code);
        let (head, added, rest) = change(set);
        let end = self.ends.get(code as usize).copied().unwrap_or_default();
        let start = end - set.len();
        self.symbols.extend_from_within(start..start + head);
        self.symbols.extend(added);
        self.symbols.extend_from_within(start + rest..end);
        self.intern_last()
    }

    /// The code of the set that was written behind all others, which is taken away again if it is known.
    fn intern_last(&mut self) -> u32 {
        let start = self.ends.last().copied().unwrap_or_default();
        let set = self.symbols.get(start..).unwrap_or_default();
        if set.is_empty() {
            return EMPTY;
        }
        let hash = self.hasher.hash_one(set);
        let (symbols, ends, hasher) = (&self.symbols, &self.ends, &self.hasher);
        if let Some(code) = self.codes.find(hash, |code| slice_of(symbols, ends, *code) == set) {
            self.symbols.truncate(start);
            return *code;
        }
        let code = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.codes.insert_unique(hash, code, |code| hasher.hash_one(slice_of(symbols, ends, *code)));
        self.ends.push(self.symbols.len());
        self.uses.push(0);
        code
    }

    /// Notes that so many more rows have a set.
    pub(super) fn add_uses(&mut self, code: u32, rows: u32) {
        if let Some(uses) = self.uses.get_mut(code as usize) {
            if *uses == 0 && rows > 0 && code != EMPTY {
                self.used += 1;
            }
            *uses += rows;
        }
    }

    /// Notes that one row less has a set.
    pub(super) fn drop_use(&mut self, code: u32) {
        if let Some(uses) = self.uses.get_mut(code as usize) {
            *uses = uses.saturating_sub(1);
            if *uses == 0 && code != EMPTY {
                self.used -= 1;
            }
        }
    }

    /// Whether there are so many sets without a use that it is time to renumber all of so many rows.
    pub(super) fn is_wasteful(&self, rows: usize) -> bool {
        // To renumber costs a little for each row: enough must have happened since the last time.
        const FLOOR: usize = 16;
        let unused = self.len() - 1 - self.used;
        unused > self.used + rows / 16 + FLOOR
    }

    /// Forgets the sets without a use; the new codes by the old ones.
    pub(super) fn compact(&mut self) -> Vec<u32> {
        let mut kept = Self::new();
        kept.hasher = self.hasher;
        kept.codes.reserve(self.used, |_| 0);
        let mut moved = Vec::with_capacity(self.len());
        for (set, uses) in self.iter().zip(&self.uses) {
            let is_kept = *uses > 0;
            let code = if is_kept { kept.intern(set.iter().copied()) } else { EMPTY };
            if is_kept {
                kept.add_uses(code, *uses);
            }
            moved.push(code);
        }
        *self = kept;
        moved
    }

    /// Gives back the room that was left for more, where it is much.
    pub(super) fn trim(&mut self) {
        self.symbols.shrink_to(self.symbols.len() / 8 * 9);
        self.ends.shrink_to(self.ends.len() / 8 * 9);
        self.uses.shrink_to(self.uses.len() / 8 * 9);
    }

    /// About how many bytes it takes.
    pub(super) fn size_in_bytes(&self) -> usize {
        size_of::<Symbol>() * self.symbols.capacity()
            + size_of::<usize>() * self.ends.capacity()
            + size_of::<u32>() * self.uses.capacity()
            + self.codes.allocation_size()
    }

    /// What does not hold that should, one line each; the rows have these codes.
    pub(super) fn violations(&self, codes: &[u32]) -> Vec<String> {
        let mut found = Vec::new();
        let mut uses = vec![0_u32; self.len()];
        for code in codes {
            match uses.get_mut(*code as usize) {
                Some(uses) => *uses += 1,
                None => found.push(format!("there is no set {code}")),
            }
        }
        if uses != self.uses {
            found.push("the uses of sets are not counted right".to_owned());
        }
        if self.used != uses.iter().skip(1).filter(|uses| **uses > 0).count() {
            found.push(format!("{} sets are said to be used", self.used));
        }
        for (code, set) in (EMPTY..).zip(self.iter()) {
            let same = |other: &u32| self.get(*other) == set;
            let known = self.codes.find(self.hasher.hash_one(set), same).copied();
            if known.unwrap_or(EMPTY) != code {
                found.push(format!("set {code} is found as {known:?}"));
            }
            if set.is_empty() != (code == EMPTY) || !set.is_sorted_by(|a, b| a < b) {
                found.push(format!("set {code} should not be {set:?}"));
            }
        }
        if self.codes.len() + 1 != self.len() || self.ends.last() != Some(&self.symbols.len()) {
            found.push(format!("{} sets are found, {} are there", self.codes.len(), self.len() - 1));
        }
        found
    }
}

fn slice_of<'s>(symbols: &'s [Symbol], ends: &[usize], code: u32) -> &'s [Symbol] {
    let place = code as usize;
    let start = place.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or_default();
    let end = ends.get(place).copied().unwrap_or_default();
    symbols.get(start..end).unwrap_or_default()
}
