//! Tables of Arrow: contacts out of the book as one, and tables of others as text to be imported.
//!
//! Only `capsule` knows how they go from library to library; nothing else here is unsafe.

mod capsule;
mod types;
mod arrays;
mod snapshot;
mod table;
mod numerals;
mod columns;
mod writing;
mod stream;

pub(crate) use table::register;
