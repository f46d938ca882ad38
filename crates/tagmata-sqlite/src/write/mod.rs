//! What a commit changes in the tables.

mod names;
mod definitions;

pub(crate) use definitions::write_new;
pub(crate) use names::Names;
