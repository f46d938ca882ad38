//! Whom time alone can move: those for whom it is not certain that an answer stays as it is.

use super::columns::Columns;
use super::evaluation::Evaluation;
use super::paths::Paths;
use super::signed::Signed;
use crate::filter::{BoundTime, Filter, Moving, NodeId, PlanNode, Predicate, Quantifier};
use crate::segment::DynamicSegment;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{MemberSet, SegmentId};
use std::collections::BTreeMap;

/// Those who match at some time from now on, if not now, and those who match at every time. Some more and some less, as nothing is
/// said about how conditions go together.
#[derive(Debug, Clone)]
struct Bounds<'a> {
    may: Signed<'a>,
    must: Signed<'a>,
}

impl<'a> Bounds<'a> {
    fn exactly(members: Signed<'a>) -> Self {
        Self { may: members.clone(), must: members }
    }

    fn turned(self, negated: bool) -> Self {
        match negated {
            true => Self { may: self.must.turned(true), must: self.may.turned(true) },
            false => self,
        }
    }

    fn and(self, other: Self) -> Self {
        Self { may: self.may.and(other.may), must: self.must.and(other.must) }
    }

    fn or(self, other: Self) -> Self {
        Self { may: self.may.or(other.may), must: self.must.or(other.must) }
    }

    fn between(self) -> Signed<'a> {
        self.may.and(self.must.turned(true))
    }
}

impl State {
    /// The contacts for whom the answer to a filter may become another one while only time moves on from an instant. No segment
    /// that it stands on is broken.
    pub(crate) fn undecided(&self, filter: &Filter, now: Timestamp) -> MemberSet {
        let mut asked = Asked::new(self, filter.plan().uses().segments, now);
        let bounds = asked.bounds(filter);
        bounds.between().into_members(self.table.live()).into_set()
    }

    /// The contacts who may enter or leave a segment, which is not broken, while only time moves on from an instant.
    pub(crate) fn undecided_in(&self, segment: SegmentId, now: Timestamp) -> MemberSet {
        let asked = Asked::new(self, [segment], now);
        asked.of_segment(segment).between().into_members(self.table.live()).into_set()
    }

    /// The contacts with values that an edge has not passed yet.
    fn ahead(&self, moving: Moving<'_>, now: Timestamp) -> MemberSet {
        let calendar = &self.schema.settings().calendar;
        let at = |instant: Timestamp| moving.at(instant, calendar);
        let from = match (at(now), at(Timestamp::MAX)) {
            (BoundTime::Within(now), BoundTime::Within(last)) => {
                let edges = [(now.start, last.start), (now.end, last.end)];
                edges
                    .into_iter()
                    .filter(|(now, last)| last > now)
                    .map(|(now, _)| now)
                    .min()
                    .unwrap_or(i64::MAX)
            }
            _ => i64::MIN,
        };
        Columns { state: self }.on_line_within(moving.values, from..i64::MAX)
    }
}

/// Questions to one state as of one instant.
struct Asked<'a> {
    state: &'a State,
    now: Timestamp,
    evaluation: Evaluation<'a>,
    segments: BTreeMap<SegmentId, Bounds<'a>>,
}

impl<'a> Asked<'a> {
    fn new(state: &'a State, segments: impl IntoIterator<Item = SegmentId>, now: Timestamp) -> Self {
        let mut used: Vec<SegmentId> = state.segments.used_by(segments).into_iter().collect();
        used.sort_by_key(|segment| state.segments.depth(*segment));
        let evaluation = Evaluation::new(state, used.iter().copied(), now, Paths::Cheapest);
        let mut asked = Self { state, now, evaluation, segments: BTreeMap::new() };
        for segment in used {
            let bounds = match state.segments.get(segment) {
                Some(definition) => asked.of_definition(definition),
                None => Bounds::exactly(asked.evaluation.members_of(segment)),
            };
            asked.segments.insert(segment, bounds);
        }
        asked
    }

    fn of_segment(&self, segment: SegmentId) -> Bounds<'a> {
        self.segments.get(&segment).cloned().unwrap_or_else(|| Bounds::exactly(Signed::nobody()))
    }

    fn of_definition(&mut self, definition: &'a DynamicSegment) -> Bounds<'a> {
        let found = definition.filter().map(|filter| self.bounds(filter));
        let everybody = self.state.table.live();
        let pinned = |pins: &MemberSet| Bounds::exactly((pins & everybody).into());
        let pins = definition.pins();
        let found = found.unwrap_or_else(|| Bounds::exactly(Signed::nobody()));
        found.or(pinned(&pins.always_in)).and(pinned(&pins.always_out).turned(true))
    }

    fn bounds(&mut self, filter: &'a Filter) -> Bounds<'a> {
        let mut found: Vec<Bounds<'a>> = Vec::with_capacity(filter.plan().nodes().len());
        for node in filter.plan().nodes() {
            let parts = |args: &[NodeId]| {
                args.iter().filter_map(|part| found.get(part.index()).cloned()).collect::<Vec<_>>()
            };
            let bounds = match node {
                PlanNode::Everyone => Bounds::exactly(Signed::everybody()),
                PlanNode::Nobody => Bounds::exactly(Signed::nobody()),
                PlanNode::And(args) => all(parts(args)),
                PlanNode::Or(args) => any(parts(args)),
                PlanNode::Not(part) => all(parts(&[*part])).turned(true),
                PlanNode::Condition { predicate, negated } => self.condition(predicate).turned(*negated),
            };
            found.push(bounds);
        }
        found.pop().unwrap_or_else(|| Bounds::exactly(Signed::nobody()))
    }

    fn condition(&mut self, predicate: &'a Predicate) -> Bounds<'a> {
        if let Predicate::Segments { quantifier, segments } = predicate {
            let those = segments.iter().map(|segment| self.of_segment(*segment)).collect();
            return if *quantifier == Quantifier::All { all(those) } else { any(those) };
        }
        let calendar = &self.state.schema.settings().calendar;
        let members = self.evaluation.applies_to(predicate, calendar);
        let ahead = predicate.moving().map(|moving| self.state.ahead(moving, self.now));
        let ahead = ahead.fold(MemberSet::new(), |all, some| &all | &some);
        let open = Signed::from(ahead);
        Bounds { may: members.clone().or(open.clone()), must: members.and(open.turned(true)) }
    }
}

fn all(parts: Vec<Bounds<'_>>) -> Bounds<'_> {
    parts.into_iter().fold(Bounds::exactly(Signed::everybody()), Bounds::and)
}

fn any(parts: Vec<Bounds<'_>>) -> Bounds<'_> {
    parts.into_iter().fold(Bounds::exactly(Signed::nobody()), Bounds::or)
}
