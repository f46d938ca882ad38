//! What follows which segments somebody enters and leaves.

use super::answers::Answers;
use super::before::LanesBefore;
#[cfg(feature = "testing")]
use super::comparison::Comparison;
use super::flips::FlipIndex;
use super::lanes::{Lanes, Sides};
use super::link::Asked;
use super::open::OpenSegments;
use super::predicates::{Predicates, User};
use super::programs::Programs;
use super::timers::Timers;
use crate::change::Fact;
use crate::model::SchemaEdit;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, SegmentId};
use std::collections::BTreeSet;

/// The dynamic segments that can be evaluated, by what they ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct Live {
    pub(super) predicates: Predicates,
    pub(super) flips: FlipIndex,
    pub(super) programs: Programs,
    /// The segments whose filters ask about a segment, by its number.
    users: Vec<Vec<SegmentId>>,
    /// The segments that a contact without anything is in.
    pub(super) when_empty: BTreeSet<SegmentId>,
    pub(super) answers: Answers,
    pub(super) open: OpenSegments,
    pub(super) timers: Timers,
    /// Room for what is known from before a change, between two of them.
    pub(super) spare: Option<Box<LanesBefore>>,
    #[cfg(feature = "testing")]
    pub(super) forced: Option<Comparison>,
}

/// A contact that has nothing: it is not there.
const EMPTY: ContactId = ContactId::new(u32::MAX);

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
    match segments.is_empty() {
        true => segments,
        false => state.segments.users_of(segments),
    }
}

fn users_in(users: &[Vec<SegmentId>], segment: SegmentId) -> &[SegmentId] {
    users.get(segment.index()).map(Vec::as_slice).unwrap_or_default()
}

fn is_settings(fact: &Fact) -> bool {
    matches!(fact, Fact::Schema(SchemaEdit::Settings { .. }))
}

