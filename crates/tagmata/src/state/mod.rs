//! What is known: definitions, contacts, histories.
//!
//! Invariant: only commits change it, so that a replica that applies the same commits has the same state.

mod history;
mod histories;
mod needs;
mod upcoming;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod state;
mod invariants;

pub use history::{Cause, Change, HistoryEntry, Origin};
pub(crate) use needs::Needs;
pub(crate) use state::State;
pub(crate) use upcoming::Due;
