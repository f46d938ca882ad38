//! Runs the suites of commands: a book, steps that change it, and what is expected after each.

mod names;
mod arguments;
mod rules;
mod command;
mod import;
mod perform;
mod setup;
mod difference;
mod answers;
mod snapshot;
mod expectations;
mod case;
mod suite;

pub use setup::book;
pub use suite::run_commands;
