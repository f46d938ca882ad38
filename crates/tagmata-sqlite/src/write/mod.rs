//! What a commit changes in the tables.

mod names;
mod definitions;
mod statement;
mod values;
mod updates;
mod links;
mod contacts;
mod interactions;
mod aliases;
mod history;
mod commit;

pub(crate) use commit::{Writing, write_commit};
pub(crate) use definitions::write_new;
pub(crate) use names::Names;
