//! Tokens to an ast (filter-language.md, section 1, "Grammar"), with a stack of its own instead of recursion.
//!
//! Invariant: every problem is reported once; what could not be read becomes an `Invalid` node and reading goes on behind it.

mod cursor;
mod value;
mod time;
mod condition;
mod groups;

pub(super) use groups::{operand, parse};
pub(super) use value::{bad_count, list_too_long};
