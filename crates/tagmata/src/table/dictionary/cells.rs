//! Texts of a commit, or on their way into one.

use super::spellings::Spellings;
use super::written::{Spelled, Written};
use std::marker::PhantomData;

/// The number of a row without a value.
pub(crate) const NONE: u32 = u32::MAX;

/// Values by row, behind one another in the order in which they were given; a row beyond the end has none.
#[derive(Debug, Clone)]
pub(crate) struct TextCells<T> {
    /// The number of each row's value.
    numbers: Vec<u32>,
    values: Spellings,
    /// Whether a row was filled again, so that values are not in the order of the rows, or left over.
    is_rewritten: bool,
    value: PhantomData<T>,
}

impl<T: Written> TextCells<T> {
    /// No rows.
    pub(crate) fn new() -> Self {
        Self { numbers: Vec::new(), values: Spellings::default(), is_rewritten: false, value: PhantomData }
    }

    /// Values of rows, one after the other.
    pub(crate) fn of<'v>(values: impl Iterator<Item = Option<Spelled<'v>>>) -> Self {
        let mut cells = Self::new();
        values.for_each(|value| cells.push(value));
        cells.values.shrink();
        cells
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether a row has a value.
    pub(crate) fn has(&self, row: usize) -> bool {
        self.numbers.get(row).is_some_and(|number| *number != NONE)
    }

    /// The value of a row as it is kept.
    pub(crate) fn spelled(&self, row: usize) -> Option<Spelled<'_>> {
        self.values.get(self.numbers.get(row).copied().filter(|number| *number != NONE)?)
    }

    pub(crate) fn get(&self, row: usize) -> Option<T> {
        self.spelled(row).map(T::rebuild)
    }

    /// The values of all rows.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = Option<Spelled<'_>>> {
        (0..self.len()).map(|row| self.spelled(row))
    }

    /// Gives a row a value, or none. The cells grow to the row.
    pub(crate) fn set(&mut self, row: usize, value: Option<Spelled<'_>>) {
        if row < self.len() {
            let number = self.add(value);
            self.is_rewritten = true;
            if let Some(slot) = self.numbers.get_mut(row) {
                *slot = number;
            }
        } else {
            self.numbers.resize(row, NONE);
            self.push(value);
        }
    }

    fn push(&mut self, value: Option<Spelled<'_>>) {
        let number = self.add(value);
        self.numbers.push(number);
    }

    /// The number of a new value.
    fn add(&mut self, value: Option<Spelled<'_>>) -> u32 {
        // There are more numbers than rows: some are left over if all are given out.
        if self.values.len() >= NONE as usize {
            *self = Self::of(self.iter());
        }
        let number = u32::try_from(self.values.len()).unwrap_or(NONE);
        value.map_or(NONE, |value| {
            self.values.push(value);
            number
        })
    }

    /// The cells as a commit keeps them: equal values make equal cells, and nothing is kept that no row has.
    pub(crate) fn finish(mut self) -> Self {
        if self.is_rewritten {
            return Self::of(self.iter());
        }
        self.values.shrink();
        self.numbers.shrink_to_fit();
        self
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.numbers.capacity() * size_of::<u32>() + self.values.size_in_bytes()
    }
}

impl<T> PartialEq for TextCells<T> {
    fn eq(&self, other: &Self) -> bool {
        self.numbers == other.numbers && self.values == other.values
    }
}
