//! What dynamic segments ask, in the order in which it is asked.

use super::link::{Ask, Asked, Link};
use super::predicates::Predicates;
use crate::filter::{Jump, PlanNode, Predicate, Quantifier};
use crate::segment::{DynamicSegment, Pins};
use crate::table::Hasher;
use crate::value::{MemberSet, SegmentId};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// The filters of segments over numbered questions.
///
/// A change may look at thousands of them: all their steps stand behind one another, so that little memory is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Programs {
    steps: Vec<Step>,
    /// Filters that are chains, as what is asked and wanted.
    links: Vec<Link>,
    /// Where the steps of a segment are, by its number; there is none for one that is not followed.
    places: Vec<Place>,
    /// What is asked about segments, where something is.
    memberships: HashMap<SegmentId, Box<[Membership]>, Hasher>,
    /// Who is pinned, where somebody is.
    pins: HashMap<SegmentId, Pins, Hasher>,
    /// How many steps are nobody's any more.
    unused: usize,
}

/// One question, and where to go from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) ask: Ask,
    pub(super) when_true: Target,
    pub(super) when_false: Target,
}

/// So many steps further, 0 for the next one; or the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target(u32);

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    start: u32,
    len: u32,
    has_memberships: bool,
    has_pins: bool,
    is_chain: bool,
}

/// Being in any of some segments, or in all of them.
pub(super) type Membership = (Quantifier, Box<[SegmentId]>);

/// The program of a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Program<'p> {
    /// None in a chain.
    pub(super) steps: &'p [Step],
    /// A filter all of whose clauses must be met: most are so.
    pub(super) chain: &'p [Link],
    pub(super) memberships: &'p [Membership],
    pub(super) pins: Option<&'p Pins>,
}

impl Target {
    pub(super) const YES: Self = Self(u32::MAX);
    pub(super) const NO: Self = Self(u32::MAX - 1);
    pub(super) const NEXT: Self = Self(0);

    fn new(jump: Jump, from: usize) -> Self {
        match jump {
            Jump::Verdict(true) => Self::YES,
            Jump::Verdict(false) => Self::NO,
            Jump::Step(step) => Self(step.saturating_sub(u32::try_from(from + 1).unwrap_or(u32::MAX))),
        }
    }

    /// How many steps are left out; it is no verdict.
    pub(super) fn skipped(self) -> usize {
        self.0 as usize
    }
}

/// The clauses of a chain, if that is what steps are.
///
/// In a clause each answer that is wanted leads behind its last step, and each other one to the next step, or from the last one to no.
fn clauses(steps: &[Step]) -> Option<Vec<Vec<Link>>> {
    let (mut clauses, mut clause, mut end) = (Vec::new(), Vec::new(), None);
    for (at, step) in steps.iter().enumerate() {
        let next = at + 1;
        let place = |target| match target {
            Target::YES => Some(steps.len()),
            Target::NO => None,
            further => Some(next + further.skipped()),
        };
        let (is_negated, behind, has_others) = match (place(step.when_true), place(step.when_false)) {
            (Some(behind), None) => (false, behind, false),
            (None, Some(behind)) => (true, behind, false),
            (Some(behind), Some(other)) if other == next => (false, behind, true),
            (Some(other), Some(behind)) if other == next => (true, behind, true),
            _ => return None,
        };
        if behind != *end.get_or_insert(behind) || (!has_others && behind != next) {
            return None;
        }
        clause.push(Link::new(step.ask, is_negated, has_others)?);
        if !has_others {
            clauses.push(std::mem::take(&mut clause));
            end = None;
        }
    }
    clause.is_empty().then_some(clauses)
}

impl Program<'_> {
    /// The segments that it asks about.
    pub(super) fn segments(&self) -> impl Iterator<Item = SegmentId> + '_ {
        self.memberships.iter().flat_map(|(_, segments)| segments.iter().copied())
    }

    /// The questions about values that it asks.
    pub(super) fn questions(&self) -> impl Iterator<Item = Asked> + '_ {
        let asks = self.steps.iter().map(|step| step.ask).chain(self.chain.iter().map(|link| link.ask()));
        asks.filter_map(|ask| match ask {
            Ask::Values(asked) => Some(asked),
            Ask::Always(_) | Ask::Segments(_) => None,
        })
    }

    /// A link that is a clause by itself and does not ask a question: where it is not met, the answer to the question does not matter.
    pub(super) fn guard(&self, asked: Asked) -> Option<Link> {
        let mut is_alone = true;
        let alone = self.chain.iter().filter(|link| {
            let (was_alone, has_others) = (is_alone, link.has_others());
            is_alone = !has_others;
            was_alone && !has_others
        });
        let is_other = |link: &&Link| matches!(link.ask(), Ask::Values(other) if other != asked);
        alone.copied().find(|link| is_other(&link))
    }

    /// Whether it asks what its segment asks.
    pub(super) fn is_of(&self, definition: &DynamicSegment, predicates: &Predicates) -> bool {
        let Some(filter) = definition.filter() else { return false };
        let asked = filter.plan().conditions().filter(|it| !matches!(it, Predicate::Segments { .. }));
        let questions: BTreeSet<Asked> = self.questions().collect();
        asked.map(|predicate| predicates.find(predicate)).collect::<Option<BTreeSet<Asked>>>()
            == Some(questions)
            && self.pins.unwrap_or(&Pins::default()) == definition.pins()
    }
}

