//! What a filter means: typed, total, without names.
//!
//! The enums here are exhaustive on purpose: whatever evaluates or translates plans fails to build when a node is added.

use super::ast::{Distance, Function, Matching, NodeId, Quantifier};
use crate::time::{Anniversary, Calendar, Moment, Window};
use crate::value::{ContactId, FieldId, KindId, SegmentId, SymbolSet};
use std::ops::{Bound, RangeBounds};

/// A filter whose every name and type is resolved. Evaluating it cannot fail.
///
/// The nodes are in post-order: children stand before their parents, and the root is last.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub(super) nodes: Vec<PlanNode>,
    pub(super) calendar: Calendar,
}

impl Plan {
    /// All nodes, children before parents, the root last; never empty.
    #[must_use]
    pub fn nodes(&self) -> &[PlanNode] {
        &self.nodes
    }

    /// The calendar by which moments and windows are read.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The conditions of the plan, in the order in which they were written.
    pub fn conditions(&self) -> impl Iterator<Item = &Predicate> {
        self.nodes.iter().filter_map(|node| match node {
            PlanNode::Condition { predicate, .. } => Some(predicate),
            _ => None,
        })
    }
}

/// One node of a [`Plan`].
#[derive(Debug, Clone, PartialEq)]
pub enum PlanNode {
    /// True.
    Everyone,
    /// False.
    Nobody,
    /// True if all are.
    And(Box<[NodeId]>),
    /// True if one is.
    Or(Box<[NodeId]>),
    /// True if the other is not.
    Not(NodeId),
    /// A predicate, or its exact complement.
    Condition {
        /// What is asked.
        predicate: Predicate,
        /// Whether the answer is turned round.
        negated: bool,
    },
}

/// A question about one contact. On a missing value the answer is no, but for [`Predicate::Missing`].
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// About the folded text of a text or e-mail field.
    Text {
        /// The field.
        field: FieldId,
        /// What is asked of it.
        test: TextTest,
    },
    /// About the digits of a phone number in E.164 form, without its `+`.
    Phone {
        /// The field.
        field: FieldId,
        /// What is asked of it.
        test: TextTest,
    },
    /// About a number field.
    Number {
        /// The field.
        field: FieldId,
        /// What is asked of it.
        test: RangeTest<f64>,
    },
    /// Whether a yes-or-no field has this value.
    Bool {
        /// The field.
        field: FieldId,
        /// The value.
        value: bool,
    },
    /// Whether a select, status or country field has one of these values.
    OneOf {
        /// The field.
        field: FieldId,
        /// The values.
        symbols: SymbolSet,
    },
    /// About the set of a multi-select field, of the tags, or of the static segments.
    Set {
        /// The field.
        field: FieldId,
        /// How many of the symbols it must have.
        quantifier: Quantifier,
        /// The values.
        symbols: SymbolSet,
    },
    /// Whether the contact is in any or all of these segments, static or dynamic.
    Segments {
        /// `Any` or `All`.
        quantifier: Quantifier,
        /// The segments.
        segments: Box<[SegmentId]>,
    },
    /// Whether the contact is one of these.
    Id {
        /// The contacts, ascending.
        ids: Box<[ContactId]>,
    },
    /// About the day of a date field.
    Date {
        /// The field.
        field: FieldId,
        /// What is asked of it.
        test: TimeTest,
    },
    /// About an instant.
    Instant {
        /// Where it comes from.
        source: InstantSource,
        /// What is asked of it.
        test: TimeTest,
    },
    /// About a number made from interactions, in millionths.
    Measure {
        /// How it is made.
        measure: Measure,
        /// What is asked of it.
        test: RangeTest<i128>,
    },
    /// About the number of values in a set, in millionths.
    Size {
        /// The field.
        field: FieldId,
        /// What is asked of it.
        test: RangeTest<i128>,
    },
    /// Whether there is no value.
    Missing(Subject),
    /// Whether a phrase is in the name, the e-mail or the phone number.
    Search {
        /// The phrase, accent-folded, for name and e-mail.
        phrase: Box<str>,
        /// Its digits without leading zeros, for the phone number, where it looks like one.
        digits: Option<Box<str>>,
    },
}

/// What can be missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A field.
    Field(FieldId),
    /// A number made from interactions.
    Measure(Measure),
    /// An instant made from interactions.
    Instant(InstantSource),
    /// The size of a set, which is never missing.
    Size(FieldId),
}

/// What is asked of a text. All texts are folded.
#[derive(Debug, Clone, PartialEq)]
pub enum TextTest {
    /// It is one of these, which are sorted.
    OneOf(Box<[Box<str>]>),
    /// It contains this; never empty.
    Match(Matching, Box<str>),
}

/// What is asked of a number.
#[derive(Debug, Clone, PartialEq)]
pub enum RangeTest<T> {
    /// It lies between these bounds.
    Between(Bound<T>, Bound<T>),
    /// It is one of these.
    OneOf(Box<[T]>),
}

impl<T: PartialOrd + Copy> RangeTest<T> {
    pub(super) fn holds(&self, value: T) -> bool {
        match self {
            Self::Between(low, high) => (*low, *high).contains(&value),
            Self::OneOf(values) => values.contains(&value),
        }
    }
}

/// What is asked of a day or an instant.
#[derive(Debug, Clone, PartialEq)]
pub enum TimeTest {
    /// It is before the start of the moment.
    Before(Moment),
    /// It is before the end of the moment.
    NotAfter(Moment),
    /// It is within the moment.
    On(Moment),
    /// It is not before the start of the moment.
    NotBefore(Moment),
    /// It is not before the end of the moment.
    After(Moment),
    /// It is within or between two moments.
    Between(Moment, Moment),
    /// It is in a window.
    During(Window),
    /// It is farther from now than a count of units, or nearer.
    Distance(Distance),
    /// Its day of the year is one of these.
    Anniversary(Anniversary),
}

impl TimeTest {
    /// Whether the answer depends on `now`.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        match self {
            Self::Before(moment)
            | Self::NotAfter(moment)
            | Self::On(moment)
            | Self::NotBefore(moment)
            | Self::After(moment) => moment.is_relative(),
            Self::Between(low, high) => low.is_relative() || high.is_relative(),
            Self::During(_) | Self::Distance(_) | Self::Anniversary(Anniversary::Within(_)) => true,
            Self::Anniversary(Anniversary::On(_)) => false,
        }
    }
}

/// Which interactions count.
#[derive(Debug, Clone, PartialEq)]
pub struct InteractionSet {
    /// Those of this kind.
    pub kind: KindId,
    /// Those with this label, folded.
    pub labelled: Option<Box<str>>,
    /// Those that happened then; never an anniversary.
    pub during: Option<TimeTest>,
}

/// Where an instant comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum InstantSource {
    /// A field.
    Field(FieldId),
    /// The earliest of some interactions.
    First(InteractionSet),
    /// The latest of some interactions.
    Last(InteractionSet),
}

/// A number made from interactions.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// `Count`, `Sum`, `Min`, `Max` or `Avg`.
    pub function: Function,
    /// Which interactions count.
    pub of: InteractionSet,
}
