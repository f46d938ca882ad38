//! For each symbol, the rows that have it.

use super::super::cell::Cell;
use crate::value::{ContactId, MemberSet};
use std::collections::{BTreeMap, BTreeSet};

/// A symbol, or yes and no: whatever has a small number and few different values.
pub(crate) trait Coded: Cell<Raw: Into<u32>> + Ord + std::fmt::Debug {}

impl<T: Cell<Raw: Into<u32>> + Ord + std::fmt::Debug> Coded for T {}

/// The rows of each symbol that any row has. The entry of a symbol has a position, its slot, while any row has it.
///
/// Invariants: an entry without rows is free; each other one is found by its symbol.
#[derive(Debug, Clone)]
pub(crate) struct SymbolRows<T> {
    entries: Vec<Entry<T>>,
    free: Vec<u32>,
    /// Slots by the numbers of symbols below [`LOW_END`].
    low: Vec<u32>,
    high: BTreeMap<T, u32>,
}

#[derive(Debug, Clone)]
struct Entry<T> {
    symbol: T,
    rows: MemberSet,
}

/// Numbers are counted up from 0, or are two letters, which lie below this. Far greater ones are rare.
const LOW_END: usize = 1 << 15;

/// The slot of a symbol that no row has.
const NOWHERE: u32 = u32::MAX;

impl<T: Coded> SymbolRows<T> {
    pub(super) fn new() -> Self {
        Self { entries: Vec::new(), free: Vec::new(), low: Vec::new(), high: BTreeMap::new() }
    }