impl Place {
    fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

impl Programs {
    /// The end of the numbers of segments.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The segments that have a program.
    pub(super) fn segments(&self) -> impl Iterator<Item = SegmentId> + '_ {
        let followed = (0..).zip(&self.places).filter(|(_, place)| place.len > 0);
        followed.map(|(number, _)| SegmentId::new(number))
    }

    /// Where the program of a segment is, if it has one.
    fn place(&self, segment: SegmentId) -> Option<&Place> {
        self.places.get(segment.index()).filter(|place| place.len > 0)
    }

    /// Whether a segment has a program.
    pub(super) fn has(&self, segment: SegmentId) -> bool {
        self.place(segment).is_some()
    }

    pub(super) fn get(&self, segment: SegmentId) -> Option<Program<'_>> {
        let place = self.place(segment)?;
        let (steps, chain): (&[Step], &[Link]) = match place.is_chain {
            true => (&[], self.links.get(place.range())?),
            false => (self.steps.get(place.range())?, &[]),
        };
        let memberships = if place.has_memberships { self.memberships.get(&segment) } else { None };
        let memberships = memberships.map(Box::as_ref).unwrap_or_default();
        let pins = if place.has_pins { self.pins.get(&segment) } else { None };
        Some(Program { steps, chain, memberships, pins })
    }

    /// The links of a segment whose filter is a chain that asks about values alone: that is most often so.
    pub(super) fn chain(&self, segment: SegmentId) -> Option<&[Link]> {
        let place = self.places.get(segment.index()).filter(|it| it.is_chain && !it.has_memberships)?;
        self.links.get(place.range())
    }

    /// Gives a segment the program of its definition, if that has a filter. `ask` numbers a question about values.
    pub(super) fn set(
        &mut self,
        segment: SegmentId,
        definition: &DynamicSegment,
        predicates: &mut Predicates,
        mut ask: impl FnMut(&mut Predicates, &Predicate) -> Asked,
    ) {
        self.remove(segment);
        let Some(filter) = definition.filter() else { return };
        let mut memberships = Vec::new();
        let steps = filter.plan().steps(|node| match node {
            PlanNode::Condition { predicate: Predicate::Segments { quantifier, segments }, .. } => {
                memberships.push((*quantifier, segments.clone()));
                Ask::Segments(memberships.len() - 1)
            }
            PlanNode::Condition { predicate, .. } => Ask::Values(ask(predicates, predicate)),
            node => Ask::Always(matches!(node, PlanNode::Everyone)),
        });
        let steps: Vec<Step> = steps
            .all
            .iter()
            .enumerate()
            .map(|(at, step)| Step {
                ask: step.test,
                when_true: Target::new(step.when_true, at),
                when_false: Target::new(step.when_false, at),
            })
            .collect();
        let (has_memberships, has_pins) = (!memberships.is_empty(), *definition.pins() != Pins::default());
        if has_memberships {
            self.memberships.insert(segment, memberships.into());
        }
        if has_pins {
            self.pins.insert(segment, definition.pins().clone());
        }
        let mut clauses = if has_pins { None } else { clauses(&steps) };
        if let Some(clauses) = &mut clauses {
            // What many others ask, too, is most often known already.
            clauses.sort_by_cached_key(|clause| match clause.first().map(|link| link.ask()) {
                Some(Ask::Values(asked)) => (clause.len(), Reverse(predicates.users(asked).len()), asked),
                _ => (usize::MAX, Reverse(0), 0),
            });
        }
        let links: Option<Vec<Link>> = clauses.map(|clauses| clauses.into_iter().flatten().collect());
        let (is_chain, len) = (links.is_some(), steps.len());
        let start = if is_chain { self.links.len() } else { self.steps.len() };
        match links {
            Some(links) => self.links.extend(links),
            None => self.steps.extend(steps),
        }
        if self.places.len() <= segment.index() {
            self.places.resize(segment.index() + 1, Place::default());
        }
        if let (Some(place), Ok(start), Ok(len)) =
            (self.places.get_mut(segment.index()), u32::try_from(start), u32::try_from(len))
        {
            *place = Place { start, len, has_memberships, has_pins, is_chain };
        }
    }

    /// Whether a contact is pinned anywhere.
    pub(super) fn pins(&self, contacts: &MemberSet) -> bool {
        let is_pinned = |pins: &MemberSet| !pins.is_disjoint(contacts);
        self.pins.values().any(|pins| is_pinned(&pins.always_in) || is_pinned(&pins.always_out))
    }

    /// Takes a segment its program.
    pub(super) fn remove(&mut self, segment: SegmentId) {
        self.memberships.remove(&segment);
        self.pins.remove(&segment);
        if let Some(place) = self.places.get_mut(segment.get() as usize) {
            self.unused += std::mem::take(place).len as usize;
        }
        if self.unused > (self.steps.len() + self.links.len()) / 2 {
            self.compact();
        }
    }

    /// Puts the steps of all programs behind one another again.
    fn compact(&mut self) {
        let (mut steps, mut links) = (Vec::new(), Vec::new());
        for place in self.places.iter_mut().filter(|place| place.len > 0) {
            let range = place.range();
            let start = if place.is_chain { links.len() } else { steps.len() };
            match place.is_chain {
                true => links.extend_from_slice(self.links.get(range).unwrap_or_default()),
                false => steps.extend_from_slice(self.steps.get(range).unwrap_or_default()),
            }
            place.start = u32::try_from(start).unwrap_or(u32::MAX);
        }
        (self.steps, self.links, self.unused) = (steps, links, 0);
    }
}
