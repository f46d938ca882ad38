//! What follows which segments somebody enters and leaves.

use super::answers::{Answers, LANES, Lanes, Sides};
use super::effects::{Effects, Moves};
use super::flips::FlipIndex;
use super::predicates::{Asked, Predicates};
use super::program::Program;
use crate::change::Fact;
use crate::model::{Field, SchemaEdit};
use crate::segment::DynamicSegment;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet, SegmentId};
use std::collections::BTreeSet;

/// The dynamic segments that can be evaluated, by what they ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct Live {
    predicates: Predicates,
    flips: FlipIndex,
    /// By the number of the segment.
    programs: Vec<Option<Program>>,
    /// The segments whose filters ask about a segment, by its number.
    users: Vec<Vec<SegmentId>>,
    answers: Answers,
}

/// What has to be known from before a change to see who moves by it.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    way: Way,
    /// Who left because they are deleted.
    moves: Moves,
}

/// How members before and after a change are compared.
#[derive(Debug)]
enum Way {
    /// Contact by contact, 64 side by side.
    Lanes {
        /// Who was there and still is.
        changed: Vec<ContactId>,
        created: Vec<ContactId>,
        /// Questions whose answers may be others than before.
        questions: Vec<Asked>,
        /// Static segments that somebody was put into or taken out of, and that others ask about.
        by_hand: Vec<SegmentId>,
        /// The answers before, those of all questions and segments for the first 64 contacts first.
        before: Vec<u64>,
    },
    /// All members of the segments that look at what changes, for changes of very many contacts.
    Sets { segments: Vec<SegmentId>, contacts: MemberSet, before: Vec<MemberSet> },
}

impl Default for Way {
    fn default() -> Self {
        Self::Sets { segments: Vec::new(), contacts: MemberSet::new(), before: Vec::new() }
    }
}

/// From so many changed contacts on, one in so many of all is worth finding all members.
const MANY: u64 = 512;
const ONE_IN: u64 = 32;

/// The segments whose definitions are others by facts, and all that use them.
pub(crate) fn redefined(facts: &[Fact], state: &State) -> BTreeSet<SegmentId> {
    let mut segments = BTreeSet::new();
    for fact in facts {
        match fact {
            Fact::Segment { segment, .. } => drop(segments.insert(*segment)),
            // Filters are read anew where a setting changes, but the hour may be another one for all.
            fact if is_settings(fact) => segments.extend(state.segments.iter().map(|(segment, _)| segment)),
            _ => {}
        }
    }
    state.segments.users_of(segments)
}

fn is_settings(fact: &Fact) -> bool {
    matches!(fact, Fact::Schema(SchemaEdit::Settings { .. }))
}

impl Live {
    /// Takes in what segments ask by now, where facts that are true by now, or are not any more, say something else.
    pub(crate) fn follow(&mut self, facts: &[Fact], state: &State) {
        if facts.iter().any(is_settings) {
            *self = Self::default();
        }
        self.define(redefined(facts, state), state);
    }

    fn define(&mut self, segments: impl IntoIterator<Item = SegmentId>, state: &State) {
        for segment in segments {
            let number = segment.get() as usize;
            if let Some(old) = self.programs.get_mut(number).and_then(Option::take) {
                self.forget(segment, &old, state);
            }
            let is_sound = state.segments.refuse_broken([segment], &state.schema).is_ok();
            let Some(definition) = state.segments.get(segment).filter(|_| is_sound) else { continue };
            let program = self.program_of(segment, definition, state);
            for used in program.iter().flat_map(Program::segments) {
                let used = used.get() as usize;
                if self.users.len() <= used {
                    self.users.resize_with(used + 1, Vec::new);
                }
                if let Some(users) = self.users.get_mut(used).filter(|users| !users.contains(&segment)) {
                    users.push(segment);
                }
            }
            if self.programs.len() <= number {
                self.programs.resize_with(number + 1, || None);
            }
            if let Some(slot) = self.programs.get_mut(number) {
                *slot = program;
            }
        }
    }

