//! The book: what people hold. One file for each thing that can be done with it.
//!
//! Invariant: what a method refuses has changed nothing.

mod outcome;
mod impact;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod book;
mod batch;
mod contacts;
mod bulk;
mod segments;
mod definitions;
mod questions;
mod check;

pub use book::{Book, BookBuilder};
pub use outcome::{Advance, Created, Effects, Outcome};
pub use segments::SegmentInfo;
