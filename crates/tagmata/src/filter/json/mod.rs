//! Canonical JSON, version 1 (filter-language.md, section 4; docs/filter-json.md).

mod operators;
mod time;
mod value;
mod condition;
mod read;
mod write_values;
mod write;

pub(super) use operators::Operator;
pub(super) use read::read;
pub(super) use write::{write, write_into};
