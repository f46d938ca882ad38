//! Why a segment has as many members as it has: what each of its conditions and pins does.

mod explanation;
mod explain;

pub(crate) use explain::explain_segment;
pub use explanation::{SegmentExplanation, SegmentPart};
