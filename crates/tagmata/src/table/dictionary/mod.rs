//! Texts and phone numbers in a few pieces of memory: by row, or every different one once, under a code.

mod written;
mod ends;
mod marks;
mod arena;
mod spellings;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod dictionary;
mod cells;

pub(crate) use cells::TextCells;
pub(super) use dictionary::Dictionary;
pub(super) use ends::Ends;
pub(crate) use written::Spelled;
pub(super) use written::Written;
