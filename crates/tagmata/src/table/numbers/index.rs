//! The sorted rows of a column, with what is built and dropped around them.

use super::super::bits::Bits;
use super::cuts::{Cut, Cuts};
use super::ordered::Span;
use super::sorted::{Entry, FIRST, Place, Sorted};
use crate::value::MemberSet;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Finds ranges of values.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) sorted: Sorted,
    pub(super) cuts: OnceLock<Cuts>,
    /// Whether it was asked since the last change.
    asked: AtomicBool,
    /// How many changes there were since it was asked.
    unasked: usize,
}

impl Clone for Index {
    fn clone(&self) -> Self {
        Self {
            sorted: self.sorted.clone(),
            cuts: self.cuts.clone(),
            asked: AtomicBool::new(self.asked.load(Ordering::Relaxed)),
            unasked: self.unasked,
        }
    }
}

impl Index {
    pub(super) fn build(entries: Vec<Entry>) -> Self {
        let sorted = Sorted::build(entries);
        Self { sorted, cuts: OnceLock::new(), asked: AtomicBool::new(true), unasked: 0 }
    }

    pub(super) fn was_asked(&self) {
        if !self.asked.load(Ordering::Relaxed) {
            self.asked.store(true, Ordering::Relaxed);
        }
    }

    /// Whether to follow some more changes rather than to be built anew when it is asked next. To follow one costs about as
    /// much as it costs to sort a dozen rows, so that following changes that nobody looks at never costs more than twice the best.
    pub(super) fn is_worth(&mut self, changes: usize) -> bool {
        if std::mem::take(self.asked.get_mut()) {
            self.unasked = 0;
        }
        self.unasked = self.unasked.saturating_add(changes);
        self.unasked <= 16.max(self.sorted.room() / 16)
    }

    /// The value of a row is about to be another one, or none.
    pub(super) fn leave(&mut self, entry: Entry) {
        self.sorted.remove(entry);
    }

    /// The column has the new value of a row.
    pub(super) fn enter(
        &mut self,
        row: u32,
        before: Option<i64>,
        after: Option<i64>,
        order: &impl Fn(u32) -> i64,
    ) {
        if let Some(after) = after {
            self.sorted.insert((after, row), order);
        }
        let rows = self.sorted.room();
        if let Some(cuts) = self.cuts.get_mut() {
            cuts.follow(row, before, after);
            if cuts.are_stale(rows) {
                self.cuts = OnceLock::new();
            }
        }
    }

    /// Where a span of values begins and ends.
    pub(super) fn places(&self, span: Span, order: &impl Fn(u32) -> i64) -> (Place, Place) {
        let from = self.sorted.place((span.low, 0), order);
        let to = match span.high.checked_add(1) {
            Some(end) => self.sorted.place((end, 0), order),
            None => self.sorted.end(),
        };
        (from, to)
    }

    /// The rows between two places of a column that reaches so many rows, in the way that is fastest for their number.
    pub(super) fn rows(
        &self,
        from: Place,
        to: Place,
        reach: usize,
        order: &impl Fn(u32) -> i64,
    ) -> MemberSet {
        // Sorting a row takes as long as clearing and reading the bits of some hundred rows.
        const SORTED: usize = 512;
        // Setting a bit takes as long as clearing and reading some dozens.
        const SINGLE: usize = 32;
        let count = self.sorted.count_between(from, to);
        if count < reach / SORTED {
            let mut rows: Vec<u32> = self.sorted.slices(from, to).flatten().copied().collect();
            rows.sort_unstable();
            return MemberSet::from_ascending(rows);
        }
        if count < reach / SINGLE {
            let mut bits = Bits::new(reach);
            self.toggle_between(&mut bits, from, to);
            return bits.to_members();
        }
        let cuts = self.cuts.get_or_init(|| Cuts::build(&self.sorted, reach, order));
        let rank = self.sorted.rank(from);
        let (lower, upper) = (cuts.closest(rank), cuts.closest(rank + count));
        let mut bits = match (lower, upper) {
            (Some(lower), Some(upper)) => lower.bits.difference(&upper.bits),
            (Some(cut), None) | (None, Some(cut)) => cut.bits.clone(),
            (None, None) => Bits::new(reach),
        };
        let start = self.sorted.place(FIRST, order);
        let place = |cut: Option<&Cut>| cut.map_or(start, |cut| self.sorted.place(cut.boundary, order));
        for (cut, end) in [(place(lower), from), (place(upper), to)] {
            self.toggle_between(&mut bits, cut.min(end), cut.max(end));
        }
        bits.to_members()
    }

    fn toggle_between(&self, bits: &mut Bits, from: Place, to: Place) {
        for rows in self.sorted.slices(from, to) {
            bits.toggle_all(rows);
        }
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        self.sorted.size_in_bytes() + self.cuts.get().map_or(0, Cuts::size_in_bytes)
    }
}
