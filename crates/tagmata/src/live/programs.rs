//! What dynamic segments ask, in the order in which it is asked.

use super::predicates::{Asked, Predicates};
use crate::filter::{Jump, PlanNode, Predicate, Quantifier};
use crate::segment::{DynamicSegment, Pins};
use crate::value::{MemberSet, SegmentId};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

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

/// A question about values, and which answer is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link(u32);

/// Being in any of some segments, or in all of them.
pub(super) type Membership = (Quantifier, Box<[SegmentId]>);

/// The program of a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Program<'p> {
    /// None in a chain.
    pub(super) steps: &'p [Step],
    /// A filter that asks about values alone, where all answers must be as they are wanted: most are so.
    pub(super) chain: &'p [Link],
    pub(super) memberships: &'p [Membership],
    pub(super) pins: Option<&'p Pins>,
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

impl Link {
    fn new(asked: Asked, is_negated: bool) -> Self {
        Self(asked << 1 | u32::from(is_negated))
    }

    pub(super) fn asked(self) -> Asked {
        self.0 >> 1
    }

    pub(super) fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Step {
    /// The step as one of a chain, if one answer to a question about values leads on and the other one ends with no.
    fn link(&self, is_last: bool) -> Option<Link> {
        let on = if is_last { Target::YES } else { Target::NEXT };
        match (self.question.ask(), self.when_true, self.when_false) {
            (Ask::Values(asked), yes, Target::NO) if yes == on => Some(Link::new(asked, false)),
            (Ask::Values(asked), Target::NO, no) if no == on => Some(Link::new(asked, true)),
            _ => None,
        }
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
        let of_steps = self.steps.iter().filter_map(|step| match step.question.ask() {
            Ask::Values(asked) => Some(asked),
            Ask::Always(_) | Ask::Segments(_) => None,
        });
        of_steps.chain(self.chain.iter().map(|link| link.asked()))
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
        let place = self.places.get(segment.index()).filter(|place| place.len > 0)?;
        let range = place.start as usize..place.start as usize + place.len as usize;
        if place.is_chain {
            return Some(Program { steps: &[], chain: self.links.get(range)?, memberships: &[], pins: None });
        }
        let memberships = if place.has_memberships { self.memberships.get(&segment) } else { None };
        let memberships = memberships.map(Box::as_ref).unwrap_or_default();
        let pins = if place.has_pins { self.pins.get(&segment) } else { None };
        Some(Program { steps: self.steps.get(range)?, chain: &[], memberships, pins })
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
                question: Question::new(&step.test),
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
        let links = steps.iter().enumerate().map(|(at, step)| step.link(at + 1 == steps.len()));
        let mut links: Option<Vec<Link>> = if has_pins { None } else { links.collect() };
        if let Some(links) = &mut links {
            // What many others ask, too, is most often known already.
            links.sort_by_key(|link| Reverse(predicates.users(link.asked()).len()));
        }
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
            let range = place.start as usize..place.start as usize + place.len as usize;
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
