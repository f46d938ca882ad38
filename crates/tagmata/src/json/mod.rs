//! JSON documents, read and written: filters, and the definitions of a book.
//!
//! Invariant: a document becomes a flat tree first, within bounds; nothing after that is recursive or lossy. Every unknown,
//! missing or duplicate key is reported with its JSON Pointer.

mod bounds;
mod tree;
mod builder;
mod source;
mod reader;
mod writer;
mod pretty;

pub use builder::JsonTreeBuilder;
pub(crate) use pretty::pretty;
pub(crate) use reader::Reader;
pub use tree::JsonTree;
pub(crate) use tree::{TreeId, TreeValue, pointer_step};
pub(crate) use writer::Writer;
