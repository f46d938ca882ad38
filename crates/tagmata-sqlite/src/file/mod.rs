//! The file and its neighbours: opened, checked that it is a book, locked against a second writer.

mod header;
mod connection;
mod lock;

pub(crate) use connection::{Access, Found, open, open_reader};
pub(crate) use header::look;
pub(crate) use lock::WriterLock;
