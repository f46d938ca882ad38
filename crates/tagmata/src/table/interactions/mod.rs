//! What happened with contacts: a log for each kind of interaction, in columns, in the order of contacts and of time.
//!
//! Invariant: what is recorded once is there once, and the log of a kind of which nothing is recorded is not there.

mod labels;
mod entry;
mod list;
mod block;
mod times;
mod log;
mod bulk;
mod store;
mod scan;
mod invariants;
#[cfg(test)]
mod laws;

pub use list::Interactions;
pub(crate) use scan::Wanted;
pub(crate) use store::InteractionStore;