    fn program_of(
        &mut self,
        segment: SegmentId,
        definition: &DynamicSegment,
        state: &State,
    ) -> Option<Program> {
        Program::new(definition, |predicate| {
            let (asked, is_new) = self.predicates.add(predicate, segment);
            if is_new {
                self.flips.add(asked, predicate, &state.schema.settings().calendar);
            }
            asked
        })
    }

    fn forget(&mut self, segment: SegmentId, program: &Program, state: &State) {
        for asked in program.questions() {
            if let Some(predicate) = self.predicates.remove(asked, segment) {
                self.flips.remove(asked, &predicate, &state.schema.settings().calendar);
            }
        }
        for used in program.segments() {
            if let Some(users) = self.users.get_mut(used.get() as usize) {
                users.retain(|user| *user != segment);
            }
        }
    }

    /// Looks at what is so before facts become true.
    pub(crate) fn before(&mut self, facts: &[Fact], state: &State, now: Timestamp) -> Pending {
        if self.predicates.len() == 0 && self.users.is_empty() && self.programs.is_empty() {
            return Pending::default();
        }
        let (mut questions, mut by_hand) = (Vec::new(), Vec::new());
        let (mut touched, mut created, mut deleted) = (MemberSet::new(), MemberSet::new(), MemberSet::new());
        for fact in facts {
            self.flips.candidates(fact, &mut questions);
            match fact {
                Fact::Created(rows) => created.add_all(&rows.contacts),
                Fact::Deleted(rows) => deleted.add_all(&rows.contacts),
                Fact::Linked { field: Field::SEGMENTS, symbol, .. }
                | Fact::Unlinked { field: Field::SEGMENTS, symbol, .. } => {
                    by_hand.push(SegmentId::new(symbol.get()));
                }
                _ => {}
            }
            fact.add_contacts_to(&mut touched);
        }
        questions.sort_unstable();
        questions.dedup();
        by_hand.sort_unstable();
        by_hand.dedup();
        by_hand.retain(|segment| !self.users_of(*segment).is_empty());
        if touched.len() > MANY && touched.len() > state.table.live().len() / ONE_IN {
            let all_ask = !created.is_empty() || !deleted.is_empty();
            let segments = self.affected(all_ask, &questions, &by_hand, state);
            let before = state.membership_of(&segments, &touched, now);
            return Pending {
                way: Way::Sets { segments, contacts: touched, before },
                moves: Moves::default(),
            };
        }
        let there = |contacts: MemberSet| -> Vec<ContactId> { contacts.iter().collect() };
        let mut moves = Moves::default();
        for contacts in there(&deleted & state.table.live()).chunks(LANES) {
            let lanes = Lanes { state, now, contacts };
            self.everything(lanes, |segment, members| {
                moves.note(segment, lanes, Sides { before: members, after: 0 });
            });
        }
        touched.remove_all(&created);
        touched.remove_all(&deleted);
        created.remove_all(&deleted);
        let changed = if questions.is_empty() && by_hand.is_empty() { Vec::new() } else { there(touched) };
        let mut before = Vec::with_capacity(changed.chunks(LANES).len() * (questions.len() + by_hand.len()));
        for contacts in changed.chunks(LANES) {
            let lanes = Lanes { state, now, contacts };
            before.extend(questions.iter().map(|asked| lanes.ask(&self.predicates, *asked, lanes.all())));
            before.extend(by_hand.iter().map(|segment| lanes.in_static(*segment)));
        }
        let way = Way::Lanes { changed, created: there(created), questions, by_hand, before };
        Pending { way, moves }
    }

