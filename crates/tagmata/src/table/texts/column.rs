//! The column itself.

use super::super::ascending::AscendingRows;
use super::super::cells::Cells;
use super::super::dictionary::{Dictionary, Spelled, TextCells, Written};
use super::super::few::Few;
use super::super::values::Values;
use super::places::Places;
use super::row_lists::RowsOfKey;
use crate::value::{ContactId, MemberSet, Value};
use std::collections::HashSet;
use std::marker::PhantomData;

/// The code of a row without a value.
pub(super) const NONE: u32 = u32::MAX;

/// Values by row, and rows by value.
///
/// Invariants: a row has the code of its value, and is among the rows of that code and no other; `present` has the rows with
/// a code; what is left over is counted.
#[derive(Debug, Clone)]
pub(crate) struct Texts<T> {
    pub(super) codes: Vec<u32>,
    pub(super) present: MemberSet,
    pub(super) dictionary: Dictionary,
    pub(super) places: Places,
    pub(super) unused: Unused,
    value: PhantomData<T>,
}

/// The values that no row has any more.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Unused {
    pub(super) codes: usize,
    pub(super) bytes: usize,
}

impl<T: Written> Texts<T> {
    /// What so few values would cost is no less than to put them in one by one.
    const WORTH: usize = 64;

    /// A column without rows.
    pub(crate) fn new() -> Self {
        Self {
            codes: Vec::new(),
            present: MemberSet::new(),
            dictionary: Dictionary::default(),
            places: Places::default(),
            unused: Unused::default(),
            value: PhantomData,
        }
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// The rows that have a value.
    pub(crate) fn present(&self) -> &MemberSet {
        &self.present
    }

    fn code(&self, row: u32) -> Option<u32> {
        self.codes.get(row as usize).copied().filter(|code| *code != NONE)
    }

    pub(crate) fn get(&self, row: u32) -> Option<T> {
        self.value(self.code(row)?)
    }

    /// Whether a row has a value.
    pub(crate) fn has(&self, row: u32) -> bool {
        self.code(row).is_some()
    }

    /// Whether a row has just this value.
    pub(crate) fn holds(&self, row: u32, value: Spelled<'_>) -> bool {
        let Some(code) = self.code(row) else { return false };
        self.dictionary.values().aside(code) == value.aside
            && (T::ASIDE_SAYS_ALL && value.aside.is_some()
                || self.dictionary.values().fold(code) == Some(value.fold))
    }

    /// The text by which a row is found.
    pub(crate) fn key(&self, row: u32) -> Option<&str> {
        self.dictionary.values().fold(self.code(row)?)
    }

    /// The rows with a key, ascending.
    pub(crate) fn rows_of_key(&self, key: &str) -> RowsOfKey<'_> {
        self.places.rows_of(self.dictionary.codes_of(key))
    }

    /// How many rows have a key.
    pub(crate) fn count_of_key(&self, key: &str) -> u64 {
        self.dictionary.codes_of(key).map(|code| self.places.count(code)).sum()
    }

    /// Those among some rows whose key a lower one among them has too.
    pub(crate) fn repeated_keys(&self, rows: &MemberSet) -> MemberSet {
        /// So many rows cost less than to look at all keys that several rows may have.
        const FEW: u64 = 4096;
        if rows.len() <= FEW {
            let mut met = HashSet::new();
            let is_met = |row: &u32| self.key(*row).is_some_and(|key| !met.insert(key));
            return MemberSet::from_ascending(rows.numbers().filter(is_met));
        }
        self.repeated_by_key(rows)
    }

    /// The same, from the keys that several rows may have.
    pub(super) fn repeated_by_key(&self, rows: &MemberSet) -> MemberSet {
        let several = self.places.shared().chain(self.dictionary.values().marked());
        let mut repeated = MemberSet::new();
        for key in several.filter_map(|code| self.dictionary.values().fold(code)) {
            let among = self.rows_of_key(key).map(ContactId::new).filter(|row| rows.contains(*row));
            repeated.extend(among.skip(1));
        }
        repeated
    }

    /// How many different values the rows have.
    pub(crate) fn distinct(&self) -> usize {
        self.dictionary.len() - self.unused.codes
    }

    /// Gives a row a value, or none. The column grows to the row.
    pub(crate) fn set(&mut self, row: u32, value: Option<Spelled<'_>>) {
        self.put(row, value);
        match value {
            Some(_) => self.present.insert(ContactId::new(row)),
            None => self.present.remove(ContactId::new(row)),
        };
        self.compact_if_worth_it(1);
    }

