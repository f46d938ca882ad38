//! Values of a fixed size, packed without a tag beside each.

use crate::time::{Date, Timestamp};
use crate::value::Symbol;
use std::fmt;

/// A value that has one bit pattern to spare, which stands for "missing".
pub(crate) trait Cell: Copy {
    /// How it is kept.
    type Raw: Copy + Eq + fmt::Debug;

    /// What no value is kept as.
    const MISSING: Self::Raw;

    fn pack(self) -> Self::Raw;

    fn unpack(raw: Self::Raw) -> Self;
}

impl Cell for f64 {
    type Raw = u64;

    /// A number is finite; this is a NaN.
    const MISSING: u64 = u64::MAX;

    fn pack(self) -> u64 {
        self.to_bits()
    }

    fn unpack(raw: u64) -> Self {
        Self::from_bits(raw)
    }
}

impl Cell for Timestamp {
    type Raw = i64;

    /// Far before the year 1.
    const MISSING: i64 = i64::MIN;

    fn pack(self) -> i64 {
        self.as_micros()
    }

    fn unpack(raw: i64) -> Self {
        Self::at(raw)
    }
}

impl Cell for Date {
    type Raw = i32;

    /// Far before the first day of the calendar.
    const MISSING: i32 = i32::MIN;

    fn pack(self) -> i32 {
        self.days_since_epoch()
    }

    fn unpack(raw: i32) -> Self {
        Self::from_epoch_days(i64::from(raw))
    }
}

impl Cell for Symbol {
    type Raw = u32;

    /// Symbols are counted up from 0, or are two letters.
    const MISSING: u32 = u32::MAX;

    fn pack(self) -> u32 {
        self.get()
    }

    fn unpack(raw: u32) -> Self {
        Self::new(raw)
    }
}

impl Cell for bool {
    type Raw = u8;

    const MISSING: u8 = 2;

    fn pack(self) -> u8 {
        u8::from(self)
    }

    fn unpack(raw: u8) -> Self {
        raw == 1
    }
}

/// Cells by row.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Packed<T: Cell>(Vec<T::Raw>);

impl<T: Cell> Packed<T> {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn of(values: impl Iterator<Item = Option<T>>) -> Self {
        Self(values.map(|value| value.map_or(T::MISSING, T::pack)).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, row: usize) -> Option<T> {
        self.0.get(row).filter(|raw| **raw != T::MISSING).map(|raw| T::unpack(*raw))
    }

    /// Fills a cell. The cells grow to it.
    pub(super) fn set(&mut self, row: usize, value: Option<T>) {
        let raw = value.map_or(T::MISSING, T::pack);
        match self.0.get_mut(row) {
            Some(slot) => *slot = raw,
            None => {
                if self.0.len() < row {
                    self.resize(row);
                }
                self.0.push(raw);
            }
        }
    }

    pub(super) fn resize(&mut self, rows: usize) {
        self.0.resize(rows, T::MISSING);
    }

    /// All cells as they are kept.
    pub(super) fn raws(&self) -> &[T::Raw] {
        &self.0
    }

    pub(super) fn push(&mut self, value: Option<T>) {
        self.0.push(value.map_or(T::MISSING, T::pack));
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        std::mem::size_of_val(self.0.as_slice())
    }
}

impl<T: Cell> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
