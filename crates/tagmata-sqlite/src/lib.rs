//! Durable books for [tagmata]: one SQLite file, and nothing that was answered is lost.

mod error;
mod progress;
mod format;
mod options;
mod file;
mod write;
mod read;
mod members;
mod retention;
mod store;
mod check;
mod functions;
mod mapping;
mod refresh;
mod backup;
mod book;
mod open;

pub use book::{BookFile, StoredBook};
pub use functions::add_functions;
pub use options::{OpenOptions, Retention, Synchronous};
pub use progress::FileProgress;

/// The programs of the guide are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/durable-books.md")]
struct DurableBooksGuide;
