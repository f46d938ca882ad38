//! Texts of a commit, or on their way into one.

use super::marks::Marks;
use super::spellings::Spellings;
use super::written::{Spelled, Written};
use crate::text::fold;
use crate::value::Text;
use std::collections::BTreeMap;

/// Values by row, behind one another; a row beyond the end has none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextCells<T> {
    /// Which rows have a value.
    present: Marks,
    /// These values, in the order of the rows.
    values: Spellings,
    /// The values of rows that were filled again, until the cells are finished.
    replaced: BTreeMap<usize, Option<T>>,
}

impl<T: Written> TextCells<T> {
    /// No rows.
    pub(crate) fn new() -> Self {
        Self { present: Marks::default(), values: Spellings::default(), replaced: BTreeMap::new() }
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
        self.present.len()
    }

    /// Whether a row has a value.
    pub(crate) fn has(&self, row: usize) -> bool {
        self.replaced.get(&row).map_or_else(|| self.present.rank(row).is_some(), Option::is_some)
    }

    /// The value of a row as it is kept.
    pub(crate) fn spelled(&self, row: usize) -> Option<Spelled<'_>> {
        match self.replaced.get(&row) {
            Some(value) => value.as_ref().map(T::spelled),
            None => self.values.get(self.present.rank(row)?),
        }
    }

    pub(crate) fn get(&self, row: usize) -> Option<T> {
        self.spelled(row).map(T::rebuild)
    }

    /// The values of all rows, of cells that are finished.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<Spelled<'_>>> {
        let mut values = self.values.iter();
        self.present.iter().map(move |is_there| if is_there { values.next() } else { None })
    }

    /// Gives a row a value, or none. The cells grow to the row.
    pub(crate) fn set(&mut self, row: usize, value: Option<Spelled<'_>>) {
        if row < self.len() {
            self.replaced.insert(row, value.map(T::rebuild));
            return;
        }
        while self.len() < row {
            self.push(None);
        }
        self.push(value);
    }

    fn push(&mut self, value: Option<Spelled<'_>>) {
        self.present.push(value.is_some());
        if let Some(value) = value {
            self.values.push(value);
        }
    }

    /// The cells as a commit keeps them: equal values make equal cells.
    pub(crate) fn finish(mut self) -> Self {
        if !self.replaced.is_empty() {
            return Self::of((0..self.len()).map(|row| self.spelled(row)));
        }
        self.values.shrink();
        self
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.present.size_in_bytes() + self.values.size_in_bytes() + size_of_val(&self.replaced)
    }
}

impl TextCells<Text> {
    /// Texts of rows as they were written, one after the other; none is blank or has white space at its edges.
    pub(crate) fn of_written<'v>(texts: impl Iterator<Item = Option<&'v str>>) -> Self {
        let mut cells = Self::new();
        for text in texts {
            let folded = text.map(fold);
            let spelled = text.zip(folded.as_deref());
            cells.push(spelled.map(|(text, fold)| Spelled { fold, aside: (fold != text).then_some(text) }));
        }
        cells.values.shrink();
        cells
    }
}
