//! A stored column of numbers, days or instants.

use super::super::ascending::AscendingRows;
use super::super::cell::Packed;
use super::index::Index;
use super::ordered::Ordered;
use super::sorted::Entry;
use crate::value::{ContactId, MemberSet};
use std::sync::OnceLock;

/// Values by row, the rows that have one, and an index of their order, which is built when it is first asked and follows
/// all changes from then on. A row beyond the end has no value.
#[derive(Debug, Clone)]
pub(crate) struct Numbers<T: Ordered> {
    pub(super) values: Packed<T>,
    pub(super) present: MemberSet,
    pub(super) index: OnceLock<Index>,
}

impl<T: Ordered> Numbers<T> {
    pub(crate) fn new() -> Self {
        Self { values: Packed::new(), present: MemberSet::new(), index: OnceLock::new() }
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn get(&self, row: u32) -> Option<T> {
        self.values.get(row as usize)
    }

    /// Whether a row has a value.
    pub(crate) fn has(&self, row: u32) -> bool {
        self.get(row).is_some()
    }

    /// Whether a row has just this value.
    pub(crate) fn holds(&self, row: u32, value: T) -> bool {
        self.get(row).is_some_and(|held| held.order() == value.order())
    }

    /// The rows that have a value.
    pub(crate) fn present(&self) -> &MemberSet {
        &self.present
    }

    /// Gives a row a value or none. The column grows to the row.
    pub(crate) fn set(&mut self, row: u32, value: Option<T>) {
        if row as usize >= self.values.len() {
            if value.is_none() {
                return;
            }
            self.values.resize(row as usize + 1);
        }
        let (before, after) = (self.get(row).map(T::order), value.map(T::order));
        if before == after {
            // It may still be the other zero.
            self.values.set(row as usize, value);
            return;
        }
        self.expect_changes(1);
        self.change(row, before, value);
    }

    /// Gives rows a value each, or none, in their order.
    pub(crate) fn set_each(&mut self, rows: &MemberSet, values: impl Iterator<Item = Option<T>>) {
        let Some(last) = rows.last() else { return };
        self.expect_changes(usize::try_from(rows.len()).unwrap_or(usize::MAX));
        self.values.resize(self.values.len().max(last.get() as usize + 1));
        let is_followed = self.is_indexed();
        let mut emptied = Vec::new();
        for (row, value) in rows.numbers().zip(values) {
            let before = if is_followed { self.get(row).map(T::order) } else { None };
            if is_followed && before != value.map(T::order) {
                self.change(row, before, value);
            } else {
                self.values.set(row as usize, value);
            }
            if value.is_none() {
                emptied.push(row);
            }
        }
        self.present.add_all(rows);
        self.present.remove_all(&MemberSet::from_ascending(emptied));
    }

    /// Those among some rows that have another value, or none.
    pub(crate) fn others_than(&self, value: T, rows: &MemberSet) -> MemberSet {
        let others = self.retain_where(rows, |other| other.order() != value.order());
        &others | &(rows - &self.present)
    }

    /// Gives a row another value than it has.
    fn change(&mut self, row: u32, before: Option<i64>, value: Option<T>) {
        if let (Some(index), Some(before)) = (self.index.get_mut(), before) {
            index.leave((before, row));
        }
        self.values.set(row as usize, value);
        let after = value.map(T::order);
        if let Some(index) = self.index.get_mut() {
            index.enter(row, before, after, &order_in(&self.values));
        }
        match (before, after) {
            (None, _) => self.present.insert(ContactId::new(row)),
            (_, None) => self.present.remove(ContactId::new(row)),
            _ => false,
        };
    }

    /// Drops the index where following so many changes is not worth it.
    fn expect_changes(&mut self, changes: usize) {
        if self.index.get_mut().is_some_and(|index| !index.is_worth(changes)) {
            self.index = OnceLock::new();
        }
    }

    /// Gives the rows from a number on these values.
    pub(crate) fn append(&mut self, first: u32, values: impl IntoIterator<Item = Option<T>>) {
        if self.values.len() < first as usize {
            self.values.resize(first as usize);
        }
        let mut added = AscendingRows::default();
        for (row, value) in (first..).zip(values) {
            if (row as usize) < self.values.len() {
                self.set(row, value);
                continue;
            }
            self.values.push(value);
            if value.is_some() {
                added.push(row);
            }
        }
        let added = added.finish();
        self.present.add_all(&added);
        self.expect_changes(usize::try_from(added.len()).unwrap_or(usize::MAX));
        if let Some(index) = self.index.get_mut() {
            for row in added.numbers() {
                let after = self.values.get(row as usize).map(T::order);
                index.enter(row, None, after, &order_in(&self.values));
            }
        }
    }

    /// Forgets the rows from a number on.
    pub(crate) fn truncate(&mut self, rows: u32) {
        let lost = self.values.len().saturating_sub(rows as usize);
        if lost == 0 {
            return;
        }
        self.expect_changes(lost);
        if self.is_indexed() {
            for row in (rows..).take(lost) {
                let before = self.get(row).map(T::order);
                if before.is_some() {
                    self.change(row, before, None);
                }
            }
        }
        self.values.resize(rows as usize);
        self.present.remove_from(rows);
    }

    /// Whether the index stands.
    pub(crate) fn is_indexed(&self) -> bool {
        self.index.get().is_some()
    }

    /// The index, built where it does not stand yet.
    pub(super) fn index(&self) -> &Index {
        let index = self.index.get_or_init(|| Index::build(self.entries().collect()));
        index.was_asked();
        index
    }

    /// The values as numbers, by row.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry> {
        let raws = self.values.raws().iter().zip(0_u32..);
        raws.filter(|(raw, _)| **raw != T::MISSING).map(|(raw, row)| (T::order_of(*raw), row))
    }

    /// How many bytes it takes.
    pub(crate) fn size_in_bytes(&self) -> usize {
        let index = self.index.get().map_or(0, Index::size_in_bytes);
        self.values.size_in_bytes() + self.present.size_in_bytes() + index
    }
}

impl<T: Ordered> PartialEq for Numbers<T> {
    /// Columns are equal if all rows have equal values; how far they reach, and whether they are indexed, is no part of it.
    fn eq(&self, other: &Self) -> bool {
        self.entries().eq(other.entries())
    }
}

/// The number of the value of a row.
pub(super) fn order_in<T: Ordered>(values: &Packed<T>) -> impl Fn(u32) -> i64 {
    let raws = values.raws();
    move |row| T::order_of(raws.get(row as usize).copied().unwrap_or(T::MISSING))
}
