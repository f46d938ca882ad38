//! Who moves by facts: what is so before them is compared with what is so after.

use super::before::LanesBefore;
use super::comparison::Comparison;
use super::effects::Effects;
use super::flips::Candidates;
use super::lanes::{Bits, LANES, Lanes, Sides};
use super::link::Asked;
use super::live::Live;
use crate::change::Fact;
use crate::model::Field;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet, SegmentId};

/// What has to be known from before some facts to see who moves by them.
#[derive(Debug)]
pub(crate) enum Pending {
    Lanes(Box<LanesBefore>),
    Sets { segments: Vec<SegmentId>, contacts: MemberSet, before: Vec<MemberSet> },
}

impl Default for Pending {
    fn default() -> Self {
        Self::Sets { segments: Vec::new(), contacts: MemberSet::new(), before: Vec::new() }
    }
}

impl Live {
    /// Looks at what is so before facts become true.
    pub(crate) fn before(&mut self, facts: &[Fact], state: &State, now: Timestamp) -> Pending {
        if self.programs.len() == 0 {
            return Pending::default();
        }
        let mut pending = self.spare.take().unwrap_or_default();
        let all = &mut *pending;
        let (mut touched, mut created, mut deleted) = (MemberSet::new(), MemberSet::new(), MemberSet::new());
        for fact in facts {
            self.flips.candidates(fact, &mut all.candidates);
            match fact {
                Fact::Created(rows) | Fact::Deleted(rows) => {
                    let is_created = matches!(fact, Fact::Created(_));
                    if is_created { &mut created } else { &mut deleted }.add_all(&rows.contacts);
                    all.by_hand.extend(rows.static_segments().into_keys());
                }
                Fact::Linked { field: Field::SEGMENTS, symbol, .. }
                | Fact::Unlinked { field: Field::SEGMENTS, symbol, .. } => {
                    all.by_hand.push(SegmentId::new(symbol.get()));
                }
                _ => {}
            }
            fact.add_contacts_to(&mut touched);
        }
        let comparison = self.comparison(touched.len(), state);
        let all_stay = created.is_empty() && deleted.is_empty();
        let is_one = touched.only().is_some() && all_stay && comparison == Comparison::Lanes;
        self.take_candidates(&mut all.candidates, is_one, Lanes { state, now, contacts: &[] });
        all.by_hand.sort_unstable();
        all.by_hand.dedup();
        all.by_hand.retain(|segment| !self.users_of(*segment).is_empty());
        if comparison == Comparison::Sets {
            let segments = match all_stay {
                true => self.affected(&all.candidates.perhaps, &all.by_hand, state),
                false => self.programs.segments().collect(),
            };
            let before = state.membership_of(&segments, &touched, now);
            return Pending::Sets { segments, contacts: touched, before };
        }
        if !all_stay {
            for contacts in ids(&(&deleted & state.table.live())).chunks(LANES) {
                let lanes = Lanes { state, now, contacts };
                self.each_membership(&all.candidates.perhaps, &all.by_hand, lanes, |segment, members| {
                    all.moves.note(segment, lanes, Sides::new(members, 0));
                });
            }
            all.created = ids(&(&created - &deleted));
            touched.remove_all(&created);
            touched.remove_all(&deleted);
        }
        if !all.candidates.is_empty() || !all.by_hand.is_empty() {
            all.changed.extend(touched.iter());
        }
        for contacts in all.changed.chunks(LANES) {
            let lanes = Lanes { state, now, contacts };
            for asked in &all.candidates.perhaps {
                all.before.push(self.answers.forms.ask(*asked, lanes.all(), &self.predicates, lanes));
            }
            all.before.extend(all.by_hand.iter().map(|segment| lanes.in_static(*segment)));
        }
        Pending::Lanes(pending)
    }

