//! Which rows of a column have a value in a range, and the rows in the order of their values.
//!
//! There are three ways to the same answer, because each is the fastest for something: the index, a scan of the whole column, and a
//! look at the rows that are left.

use super::super::bits::Bits;
use super::column::{Numbers, order_in};
use super::index::Index;
use super::ordered::{Ordered, Span};
use super::sorted::{FIRST, Place};
use crate::value::{ContactId, MemberSet};
use std::ops::RangeBounds;

impl<T: Ordered> Numbers<T> {
    /// How many rows have a value in a range, from the index. Ranges are about [`Ordered::order`].
    pub(crate) fn count_within(&self, range: impl RangeBounds<i64>) -> u64 {
        self.places(&range).map_or(0, |(index, from, to)| index.sorted.count_between(from, to) as u64)
    }

    /// Which rows have a value in a range, from the index.
    pub(crate) fn rows_within(&self, range: impl RangeBounds<i64>) -> MemberSet {
        let rows = self.places(&range).map(|(index, from, to)| {
            if index.sorted.count_between(from, to) as u64 == self.present.len() {
                return self.present.clone();
            }
            index.rows(from, to, self.len(), &order_in(&self.values))
        });
        rows.unwrap_or_default()
    }

    /// Which rows have a value in a range, from the values of all rows.
    pub(crate) fn rows_within_by_scan(&self, range: impl RangeBounds<i64>) -> MemberSet {
        let span = Span::of::<T>(&range);
        if span.is_empty() {
            return MemberSet::new();
        }
        Bits::where_cell(self.values.raws(), T::within(span)).to_members()
    }

    /// Which of some rows have a value in a range, from the values of these rows.
    pub(crate) fn retain_within(&self, range: impl RangeBounds<i64>, among: &MemberSet) -> MemberSet {
        let span = Span::of::<T>(&range);
        if span.is_empty() {
            return MemberSet::new();
        }
        self.retain(among, T::within(span))
    }

    /// Which rows have a value that passes a test, from the values of all rows.
    pub(crate) fn rows_where(&self, test: impl Fn(T) -> bool) -> MemberSet {
        Bits::where_cell(self.values.raws(), |raw| raw != T::MISSING && test(T::unpack(raw))).to_members()
    }

    /// Which of some rows have a value that passes a test, from the values of these rows.
    pub(crate) fn retain_where(&self, among: &MemberSet, test: impl Fn(T) -> bool) -> MemberSet {
        self.retain(among, |raw| raw != T::MISSING && test(T::unpack(raw)))
    }

    fn retain(&self, among: &MemberSet, test: impl Fn(T::Raw) -> bool) -> MemberSet {
        let raws = self.values.raws();
        let passes = |row: &u32| raws.get(*row as usize).is_some_and(|raw| test(*raw));
        MemberSet::from_ascending(among.iter().map(ContactId::get).filter(passes))
    }

    /// About how many rows have a value in a range: exactly where the index stands, else as in a sample of the rows.
    pub(crate) fn estimate(&self, range: impl RangeBounds<i64>) -> u64 {
        const SAMPLE: usize = 256;
        if self.is_indexed() {
            return self.count_within(range);
        }
        let span = Span::of::<T>(&range);
        if span.is_empty() {
            return 0;
        }
        let step = self.len().div_ceil(SAMPLE).max(1);
        let is_within = T::within(span);
        let found = self.values.raws().iter().step_by(step).filter(|raw| is_within(**raw)).count() as u64;
        (found * step as u64).min(self.present.len())
    }

    /// The least value that is not less than a number, of all rows or of some.
    pub(crate) fn least_from(&self, low: i64, among: Option<&MemberSet>) -> Option<i64> {
        let (sorted, order) = (&self.index().sorted, order_in(&self.values));
        let is_meant = |row: &u32| among.is_none_or(|among| among.contains(ContactId::new(*row)));
        let rows = sorted.slices(sorted.place((low, 0), &order), sorted.end());
        rows.flatten().copied().find(is_meant).map(order)
    }

