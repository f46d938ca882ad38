//! Holds tagmata to its specification: [`generate`] draws schemas, contacts, instants and filters, and [`oracle`] says, as
//! plainly as the specification does, which contacts a filter matches. [`commands`] draws what a book goes through,
//! [`dump`] holds all that can be seen of it, and [`past`] makes it happen to the
//! contacts of a drawn world.
//!
//! Schemas, contacts and filters are the JSON of `conformance/README.md` and `docs/filter-json.md`, so any engine or binding can be compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the whole crate is test code: a panic is how it says that its input breaks the format"
)]

pub mod refusals;
pub mod oracle;
pub mod generate;
pub mod conformance;
pub mod commands;
pub mod dump;
pub mod past;
pub mod examples;
pub mod deepest;