impl Live {
    /// Compares members in one way only, for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn force(&mut self, comparison: Option<Comparison>) {
        self.forced = comparison;
    }

    /// Looks at everything anew where facts are not true any more, and the instant may be an earlier one again.
    pub(crate) fn go_back(&mut self, facts: &[Fact], state: &State) {
        self.follow(facts, state);
        self.timers.unset_all();
    }

    /// Takes in what segments ask by now, where facts that are true by now, or are not any more, say something else.
    pub(crate) fn follow(&mut self, facts: &[Fact], state: &State) {
        if facts.iter().any(is_settings) {
            let empty = Self::default();
            #[cfg(feature = "testing")]
            let empty = Self { forced: self.forced, ..empty };
            *self = empty;
        }
        let segments = redefined(facts, state);
        for segment in &segments {
            self.define(*segment, state);
        }
        if segments.is_empty() {
            return;
        }
        // What is asked of nobody does not depend on the instant.
        let nobody = Lanes { state, now: Timestamp::MIN, contacts: &[EMPTY] };
        self.begin();
        for segment in segments {
            match self.programs.get(segment).is_some() && self.members(segment, nobody).after() != 0 {
                true => self.when_empty.insert(segment),
                false => self.when_empty.remove(&segment),
            };
        }
    }

    fn define(&mut self, segment: SegmentId, state: &State) {
        self.forget(segment, state);
        let is_sound = state.segments.refuse_broken([segment], &state.schema).is_ok();
        let Some(definition) = state.segments.get(segment).filter(|_| is_sound) else { return };
        let calendar = &state.schema.settings().calendar;
        let (flips, timers) = (&mut self.flips, &mut self.timers);
        self.programs.set(segment, definition, &mut self.predicates, |predicates, predicate| {
            let (asked, is_new) = predicates
                .number(predicate, |predicate| state.holds(&predicate.at(Timestamp::MIN, calendar), EMPTY));
            if is_new {
                flips.add(asked, predicate, calendar);
                if predicate.is_relative() {
                    timers.unset(asked);
                }
            }
            asked
        });
        let Some(program) = self.programs.get(segment) else { return };
        for asked in program.questions() {
            self.predicates.add(asked, User { guard: program.guard(asked), segment });
        }
        for used in program.segments() {
            let used = used.index();
            if self.users.len() <= used {
                self.users.resize_with(used + 1, Vec::new);
            }
            if let Some(users) = self.users.get_mut(used).filter(|users| !users.contains(&segment)) {
                users.push(segment);
            }
        }
    }

    fn forget(&mut self, segment: SegmentId, state: &State) {
        let Some(program) = self.programs.get(segment) else { return };
        for asked in program.questions() {
            let user = User { guard: program.guard(asked), segment };
            if let Some(predicate) = self.predicates.remove(asked, user) {
                self.flips.remove(asked, &predicate, &state.schema.settings().calendar);
                self.timers.remove(asked);
                self.answers.forms.forget(asked);
            }
        }
        for used in program.segments() {
            if let Some(users) = self.users.get_mut(used.get() as usize) {
                users.retain(|user| *user != segment);
            }
        }
        self.programs.remove(segment);
    }

    /// The dynamic segments that a contact is in, ascending.
    pub(crate) fn segments_of(&self, contact: ContactId, state: &State, now: Timestamp) -> Vec<SegmentId> {
        let lanes = Lanes { state, now, contacts: &[contact] };
        let mut answers = Answers::default();
        answers.begin(self.predicates.len(), self.numbers());
        let mut is_in = |segment: &SegmentId| {
            answers.members(*segment, &self.programs, &self.predicates, lanes).after() != 0
        };
        self.programs.segments().filter(|segment| is_in(segment)).collect()
    }

    /// Forgets all answers about the contacts before.
    pub(super) fn begin(&mut self) {
        let segments = self.numbers();
        self.answers.begin(self.predicates.len(), segments);
        self.open.begin(segments);
    }

    /// The end of the numbers of segments.
    fn numbers(&self) -> usize {
        self.programs.len().max(self.users.len())
    }

    /// Which of some contacts were and are in a segment.
    pub(super) fn members(&mut self, segment: SegmentId, lanes: Lanes<'_>) -> Sides {
        self.answers.members(segment, &self.programs, &self.predicates, lanes)
    }

    /// Opens the segments that ask about a segment.
    pub(super) fn open_users(&mut self, segment: SegmentId) {
        self.open.add(users_in(&self.users, segment).iter().copied());
    }

    /// Opens the segments that ask questions which are answered in another way, where it matters. What is answered so is all noted.
    pub(super) fn open_askers(&mut self, lanes: Lanes<'_>) {
        self.read_ahead(lanes);
        while let Some(asked) = self.answers.next_flipped() {
            let whose = self.answers.moved(asked);
            if whose == 0 {
                continue;
            }
            for users in self.predicates.users(asked).chunk_by(|one, next| one.guard == next.guard) {
                let guard = users.first().and_then(|user| user.guard);
                let lets_pass = |guard| self.answers.meets(guard, whose, &self.predicates, lanes);
                if guard.is_none_or(lets_pass) {
                    self.open.add(users.iter().map(|user| user.segment));
                }
            }
        }
    }

    /// Reads what questions look at, where many segments are going to ask about one contact. None of it waits for another, so that memory
    /// is asked for all of it at once, and not for one value after the other.
    fn read_ahead(&self, lanes: Lanes<'_>) {
        /// For fewer segments it costs as much as it saves.
        const MANY: usize = 8;
        let askers = self.answers.flipped().iter().map(|asked| self.predicates.users(*asked).len());
        if let ([contact], true) = (lanes.contacts, askers.sum::<usize>() > MANY) {
            let read = self.flips.fields().map(|field| lanes.state.touch(*contact, field));
            std::hint::black_box(read.sum::<usize>());
        }
    }

    /// The segments that ask about a segment.
    pub(super) fn users_of(&self, segment: SegmentId) -> &[SegmentId] {
        users_in(&self.users, segment)
    }

    /// The segments in which somebody may move by a change of answers, whoever it is.
    pub(super) fn affected(
        &self,
        questions: &[Asked],
        by_hand: &[SegmentId],
        state: &State,
    ) -> Vec<SegmentId> {
        let asking = questions.iter().flat_map(|asked| self.predicates.users(*asked));
        let asking = asking.map(|user| user.segment);
        let direct: BTreeSet<SegmentId> =
            asking.chain(by_hand.iter().flat_map(|segment| self.users_of(*segment)).copied()).collect();
        let all = state.segments.users_of(direct).into_iter();
        all.filter(|segment| self.programs.get(*segment).is_some()).collect()
    }

    /// What does not hold that should, one line each.
    pub(crate) fn violations(&self, state: &State) -> Vec<String> {
        let mut found = Vec::new();
        for (segment, definition) in state.segments.iter() {
            let is_sound = state.segments.refuse_broken([segment], &state.schema).is_ok();
            let program = self.programs.get(segment);
            let is_followed = program.is_some_and(|program| program.is_of(definition, &self.predicates));
            if is_sound != is_followed {
                found.push(format!("segment {} is not followed as it is defined", segment.get()));
            }
        }
        for segment in self.programs.segments().filter(|segment| state.segments.get(*segment).is_none()) {
            found.push(format!("segment {} is followed, and is not dynamic", segment.get()));
        }
        found
    }
}