    /// Who entered and left by facts that are true by now.
    pub(crate) fn after(&mut self, pending: Pending, state: &State, now: Timestamp) -> Effects {
        let Pending { way, mut moves } = pending;
        match way {
            Way::Sets { segments, contacts, before } => {
                let after = state.membership_of(&segments, &contacts, now);
                let mut effects = Effects::default();
                for (segment, (before, after)) in segments.iter().zip(before.iter().zip(&after)) {
                    effects.compare(*segment, before, after);
                }
                effects
            }
            Way::Lanes { changed, created, questions, by_hand, before } => {
                for contacts in created.chunks(LANES) {
                    let lanes = Lanes { state, now, contacts };
                    self.everything(lanes, |segment, members| {
                        moves.note(segment, lanes, Sides { before: 0, after: members });
                    });
                }
                let asked = (questions.len() + by_hand.len()).max(1);
                for (contacts, before) in changed.chunks(LANES).zip(before.chunks(asked)) {
                    let lanes = Lanes { state, now, contacts };
                    self.answers.begin(self.predicates.len(), self.numbers());
                    let mut open = Vec::new();
                    for (asked, before) in questions.iter().zip(before) {
                        let after = lanes.ask(&self.predicates, *asked, lanes.all());
                        if after != *before {
                            self.answers.note(*asked, after, after ^ before);
                            open.extend(self.predicates.users(*asked));
                        }
                    }
                    for (segment, before) in by_hand.iter().zip(before.iter().skip(questions.len())) {
                        let sides = Sides { before: *before, after: lanes.in_static(*segment) };
                        self.answers.note_members(*segment, sides);
                        if sides.has_moved() {
                            open.extend(self.users_of(*segment));
                        }
                    }
                    self.look(open, lanes, &mut moves);
                }
                moves.into_effects()
            }
        }
    }

    /// Looks at segments in which somebody may have moved, and at those that ask about segments where somebody has.
    fn look(&mut self, mut open: Vec<SegmentId>, lanes: Lanes<'_>, moves: &mut Moves) {
        while let Some(segment) = open.pop() {
            if !self.answers.visit(segment) {
                continue;
            }
            let sides = self.answers.members(segment, &self.programs, &self.predicates, lanes);
            if sides.has_moved() {
                moves.note(segment, lanes, sides);
                open.extend(self.users_of(segment));
            }
        }
    }

    /// Who of some contacts is in which dynamic segments.
    fn everything(&mut self, lanes: Lanes<'_>, mut found: impl FnMut(SegmentId, u64)) {
        self.answers.begin(self.predicates.len(), self.numbers());
        for (number, _) in (0..).zip(&self.programs).filter(|(_, program)| program.is_some()) {
            let segment = SegmentId::new(number);
            let sides = self.answers.members(segment, &self.programs, &self.predicates, lanes);
            if sides.after != 0 {
                found(segment, sides.after);
            }
        }
    }

    /// The segments in which somebody may move by a change of answers, whoever it is.
    fn affected(
        &self,
        all: bool,
        questions: &[Asked],
        by_hand: &[SegmentId],
        state: &State,
    ) -> Vec<SegmentId> {
        if all {
            let sound = (0..).zip(&self.programs).filter(|(_, program)| program.is_some());
            return sound.map(|(number, _)| SegmentId::new(number)).collect();
        }
        let asking = questions.iter().flat_map(|asked| self.predicates.users(*asked));
        let direct: BTreeSet<SegmentId> =
            asking.chain(by_hand.iter().flat_map(|segment| self.users_of(*segment))).copied().collect();
        state.segments.users_of(direct).into_iter().collect()
    }

    fn users_of(&self, segment: SegmentId) -> &[SegmentId] {
        self.users.get(segment.get() as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// The end of the numbers of segments.
    fn numbers(&self) -> usize {
        self.programs.len().max(self.users.len())
    }

    /// What does not hold that should, one line each.
    pub(crate) fn violations(&self, state: &State) -> Vec<String> {
        let mut found = Vec::new();
        for (segment, definition) in state.segments.iter() {
            let is_sound = state.segments.refuse_broken([segment], &state.schema).is_ok();
            let program = self.programs.get(segment.get() as usize).and_then(Option::as_ref);
            let is_followed = program.is_some_and(|program| program.is_of(definition, &self.predicates));
            if is_sound != is_followed {
                found.push(format!("segment {} is not followed as it is defined", segment.get()));
            }
        }
        let programs = (0..).zip(&self.programs).filter(|(_, program)| program.is_some());
        for (number, _) in programs.filter(|(number, _)| state.segments.get(SegmentId::new(*number)).is_none()) {
            found.push(format!("segment {number} is followed, and is not dynamic"));
        }
        found
    }
}
