//! The contacts as they are stored: a column for each field, found by row or by key.
//!
//! Invariant: a row is a contact, live or deleted, and is never given to another one.

mod bits;
mod hashing;
mod parts;
mod dictionary;
mod set_cells;
mod cell;
mod cells;
mod stored;
mod few;
mod palette;
mod ascending;
mod values;
mod value_ref;
mod symbols_of_values;
mod texts;
mod numbers;
mod symbols;
mod builder;
mod interactions;
mod rows;
mod column;
mod wide;
mod field_columns;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod table;
mod heard;
mod invariants;
#[cfg(test)]
mod laws;

pub use builder::ColumnBuilder;
pub(crate) use builder::ValuesBuilder;
pub(crate) use cell::{Cell, Packed};
pub(crate) use cells::{Cells, key_of};
pub(crate) use column::Column;
pub(crate) use dictionary::{Spelled, TextCells};
pub(crate) use hashing::Hasher;
pub use interactions::Interactions;
pub(crate) use interactions::{InteractionStore, Wanted};
pub(crate) use numbers::{Numbers, Ordered};
pub(crate) use parts::cores;
pub use rows::Rows;
pub(crate) use set_cells::SetCells;
pub(crate) use symbols::{Sets, SymbolRows};
pub(crate) use table::{KEY_FIELDS, Table};
pub use value_ref::ValueRef;
pub(crate) use values::Kept;
pub use values::Values;
