//! The file and its neighbours: opened, checked that it is a book, locked against a second writer.

mod connection;
mod lock;

pub(crate) use connection::{Access, open, open_reader};
pub(crate) use lock::WriterLock;
