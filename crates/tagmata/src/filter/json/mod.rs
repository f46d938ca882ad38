//! Canonical JSON, version 1 (filter-language.md, section 4; docs/filter-json.md).
//!
//! Invariant: a document becomes a flat tree first, within the limits; nothing after that is recursive or lossy. Every
//! unknown, missing or duplicate key is reported with its JSON Pointer.

mod tree;
mod source;
mod reader;
mod operators;
mod time;
mod value;
mod condition;
mod read;
mod writer;
mod write;

pub(super) use operators::Operator;
pub(super) use read::read;
pub(super) use reader::Reader;
pub use tree::{JsonTree, JsonTreeBuilder};
pub(super) use tree::{TreeId, TreeValue};
pub(super) use write::write;
pub(super) use writer::Writer;
