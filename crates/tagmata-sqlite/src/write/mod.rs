//! What a commit changes in the tables.

mod names;

pub(crate) use names::Names;
