//! Contacts by a key: an external id, an e-mail address, a phone number, an account number.

use crate::table::{Places, RowsOfKey, ValuesBuilder};

/// Rows by the code of their key, as the column has it.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyIndex(Places);

impl KeyIndex {
    /// Adds a row whose key is in the column by now.
    pub(super) fn insert(&mut self, row: u32, column: &ValuesBuilder) {
        if let Some(code) = column.code(row as usize) {
            self.0.add(code, row);
        }
    }

    /// Takes out a row whose key is still in the column.
    pub(super) fn remove(&mut self, row: u32, column: &ValuesBuilder) {
        if let Some(code) = column.code(row as usize) {
            self.0.remove(code, row);
        }
    }

    /// Whether no row was ever added.
    pub(super) fn is_empty(&self) -> bool {
        self.0.len() == 0
    }

    /// The rows with a key, ascending.
    pub(super) fn find<'c>(&'c self, key: &str, column: &ValuesBuilder) -> RowsOfKey<'c> {
        self.0.rows_of(column.codes_of_key(key))
    }
}
