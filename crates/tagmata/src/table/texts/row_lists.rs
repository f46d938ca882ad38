//! The rows that have a value.

use crate::value::{MemberSet, Numbers};
use std::iter::Peekable;

/// Ascending rows, as they are kept: at most one, a list, or a set.
#[derive(Clone)]
pub(crate) enum RowList<'c> {
    One(Option<u32>),
    Few(std::slice::Iter<'c, u32>),
    Many(Numbers<'c>),
}

impl<'c> From<&'c MemberSet> for RowList<'c> {
    fn from(set: &'c MemberSet) -> Self {
        Self::Many(set.numbers())
    }
}

impl Iterator for RowList<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            Self::One(row) => row.take(),
            Self::Few(rows) => rows.next().copied(),
            Self::Many(rows) => rows.next(),
        }
    }
}

/// The rows that have a key, ascending; they are not looked up before they are asked for.
#[derive(Clone)]
pub(crate) struct RowsOfKey<'c> {
    first: Peekable<RowList<'c>>,
    /// Those of values that have the same key and are written in other ways.
    others: Vec<Peekable<RowList<'c>>>,
    left: usize,
}

impl<'c> RowsOfKey<'c> {
    /// No rows.
    pub(crate) fn none() -> Self {
        Self::new(std::iter::empty())
    }

    /// Of lists that have no row in common, with their lengths.
    pub(super) fn new(lists: impl Iterator<Item = (RowList<'c>, u64)>) -> Self {
        let mut left = 0;
        let mut lists = lists.map(|(list, count)| {
            left += usize::try_from(count).unwrap_or(usize::MAX);
            list.peekable()
        });
        let first = lists.next().unwrap_or_else(|| RowList::One(None).peekable());
        let others = lists.collect();
        Self { first, others, left }
    }
}

impl Iterator for RowsOfKey<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.left = self.left.saturating_sub(1);
        if self.others.is_empty() {
            return self.first.next();
        }
        let lists = std::iter::once(&mut self.first).chain(&mut self.others);
        lists
            .filter_map(|list| list.peek().copied().map(|row| (row, list)))
            .min_by_key(|(row, _)| *row)?
            .1
            .next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for RowsOfKey<'_> {}
