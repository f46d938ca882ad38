//! The abstract syntax of filters, before names and types are resolved.

use crate::diagnostic::Place;
use crate::time::{Anniversary, Count, Moment, Window};
use crate::value::Number;

/// A filter as it was written: nodes in post-order, the root last.
///
/// Two asts are equal when they say the same in the same structure; places and ids do not count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ast {
    nodes: Vec<Node>,
}

/// The position of a node in its ast, and in the plan made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    pub(crate) fn new(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Ast {
    pub(crate) fn new(nodes: Vec<Node>) -> Self {
        Self { nodes }
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(crate) fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    pub(crate) fn root(&self) -> NodeId {
        NodeId::new(self.nodes.len().saturating_sub(1))
    }
}

impl PartialEq for Ast {
    fn eq(&self, other: &Self) -> bool {
        self.nodes.len() == other.nodes.len()
            && self.nodes.iter().zip(&other.nodes).all(|(a, b)| a.kind == b.kind)
    }
}

/// One group, negation or condition.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) place: Place,
    /// The `"id"` that a JSON node carried.
    pub(crate) id: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeKind {
    Everyone,
    Nobody,
    And(Vec<NodeId>),
    Or(Vec<NodeId>),
    Not(NodeId),
    Search(At<Box<str>>),
    Condition(Box<Condition>),
    /// What could not be read; its problem is reported already.
    Invalid,
}

/// Something with the place where it was written. Places do not count when things are compared.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub(crate) it: T,
    pub(crate) place: Place,
}

impl<T> At<T> {
    pub(crate) fn new(it: T, place: Place) -> Self {
        Self { it, place }
    }
}

impl<T: PartialEq> PartialEq for At<T> {
    fn eq(&self, other: &Self) -> bool {
        self.it == other.it
    }
}

/// An operand with an operator and its values: `status in (lead, vip)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    pub(crate) operand: Operand,
    pub(crate) negated: bool,
    /// Where the operator stands.
    pub(crate) operator: At<()>,
    /// The place is that of the values in JSON, in text that of the operator with its values.
    pub(crate) test: At<Test>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Field(Name),
    Aggregate(At<Box<Aggregate>>),
}

/// The name of a field or kind, as a word or in backquotes.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) text: Box<str>,
    pub(crate) quoted: bool,
    pub(crate) place: Place,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.quoted == other.quoted
    }
}

/// A number or an instant made from the interactions of a contact, or the size of a set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Aggregate {
    pub(crate) function: Function,
    pub(crate) of: Name,
    /// What `of` must name, where the spelling says it.
    pub(crate) source: Source,
    pub(crate) labelled: Option<At<Box<str>>>,
    pub(crate) during: Option<During>,
}

/// Whether the name in an aggregate is that of a kind of interaction or of a field.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    Either,
    Kind,
    Field,
}

impl PartialEq for Source {
    /// Fields and kinds share one name space, so that the name alone decides.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What an aggregate computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// How many interactions, or how many members of a set.
    Count,
    /// The sum of the amounts; 0 of none.
    Sum,
    /// The smallest amount.
    Min,
    /// The largest amount.
    Max,
    /// The mean of the amounts.
    Avg,
    /// When the first one was.
    First,
    /// When the last one was.
    Last,
}

impl Function {
    pub(crate) const ALL: [Self; 7] =
        [Self::Count, Self::Sum, Self::Min, Self::Max, Self::Avg, Self::First, Self::Last];

    /// The word that filters use.
    ///
    /// ```
    /// # use tagmata::Function;
    /// assert_eq!(Function::Avg.as_str(), "avg");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
            Self::Avg => "avg",
            Self::First => "first",
            Self::Last => "last",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| word.eq_ignore_ascii_case(function.as_str()))
    }
}

/// When the interactions of an aggregate happened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum During {
    Window(At<Window>),
    Position(Position, Literal),
    Between(Literal, Literal),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// `=` (and, negated, `!=`), `<` `<=` `>` `>=`.
    Compare(Comparison, Literal),
    In(Vec<Literal>),
    Between(Literal, Literal),
    Match(Matching, At<Box<str>>),
    Has(Quantifier, Vec<Literal>),
    Empty,
    Is(bool),
    Position(Position, Literal),
    During(Window),
    /// `more than 3 days ago` and its like.
    Distance(Distance),
    Anniversary(Anniversary),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// How a text must contain another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matching {
    /// Anywhere.
    Contains,
    /// At its start.
    StartsWith,
    /// At its end.
    EndsWith,
}

/// How many of the listed values a set must have.
///
/// ```
/// use tagmata::{Filter, Predicate, Quantifier, Schema};
/// let mut schema = Schema::default();
/// schema.define_tag("vip")?;
/// let filter = Filter::parse("tags has only (vip)", &schema)?;
/// let condition = filter.plan().conditions().next();
/// assert!(matches!(condition, Some(Predicate::Set { quantifier: Quantifier::Only, .. })));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// The one that is given.
    One,
    /// At least one of them.
    Any,
    /// Every one of them.
    All,
    /// At least one value, and none but these.
    Only,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    Before,
    After,
    On,
}

impl Position {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::On => "on",
        }
    }

    /// The comparison that says the same.
    pub(crate) const fn comparison(self) -> Comparison {
        match self {
            Self::Before => Comparison::Less,
            Self::After => Comparison::Greater,
            Self::On => Comparison::Equal,
        }
    }
}

/// `more than 180 days ago`, `less than 2 weeks from now`.
///
/// ```
/// use tagmata::{Count, Distance, Unit};
/// let far = Distance { more: true, count: Count { n: 180, unit: Unit::Day }, ago: true };
/// assert_eq!(far.to_string(), "more than 180 days ago");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Distance {
    /// Farther away than the count, or nearer.
    pub more: bool,
    /// How far; `n` is positive.
    pub count: Count,
    /// In the past, or in the future.
    pub ago: bool,
}

pub(crate) type Literal = At<LiteralKind>;

/// A value as it was written. What a word or string stands for depends on the type it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LiteralKind {
    /// In double quotes.
    Text(Box<str>),
    /// A bare word, `true`, `now` and `today` included.
    Word(Box<str>),
    Number(Number),
    Bool(bool),
    Moment(Moment),
}
