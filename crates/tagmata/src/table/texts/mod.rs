//! The stored column of texts and of phone numbers: the codes of a dictionary by row, and rows by code.
//!
//! Values that nobody has any more stay until they are more than the others; then the column is written anew.

mod row_lists;
mod places;
mod gathered;
mod column;
mod compaction;
mod search;
mod invariants;
#[cfg(test)]
mod laws;

pub(crate) use column::Texts;
pub(crate) use row_lists::RowsOfKey;
