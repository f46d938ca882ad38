//! Which rows have the value of a code.

use super::super::hashing::Hasher;
use super::row_lists::{RowList, RowsOfKey};
use crate::value::{ContactId, MemberSet};
use std::collections::HashMap;

/// No row has the value.
const NOBODY: u32 = u32::MAX;
/// The rows are in the other list.
const SHARED: u32 = u32::MAX - 1;
/// So many rows are a list; more are a set.
const FEW: usize = 64;

/// Rows by code: four bytes for a value that one row has, a list for one of few, a set for one of many.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    places: Vec<u32>,
    crowds: HashMap<u32, Crowd, Hasher>,
}

/// The rows of a value that several have, or one alone whose number would be taken for something else.
#[derive(Debug, Clone)]
enum Crowd {
    Few(Vec<u32>),
    Many(MemberSet),
}

impl Places {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Adds a row to those of a code, which may be the next new one.
    pub(super) fn add(&mut self, code: u32, row: u32) {
        if self.places.len() == code as usize && row < SHARED {
            self.places.push(row);
            return;
        }
        if self.places.len() <= code as usize {
            self.places.resize(code as usize + 1, NOBODY);
        }
        let Some(place) = self.places.get_mut(code as usize) else { return };
        match *place {
            NOBODY if row < SHARED => *place = row,
            NOBODY => {
                *place = SHARED;
                self.crowds.insert(code, Crowd::Few(vec![row]));
            }
            SHARED => {
                if let Some(crowd) = self.crowds.get_mut(&code) {
                    crowd.add(row);
                }
            }
            one if one == row => {}
            one => {
                *place = SHARED;
                self.crowds.insert(code, Crowd::Few(vec![one.min(row), one.max(row)]));
            }
        }
    }

    /// Adds ascending rows, which are greater than all others, to those of a code, which may be the next new one.
    pub(super) fn add_all(&mut self, code: u32, rows: &[u32]) {
        if rows.len() <= FEW {
            rows.iter().for_each(|row| self.add(code, *row));
            return;
        }
        let mut all = MemberSet::from_ascending(rows.iter().copied());
        if self.places.len() <= code as usize {
            self.places.resize(code as usize + 1, NOBODY);
        }
        let Some(place) = self.places.get_mut(code as usize) else { return };
        match *place {
            NOBODY => {}
            SHARED => match self.crowds.remove(&code) {
                Some(Crowd::Few(before)) => all.add_all(&MemberSet::from_ascending(before)),
                Some(Crowd::Many(before)) => all.add_all(&before),
                None => {}
            },
            one => {
                all.insert(ContactId::new(one));
            }
        }
        *place = SHARED;
        self.crowds.insert(code, Crowd::Many(all));
    }

    /// Takes a row from those of a code.
    pub(super) fn remove(&mut self, code: u32, row: u32) {
        let Some(place) = self.places.get_mut(code as usize) else { return };
        if *place == row && row < SHARED {
            *place = NOBODY;
        }
        if *place == SHARED
            && let Some(crowd) = self.crowds.get_mut(&code)
        {
            crowd.remove(row);
            match crowd {
                Crowd::Few(rows) if rows.is_empty() => *place = NOBODY,
                Crowd::Few(rows) if rows.len() == 1 => {
                    *place = rows.first().copied().filter(|row| *row < SHARED).unwrap_or(SHARED);
                }
                _ => {}
            }
            if *place != SHARED {
                self.crowds.remove(&code);
            }
        }
    }

    /// Whether any row has the value.
    pub(super) fn is_used(&self, code: u32) -> bool {
        self.places.get(code as usize).is_some_and(|place| *place != NOBODY)
    }

