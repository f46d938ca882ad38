//! The trees of react-querybuilder, read and written (filter-language.md, section 4).
//!
//! Invariant: nothing is dropped. What a tree cannot say, and what a tree leaves open, is an error.

mod operators;
mod rule;
mod read;
mod write;
mod fields;

pub(super) use fields::fields;
pub(super) use read::read;
pub(super) use write::write;
