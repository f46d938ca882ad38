//! Segments that are filters: definitions, pins, and the order in which they depend on each other.
//!
//! Invariant: no segment uses itself, directly or through others, and no chain of uses is longer than the limit.

mod definition;
mod dependencies;
mod segments;
mod invariants;

pub use definition::DynamicSegment;
pub(crate) use definition::Pins;
pub use segments::{SegmentMembership, Segments, SegmentsAt};
