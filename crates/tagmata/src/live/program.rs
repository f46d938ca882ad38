//! What a dynamic segment asks, in the order in which it is asked.

use super::predicates::{Asked, Predicates};
use crate::filter::{PlanNode, Predicate, Quantifier, Steps};
use crate::segment::{DynamicSegment, Pins};
use crate::value::SegmentId;

/// The filter of a segment over numbered questions, and its pins.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) steps: Steps<Question>,
    /// The questions about segments.
    pub(super) memberships: Box<[(Quantifier, Box<[SegmentId]>)]>,
    /// None where nobody is pinned.
    pub(super) pins: Option<Box<Pins>>,
}

/// What one step asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Always(bool),
    /// A question about values.
    Values(Asked),
    /// A question about segments, by its place among those of the program.
    Segments(u32),
}

impl Program {
    /// The program of a segment. `ask` numbers a question about values.
    pub(super) fn new(definition: &DynamicSegment, mut ask: impl FnMut(&Predicate) -> Asked) -> Option<Self> {
        let mut memberships = Vec::new();
        let steps = definition.filter()?.plan().steps(|node| match node {
            PlanNode::Condition { predicate: Predicate::Segments { quantifier, segments }, .. } => {
                memberships.push((*quantifier, segments.clone()));
                Question::Segments(u32::try_from(memberships.len() - 1).unwrap_or(u32::MAX))
            }
            PlanNode::Condition { predicate, .. } => Question::Values(ask(predicate)),
            node => Question::Always(matches!(node, PlanNode::Everyone)),
        });
        let pins = definition.pins();
        let pins = (*pins != Pins::default()).then(|| Box::new(pins.clone()));
        Some(Self { steps, memberships: memberships.into(), pins })
    }

    /// The segments that it asks about.
    pub(super) fn segments(&self) -> impl Iterator<Item = SegmentId> + '_ {
        self.memberships.iter().flat_map(|(_, segments)| segments.iter().copied())
    }

    /// The questions about values that it asks.
    pub(super) fn questions(&self) -> impl Iterator<Item = Asked> + '_ {
        self.steps.all.iter().filter_map(|step| match step.test {
            Question::Values(asked) => Some(asked),
            Question::Always(_) | Question::Segments(_) => None,
        })
    }

    /// Whether it asks what its segment asks by now.
    pub(super) fn is_of(&self, definition: &DynamicSegment, predicates: &Predicates) -> bool {
        let Some(filter) = definition.filter() else { return false };
        let asked = filter.plan().conditions().filter(|it| !matches!(it, Predicate::Segments { .. }));
        self.questions().map(|asked| predicates.get(asked)).eq(asked.map(Some))
            && self.pins.as_deref().cloned().unwrap_or_default() == *definition.pins()
    }
}
