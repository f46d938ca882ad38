//! The oracle against values worked out by hand, and the generators against the oracle.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is how a test says no"
)]

mod generators;
mod oracle_aggregates;
mod oracle_sets;
mod oracle_texts;
mod oracle_times;
mod oracle_windows;
mod suites;
mod world;
