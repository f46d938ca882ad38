//! A column with one symbol for each row: a status, a country, an option, yes or no.

use super::super::ascending::AscendingRows;
use super::codes::SymbolCodes;
use super::rows::{Coded, GatheredRows, SymbolRows};
use crate::value::{ContactId, MemberSet};

/// The symbol of each row, and the rows of each symbol.
///
/// Invariants: a row has a symbol exactly if it is among the rows of that symbol, of no other one, and is present.
#[derive(Debug, Clone)]
pub(crate) struct Symbols<T> {
    codes: SymbolCodes,
    rows: SymbolRows<T>,
    present: MemberSet,
}

impl<T: Coded> Symbols<T> {
    pub(crate) fn new() -> Self {
        Self { codes: SymbolCodes::new(), rows: SymbolRows::new(), present: MemberSet::new() }
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.codes.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn get(&self, row: u32) -> Option<T> {
        self.rows.symbol(self.codes.get(row)?)
    }

    /// Whether a row has a symbol.
    pub(crate) fn has(&self, row: u32) -> bool {
        self.codes.get(row).is_some()
    }

    /// Whether a row has just this symbol, or none where that is meant.
    pub(crate) fn holds(&self, row: u32, symbol: Option<T>) -> bool {
        self.get(row) == symbol
    }

    /// For each symbol, the rows that have it.
    pub(crate) fn by_symbol(&self) -> &SymbolRows<T> {
        &self.rows
    }

    /// The rows that have any symbol.
    pub(crate) fn present(&self) -> &MemberSet {
        &self.present
    }

    /// Gives a row a symbol, or none. The column grows to the row.
    pub(crate) fn set(&mut self, row: u32, symbol: Option<T>) {
        let before = self.codes.get(row);
        if before.and_then(|slot| self.rows.symbol(slot)) == symbol {
            return;
        }
        self.reach(row.saturating_add(1));
        if let Some(slot) = before {
            self.rows.remove(slot, row);
        }
        let after = symbol.map(|symbol| self.rows.open(symbol));
        match after {
            Some(slot) => {
                self.rows.insert(slot, row);
                self.present.insert(ContactId::new(row));
            }
            None => {
                self.present.remove(ContactId::new(row));
            }
        }
        self.codes.set(row, after);
    }

    /// Gives all these rows one symbol, or none.
    pub(crate) fn set_all(&mut self, rows: &MemberSet, symbol: Option<T>) {
        let Some(last) = rows.last() else { return };
        if symbol.is_some() {
            self.reach(last.get().saturating_add(1));
        }
        let after = symbol.map(|symbol| self.rows.open(symbol));
        self.rows.remove_from_others(after, rows);
        match after {
            Some(slot) => {
                self.rows.add_all(slot, rows);
                self.present.add_all(rows);
            }
            None => self.present.remove_all(rows),
        }
        for row in rows.iter() {
            self.codes.set(row.get(), after);
        }
    }

    /// Puts rows behind all others, the first of which becomes row `first`; rows before it that were not there have none.
    pub(crate) fn append(&mut self, first: u32, symbols: impl ExactSizeIterator<Item = Option<T>>) {
        let rows = first..u32::MAX;
        if symbols.len() < GatheredRows::WORTH {
            rows.zip(symbols).for_each(|(row, symbol)| self.set(row, symbol));
            return;
        }
        self.reach(first);
        self.codes.reserve(symbols.len());
        let (mut gathered, mut present) = (GatheredRows::default(), AscendingRows::default());
        for (row, symbol) in rows.zip(symbols) {
            let slot = symbol.map(|symbol| self.rows.open(symbol));
            self.codes.push(slot);
            if let Some(slot) = slot {
                gathered.push(slot, row);
                present.push(row);
            }
            if GatheredRows::ends_block(row) {
                self.rows.take(&mut gathered);
            }
        }
        self.rows.take(&mut gathered);
        self.present.add_all(&present.finish());
    }

    /// Forgets the rows from a number on.
    pub(crate) fn truncate(&mut self, rows: u32) {
        if self.len() <= rows {
            return;
        }
        self.codes.resize(rows);
        if self.present.last().is_some_and(|last| last.get() >= rows) {
            self.rows.truncate(rows);
            self.present.remove_from(rows);
        }
    }

    fn reach(&mut self, rows: u32) {
        if self.len() < rows {
            self.codes.resize(rows);
        }
    }

    /// About how many bytes the column takes.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.codes.size_in_bytes() + self.rows.size_in_bytes() + self.present.size_in_bytes()
    }

    /// What does not hold that should, one line each.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = self.rows.violations();
        let mut coded = Vec::new();
        for row in 0..self.len() {
            let Some(slot) = self.codes.get(row) else { continue };
            coded.push(row);
            if !self.rows.rows(slot).is_some_and(|rows| rows.contains(ContactId::new(row))) {
                found.push(format!("row {row} is not among the rows of its symbol, {:?}", self.get(row)));
            }
        }
        let listed: u64 = self.rows.counts().map(|(_, rows)| rows).sum();
        if listed != self.present.len() {
            found.push(format!("{} rows are present, and {listed} are in bitmaps", self.present.len()));
        }
        if self.present != MemberSet::from_ascending(coded) {
            found.push("the rows with a symbol are not just those that are present".to_owned());
        }
        found
    }
}