    /// Who entered and left by facts that are true by now.
    pub(crate) fn after(&mut self, pending: Pending, state: &State, now: Timestamp) -> Effects {
        let mut pending = match pending {
            Pending::Lanes(pending) => pending,
            Pending::Sets { segments, .. } if segments.is_empty() => return Effects::default(),
            Pending::Sets { segments, contacts, before } => {
                let after = state.membership_of(&segments, &contacts, now);
                return Effects::of_sets(&segments, &before, &after);
            }
        };
        let LanesBefore { changed, created, candidates, by_hand, before, moves } = &mut *pending;
        let Candidates { perhaps: questions, flipped, .. } = &*candidates;
        for contacts in created.chunks(LANES) {
            let lanes = Lanes { state, now, contacts };
            self.each_membership(questions, by_hand, lanes, |segment, members| {
                moves.note(segment, lanes, Sides::new(0, members));
            });
        }
        let asked = (questions.len() + by_hand.len()).max(1);
        let nothing = [Bits::default()];
        let before = if before.is_empty() { &nothing } else { before.as_slice() };
        for (contacts, before) in changed.chunks(LANES).zip(before.chunks(asked)) {
            let lanes = Lanes { state, now, contacts };
            self.begin();
            for asked in flipped {
                self.answers.flip(*asked, lanes.all());
            }
            for (asked, before) in questions.iter().zip(before) {
                self.note(*asked, *before, lanes);
            }
            for (segment, before) in by_hand.iter().zip(before.iter().skip(questions.len())) {
                self.note_by_hand(*segment, *before, lanes);
            }
            self.look(lanes, |segment, sides| moves.note(segment, lanes, sides));
        }
        let effects = moves.take_effects();
        if changed.len() + created.len() <= LANES {
            pending.clear();
            self.spare = Some(pending);
        }
        effects
    }

    /// Looks at what may flip. Of one contact it is known what certainly does; of several, each is asked.
    fn take_candidates(&mut self, candidates: &mut Candidates, is_one: bool, lanes: Lanes<'_>) {
        let Candidates { perhaps, flipped, edges } = candidates;
        for (field, old, new) in edges.drain(..) {
            for asked in self.flips.edges(field) {
                self.timers.unset(*asked);
                if !is_one || self.answers.forms.differs(*asked, &self.predicates, lanes, (old, new)) {
                    flipped.push(*asked);
                }
            }
        }
        if !is_one {
            perhaps.append(flipped);
        }
        perhaps.sort_unstable();
        perhaps.dedup();
        for asked in perhaps.iter().filter(|asked| self.predicates.is_relative(**asked)) {
            self.timers.unset(*asked);
        }
    }

    /// How a change of so many contacts is followed.
    pub(super) fn comparison(&self, contacts: u64, state: &State) -> Comparison {
        #[cfg(feature = "testing")]
        if let Some(forced) = self.forced {
            return forced;
        }
        Comparison::cheapest(contacts, state.table.live().len())
    }

    /// Notes what the answers to a question were, and are by now.
    fn note(&mut self, asked: Asked, before: Bits, lanes: Lanes<'_>) {
        let after = self.answers.forms.ask(asked, lanes.all(), &self.predicates, lanes);
        self.answers.note(asked, Sides::new(before, after));
    }

    /// Notes who was in a static segment, and the segments that ask about it if others are by now.
    fn note_by_hand(&mut self, segment: SegmentId, before: Bits, lanes: Lanes<'_>) {
        let sides = Sides::new(before, lanes.in_static(segment));
        if sides.moved() != 0 {
            self.answers.note_members(segment, sides);
            self.open_users(segment);
        }
    }

    /// Looks at segments in which somebody may have moved by the answers that are noted, and at those that ask about segments where
    /// somebody has.
    pub(super) fn look(&mut self, lanes: Lanes<'_>, mut found: impl FnMut(SegmentId, Sides)) {
        self.open_askers(lanes);
        while let Some(segment) = self.open.next() {
            let sides = self.members(segment, lanes);
            found(segment, sides);
            if sides.moved() != 0 {
                self.open_users(segment);
            }
        }
    }

    /// Who of some contacts is in which dynamic segments. A contact without anything may answer otherwise to these questions, and is
    /// in none of these static segments: only segments that ask about them are looked at, the others are known.
    fn each_membership(
        &mut self,
        questions: &[Asked],
        by_hand: &[SegmentId],
        lanes: Lanes<'_>,
        mut found: impl FnMut(SegmentId, Bits),
    ) {
        self.begin();
        if self.programs.pins(&lanes.contacts.iter().copied().collect()) {
            // Whoever is pinned is in segments for another reason than their answers.
            for segment in self.programs.segments().collect::<Vec<_>>() {
                let members = self.members(segment, lanes).after();
                if members != 0 {
                    found(segment, members);
                }
            }
            return;
        }
        for asked in questions {
            let before = if self.predicates.when_empty(*asked) { lanes.all() } else { 0 };
            self.note(*asked, before, lanes);
        }
        for segment in by_hand {
            self.note_by_hand(*segment, 0, lanes);
        }
        self.look(lanes, |segment, sides| {
            if sides.after() != 0 {
                found(segment, sides.after());
            }
        });
        for segment in &self.when_empty {
            if !self.open.is_done(*segment) {
                found(*segment, lanes.all());
            }
        }
    }
}

fn ids(contacts: &MemberSet) -> Vec<ContactId> {
    contacts.iter().collect()
}
