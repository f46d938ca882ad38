//! What a filter means: typed, total, without names.
//!
//! The enums here are exhaustive on purpose: whatever evaluates or translates plans fails to build when a node is added.

use super::ast::{Distance, Function, Matching, NodeId, Quantifier};
use crate::model::Field;
use crate::time::{Anniversary, Calendar, Moment, Window};
use crate::value::{ContactId, FieldId, KindId, SegmentId, SymbolSet};
use std::ops::{Bound, RangeBounds};

/// A filter whose every name and type is resolved. Evaluating it cannot fail.
///
/// The nodes are in post-order: children stand before their parents, and the root is last.
///
/// ```
/// use tagmata::{Filter, PlanNode, Schema};
/// let filter = Filter::parse("status = lead and email is not empty", &Schema::default())?;
/// let [PlanNode::Condition { .. }, PlanNode::Condition { negated: true, .. }, PlanNode::And(parts)] =
///     filter.plan().nodes()
/// else {
///     unreachable!()
/// };
/// assert_eq!((parts[0].index(), parts[1].index()), (0, 1));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub(super) nodes: Vec<PlanNode>,
    pub(super) calendar: Calendar,
}

impl Plan {
    /// All nodes, children before parents, the root last; never empty.
    ///
    /// ```
    /// use tagmata::{Filter, PlanNode, Schema};
    /// let schema = Schema::default();
    /// assert_eq!(Filter::parse("everyone", &schema)?.plan().nodes(), [PlanNode::Everyone]);
    /// assert_eq!(Filter::parse("status = lead and email is empty", &schema)?.plan().nodes().len(), 3);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn nodes(&self) -> &[PlanNode] {
        &self.nodes
    }

    /// The calendar by which moments and windows are read.
    ///
    /// ```
    /// use tagmata::{Calendar, Filter, Schema, Settings};
    /// let calendar = Calendar { zone: "Europe/Paris".parse()?, ..Calendar::default() };
    /// let schema = Schema::new(Settings { calendar, ..Settings::default() });
    /// let filter = Filter::parse("created_at today", &schema)?;
    /// assert_eq!(filter.plan().calendar().zone.name(), "Europe/Paris");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The conditions of the plan, in the order in which they were written.
    ///
    /// ```
    /// use tagmata::{Filter, Predicate, Schema};
    /// let filter = Filter::parse("status = lead or search \"mart\"", &Schema::default())?;
    /// let conditions: Vec<_> = filter.plan().conditions().collect();
    /// assert!(matches!(conditions[..], [Predicate::OneOf { .. }, Predicate::Search { .. }]));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn conditions(&self) -> impl Iterator<Item = &Predicate> {
        self.nodes.iter().filter_map(|node| match node {
            PlanNode::Condition { predicate, .. } => Some(predicate),
            _ => None,
        })
    }

    /// The same, to be changed.
    pub(super) fn conditions_mut(&mut self) -> impl Iterator<Item = &mut Predicate> {
        self.nodes.iter_mut().filter_map(|node| match node {
            PlanNode::Condition { predicate, .. } => Some(predicate),
            _ => None,
        })
    }
}

/// One node of a [`Plan`].
///
/// ```
/// use tagmata::{Filter, PlanNode, Schema};
/// let filter = Filter::parse("status = lead and (email is empty or mobile is empty)", &Schema::default())?;
/// let [_, _, _, PlanNode::Or(either), PlanNode::And(both)] = filter.plan().nodes() else { unreachable!() };
/// assert_eq!(either.iter().map(|id| id.index()).collect::<Vec<_>>(), [1, 2]);
/// assert_eq!(both.iter().map(|id| id.index()).collect::<Vec<_>>(), [0, 3]);
/// # Ok::<(), tagmata::Error>(())
/// ```
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
///
/// ```
/// use tagmata::{Field, Filter, Matching, Predicate, Schema, TextTest};
/// let filter = Filter::parse("email ends with \"@Example.COM\"", &Schema::default())?;
/// let test = TextTest::Match(Matching::EndsWith, "@example.com".into());
/// assert_eq!(filter.plan().conditions().next(), Some(&Predicate::Text { field: Field::EMAIL, test }));
/// # Ok::<(), tagmata::Error>(())
/// ```
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

impl Predicate {
    /// The one field that is looked at; `None` for interactions, and for a search, which looks at several.
    ///
    /// ```
    /// use tagmata::{Field, Filter, Schema};
    /// let filter = Filter::parse("status = lead", &Schema::default())?;
    /// let fields: Vec<_> = filter.plan().conditions().map(|predicate| predicate.field()).collect();
    /// assert_eq!(fields, [Some(Field::STATUS)]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn field(&self) -> Option<FieldId> {
        match self {
            Self::Text { field, .. }
            | Self::Phone { field, .. }
            | Self::Number { field, .. }
            | Self::Bool { field, .. }
            | Self::OneOf { field, .. }
            | Self::Set { field, .. }
            | Self::Date { field, .. }
            | Self::Size { field, .. }
            | Self::Instant { source: InstantSource::Field(field), .. }
            | Self::Missing(
                Subject::Field(field) | Subject::Size(field) | Subject::Instant(InstantSource::Field(field)),
            ) => Some(*field),
            Self::Segments { .. } => Some(Field::SEGMENTS),
            Self::Id { .. } => Some(Field::ID),
            Self::Instant { .. } | Self::Measure { .. } | Self::Missing(_) | Self::Search { .. } => None,
        }
    }
}

