//! All names of a book, and the settings by which values and filters are read: one file for each kind of thing.
//!
//! Whatever changes a schema is first a list of edits, and then applied; so a commit can carry, undo and roll back the
//! change without a copy of the schema.

mod structure;
mod apply;
mod keys;
mod fields;
mod options;
mod statuses;
mod kinds;
mod tags;
mod segments;
mod new_names;
mod existence;
mod built_in;
mod invariants;
#[cfg(test)]
mod laws;

pub use kinds::Kind;
pub(crate) use new_names::NewNames;
pub use structure::Schema;
