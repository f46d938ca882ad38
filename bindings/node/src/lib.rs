//! tagmata for Node: one file for each thing that can be done with a book.
//!
//! Invariant: nothing is decided here. Values, names and options go to the core as they are, and its answers come back.

mod errors;
mod convert;
mod fold;
mod outcome;
mod clock;
mod partial_settings;
mod watching;
mod stored;
mod events;
mod book;
mod handles;
mod later;
mod listening;
mod filters;
mod segment;
mod selection;
mod time;
mod definitions;
mod contact;
mod bulk;
mod contacts;
mod segments;
mod rules;
mod questions;
mod explain;
mod explain_segment;
mod report;
mod files;
mod durable;
mod interactions;
mod lists;
mod reports;
mod settings;
mod sql;
mod batch;

pub use book::Book;
pub use contact::{Contact, HistoryEntry, Interaction};
pub use definitions::{Choice, FieldInfo, KindInfo};
pub use explain::Explanation;
pub use explain_segment::SegmentExplanation;
pub use files::import_template;
pub use filters::Filter;
pub use fold::{accent_fold, fold};
pub use lists::{Page, Preset};
pub use outcome::{Advance, Commit, Effects, Outcome};
pub use report::{ImportReport, Problem};
pub use reports::{Audience, BreakdownRow};
pub use rules::{Automation, RuleInfo};
pub use segment::Segment;
pub use selection::Selection;
pub use sql::{Sql, SqlDifference};
