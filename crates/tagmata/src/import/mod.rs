//! What the import of a file comes to: its rows, matched with the contacts of the book, become facts and a report.
//!
//! Invariants: planning changes nothing, so that a file that turns out to be broken has changed nothing either; and a file
//! comes to the same as its rows one after the other.

mod options;
mod names;
mod key_index;
mod new_contacts;
mod stored_contacts;
mod whom;
mod contacts;
mod matching;
mod update;
mod planned;
mod told;
mod plan;
mod interactions;

pub use options::{ImportOptions, InteractionOptions, MatchKey, UnknownSegments, Update};
pub(crate) use planned::{Planned, Summary};