    /// The greatest value.
    pub(crate) fn greatest(&self) -> Option<i64> {
        let sorted = &self.index().sorted;
        sorted.before(sorted.end()).map(|(row, _)| order_in(&self.values)(row))
    }

    /// The rows that have a value, from the least value to the greatest, and by row where values are equal.
    pub(crate) fn ascending(&self) -> impl Iterator<Item = u32> {
        self.index().sorted.blocks.iter().flatten().copied()
    }

    /// The rows that come behind one in that order; none behind a row that has no value.
    pub(crate) fn ascending_behind(&self, row: u32) -> impl Iterator<Item = u32> {
        let sorted = &self.index().sorted;
        let from = self.get(row).map(|value| sorted.place((value.order(), row), &order_in(&self.values)));
        sorted.slices(from.unwrap_or(sorted.end()), sorted.end()).flatten().skip(1).copied()
    }

    /// The rows that have a value, from the greatest value to the least, and by row, ascending, where values are equal; without
    /// so many at the beginning, which are not walked over.
    pub(crate) fn descending(&self, offset: usize) -> impl Iterator<Item = u32> {
        let sorted = &self.index().sorted;
        let next = sorted.before(sorted.place_of_rank(sorted.len().saturating_sub(offset)));
        let (start, end) = self.group(next.map(|(row, _)| row));
        let greater = sorted.len() - sorted.rank(end);
        self.descending_in((start, end), offset.saturating_sub(greater))
    }

    /// The rows that come behind one in that order; none behind a row that has no value.
    pub(crate) fn descending_behind(&self, row: u32) -> impl Iterator<Item = u32> {
        let (sorted, order) = (&self.index().sorted, order_in(&self.values));
        let (start, end) = self.group(Some(row));
        let own = self.get(row).map_or(start, |value| sorted.place((value.order(), row), &order));
        self.descending_in((start, end), sorted.count_between(start, own) + 1)
    }

    /// Where the rows that have the value of a row begin and end; for a row without a value, twice the beginning of all.
    fn group(&self, row: Option<u32>) -> (Place, Place) {
        let (index, order) = (self.index(), order_in(&self.values));
        match row.and_then(|row| self.get(row)).map(T::order) {
            Some(value) => index.places(Span { low: value, high: value }, &order),
            None => (index.sorted.place(FIRST, &order), index.sorted.place(FIRST, &order)),
        }
    }

    /// The rows of a value without the first ones, and then those of smaller values, from the greatest of these to the least.
    fn descending_in(&self, (start, end): (Place, Place), skipped: usize) -> impl Iterator<Item = u32> {
        let group = self.index().sorted.slices(start, end).flatten().copied();
        group.skip(skipped).chain(self.descending_before(start))
    }

    /// The rows before a place where the rows of a value end, from the greatest value to the least.
    fn descending_before(&self, mut end: Place) -> impl Iterator<Item = u32> {
        let (sorted, order) = (&self.index().sorted, order_in(&self.values));
        let groups = std::iter::from_fn(move || {
            let (row, last) = sorted.before(end)?;
            let value = order(row);
            // Most values are not shared, and need no search for the first row that has them.
            let is_shared = sorted.before(last).is_some_and(|(row, _)| order(row) == value);
            let start = if is_shared { sorted.place((value, 0), &order) } else { last };
            let group = sorted.slices(start, end).flatten().copied();
            end = start;
            Some(group)
        });
        groups.flatten()
    }

    /// The index, and where a range begins and ends in it; none if nothing lies there.
    fn places(&self, range: &impl RangeBounds<i64>) -> Option<(&Index, Place, Place)> {
        let span = Span::of::<T>(range);
        if span.is_empty() {
            return None;
        }
        let index = self.index();
        let (from, to) = index.places(span, &order_in(&self.values));
        Some((index, from, to))
    }
}
