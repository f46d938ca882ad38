//! Commits and definitions as bytes, and back: a format of its own, which does not depend on how values are kept in memory.
//!
//! Invariant: what is read is what was written, by numbers alone and whatever names mean by then; whatever the bytes, reading
//! neither panics nor takes more room than they allow.

mod writer;
mod reader;
#[expect(clippy::module_inception, reason = "the room is named after what all of it does")]
mod wire;
mod format;
mod value;
mod members;
mod column;
mod interactions;
mod rows;
mod schema;
mod diagnostic;
mod filter;
mod segment;
mod rule;
mod fact;
mod commit;
#[cfg(test)]
mod held;
