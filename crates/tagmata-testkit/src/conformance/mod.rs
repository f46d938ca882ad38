//! Runs the suites of the folder `conformance/` against the engine; their format is described there.

mod world;
mod case;
mod suite;

pub use suite::{Outcome, run};
pub use world::{World, read_filter};