    /// The rows that have the value, ascending.
    pub(super) fn rows(&self, code: u32) -> RowList<'_> {
        match self.places.get(code as usize) {
            None | Some(&NOBODY) => RowList::One(None),
            Some(&SHARED) => match self.crowds.get(&code) {
                None => RowList::One(None),
                Some(Crowd::Few(rows)) => RowList::Few(rows.iter()),
                Some(Crowd::Many(rows)) => rows.into(),
            },
            Some(one) => RowList::One(Some(*one)),
        }
    }

    /// The rows that have any of some values, ascending.
    pub(super) fn rows_of(&self, codes: impl Iterator<Item = u32>) -> RowsOfKey<'_> {
        let used = codes.filter(|code| self.is_used(*code));
        RowsOfKey::new(used.map(|code| (self.rows(code), self.count(code))))
    }

    /// The codes of all values that several rows have, and at most a few others.
    pub(super) fn shared(&self) -> impl Iterator<Item = u32> {
        self.crowds.keys().copied()
    }

    /// The set of rows that have the value, where they are many.
    pub(super) fn set(&self, code: u32) -> Option<&MemberSet> {
        let is_shared = self.places.get(code as usize) == Some(&SHARED);
        match is_shared.then(|| self.crowds.get(&code)).flatten() {
            Some(Crowd::Many(rows)) => Some(rows),
            _ => None,
        }
    }

    /// How many rows have the value.
    pub(super) fn count(&self, code: u32) -> u64 {
        match self.places.get(code as usize) {
            None | Some(&NOBODY) => 0,
            Some(&SHARED) => self.crowds.get(&code).map_or(0, Crowd::len),
            Some(_) => 1,
        }
    }

    /// The same rows under new codes, which are counted up for those that are used; `None` for the others.
    pub(super) fn renumbered(mut self, codes: &[Option<u32>]) -> Self {
        let crowds = std::mem::take(&mut self.crowds);
        let renumber = |(code, crowd)| Some((codes.get(code as usize).copied().flatten()?, crowd));
        self.crowds = crowds.into_iter().filter_map(renumber).collect();
        self.places.retain(|place| *place != NOBODY);
        self
    }

    /// Gives back the room that was made for too many.
    pub(super) fn shrink(&mut self) {
        self.places.shrink_to_fit();
    }

    /// What does not hold that should.
    pub(super) fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        let shared = self.places.iter().filter(|place| **place == SHARED).count();
        if shared != self.crowds.len() {
            found.push(format!("{shared} codes are shared and {} have several rows", self.crowds.len()));
        }
        for (code, crowd) in &self.crowds {
            let is_right = match crowd {
                Crowd::Few(rows) => {
                    rows.is_sorted_by(|a, b| a < b)
                        && rows.len() <= FEW
                        && (rows.len() > 1 || rows.first().is_some_and(|row| *row >= SHARED))
                }
                Crowd::Many(rows) => rows.len() > FEW as u64 / 2,
            };
            if !is_right || self.places.get(*code as usize) != Some(&SHARED) {
                found.push(format!("the rows of the shared code {code} are not kept as they should be"));
            }
        }
        found
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        // The map keeps a byte beside each place, and leaves an eighth of them free.
        let map = self.crowds.capacity() * (size_of::<(u32, Crowd)>() + 1) / 7 * 8;
        let crowds: usize = self.crowds.values().map(Crowd::size_in_bytes).sum();
        self.places.capacity() * size_of::<u32>() + map + crowds
    }
}

impl Crowd {
    fn add(&mut self, row: u32) {
        match self {
            Self::Few(rows) => {
                if let Err(at) = rows.binary_search(&row) {
                    rows.insert(at, row);
                }
                if rows.len() > FEW {
                    *self = Self::Many(MemberSet::from_ascending(rows.iter().copied()));
                }
            }
            Self::Many(rows) => {
                rows.insert(ContactId::new(row));
            }
        }
    }

    fn remove(&mut self, row: u32) {
        match self {
            Self::Few(rows) => {
                if let Ok(at) = rows.binary_search(&row) {
                    rows.remove(at);
                }
            }
            Self::Many(rows) => {
                rows.remove(ContactId::new(row));
                // Far below the number where a list becomes a set, so that one row does not turn it back and forth.
                if rows.len() <= FEW as u64 / 2 {
                    *self = Self::Few(rows.to_numbers());
                }
            }
        }
    }

    fn len(&self) -> u64 {
        match self {
            Self::Few(rows) => rows.len() as u64,
            Self::Many(rows) => rows.len(),
        }
    }

    fn size_in_bytes(&self) -> usize {
        match self {
            Self::Few(rows) => rows.capacity() * size_of::<u32>(),
            Self::Many(rows) => rows.size_in_bytes(),
        }
    }
}
