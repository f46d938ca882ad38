//! Who moved, in a form in which different ways to find it out can be compared.

use std::collections::BTreeSet;

use tagmata::{Effects, SegmentId};

/// The segments that one contact entered, and those that it left.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Moves {
    /// Entered.
    pub(crate) entered: BTreeSet<SegmentId>,
    /// Left.
    pub(crate) left: BTreeSet<SegmentId>,
}

/// The moves of a change of one contact.
#[must_use]
pub(crate) fn moves_of(effects: &Effects) -> Moves {
    let of = |all: &std::collections::BTreeMap<SegmentId, _>| all.keys().copied().collect();
    Moves { entered: of(&effects.entered), left: of(&effects.left) }
}
