//! Holds the SQL of tagmata to the specification: draws worlds with filters, lays them out in tables in the many ways that a
//! [`Mapping`](tagmata_sql::Mapping) can describe, and says which contacts each statement has to find.
//!
//! What is expected comes from the oracle, or is written by hand in the suites of `conformance/`; never from a database. SQLite is asked
//! in this process ([`sqlite`]), the other databases by the programs in `engines/`, which read the cases as lines of JSON.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the whole crate is test code: a panic is how it says that something contradicts itself"
)]

mod dice;
mod table;
mod folds;
mod kept;
mod names;
mod world;
mod layout;
mod statements;
mod drawn;
mod suites;
mod hostile;
mod limits;
mod cases;
pub mod sqlite;

pub use cases::{Budget, cases};
pub use statements::{Answer, Case, Statement};
pub use table::{Column, Kind, Table};
