//! A few bitmaps, by which a wide range becomes a bitmap without a walk over its rows.
//!
//! The sorted rows are cut into parts of the same size. For each cut all rows before it are kept as bits: what lies between
//! two cuts is the difference of two bitmaps, and only what lies between a cut and the end of a range is looked at by row.

use super::super::bits::Bits;
use super::sorted::{Entry, Sorted};

/// Each costs a bit for each row of the column.
const CUTS: usize = 16;

/// The rows before some places among the sorted ones.
#[derive(Debug, Clone)]
pub(super) struct Cuts {
    /// Ascending; the last one has all rows.
    pub(super) cuts: Vec<Cut>,
    /// How many rows have changed since the parts were of the same size.
    moved: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// The rows whose entries are less than this.
    pub(super) boundary: Entry,
    /// How many they are.
    pub(super) count: usize,
    pub(super) bits: Bits,
}

/// The boundary behind all entries.
pub(super) const ALL: Entry = (i64::MAX, u32::MAX);

impl Cuts {
    /// Cuts the sorted rows of a column that reaches so many rows.
    pub(super) fn build(sorted: &Sorted, reach: usize, order: &impl Fn(u32) -> i64) -> Self {
        let mut rows = sorted.blocks.iter().flatten().copied().peekable();
        let (len, mut count) = (sorted.len(), 0);
        let mut bits = Bits::new(reach);
        let cuts = (1..=CUTS).map(|part| {
            // The parts before this one and the rest of the division are never more than the rows.
            let end = len / CUTS * part + len % CUTS * part / CUTS;
            for row in rows.by_ref().take(end - count) {
                bits.toggle(row);
            }
            count = end;
            let boundary = rows.peek().map_or(ALL, |row| (order(*row), *row));
            Cut { boundary, count, bits: bits.clone() }
        });
        Self { cuts: cuts.collect(), moved: 0 }
    }

    /// Follows a row from one value to another, or to or from none.
    pub(super) fn follow(&mut self, row: u32, before: Option<i64>, after: Option<i64>) {
        self.moved += 1;
        for cut in &mut self.cuts {
            let is_in = |order: Option<i64>| order.is_some_and(|order| (order, row) < cut.boundary);
            match (is_in(before), is_in(after)) {
                (false, true) => cut.count += 1,
                (true, false) => cut.count -= 1,
                _ => continue,
            }
            cut.bits.toggle(row);
        }
    }

    /// Whether so many rows have changed that the parts may be far from the same size. Cutting anew is less work than following
    /// the changes was.
    pub(super) fn are_stale(&self, rows: usize) -> bool {
        self.moved > (2 * CUTS).max(rows / 8)
    }

    /// The cut closest to a rank; none where that is the beginning.
    pub(super) fn closest(&self, rank: usize) -> Option<&Cut> {
        let closest = self.cuts.iter().min_by_key(|cut| cut.count.abs_diff(rank))?;
        (closest.count.abs_diff(rank) < rank).then_some(closest)
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        self.cuts.iter().map(|cut| size_of::<Cut>() + cut.bits.size_in_bytes()).sum()
    }
}
