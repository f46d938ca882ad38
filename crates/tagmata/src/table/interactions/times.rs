//! The interactions of a kind in the order of time.

use super::block::Block;
use super::entry::Entry;
use crate::value::{ContactId, MemberSet};
use std::collections::BTreeMap;
use std::ops::Range;

/// When there were interactions, and with whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Times {
    /// How many of one contact there are at one instant.
    moments: BTreeMap<(i64, u32), u32>,
}

impl Times {
    pub(super) fn build(blocks: &[Block]) -> Self {
        let mut all: Vec<(i64, u32)> = blocks
            .iter()
            .flat_map(|block| block.times.iter().copied().zip(block.rows.iter().copied()))
            .collect();
        all.sort_unstable();
        let same = all.chunk_by(|one, other| one == other);
        let counted =
            same.filter_map(|those| Some((*those.first()?, u32::try_from(those.len()).unwrap_or(u32::MAX))));
        Self { moments: counted.collect() }
    }

    pub(super) fn insert(&mut self, entry: &Entry) {
        *self.moments.entry((entry.at, entry.row)).or_default() += 1;
    }

    pub(super) fn remove(&mut self, entry: &Entry) {
        let moment = (entry.at, entry.row);
        if let Some(count) = self.moments.get_mut(&moment) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.moments.remove(&moment);
            }
        }
    }

    /// The contacts with interactions in a range of time.
    pub(super) fn contacts_within(&self, range: &Range<i64>) -> MemberSet {
        if range.is_empty() {
            return MemberSet::new();
        }
        let mut rows: Vec<u32> =
            self.moments.range((range.start, 0)..(range.end, 0)).map(|((_, row), _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        MemberSet::from_sorted(&rows)
    }

    /// The first time that is not before another one, with anybody or with one of some contacts.
    pub(super) fn least_from(&self, low: i64, among: Option<&MemberSet>) -> Option<i64> {
        let is_meant = |row: u32| among.is_none_or(|among| among.contains(ContactId::new(row)));
        self.moments
            .range((low, 0)..)
            .map(|(moment, _)| moment)
            .find(|(_, row)| is_meant(*row))
            .map(|(at, _)| *at)
    }

    /// The last time.
    pub(super) fn greatest(&self) -> Option<i64> {
        self.moments.last_key_value().map(|((at, _), _)| *at)
    }

    /// About how many bytes they take: nodes of a tree are about three quarters full.
    pub(super) fn size_in_bytes(&self) -> usize {
        self.moments.len() * size_of::<((i64, u32), u32)>() * 4 / 3
    }
}
