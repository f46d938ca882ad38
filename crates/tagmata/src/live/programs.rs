//! What dynamic segments ask, in the order in which it is asked.

use super::predicates::{Asked, Predicates};
use crate::filter::{Jump, PlanNode, Predicate, Quantifier};
use crate::segment::{DynamicSegment, Pins};
use crate::value::{MemberSet, SegmentId};
use std::collections::HashMap;

/// The filters of segments over numbered questions.
///
/// A change may look at thousands of them: all their steps stand behind one another, so that little memory is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Programs {
    steps: Vec<Step>,
    /// Where the steps of a segment are, by its number; there is none for one that is not followed.
    places: Vec<Place>,
    /// What is asked about segments, where something is.
    memberships: HashMap<SegmentId, Box<[Membership]>>,
    /// Who is pinned, where somebody is.
    pins: HashMap<SegmentId, Pins>,
    /// How many steps are nobody's any more.
    unused: usize,
}

/// One question, and where to go from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) question: Question,
    pub(super) when_true: Target,
    pub(super) when_false: Target,
}

/// What one step asks: the number of a question about values, or one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question(u32);

/// What is asked.
pub(super) enum Ask {
    Always(bool),
    /// A question about values.
    Values(Asked),
    /// A question about segments, by its place among those of the program.
    Segments(usize),
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
    pub(super) steps: &'p [Step],
    pub(super) memberships: &'p [Membership],
    pub(super) pins: Option<&'p Pins>,
    /// Whether it asks about values alone, and all answers must be as they are wanted: most filters are so.
    pub(super) is_chain: bool,
}

impl Question {
    const NEVER: u32 = u32::MAX - 1;
    const ALWAYS: u32 = u32::MAX;
    /// From here on, questions about segments.
    const SEGMENTS: u32 = 1 << 31;

    fn new(ask: &Ask) -> Self {
        Self(match ask {
            Ask::Always(true) => Self::ALWAYS,
            Ask::Always(false) => Self::NEVER,
            Ask::Values(asked) => *asked,
            Ask::Segments(place) => Self::SEGMENTS + u32::try_from(*place).unwrap_or_default(),
        })
    }

    pub(super) fn ask(self) -> Ask {
        match self.0 {
            Self::ALWAYS => Ask::Always(true),
            Self::NEVER => Ask::Always(false),
            asked if asked < Self::SEGMENTS => Ask::Values(asked),
            place => Ask::Segments((place - Self::SEGMENTS) as usize),
        }
    }
}

impl Step {
    /// Whether one answer to a question about values leads on, and the other one ends with no.
    fn is_link(&self, is_last: bool) -> bool {
        let on = if is_last { Target::YES } else { Target::NEXT };
        let targets = [(self.when_true, self.when_false), (self.when_false, self.when_true)];
        matches!(self.question.ask(), Ask::Values(_)) && targets.contains(&(on, Target::NO))
    }

    /// Whether it is the answer no that leads on, in a chain.
    pub(super) fn is_negated(&self) -> bool {
        self.when_true == Target::NO
    }
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

impl Program<'_> {
    /// The segments that it asks about.
    pub(super) fn segments(&self) -> impl Iterator<Item = SegmentId> + '_ {
        self.memberships.iter().flat_map(|(_, segments)| segments.iter().copied())
    }

    /// The questions about values that it asks.
    pub(super) fn questions(&self) -> impl Iterator<Item = Asked> + '_ {
        self.steps.iter().filter_map(|step| match step.question.ask() {
            Ask::Values(asked) => Some(asked),
            Ask::Always(_) | Ask::Segments(_) => None,
        })
    }

    /// Whether it asks what its segment asks.
    pub(super) fn is_of(&self, definition: &DynamicSegment, predicates: &Predicates) -> bool {
        let Some(filter) = definition.filter() else { return false };
        let asked = filter.plan().conditions().filter(|it| !matches!(it, Predicate::Segments { .. }));
        self.questions().map(|asked| predicates.get(asked)).eq(asked.map(Some))
            && self.pins.unwrap_or(&Pins::default()) == definition.pins()
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

    pub(super) fn get(&self, segment: SegmentId) -> Option<Program<'_>> {
        let place = self.places.get(segment.get() as usize).filter(|place| place.len > 0)?;
        let start = place.start as usize;
        let steps = self.steps.get(start..start + place.len as usize)?;
        let memberships = if place.has_memberships { self.memberships.get(&segment) } else { None };
        let pins = if place.has_pins { self.pins.get(&segment) } else { None };
        let memberships = memberships.map(Box::as_ref).unwrap_or_default();
        Some(Program { steps, memberships, pins, is_chain: place.is_chain })
    }

    /// Gives a segment the program of its definition, if that has a filter. `ask` numbers a question about values.
    pub(super) fn set(
        &mut self,
        segment: SegmentId,
        definition: &DynamicSegment,
        mut ask: impl FnMut(&Predicate) -> Asked,
    ) {
        self.remove(segment);
        let Some(filter) = definition.filter() else { return };
        let mut memberships = Vec::new();
        let steps = filter.plan().steps(|node| match node {
            PlanNode::Condition { predicate: Predicate::Segments { quantifier, segments }, .. } => {
                memberships.push((*quantifier, segments.clone()));
                Ask::Segments(memberships.len() - 1)
            }
            PlanNode::Condition { predicate, .. } => Ask::Values(ask(predicate)),
            node => Ask::Always(matches!(node, PlanNode::Everyone)),
        });
        let (start, len) = (self.steps.len(), steps.all.len());
        self.steps.extend(steps.all.iter().enumerate().map(|(at, step)| Step {
            question: Question::new(&step.test),
            when_true: Target::new(step.when_true, at),
            when_false: Target::new(step.when_false, at),
        }));
        let (has_memberships, has_pins) = (!memberships.is_empty(), *definition.pins() != Pins::default());
        if has_memberships {
            self.memberships.insert(segment, memberships.into());
        }
        if has_pins {
            self.pins.insert(segment, definition.pins().clone());
        }
        let number = segment.get() as usize;
        if self.places.len() <= number {
            self.places.resize(number + 1, Place::default());
        }
        if let (Some(place), Ok(start), Ok(len)) =
            (self.places.get_mut(number), u32::try_from(start), u32::try_from(len))
        {
            let steps = self.steps.get(start as usize..).unwrap_or_default();
            let is_chain =
                !has_pins && steps.iter().enumerate().all(|(at, step)| step.is_link(at + 1 == steps.len()));
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
        if self.unused > self.steps.len() / 2 {
            self.compact();
        }
    }

    /// Puts the steps of all programs behind one another again.
    fn compact(&mut self) {
        let mut steps = Vec::with_capacity(self.steps.len() - self.unused);
        for place in self.places.iter_mut().filter(|place| place.len > 0) {
            let start = place.start as usize;
            place.start = u32::try_from(steps.len()).unwrap_or(u32::MAX);
            steps.extend_from_slice(self.steps.get(start..start + place.len as usize).unwrap_or_default());
        }
        (self.steps, self.unused) = (steps, 0);
    }
}
