//! Who moved by one step of a change, and by several.

use crate::live::Effects;
use crate::value::{MemberSet, SegmentId};
use std::collections::{BTreeMap, BTreeSet};

/// What a step did to the members of segments.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) effects: Effects,
    /// The segments that broke, with the members that they had.
    pub(super) broken: BTreeMap<SegmentId, MemberSet>,
    /// The segments that were broken, with the members that they have.
    pub(super) mended: BTreeMap<SegmentId, MemberSet>,
}

impl Moved {
    /// The segments of which effects do not tell who is in them.
    pub(super) fn unclear(&self) -> impl Iterator<Item = SegmentId> {
        self.broken.keys().chain(self.mended.keys()).copied()
    }
}

/// What several steps did together: how the members differ between the first moment and the last.
///
/// Of a segment that is broken at one of the two nothing is told, whatever happened between them. One that was broken
/// only between them is told like any other.
#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    effects: Effects,
    /// The segments that broke, with the members that they had then.
    broken: BTreeMap<SegmentId, MemberSet>,
    /// The segments that were broken at first.
    unknown: BTreeSet<SegmentId>,
}

impl Net {
    /// Adds a step.
    pub(super) fn then(&mut self, step: &Moved) {
        self.effects.then(&step.effects);
        for (segment, members) in &step.broken {
            self.broken.insert(*segment, members.clone());
        }
        for (segment, members) in &step.mended {
            match self.broken.remove(segment) {
                Some(before) => self.effects.compare(*segment, &before, members),
                None => drop(self.unknown.insert(*segment)),
            }
        }
    }

    /// Who entered and left all in all.
    pub(super) fn effects(&self) -> Effects {
        let mut effects = self.effects.clone();
        for segment in self.unclear() {
            effects.entered.remove(&segment);
            effects.left.remove(&segment);
        }
        effects
    }

    /// The segments of which effects do not tell who is in them.
    pub(super) fn unclear(&self) -> impl Iterator<Item = SegmentId> {
        self.broken.keys().chain(&self.unknown).copied()
    }
}
