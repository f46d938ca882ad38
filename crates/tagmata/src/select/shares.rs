//! How many each part of a filter finds, and what each does to the group that it is in.

use super::evaluation::Evaluation;
use super::paths::Paths;
use super::signed::Signed;
use crate::filter::{Filter, NodeId, PlanNode};
use crate::segment::Pins;
use crate::state::State;
use crate::time::Timestamp;

/// The numbers of a part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    /// How many match it by itself.
    pub(crate) count: u64,
    /// What its group loses or gains by it, if it is in a group.
    pub(crate) effect: Option<Effect>,
}

/// What a part does to the others of its group.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effect {
    /// So many match all others and not this one; without it there would be `without`.
    Removes { contacts: u64, without: u64 },
    /// So many match this one and no other; without it there would be `without`.
    Adds { contacts: u64, without: u64 },
}

/// The numbers of a dynamic segment.
#[derive(Debug)]
pub(crate) struct SegmentShares {
    /// Those of the parts of its filter, at their positions in the plan.
    pub(crate) parts: Vec<Share>,
    pub(crate) always_in: Share,
    pub(crate) always_out: Share,
    /// How many members the segment has.
    pub(crate) count: u64,
}

impl State {
    /// The numbers of a segment of a filter and pins that is not broken.
    pub(crate) fn shares(&self, filter: &Filter, pins: &Pins, now: Timestamp) -> SegmentShares {
        let mut evaluation = Evaluation::new(self, filter.plan().uses().segments, now, Paths::Cheapest);
        let everybody = self.table.live().len();
        let (parts, matching) = parts(filter, &mut evaluation, everybody);

        let [inside, outside] =
            [&pins.always_in, &pins.always_out].map(|pinned| Signed::from(pinned & self.table.live()));
        let found = matching.clone().or(inside.clone());
        let count = found.common_len(&outside.clone().turned(true), everybody);
        let without_inside = matching.common_len(&outside.clone().turned(true), everybody);
        let adds = Effect::Adds { contacts: count - without_inside, without: without_inside };
        let without_outside = found.len(everybody);
        let removes = Effect::Removes { contacts: without_outside - count, without: without_outside };
        SegmentShares {
            parts,
            always_in: Share { count: inside.len(everybody), effect: Some(adds) },
            always_out: Share { count: outside.len(everybody), effect: Some(removes) },
            count,
        }
    }
}

/// The numbers of all parts of a filter, and who matches it.
fn parts<'a>(
    filter: &'a Filter,
    evaluation: &mut Evaluation<'a>,
    everybody: u64,
) -> (Vec<Share>, Signed<'a>) {
    let plan = filter.plan();
    let mut shares: Vec<Share> = Vec::with_capacity(plan.nodes().len());
    // Who matches each part; what a group has taken in is not kept.
    let mut found: Vec<Signed<'a>> = Vec::with_capacity(plan.nodes().len());
    for node in plan.nodes() {
        let members = match node {
            PlanNode::Everyone => Signed::everybody(),
            PlanNode::Nobody => Signed::nobody(),
            PlanNode::Not(part) => take(&mut found, *part).turned(true),
            PlanNode::Condition { predicate, negated } => {
                evaluation.applies_to(predicate, plan.calendar()).turned(*negated)
            }
            PlanNode::And(args) | PlanNode::Or(args) => {
                let is_and = matches!(node, PlanNode::And(_));
                let parts: Vec<Signed<'a>> = args.iter().map(|part| take(&mut found, *part)).collect();
                let group = Group::of(&parts, is_and);
                let count = group.members.len(everybody);
                for (part, members) in args.iter().zip(&parts) {
                    let contacts = group.owed_to(members, everybody);
                    let effect = match is_and {
                        true => Effect::Removes { contacts, without: count + contacts },
                        false => Effect::Adds { contacts, without: count - contacts },
                    };
                    if let Some(share) = shares.get_mut(part.index()) {
                        share.effect = Some(effect);
                    }
                }
                group.members
            }
        };
        shares.push(Share { count: members.len(everybody), effect: None });
        found.push(members);
    }
    (shares, found.pop().unwrap_or_else(Signed::nobody))
}

fn take<'a>(found: &mut [Signed<'a>], part: NodeId) -> Signed<'a> {
    let members = found.get_mut(part.index());
    members.map_or_else(Signed::nobody, |members| std::mem::replace(members, Signed::nobody()))
}

/// All of some parts, or any of them.
struct Group<'a> {
    members: Signed<'a>,
    /// Whom exactly one part decides about: who matches all but one, or one alone.
    by_one: Signed<'a>,
    is_and: bool,
}

impl<'a> Group<'a> {
    fn of(parts: &[Signed<'a>], is_and: bool) -> Self {
        let (mut once, mut twice) = (Signed::nobody(), Signed::nobody());
        for part in parts {
            let decided = part.clone().turned(is_and);
            twice = twice.or(once.clone().and(decided.clone()));
            once = once.or(decided);
        }
        let by_one = once.clone().and(twice.turned(true));
        Self { members: once.turned(is_and), by_one, is_and }
    }

    /// How many one of the parts alone decides about.
    fn owed_to(&self, part: &Signed<'a>, everybody: u64) -> u64 {
        self.by_one.common_len(&part.clone().turned(self.is_and), everybody)
    }
}
