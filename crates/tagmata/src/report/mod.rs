//! Reports: how contacts spread over the values of a field, who gets a broadcast, and what makes up a segment.
//!
//! Invariant: nothing is left out in silence. Whom a report does not count or an audience does not reach is in a row or has a
//! reason; a broken segment is an error.

mod breakdown;
mod audience;
mod segment;

pub(crate) use audience::audience;
pub use audience::{Audience, AudienceQuery, Channel, OptOut, SkipReason};
pub(crate) use breakdown::breakdown;
pub use breakdown::{BreakdownQuery, BreakdownRow};
pub(crate) use segment::explain_segment;
pub use segment::{SegmentExplanation, SegmentPart};
