//! Runs the suites of the folder `conformance/` against the engine; their format is described there.

mod object;
mod read;
mod world;
mod case;
mod suite;
mod questions;
mod commands;

pub use commands::{book, run_commands};
pub use questions::{Question, questions};
pub use read::{draft_of, patch_of, read_filter};
pub use suite::{Outcome, run};
pub use world::World;
