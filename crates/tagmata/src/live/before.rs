//! What is known from before a change, for contacts that are looked at side by side.

use super::effects::Moves;
use super::flips::Candidates;
use super::lanes::Bits;
use crate::value::{ContactId, SegmentId};

/// The answers before a change. It is kept from one change to the next for its room only.
#[derive(Debug, Clone, Default)]
pub(crate) struct LanesBefore {
    /// Who was there and will be.
    pub(super) changed: Vec<ContactId>,
    pub(super) created: Vec<ContactId>,
    /// Questions whose answers may be other ones afterwards, or certainly are; these only where there is one contact.
    pub(super) candidates: Candidates,
    /// Static segments that somebody is put into or taken out of, and that others ask about.
    pub(super) by_hand: Vec<SegmentId>,
    /// The answers, those to all questions and about all segments for the first contacts first.
    pub(super) before: Vec<Bits>,
    /// Who leaves because they are deleted.
    pub(super) moves: Moves,
}

impl LanesBefore {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.changed.clear();
        self.created.clear();
        self.candidates.clear();
        self.by_hand.clear();
        self.before.clear();
    }
}
