//! All that can be seen of a book, as data that can be compared.

mod definitions;
mod contacts;
mod book;

pub use book::{BookDump, next_ids};
