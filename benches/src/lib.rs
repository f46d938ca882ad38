//! The contacts that tagmata is measured with, the book they go into, and the questions that are asked of it.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

mod data;
mod book;
mod queries;

pub use book::{book, define, import_options, now, size};
pub use data::{COLUMNS, write_contacts};
pub use queries::{Query, queries};
