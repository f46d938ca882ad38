//! The rows of many values as one set.

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
    let listed = match rows.len() > reach / ROWS_PER_WORD {
        true => MemberSet::from_bits(&bits_of(&rows, reach)),
        false => {
            // Files that were read have their codes in the order of the rows; then this is one comparison each.
            rows.sort_unstable();
            MemberSet::from_ascending(rows)
        }
    };
    if sets.is_empty() {
        return listed;
    }
    sets.add_all(&listed);
    sets
}

fn bits_of(rows: &[u32], reach: usize) -> Vec<u64> {
    let mut words = vec![0_u64; reach.div_ceil(64)];
    for row in rows {
        if let Some(word) = words.get_mut(*row as usize / 64) {
            *word |= 1 << (row % 64);
        }
    }
    words
}
