//! What holds for books in files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod documentation;
mod example;
mod faults;
mod backups;
mod watched;
mod formats;
mod laws;
mod opening;
mod rows;
mod sql;
mod stack;
mod walk;
