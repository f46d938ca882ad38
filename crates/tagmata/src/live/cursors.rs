//! A walk along the instants at which edges pass values: what segments and rules ask flips there, and nowhere else.

use super::passing::{Flips, sound};
use super::questions::Questions;
use crate::automation::{Rule, Trigger};
use crate::change::Fact;
use crate::filter::{Filter, Predicate};
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, RuleId, SegmentId};
use std::collections::{BTreeMap, BTreeSet};

/// A cursor for each relative question: where it stands, edges pass values next.
#[derive(Debug)]
pub(crate) struct Cursors {
    all: Vec<Cursor>,
}

#[derive(Debug)]
struct Cursor {
    predicate: Predicate,
    askers: Vec<Asker>,
    next: Option<Timestamp>,
    /// How often it moved on.
    moves: u32,
    /// Whom time alone can move, where it is known; nobody else has to be looked at.
    among: Option<MemberSet>,
}

/// A segment by its own conditions, or a rule by those of its filter and of the segments under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    Segment(SegmentId),
    Rule(RuleId),
}

/// For whom questions flip at one instant, by who asks them.
#[derive(Debug, Default)]
pub(crate) struct Crossing {
    pub(crate) segments: Flips,
    pub(crate) rules: BTreeMap<RuleId, MemberSet>,
}

/// A cursor that moved on so often finds out whom time can move at all.
const MANY_MOVES: u32 = 16;

impl Cursors {
    /// The cursors of rules, behind an instant.
    pub(crate) fn of_rules(state: &State, after: Timestamp) -> Self {
        let mut questions = Questions::new();
        add_rules(state, &mut questions);
        Self::new(state, questions, after)
    }

    /// The cursors of segments and rules, behind an instant.
    pub(crate) fn of_everything(state: &State, after: Timestamp) -> Self {
        let mut questions = Questions::new();
        for (segment, filter) in sound(state) {
            questions.add(filter, Asker::Segment(segment));
        }
        add_rules(state, &mut questions);
        Self::new(state, questions, after)
    }

    fn new(state: &State, questions: Questions<'_, Asker>, after: Timestamp) -> Self {
        let cursors = questions.into_all().into_iter().map(|question| Cursor {
            predicate: question.predicate.clone(),
            next: state.next_crossing(question.predicate, after, None),
            askers: question.askers,
            moves: 0,
            among: None,
        });
        Self { all: cursors.collect() }
    }

    /// The next instant at which an edge passes a value.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.all.iter().filter_map(|cursor| cursor.next).min()
    }

    /// Moves those on that stand at an instant: for whom questions flip there.
    pub(crate) fn cross(&mut self, state: &State, at: Timestamp) -> Crossing {
        let mut crossing = Crossing::default();
        for cursor in self.all.iter_mut().filter(|cursor| cursor.next == Some(at)) {
            let mut contacts = state.crossed(&cursor.predicate, just_before(at), at);
            cursor.move_on(state, at);
            if let Some(among) = &cursor.among {
                contacts.keep_all(among);
            }
            if contacts.is_empty() {
                continue;
            }
            for asker in &cursor.askers {
                match asker {
                    Asker::Segment(segment) => crossing.segments.entry(*segment).or_default(),
                    Asker::Rule(rule) => crossing.rules.entry(*rule).or_default(),
                }
                .add_all(&contacts);
            }
        }
        crossing
    }

    /// Whether edges pass nothing but anniversaries behind an instant, which come again for ever.
    pub(crate) fn only_return(&self, state: &State, after: Timestamp) -> bool {
        let is_passed = |cursor: &Cursor| state.passes_once(&cursor.predicate, after, cursor.among.as_ref());
        !self.all.iter().any(is_passed)
    }

    /// Looks again after facts became true at an instant.
    pub(crate) fn follow(&mut self, state: &State, facts: &[Fact], at: Timestamp) {
        let (mut fields, mut contacts) = (BTreeSet::<FieldId>::new(), MemberSet::new());
        for (field, those) in facts.iter().filter_map(Fact::changed_values) {
            fields.insert(field);
            contacts.add_all(those);
        }
        for cursor in &mut self.all {
            if let Some(among) = &mut cursor.among {
                // Time may move them by now.
                among.add_all(&contacts);
            }
            if cursor.among.is_some() || cursor.predicate.field().is_some_and(|field| fields.contains(&field))
            {
                cursor.next = state.next_crossing(&cursor.predicate, at, cursor.among.as_ref());
            }
        }
    }
}

impl Cursor {
    fn move_on(&mut self, state: &State, at: Timestamp) {
        self.moves = self.moves.saturating_add(1);
        if self.moves == MANY_MOVES {
            let mut among = MemberSet::new();
            for asker in &self.askers {
                among.add_all(&match asker {
                    Asker::Segment(segment) => state.undecided_in(*segment, at),
                    Asker::Rule(rule) => filter_of(state, *rule)
                        .map_or_else(MemberSet::new, |filter| state.undecided(filter, at)),
                });
            }
            self.among = Some(among);
        }
        self.next = state.next_crossing(&self.predicate, at, self.among.as_ref());
    }
}

/// The last instant before another one.
pub(crate) fn just_before(at: Timestamp) -> Timestamp {
    Timestamp::at(at.as_micros().saturating_sub(1))
}

/// Whether rules may fire behind one instant and up to another, because their filters become true while only time passes.
pub(crate) fn may_fire(state: &State, from: Timestamp, to: Timestamp) -> bool {
    let may_cross = |filter: &Filter| {
        let mut conditions = filter.plan().conditions();
        conditions.any(|predicate| predicate.is_relative() && state.may_cross(predicate, from, to))
    };
    filters(state).any(|(_, filter)| filters_under(state, filter).into_iter().any(may_cross))
}

fn add_rules<'s>(state: &'s State, questions: &mut Questions<'s, Asker>) {
    for (rule, filter) in filters(state) {
        for filter in filters_under(state, filter) {
            questions.add(filter, Asker::Rule(rule));
        }
    }
}

/// The filters by which enabled rules fire that can be asked.
fn filters(state: &State) -> impl Iterator<Item = (RuleId, &Filter)> {
    let enabled = state.rules.iter().filter(|(_, rule)| rule.is_enabled);
    enabled.filter_map(|(id, rule)| Some((id, trigger_of(rule)?)))
}

fn filter_of(state: &State, rule: RuleId) -> Option<&Filter> {
    trigger_of(state.rules.get(rule)?)
}

fn trigger_of(rule: &Rule) -> Option<&Filter> {
    match &rule.says()?.trigger {
        Trigger::Filter(filter) => Some(filter),
        Trigger::Interaction(_) | Trigger::Field(_) => None,
    }
}

/// A filter, and those of the segments that it stands on; nothing where one of these is broken.
fn filters_under<'s>(state: &'s State, filter: &'s Filter) -> Vec<&'s Filter> {
    let used: BTreeSet<SegmentId> = filter.segments().into_iter().collect();
    let mut filters = vec![filter];
    if used.is_empty() {
        return filters;
    }
    if state.segments.refuse_broken(used.iter().copied(), &state.schema).is_err() {
        return Vec::new();
    }
    let under = state.segments.used_by(used);
    filters.extend(under.into_iter().filter_map(|segment| state.segments.get(segment)?.filter()));
    filters
}
