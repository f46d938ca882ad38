//! What always holds in a column of numbers.

use super::column::Numbers;
use super::cuts::Cuts;
use super::index::Index;
use super::ordered::Ordered;
use super::sorted::{BLOCK, Entry, FIRST, Sorted};
use crate::value::MemberSet;

impl<T: Ordered> Numbers<T> {
    /// What does not hold that should, one line each; empty if the column is sound.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut entries: Vec<Entry> = self.entries().collect();
        if MemberSet::from_ascending(entries.iter().map(|(_, row)| *row)) != self.present {
            found.push("the rows that are said to have a value are not those that have one".to_owned());
        }
        entries.sort_unstable();
        if let Some(index) = self.index.get() {
            index.check(&entries, &mut found);
        }
        found
    }
}

impl Index {
    fn check(&self, expected: &[Entry], found: &mut Vec<String>) {
        let rows = self.sorted.blocks.iter().flatten().copied();
        if !rows.eq(expected.iter().map(|(_, row)| *row)) {
            found.push(
                "the sorted rows are not the rows with a value in the order of their values".to_owned(),
            );
        }
        self.sorted.check(expected, found);
        if let Some(cuts) = self.cuts.get() {
            cuts.check(expected, found);
        }
    }
}

impl Sorted {
    fn check(&self, expected: &[Entry], found: &mut Vec<String>) {
        if !self.blocks.iter().map(Vec::len).eq(self.lengths.iter().copied()) {
            found.push("the blocks of sorted rows do not have the lengths that are noted".to_owned());
        }
        if self.blocks.iter().any(|block| block.len() > BLOCK) {
            found.push(format!("a block of sorted rows has more than {BLOCK}"));
        }
        if self.fences.len() != self.blocks.len() || self.fences.first() != Some(&FIRST) {
            found.push(
                "the blocks of sorted rows do not have a fence each, from the first possible entry on"
                    .to_owned(),
            );
        }
        let mut before = 0;
        for (fence, length) in self.fences.iter().zip(&self.lengths) {
            if expected.partition_point(|entry| entry < fence) != before {
                found.push(format!("the fence {fence:?} is not between the rows before it and those behind"));
            }
            before += length;
        }
    }
}

impl Cuts {
    fn check(&self, expected: &[Entry], found: &mut Vec<String>) {
        for cut in &self.cuts {
            let mut rows: Vec<u32> =
                expected.iter().filter(|entry| **entry < cut.boundary).map(|(_, row)| *row).collect();
            rows.sort_unstable();
            if cut.count != rows.len() || cut.bits.to_members() != MemberSet::from_ascending(rows) {
                found.push(format!("the cut at {:?} does not have the rows before it", cut.boundary));
            }
        }
        if !self.cuts.iter().map(|cut| cut.boundary).is_sorted() {
            found.push("the cuts are not in order".to_owned());
        }
    }
}
