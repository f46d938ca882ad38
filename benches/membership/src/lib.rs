//! What it costs to keep the membership of many dynamic segments current: segments as people define them, changes of the
//! contacts, and other ways to find out who moves by them.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

mod predicate;
mod pool;
mod segment;
mod update;
mod moves;
mod naive;
#[cfg(feature = "peer")]
mod peer;
mod format;
mod rows;
mod cost;
mod watch;
mod operations;
mod run;
mod table;
mod document;

pub use document::write;
pub use rows::rows;
pub use run::{Measured, measure, measure_relative};
pub use segment::{Definition, define, definitions};
pub use update::{Update, updates};
pub use watch::Watch;
