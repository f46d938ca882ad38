//! Whose membership of which segments facts change.

use super::moved::Moved;
use crate::change::Fact;
use crate::live::{Effects, Live, Pending, redefined};
use crate::model::Field;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{MemberSet, SegmentId};
use std::collections::BTreeMap;

/// What is known from before some facts, to see who entered and who left by them.
#[derive(Debug, Default)]
pub(super) struct Impact {
    /// Who is in segments whose definition is another one, and in all that use them.
    redefined: BTreeMap<SegmentId, Members>,
    /// Who is put into static segments and taken out of them.
    by_hand: Effects,
    /// What follows in the other dynamic segments.
    pending: Pending,
}

/// The members of a segment; `None` where it is broken, since that never means empty.
pub(super) type Members = Option<MemberSet>;

impl Impact {
    /// Looks at what is so before facts become true.
    pub(super) fn before(facts: &[Fact], state: &State, live: &mut Live, now: Timestamp) -> Self {
        let mut impact = Self { pending: live.before(facts, state, now), ..Self::default() };
        for segment in redefined(facts, state) {
            impact.redefined.insert(segment, members(segment, state, now));
        }
        for fact in facts {
            match fact {
                Fact::Created(all) | Fact::Deleted(all) => {
                    let is_created = matches!(fact, Fact::Created(_));
                    for (segment, contacts) in all.static_segments() {
                        impact.put(segment, &contacts, is_created);
                    }
                }
                Fact::Linked { field: Field::SEGMENTS, symbol, contacts } => {
                    impact.put(SegmentId::new(symbol.get()), contacts, true);
                }
                Fact::Unlinked { field: Field::SEGMENTS, symbol, contacts } => {
                    impact.put(SegmentId::new(symbol.get()), contacts, false);
                }
                _ => {}
            }
        }
        impact
    }

    /// Notes who is put into a static segment, or taken out of it.
    fn put(&mut self, segment: SegmentId, contacts: &MemberSet, added: bool) {
        if !self.redefined.contains_key(&segment) {
            let nobody = MemberSet::new();
            let (entered, left) = if added { (contacts, &nobody) } else { (&nobody, contacts) };
            self.by_hand.add(segment, entered, left);
        }
    }

    /// Who entered and who left, once the facts are true. Nobody enters or leaves a segment by its being broken or mended.
    pub(super) fn after(self, state: &State, live: &mut Live, now: Timestamp) -> Moved {
        let mut followed = live.after(self.pending, state, now);
        if !self.redefined.is_empty() {
            followed = followed.except(|segment| self.redefined.contains_key(segment));
        }
        let mut moved = Moved { effects: self.by_hand.with(followed), ..Moved::default() };
        for (segment, before) in self.redefined {
            match (before, members(segment, state, now)) {
                (Some(before), Some(after)) => moved.effects.compare(segment, &before, &after),
                (Some(before), None) => drop(moved.broken.insert(segment, before)),
                (None, Some(after)) => drop(moved.mended.insert(segment, after)),
                (None, None) => {}
            }
        }
        moved
    }
}

/// Who is in a segment. Nobody is in one that is not there.
pub(super) fn members(segment: SegmentId, state: &State, now: Timestamp) -> Members {
    match state.schema.has_segment(segment) {
        true => state.members(segment, now).ok(),
        false => Some(MemberSet::new()),
    }
}
