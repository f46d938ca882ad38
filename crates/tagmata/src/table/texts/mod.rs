//! The stored column of texts and of phone numbers: every different value is kept once, under a code.
//!
//! Values that nobody has any more stay until they are more than the others; then the column is written anew.

mod written;
mod ends;
mod marks;
mod arena;
mod dictionary;
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
