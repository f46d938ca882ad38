//! Time that has passed, and may not have.

use super::outcome::Advance;
use crate::time::Timestamp;

/// How far the book has moved on ahead of a change, which may be refused: then time has not moved either.
#[derive(Debug, Clone)]
pub(crate) struct Ahead {
    /// Where the book stood.
    pub(super) before: Timestamp,
    /// What happened since.
    pub(super) advance: Advance,
}