    /// How many different symbols there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len() - self.free.len()
    }

    /// The rows that have a symbol, where there are any.
    pub(crate) fn get(&self, symbol: T) -> Option<&MemberSet> {
        self.rows(self.slot(symbol)?)
    }

    /// The symbol in a slot.
    pub(super) fn symbol(&self, slot: u32) -> Option<T> {
        self.entries.get(slot as usize).map(|entry| entry.symbol)
    }

    /// The rows in a slot.
    pub(super) fn rows(&self, slot: u32) -> Option<&MemberSet> {
        self.entries.get(slot as usize).map(|entry| &entry.rows)
    }

    pub(super) fn slot(&self, symbol: T) -> Option<u32> {
        let slot = match low_place(symbol) {
            Some(place) => self.low.get(place),
            None => self.high.get(&symbol),
        };
        slot.copied().filter(|slot| *slot != NOWHERE)
    }

    /// The slot of a symbol, which is made where it is not there; rows must follow.
    pub(super) fn open(&mut self, symbol: T) -> u32 {
        if let Some(slot) = self.slot(symbol) {
            return slot;
        }
        let entry = Entry { symbol, rows: MemberSet::new() };
        let slot = match self.free.pop() {
            Some(slot) => {
                if let Some(free) = self.entries.get_mut(slot as usize) {
                    *free = entry;
                }
                slot
            }
            None => {
                let slot = u32::try_from(self.entries.len()).unwrap_or(NOWHERE);
                self.entries.push(entry);
                slot
            }
        };
        self.point(symbol, slot);
        slot
    }

    fn point(&mut self, symbol: T, slot: u32) {
        let Some(place) = low_place(symbol) else {
            let _ = if slot == NOWHERE { self.high.remove(&symbol) } else { self.high.insert(symbol, slot) };
            return;
        };
        if self.low.len() <= place {
            self.low.resize(place + 1, NOWHERE);
        }
        if let Some(known) = self.low.get_mut(place) {
            *known = slot;
        }
    }

    /// Puts a row into a slot.
    pub(super) fn insert(&mut self, slot: u32, row: u32) {
        if let Some(entry) = self.entries.get_mut(slot as usize) {
            entry.rows.insert(ContactId::new(row));
        }
    }

    /// Takes a row out of a slot.
    pub(super) fn remove(&mut self, slot: u32, row: u32) {
        if let Some(entry) = self.entries.get_mut(slot as usize) {
            entry.rows.remove(ContactId::new(row));
        }
        self.close_if_empty(slot);
    }

    /// Puts rows into a slot.
    pub(super) fn add_all(&mut self, slot: u32, rows: &MemberSet) {
        if let Some(entry) = self.entries.get_mut(slot as usize) {
            entry.rows.add_all(rows);
        }
    }

    /// Takes rows out of a slot.
    pub(super) fn remove_all(&mut self, slot: u32, rows: &MemberSet) {
        if let Some(entry) = self.entries.get_mut(slot as usize) {
            entry.rows.remove_all(rows);
        }
        self.close_if_empty(slot);
    }

    /// Takes rows out of all slots but one.
    pub(super) fn remove_from_others(&mut self, kept: Option<u32>, rows: &MemberSet) {
        for slot in self.slots().filter(|slot| Some(*slot) != kept) {
            self.remove_all(slot, rows);
        }
    }

    /// Takes out the rows from a number on.
    pub(super) fn truncate(&mut self, rows: u32) {
        for slot in self.slots() {
            if let Some(entry) = self.entries.get_mut(slot as usize) {
                entry.rows.remove_from(rows);
            }
            self.close_if_empty(slot);
        }
    }

    fn slots(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.entries.len()).unwrap_or(NOWHERE)
    }

    fn close_if_empty(&mut self, slot: u32) {
        if let Some(Entry { symbol, rows }) = self.entries.get(slot as usize)
            && rows.is_empty()
            && self.slot(*symbol) == Some(slot)
        {
            self.point(*symbol, NOWHERE);
            self.free.push(slot);
        }
    }

    /// Takes over what was gathered; it is empty then.
    pub(super) fn take(&mut self, gathered: &mut GatheredRows) {
        for (entry, rows) in self.entries.iter_mut().zip(&mut gathered.slots) {
            if !rows.is_empty() {
                // Copied, and so without the room that was left for more.
                entry.rows.add_all(&MemberSet::from_ascending(rows.drain(..)));
            }
        }
    }

    /// Each symbol with its rows, ascending by symbol.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (T, &MemberSet)> {
        let slots = self.low.iter().filter(|slot| **slot != NOWHERE).chain(self.high.values());
        slots.filter_map(|slot| self.entries.get(*slot as usize)).map(|entry| (entry.symbol, &entry.rows))
    }

    /// How many rows have each symbol, ascending by symbol.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (T, u64)> {
        self.iter().map(|(symbol, rows)| (symbol, rows.len()))
    }

    /// About how many bytes it takes.
    pub(super) fn size_in_bytes(&self) -> usize {
        let rows: usize = self.iter().map(|(_, rows)| rows.size_in_bytes()).sum();
        rows + size_of::<Entry<T>>() * self.entries.capacity()
            + size_of::<u32>() * (self.low.capacity() + self.free.capacity())
            + size_of::<(T, u32)>() * self.high.len()
    }

    /// What does not hold that should, one line each.
    pub(super) fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        let free: BTreeSet<u32> = self.free.iter().copied().collect();
        for (slot, entry) in self.slots().zip(&self.entries) {
            let (symbol, is_free) = (entry.symbol, free.contains(&slot));
            if entry.rows.is_empty() != is_free {
                found.push(format!("slot {slot} of {symbol:?} has {} rows", entry.rows.len()));
            }
            if !is_free && self.slot(symbol) != Some(slot) {
                found.push(format!("{symbol:?} is not found in its slot {slot}"));
            }
        }
        if free.len() != self.free.len() || self.iter().count() != self.len() {
            found.push(format!("{} symbols are found, {} are there", self.iter().count(), self.len()));
        }
        found
    }
}

fn low_place<T: Coded>(symbol: T) -> Option<usize> {
    let number: u32 = symbol.pack().into();
    usize::try_from(number).ok().filter(|place| *place < LOW_END)
}

/// Rows by slot, ascending, which are handed over a block at a time: far quicker than to put them in one by one.
#[derive(Debug, Default)]
pub(super) struct GatheredRows {
    slots: Vec<Vec<u32>>,
}

impl GatheredRows {
    /// What so few values would cost is no less than to put them in one by one.
    pub(super) const WORTH: usize = 64;

    pub(super) fn push(&mut self, slot: u32, row: u32) {
        let place = slot as usize;
        if self.slots.len() <= place {
            self.slots.resize_with(place + 1, Vec::new);
        }
        if let Some(rows) = self.slots.get_mut(place) {
            rows.push(row);
        }
    }

    /// Whether a row is the last of a block, such as bitmaps are divided into.
    pub(super) fn ends_block(row: u32) -> bool {
        row & 0xFFFF == 0xFFFF
    }
}
