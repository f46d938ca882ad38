//! The operators of rules: react-querybuilder's eighteen, and ours for what it lacks.

use crate::filter::ast::{Comparison, Matching, Position, Quantifier};
use crate::filter::json::Operator;
use crate::time::Direction;
use crate::value::ValueType;

/// What the operator of a rule asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RuleOperator {
    Plain(Operator),
    /// `inLast` and its like: the window is in the value, its side in the name.
    Window(Direction),
}

type Row = (&'static str, bool, RuleOperator);

const fn plain(operator: Operator) -> RuleOperator {
    RuleOperator::Plain(operator)
}

/// The operators of single values.
const SINGLE: [Row; 42] = [
    ("=", false, plain(Operator::Compare(Comparison::Equal))),
    ("!=", true, plain(Operator::Compare(Comparison::Equal))),
    ("<", false, plain(Operator::Compare(Comparison::Less))),
    (">", false, plain(Operator::Compare(Comparison::Greater))),
    ("<=", false, plain(Operator::Compare(Comparison::LessOrEqual))),
    (">=", false, plain(Operator::Compare(Comparison::GreaterOrEqual))),
    ("contains", false, plain(Operator::Match(Matching::Contains))),
    ("beginsWith", false, plain(Operator::Match(Matching::StartsWith))),
    ("endsWith", false, plain(Operator::Match(Matching::EndsWith))),
    ("doesNotContain", true, plain(Operator::Match(Matching::Contains))),
    ("doesNotBeginWith", true, plain(Operator::Match(Matching::StartsWith))),
    ("doesNotEndWith", true, plain(Operator::Match(Matching::EndsWith))),
    ("null", false, plain(Operator::Empty)),
    ("notNull", true, plain(Operator::Empty)),
    ("in", false, plain(Operator::In)),
    ("notIn", true, plain(Operator::In)),
    ("between", false, plain(Operator::Between)),
    ("notBetween", true, plain(Operator::Between)),
    ("before", false, plain(Operator::Position(Position::Before))),
    ("notBefore", true, plain(Operator::Position(Position::Before))),
    ("after", false, plain(Operator::Position(Position::After))),
    ("notAfter", true, plain(Operator::Position(Position::After))),
    ("on", false, plain(Operator::Position(Position::On))),
    ("notOn", true, plain(Operator::Position(Position::On))),
    ("inLast", false, RuleOperator::Window(Direction::Last)),
    ("notInLast", true, RuleOperator::Window(Direction::Last)),
    ("inThis", false, RuleOperator::Window(Direction::This)),
    ("notInThis", true, RuleOperator::Window(Direction::This)),
    ("inNext", false, RuleOperator::Window(Direction::Next)),
    ("notInNext", true, RuleOperator::Window(Direction::Next)),
    ("during", false, plain(Operator::During)),
    ("notDuring", true, plain(Operator::During)),
    ("moreThanAgo", false, plain(Operator::Distance { more: true, ago: true })),
    ("notMoreThanAgo", true, plain(Operator::Distance { more: true, ago: true })),
    ("lessThanAgo", false, plain(Operator::Distance { more: false, ago: true })),
    ("notLessThanAgo", true, plain(Operator::Distance { more: false, ago: true })),
    ("moreThanFromNow", false, plain(Operator::Distance { more: true, ago: false })),
    ("notMoreThanFromNow", true, plain(Operator::Distance { more: true, ago: false })),
    ("lessThanFromNow", false, plain(Operator::Distance { more: false, ago: false })),
    ("notLessThanFromNow", true, plain(Operator::Distance { more: false, ago: false })),
    ("anniversary", false, plain(Operator::Anniversary)),
    ("notAnniversary", true, plain(Operator::Anniversary)),
];

/// The operators of sets: tags, segments, multi-selects.
const SETS: [Row; 10] = [
    ("contains", false, plain(Operator::Has(Quantifier::One))),
    ("doesNotContain", true, plain(Operator::Has(Quantifier::One))),
    ("in", false, plain(Operator::Has(Quantifier::Any))),
    ("notIn", true, plain(Operator::Has(Quantifier::Any))),
    ("hasAll", false, plain(Operator::Has(Quantifier::All))),
    ("doesNotHaveAll", true, plain(Operator::Has(Quantifier::All))),
    ("hasOnly", false, plain(Operator::Has(Quantifier::Only))),
    ("doesNotHaveOnly", true, plain(Operator::Has(Quantifier::Only))),
    ("null", false, plain(Operator::Empty)),
    ("notNull", true, plain(Operator::Empty)),
];

fn rows(value_type: ValueType) -> impl Iterator<Item = &'static Row> {
    let table = if value_type.is_set() { SETS.as_slice() } else { SINGLE.as_slice() };
    table.iter()
}

/// What a name asks of a type, and whether it negates.
pub(super) fn read(name: &str, value_type: ValueType) -> Option<(bool, RuleOperator)> {
    rows(value_type).find(|(other, ..)| *other == name).map(|(_, negated, operator)| (*negated, *operator))
}

/// The name for what is asked of a type.
pub(super) fn name(operator: RuleOperator, negated: bool, value_type: ValueType) -> Option<&'static str> {
    rows(value_type).find(|row| row.1 == negated && row.2 == operator).map(|(name, ..)| *name)
}

/// Every name there is, each once, for suggestions.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let only_sets = SETS.iter().filter(|(name, ..)| !SINGLE.iter().any(|(other, ..)| other == name));
    SINGLE.iter().chain(only_sets).map(|(name, ..)| *name)
}

/// The names that a type has, in the order of the table.
pub(super) fn of_type(value_type: ValueType) -> Vec<&'static str> {
    let has = |operator: &RuleOperator| match operator {
        RuleOperator::Plain(operator) => operator.suits(value_type),
        RuleOperator::Window(_) => Operator::During.suits(value_type),
    };
    let table: &'static [Row] = if value_type.is_set() { &SETS } else { &SINGLE };
    table.iter().filter(|(.., operator)| has(operator)).map(|(name, ..)| *name).collect()
}
