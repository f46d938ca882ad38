//! A piece of a log: so many entries, in columns.

use super::entry::{Entry, Mark};
use super::labels::Labels;
use std::cmp::Ordering;
use std::ops::Range;

/// So many entries a block has at most. A change moves what is in one block.
pub(super) const BLOCK: usize = if cfg!(test) { 8 } else { 2048 };

/// So many entries a block has when it is made of many.
pub(super) const FILL: usize = BLOCK / 4 * 3;

/// Entries in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) rows: Vec<u32>,
    pub(super) times: Vec<i64>,
    pub(super) amounts: Vec<i64>,
    pub(super) marks: Vec<Mark>,
}

impl Block {
    pub(super) fn with_room(entries: usize) -> Self {
        Self {
            rows: Vec::with_capacity(entries),
            times: Vec::with_capacity(entries),
            amounts: Vec::with_capacity(entries),
            marks: Vec::with_capacity(entries),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Entry> {
        Some(Entry {
            row: *self.rows.get(at)?,
            mark: *self.marks.get(at)?,
            at: *self.times.get(at)?,
            amount: *self.amounts.get(at)?,
        })
    }

    pub(super) fn first(&self) -> Option<Entry> {
        self.get(0)
    }

    pub(super) fn last(&self) -> Option<Entry> {
        self.get(self.len().checked_sub(1)?)
    }

    pub(super) fn entries(&self) -> impl DoubleEndedIterator<Item = Entry> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// Where the entries of a row are.
    pub(super) fn places_of(&self, row: u32) -> Range<usize> {
        let start = self.rows.partition_point(|other| *other < row);
        let behind = self.rows.get(start..).unwrap_or_default();
        start..start + behind.partition_point(|other| *other == row)
    }

    /// How many entries come before another one, that are not equal to it.
    pub(super) fn place(&self, entry: &Entry, labels: &Labels) -> usize {
        let mut places = self.places_of(entry.row);
        while !places.is_empty() {
            let middle = places.start + places.len() / 2;
            match self.get(middle).is_some_and(|other| other.order(entry, labels) == Ordering::Less) {
                true => places.start = middle + 1,
                false => places.end = middle,
            }
        }
        places.start
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.rows.push(entry.row);
        self.times.push(entry.at);
        self.amounts.push(entry.amount);
        self.marks.push(entry.mark);
    }

    pub(super) fn insert(&mut self, at: usize, entry: Entry) {
        self.make_room();
        self.rows.insert(at, entry.row);
        self.times.insert(at, entry.at);
        self.amounts.insert(at, entry.amount);
        self.marks.insert(at, entry.mark);
    }

    /// Takes a quarter more room where there is none left, but never more than a block needs.
    fn make_room(&mut self) {
        const FEW: usize = 4;
        let length = self.len();
        if length < self.rows.capacity() {
            return;
        }
        let more = (length / 4).max(FEW).min((BLOCK + 1).saturating_sub(length));
        self.rows.reserve_exact(more);
        self.times.reserve_exact(more);
        self.amounts.reserve_exact(more);
        self.marks.reserve_exact(more);
    }

    pub(super) fn remove(&mut self, at: usize) {
        self.rows.remove(at);
        self.times.remove(at);
        self.amounts.remove(at);
        self.marks.remove(at);
    }

    /// Parts with what is behind a place; neither part has more room than it needs.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let rest = Self {
            rows: self.rows.split_off(at),
            times: self.times.split_off(at),
            amounts: self.amounts.split_off(at),
            marks: self.marks.split_off(at),
        };
        self.rows.shrink_to_fit();
        self.times.shrink_to_fit();
        self.amounts.shrink_to_fit();
        self.marks.shrink_to_fit();
        rest
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.rows.append(&mut other.rows);
        self.times.append(&mut other.times);
        self.amounts.append(&mut other.amounts);
        self.marks.append(&mut other.marks);
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        let each = size_of::<u32>() + size_of::<Mark>() + 2 * size_of::<i64>();
        size_of::<Self>() + self.rows.capacity() * each
    }
}
