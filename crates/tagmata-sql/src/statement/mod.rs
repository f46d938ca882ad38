//! Whole statements.

mod words;
mod sql;
mod compiler;
mod output;
mod many;

pub use compiler::{Compiler, SegmentsFrom};
pub use many::Difference;
pub use output::Output;
pub use sql::{Placeholders, Sql};
