//! Who entered and who left which segments.

use super::lanes::{Lanes, Sides};
use crate::value::{ContactId, MemberSet, SegmentId};
use std::collections::BTreeMap;

/// Who entered and who left which segments, static and dynamic.
///
/// ```
/// use tagmata::{Book, Draft, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let french = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?.id;
/// let created = book.create_contact(Draft::new().set("country", "FR"), now)?;
/// assert!(created.outcome.effects.entered[&french].contains(created.id));
/// let deleted = book.delete_contacts(created.id, now)?;
/// assert!(deleted.effects.left[&french].contains(created.id));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Effects {
    /// Who is in a segment now and was not before.
    pub entered: BTreeMap<SegmentId, MemberSet>,
    /// Who was in a segment before and is not now.
    pub left: BTreeMap<SegmentId, MemberSet>,
}

impl Effects {
    /// Whether nobody entered or left anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entered.is_empty() && self.left.is_empty()
    }

    /// Who entered and left segments that had these members before, and have those after.
    pub(super) fn of_sets(segments: &[SegmentId], before: &[MemberSet], after: &[MemberSet]) -> Self {
        let mut effects = Self::default();
        for (segment, (before, after)) in segments.iter().zip(before.iter().zip(after)) {
            effects.compare(*segment, before, after);
        }
        effects
    }

    /// Notes who was in a segment before, and who is after.
    pub(crate) fn compare(&mut self, segment: SegmentId, before: &MemberSet, after: &MemberSet) {
        self.add(segment, &(after - before), &(before - after));
    }

    /// Notes who entered and left a segment, after what was noted before.
    pub(crate) fn add(&mut self, segment: SegmentId, entered: &MemberSet, left: &MemberSet) {
        let mut take = |all: fn(&mut Self) -> &mut BTreeMap<SegmentId, MemberSet>, members: &MemberSet| {
            let all = all(self);
            let Some(known) = all.get_mut(&segment) else { return MemberSet::new() };
            let both = &*known & members;
            known.remove_all(&both);
            if known.is_empty() {
                all.remove(&segment);
            }
            both
        };
        // Who left and comes back was never away, and the other way round.
        let entered = entered - &take(|effects| &mut effects.left, entered);
        let left = left - &take(|effects| &mut effects.entered, left);
        for (all, members) in [(&mut self.entered, entered), (&mut self.left, left)] {
            if !members.is_empty() {
                all.entry(segment).or_default().add_all(&members);
            }
        }
    }

    /// The same without some segments.
    pub(crate) fn except(mut self, is_left_out: impl Fn(&SegmentId) -> bool) -> Self {
        self.entered.retain(|segment, _| !is_left_out(segment));
        self.left.retain(|segment, _| !is_left_out(segment));
        self
    }

    /// The same with what happened in other segments.
    pub(crate) fn with(mut self, others: Self) -> Self {
        if self.is_empty() {
            return others;
        }
        self.entered.extend(others.entered);
        self.left.extend(others.left);
        self
    }

    /// Adds what happened afterwards: who entered and left again has done neither.
    pub fn then(&mut self, later: &Self) {
        let nobody = MemberSet::new();
        let segments =
            later.entered.keys().chain(later.left.keys().filter(|id| !later.entered.contains_key(id)));
        for segment in segments {
            let of = |all: &BTreeMap<SegmentId, MemberSet>| all.get(segment).cloned();
            let (entered, left) = (of(&later.entered), of(&later.left));
            self.add(*segment, entered.as_ref().unwrap_or(&nobody), left.as_ref().unwrap_or(&nobody));
        }
    }
}

/// Who entered and who left, as it is found: for each segment, contacts in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Moves {
    entered: Vec<(SegmentId, ContactId)>,
    left: Vec<(SegmentId, ContactId)>,
}

impl Moves {
    /// Notes who was in a segment before, and who is after.
    pub(super) fn note(&mut self, segment: SegmentId, lanes: Lanes<'_>, sides: Sides) {
        let moved = sides.moved();
        if moved == 0 {
            return;
        }
        for (all, whom) in
            [(&mut self.entered, moved & sides.after()), (&mut self.left, moved & sides.before())]
        {
            all.extend(lanes.those(whom).map(|contact| (segment, contact)));
        }
    }

    /// All that was noted, which is not noted any more.
    pub(super) fn take_effects(&mut self) -> Effects {
        Effects { entered: by_segment(&mut self.entered), left: by_segment(&mut self.left) }
    }
}

fn by_segment(moves: &mut Vec<(SegmentId, ContactId)>) -> BTreeMap<SegmentId, MemberSet> {
    moves.sort_unstable();
    let mut all = BTreeMap::new();
    for those in moves.chunk_by(|one, next| one.0 == next.0) {
        if let Some((segment, _)) = those.first() {
            let contacts = those.iter().map(|(_, contact)| contact.get());
            all.insert(*segment, MemberSet::from_ascending(contacts));
        }
    }
    moves.clear();
    all
}
