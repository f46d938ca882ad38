//! What tagmata promises, as tables and laws.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read files and fail loudly"
)]

mod agreement;
mod book_changes;
mod book_laws;
mod book_undo;
mod book_walk;
mod conformance;
mod csv_files;
mod csv_laws;
mod csv_reading;
mod csv_rows;
mod csv_writing;
mod edges;
mod example;
mod hostile;
mod laws;
mod limits;
mod messages;
mod names;
mod phones;
mod random;
