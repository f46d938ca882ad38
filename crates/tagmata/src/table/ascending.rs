//! A set of rows that are noted one after the other.

use crate::value::MemberSet;
use std::ops::Range;

/// Rows that ascend, most of them without gaps between them: far quicker than to put them in one by one.
#[derive(Debug, Default)]
pub(super) struct AscendingRows {
    set: MemberSet,
    /// Rows in short runs, which are not in the set yet.
    listed: Vec<u32>,
    /// The last rows without gaps between them, behind those that are listed.
    run: Range<u32>,
}

impl AscendingRows {
    /// What so few rows in a run would cost is less than to put them in together.
    const WORTH: usize = 64;
    /// So many are listed at most, that they take little room.
    const MOST: usize = 1 << 14;

    /// Notes a row, which is greater than all before.
    pub(super) fn push(&mut self, row: u32) {
        if row != self.run.end {
            self.end_run();
            self.run.start = row;
        }
        self.run.end = row.saturating_add(1);
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.len() < Self::WORTH {
            self.listed.extend(run);
            if self.listed.len() > Self::MOST {
                self.take_listed();
            }
        } else {
            self.take_listed();
            self.set.insert_between(run.start, run.end);
        }
    }

    fn take_listed(&mut self) {
        if !self.listed.is_empty() {
            self.set.add_all(&MemberSet::from_ascending(self.listed.drain(..)));
        }
    }

    /// All rows.
    pub(super) fn finish(mut self) -> MemberSet {
        self.end_run();
        self.take_listed();
        self.set
    }
}

#[cfg(test)]
mod tests {
    use super::AscendingRows;

    #[test]
    #[cfg_attr(miri, ignore = "very many rows")]
    fn all_rows_are_in_the_set_whatever_the_gaps_between_them() {
        let gaps: [fn(&u32) -> bool; 5] =
            [|_| true, |row| row % 2 == 0, |row| row % 97 != 5, |row| row / 1000 % 2 == 1, |_| false];
        for is_meant in gaps {
            let rows: Vec<u32> = (7..150_000).filter(is_meant).collect();
            let mut noted = AscendingRows::default();
            rows.iter().for_each(|row| noted.push(*row));
            assert_eq!(noted.finish().to_numbers(), rows);
        }
    }
}
