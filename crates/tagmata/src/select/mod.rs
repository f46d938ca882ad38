//! Who matches a filter, and how many: plans over all contacts at once.
//!
//! Invariant: whichever way is taken, the members are those that [`Matcher`](crate::Matcher) finds contact by contact.

mod paths;
mod costs;
mod signed;
mod spans;
mod columns;
mod names;
mod interactions;
mod holds;
mod leaf;
mod estimates;
mod tree;
mod evaluation;
mod members;
mod shares;
mod timelines;
mod crossings;
mod undecided;

#[cfg(feature = "testing")]
pub use paths::Paths;
pub(crate) use shares::{Effect, SegmentShares, Share};
pub(crate) use spans::spans;
