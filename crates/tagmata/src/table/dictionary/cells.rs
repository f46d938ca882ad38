//! Texts of a commit, or on their way into one.

use super::super::hashing::Hasher;
use super::dictionary::Dictionary;
use super::written::{Spelled, Written};

use std::collections::HashMap;
use std::marker::PhantomData;

/// The code of a row without a value.
pub(crate) const NONE: u32 = u32::MAX;

/// Values by row, each different one kept once; a row beyond the end has none.
#[derive(Debug, Clone)]
pub(crate) struct TextCells<T> {
    codes: Vec<u32>,
    dictionary: Dictionary,
    /// Whether a row was filled again, so that codes may not be in the order of the rows.
    is_rewritten: bool,
    value: PhantomData<T>,
}

impl<T: Written> TextCells<T> {
    /// No rows.
    pub(crate) fn new() -> Self {
        Self { codes: Vec::new(), dictionary: Dictionary::default(), is_rewritten: false, value: PhantomData }
    }

    /// The values of some codes of a dictionary.
    pub(crate) fn of_codes(codes: impl Iterator<Item = Option<u32>>, dictionary: &Dictionary) -> Self {
        let mut cells = Self::new();
        let mut known: HashMap<u32, u32, Hasher> = HashMap::default();
        for code in codes {
            let own = code.map_or(NONE, |code| {
                *known.entry(code).or_insert_with(|| {
                    let new = cells.dictionary.next_code().unwrap_or(NONE);
                    if let Some(spelled) = dictionary.spelled(code) {
                        cells.dictionary.push(spelled);
                    }
                    new
                })
            });
            cells.codes.push(own);
        }
        cells.dictionary.shrink();
        cells
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// The code of a row's value: equal values have equal codes, different ones different codes.
    pub(crate) fn code(&self, row: usize) -> Option<u32> {
        self.codes.get(row).copied().filter(|code| *code != NONE)
    }

    /// The codes of all rows, [`NONE`] for those without a value.
    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The codes of all values with a key, while the values are still gathered.
    pub(crate) fn codes_of_key(&self, key: &str) -> impl Iterator<Item = u32> {
        self.dictionary.codes_of(key)
    }

    /// The value of a row as it is kept.
    pub(crate) fn spelled(&self, row: usize) -> Option<Spelled<'_>> {
        self.dictionary.spelled(self.code(row)?)
    }

    pub(crate) fn get(&self, row: usize) -> Option<T> {
        self.spelled(row).map(T::rebuild)
    }

    /// The value of a code.
    pub(crate) fn value(&self, code: u32) -> Option<T> {
        self.dictionary.spelled(code).map(T::rebuild)
    }

    /// Gives a row a value, or none. The cells grow to the row.
    pub(crate) fn set(&mut self, row: usize, value: Option<Spelled<'_>>) {
        if self.dictionary.is_full() {
            *self = self.in_order();
        }
        let code = value.and_then(|value| self.dictionary.code(value)).unwrap_or(NONE);
        match self.codes.get_mut(row) {
            Some(slot) => {
                self.is_rewritten |= *slot != code;
                *slot = code;
            }
            None => {
                self.codes.resize(row, NONE);
                self.codes.push(code);
            }
        }
    }

    /// The cells as a commit keeps them: equal values make equal cells, and nothing is kept that no row has.
    pub(crate) fn finish(self) -> Self {
        let mut cells = if self.is_rewritten { self.in_order() } else { self };
        cells.dictionary.forget_hashes();
        cells.dictionary.shrink();
        cells.codes.shrink_to_fit();
        cells
    }

    fn in_order(&self) -> Self {
        Self::of_codes((0..self.len()).map(|row| self.code(row)), &self.dictionary)
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.codes.capacity() * size_of::<u32>() + self.dictionary.size_in_bytes()
    }
}

impl<T> PartialEq for TextCells<T> {
    fn eq(&self, other: &Self) -> bool {
        self.codes == other.codes && self.dictionary == other.dictionary
    }
}
