//! The book: what people hold. One file for each thing that can be done with it.
//!
//! Invariant: what a method refuses has changed nothing.

mod outcome;
mod ahead;
mod moved;
mod impact;
mod journal;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod book;
mod restore;
mod journaled;
mod settling;
mod replay;
mod time;
mod next_change;
mod batch;
mod contacts;
mod interactions;
mod bulk;
mod segments;
mod definitions;
mod rules;
mod applying;
mod questions;
#[cfg(feature = "testing")]
mod forced;
mod pages;
mod columns;
mod work_items;
mod records;
mod reports;
mod import_report;
mod file_import;
mod files;
mod check;
mod differences;

pub(crate) use ahead::Ahead;
pub use book::{Book, BookBuilder};
pub use columns::{ContactColumn, ContactColumns};
pub use file_import::FileImport;
pub use files::ExportProgress;
pub use import_report::{ImportPlan, ImportReport};
pub use journal::Journal;
pub use outcome::{Advance, Created, Outcome};
pub use records::Record;
pub use restore::BookRestore;
pub use rules::RuleInfo;
pub use segments::SegmentInfo;
pub use work_items::Batches;