/// What can be missing.
///
/// ```
/// use tagmata::{Field, Filter, Predicate, Schema, Subject};
/// let filter = Filter::parse("email is empty", &Schema::default())?;
/// let missing = Predicate::Missing(Subject::Field(Field::EMAIL));
/// assert_eq!(filter.plan().conditions().next(), Some(&missing));
/// # Ok::<(), tagmata::Error>(())
/// ```
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
///
/// ```
/// use tagmata::{Field, Filter, Predicate, Schema, TextTest};
/// let filter = Filter::parse("source in (Web, \"FAIR\")", &Schema::default())?;
/// let test = TextTest::OneOf(Box::new(["fair".into(), "web".into()]));
/// assert_eq!(filter.plan().conditions().next(), Some(&Predicate::Text { field: Field::SOURCE, test }));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum TextTest {
    /// It is one of these, which are sorted.
    OneOf(Box<[Box<str>]>),
    /// It contains this; never empty.
    Match(Matching, Box<str>),
}

/// What is asked of a number.
///
/// ```
/// use std::ops::Bound;
/// use tagmata::{Field, Filter, Predicate, RangeTest, Schema};
/// let filter = Filter::parse("count(tags) >= 2", &Schema::default())?;
/// let test = RangeTest::Between(Bound::Included(2_000_000), Bound::Unbounded);
/// assert_eq!(filter.plan().conditions().next(), Some(&Predicate::Size { field: Field::TAGS, test }));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum RangeTest<T> {
    /// It lies between these bounds.
    Between(Bound<T>, Bound<T>),
    /// It is one of these.
    OneOf(Box<[T]>),
}

impl<T: PartialOrd + Copy> RangeTest<T> {
    pub(crate) fn holds(&self, value: T) -> bool {
        match self {
            Self::Between(low, high) => (*low, *high).contains(&value),
            Self::OneOf(values) => values.contains(&value),
        }
    }
}

/// What is asked of a day or an instant.
///
/// ```
/// use tagmata::{Date, Field, Filter, InstantSource, Moment, Predicate, Schema, TimeTest};
/// let filter = Filter::parse("created_at before 2026-11-22", &Schema::default())?;
/// let test = TimeTest::Before(Moment::Date(Date::new(2026, 11, 22).unwrap()));
/// let source = InstantSource::Field(Field::CREATED_AT);
/// assert_eq!(filter.plan().conditions().next(), Some(&Predicate::Instant { source, test }));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    ///
    /// ```
    /// use tagmata::{Date, Direction, Moment, TimeTest, Window};
    /// assert!(!TimeTest::Before(Moment::Date(Date::new(2026, 11, 22).unwrap())).is_relative());
    /// assert!(TimeTest::During(Window::Day(Direction::This)).is_relative());
    /// ```
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
///
/// ```
/// use tagmata::{Direction, Filter, InteractionSet, Predicate, Schema, TimeTest, Window};
/// let schema = Schema::default();
/// let filter = Filter::parse("count(payment today) > 0", &schema)?;
/// let Some(Predicate::Measure { measure, .. }) = filter.plan().conditions().next() else { unreachable!() };
/// let kind = schema.kind("payment").unwrap().id;
/// let during = Some(TimeTest::During(Window::Day(Direction::This)));
/// assert_eq!(measure.of, InteractionSet { kind, labelled: None, during });
/// # Ok::<(), tagmata::Error>(())
/// ```
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
///
/// ```
/// use tagmata::{Filter, InstantSource, Predicate, Schema};
/// let filter = Filter::parse("last(payment) in last 30 days", &Schema::default())?;
/// let condition = filter.plan().conditions().next();
/// assert!(matches!(condition, Some(Predicate::Instant { source: InstantSource::Last(_), .. })));
/// # Ok::<(), tagmata::Error>(())
/// ```
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
///
/// ```
/// use tagmata::{Filter, Function, Predicate, Schema};
/// let schema = Schema::default();
/// let filter = Filter::parse("sum(payment) > 1000", &schema)?;
/// let Some(Predicate::Measure { measure, .. }) = filter.plan().conditions().next() else { unreachable!() };
/// assert_eq!(measure.function, Function::Sum);
/// assert_eq!(Some(measure.of.kind), schema.kind("payment").map(|kind| kind.id));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// `Count`, `Sum`, `Min`, `Max` or `Avg`.
    pub function: Function,
    /// Which interactions count.
    pub of: InteractionSet,
}
