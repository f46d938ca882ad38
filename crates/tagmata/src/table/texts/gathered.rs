//! The rows of many values as one set.

use super::super::bits::Bits;
use super::places::Places;
use crate::value::MemberSet;

/// The rows of some codes; `reach` is a number above all rows.
pub(super) fn gathered(places: &Places, codes: impl Iterator<Item = u32>, reach: usize) -> MemberSet {
    let mut sets = MemberSet::new();
    let mut rows = Vec::new();
    for code in codes {
        match places.set(code) {
            Some(set) => sets.add_all(set),
            None => rows.extend(places.rows(code)),
        }
    }
    // A bit for every row is written and read faster than many rows are sorted or put in one by one.
    const ROWS_PER_WORD: usize = 64;
    let listed = if rows.len() > reach / ROWS_PER_WORD {
        // A row has one value, so that none is toggled twice.
        let mut bits = Bits::new(reach);
        bits.toggle_all(&rows);
        bits.to_members()
    } else {
        // Files that were read have their codes in the order of the rows; then this is one comparison each.
        rows.sort_unstable();
        MemberSet::from_ascending(rows)
    };
    if sets.is_empty() {
        return listed;
    }
    sets.add_all(&listed);
    sets
}
