//! Whole statements.

mod sql;
mod compiler;
mod many;

pub use compiler::{Compiler, SegmentsFrom};
pub use many::Difference;
pub use sql::{Placeholders, Sql};
