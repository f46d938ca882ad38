//! A book out of its tables.

mod cells;
mod definitions;
mod contacts;
mod links;
mod interactions;
mod history;
mod load;
mod commits;

pub(crate) use cells::cell;
pub(crate) use commits::{commit, commits_after};
pub(crate) use load::{Loaded, Stands, load, names, stands};