    /// Gives rows a value each, or none, in their order.
    pub(crate) fn set_each<'v>(
        &mut self,
        rows: &MemberSet,
        values: impl Iterator<Item = Option<Spelled<'v>>>,
    ) {
        let mut emptied = Vec::new();
        for (row, value) in rows.numbers().zip(values) {
            self.put(row, value);
            if value.is_none() {
                emptied.push(row);
            }
        }
        self.present.add_all(rows);
        self.present.remove_all(&MemberSet::from_ascending(emptied));
        self.compact_if_worth_it(rows.len());
    }

    /// The values of rows, in their order.
    pub(crate) fn values_at(
        &self,
        rows: &MemberSet,
        value: fn(T) -> Value,
        cells_of: fn(TextCells<T>) -> Cells,
    ) -> Values {
        Values::of_codes(
            || rows.numbers().map(|row| self.code(row)),
            |code| self.value(code?).map(value),
            |codes| cells_of(TextCells::of(codes.map(|code| self.dictionary.values().get(code?)))),
        )
    }

    fn value(&self, code: u32) -> Option<T> {
        self.dictionary.values().get(code).map(T::rebuild)
    }

    /// Gives the rows from a number on values, one after the other.
    pub(crate) fn append<'v>(&mut self, first: u32, values: impl Iterator<Item = Option<Spelled<'v>>>) {
        let (rows_before, mut count) = (self.len(), 0);
        let mut present = AscendingRows::default();
        for (row, value) in (first..=u32::MAX).zip(values) {
            self.put(row, value);
            count += 1;
            match value {
                Some(_) => present.push(row),
                None if (row as usize) < rows_before => {
                    self.present.remove(ContactId::new(row));
                }
                None => {}
            }
        }
        self.present.add_all(&present.finish());
        self.compact_if_worth_it(count);
    }

    /// Gives the rows from a number on the values of cells.
    pub(crate) fn append_cells(&mut self, first: u32, cells: &TextCells<T>) {
        /// So many values are looked up together.
        const TOGETHER: usize = 64;
        if self.len() > first as usize {
            self.append(first, cells.iter());
            return;
        }
        self.codes.reserve_exact((first as usize + cells.len()).saturating_sub(self.len()));
        self.codes.resize(first as usize, NONE);
        let (mut rows, mut values) = (first..u32::MAX, cells.iter().peekable());
        let mut present = AscendingRows::default();
        let mut next = Vec::with_capacity(TOGETHER);
        while values.peek().is_some() {
            let with_hash = |value| (value, self.dictionary.hash(value));
            next.extend(values.by_ref().take(TOGETHER).map(|value| value.map(with_hash)));
            self.dictionary.look_ahead(next.iter().flatten().map(|(_, hash)| *hash));
            for (value, row) in next.drain(..).zip(rows.by_ref()) {
                let code = value.and_then(|(value, hash)| self.use_code(value, hash));
                if let Some(code) = code {
                    self.places.add(code, row);
                    present.push(row);
                }
                self.codes.push(code.unwrap_or(NONE));
            }
        }
        self.present.add_all(&present.finish());
        self.dictionary.shrink();
        self.places.shrink();
        self.compact_if_worth_it(cells.len() as u64);
    }

    /// Gives the rows from a number on few different values.
    pub(crate) fn append_few(&mut self, first: u32, values: &Few<'_, Spelled<'_>>) {
        if self.len() > first as usize || values.len() < Self::WORTH {
            self.append(first, values.iter());
            return;
        }
        let mut rows: Vec<Vec<u32>> = values.values().iter().map(|_| Vec::new()).collect();
        let mut present = AscendingRows::default();
        for (row, code) in (first..u32::MAX).zip(values.codes()) {
            if let (Some(rows), Some(Some(_))) = (rows.get_mut(code), values.values().get(code)) {
                rows.push(row);
                present.push(row);
            }
        }
        let present = present.finish();
        self.codes.reserve(values.len());
        for (value, rows) in values.values().iter().zip(rows) {
            if let (Some(value), false) = (value, rows.is_empty())
                && let Some(code) = self.use_code(*value, self.dictionary.hash(*value))
            {
                self.places.add_all(code, &rows);
                rows.into_iter().for_each(|row| self.note(row, code));
            }
        }
        self.present.add_all(&present);
        self.compact_if_worth_it(values.len() as u64);
    }

    /// Forgets the rows from a number on.
    pub(crate) fn truncate(&mut self, rows: u32) {
        let Ok(end) = u32::try_from(self.len()) else { return };
        for row in (rows..end).rev() {
            self.put(row, None);
        }
        self.codes.truncate(rows as usize);
        self.present.remove_from(rows);
        self.compact_if_worth_it(u64::from(end.saturating_sub(rows)));
    }

    /// Gives a row a value in all but `present`.
    fn put(&mut self, row: u32, value: Option<Spelled<'_>>) {
        if value.is_some_and(|value| self.holds(row, value)) {
            return;
        }
        if let Some(old) = self.code(row) {
            self.places.remove(old, row);
            if !self.places.is_used(old) {
                self.unused.codes += 1;
                self.unused.bytes += self.dictionary.values().bytes_of(old);
            }
            self.note(row, NONE);
        }
        let Some(value) = value else { return };
        if let Some(code) = self.use_code(value, self.dictionary.hash(value)) {
            self.places.add(code, row);
            self.note(row, code);
        }
    }

    /// The code of a value, which some row is to have now, by the hash that the dictionary has for it.
    fn use_code(&mut self, value: Spelled<'_>, hash: u64) -> Option<u32> {
        // There are more codes than rows: some are unused if all are given out.
        if self.dictionary.is_full() {
            self.compact();
        }
        let known = self.dictionary.len();
        let code = self.dictionary.code(value, hash)?;
        if (code as usize) < known && !self.places.is_used(code) {
            self.unused.codes -= 1;
            self.unused.bytes -= self.dictionary.values().bytes_of(code);
        }
        Some(code)
    }

    fn note(&mut self, row: u32, code: u32) {
        match self.codes.get_mut(row as usize) {
            Some(slot) => *slot = code,
            None => {
                self.codes.resize(row as usize, NONE);
                self.codes.push(code);
            }
        }
    }

    /// How much memory it takes, without the value itself.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.codes.capacity() * size_of::<u32>()
            + self.present.size_in_bytes()
            + self.dictionary.size_in_bytes()
            + self.places.size_in_bytes()
    }
}
