//! The operators of conditions, by the word that stands for them in `"op"`.

use crate::filter::ast::{Comparison, Matching, Position, Quantifier, Test};
use crate::value::ValueType;

/// What a condition asks, without its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::filter) enum Operator {
    Compare(Comparison),
    In,
    Between,
    Match(Matching),
    Has(Quantifier),
    Empty,
    Is(bool),
    Position(Position),
    During,
    Distance { more: bool, ago: bool },
    Anniversary,
}

/// A word, whether it negates, and what it asks.
type Row = (&'static str, bool, Operator);

/// Every operator of a condition, in the order of the documentation.
pub(super) const OPERATORS: [Row; 48] = [
    ("=", false, Operator::Compare(Comparison::Equal)),
    ("!=", true, Operator::Compare(Comparison::Equal)),
    ("<", false, Operator::Compare(Comparison::Less)),
    ("<=", false, Operator::Compare(Comparison::LessOrEqual)),
    (">", false, Operator::Compare(Comparison::Greater)),
    (">=", false, Operator::Compare(Comparison::GreaterOrEqual)),
    ("in", false, Operator::In),
    ("not_in", true, Operator::In),
    ("between", false, Operator::Between),
    ("not_between", true, Operator::Between),
    ("contains", false, Operator::Match(Matching::Contains)),
    ("not_contains", true, Operator::Match(Matching::Contains)),
    ("starts_with", false, Operator::Match(Matching::StartsWith)),
    ("not_starts_with", true, Operator::Match(Matching::StartsWith)),
    ("ends_with", false, Operator::Match(Matching::EndsWith)),
    ("not_ends_with", true, Operator::Match(Matching::EndsWith)),
    ("has", false, Operator::Has(Quantifier::One)),
    ("not_has", true, Operator::Has(Quantifier::One)),
    ("has_any", false, Operator::Has(Quantifier::Any)),
    ("has_none", true, Operator::Has(Quantifier::Any)),
    ("has_all", false, Operator::Has(Quantifier::All)),
    ("not_has_all", true, Operator::Has(Quantifier::All)),
    ("has_only", false, Operator::Has(Quantifier::Only)),
    ("not_has_only", true, Operator::Has(Quantifier::Only)),
    ("is_empty", false, Operator::Empty),
    ("is_not_empty", true, Operator::Empty),
    ("is_true", false, Operator::Is(true)),
    ("is_not_true", true, Operator::Is(true)),
    ("is_false", false, Operator::Is(false)),
    ("is_not_false", true, Operator::Is(false)),
    ("before", false, Operator::Position(Position::Before)),
    ("not_before", true, Operator::Position(Position::Before)),
    ("after", false, Operator::Position(Position::After)),
    ("not_after", true, Operator::Position(Position::After)),
    ("on", false, Operator::Position(Position::On)),
    ("not_on", true, Operator::Position(Position::On)),
    ("during", false, Operator::During),
    ("not_during", true, Operator::During),
    ("more_than_ago", false, Operator::Distance { more: true, ago: true }),
    ("less_than_ago", false, Operator::Distance { more: false, ago: true }),
    ("more_than_from_now", false, Operator::Distance { more: true, ago: false }),
    ("less_than_from_now", false, Operator::Distance { more: false, ago: false }),
    ("not_more_than_ago", true, Operator::Distance { more: true, ago: true }),
    ("not_less_than_ago", true, Operator::Distance { more: false, ago: true }),
    ("not_more_than_from_now", true, Operator::Distance { more: true, ago: false }),
    ("not_less_than_from_now", true, Operator::Distance { more: false, ago: false }),
    ("anniversary", false, Operator::Anniversary),
    ("not_anniversary", true, Operator::Anniversary),
];

impl Operator {
    /// What a word asks, and whether it negates.
    pub(super) fn read(word: &str) -> Option<(bool, Self)> {
        OPERATORS.iter().find(|(name, ..)| *name == word).map(|(_, negated, operator)| (*negated, *operator))
    }

    /// The word for what is asked.
    pub(in crate::filter) fn word(self, negated: bool) -> &'static str {
        OPERATORS.iter().find(|row| row.1 == negated && row.2 == self).map_or("", |(word, ..)| word)
    }

    /// Every operator by its word; each positive one also negated.
    pub(in crate::filter) fn all() -> impl Iterator<Item = (&'static str, Self)> {
        OPERATORS.iter().map(|(word, _, operator)| (*word, *operator))
    }

    /// Whether fields of a type have the operator (filter-language.md, section 2).
    pub(in crate::filter) fn suits(self, value_type: ValueType) -> bool {
        if self == Self::Empty {
            return value_type != ValueType::Id;
        }
        match value_type {
            ValueType::Text | ValueType::Email | ValueType::Phone => {
                matches!(self, Self::Compare(Comparison::Equal) | Self::Match(_) | Self::In)
            }
            ValueType::Number => matches!(self, Self::Compare(_) | Self::In | Self::Between),
            ValueType::Date | ValueType::DateTime => {
                !matches!(self, Self::Match(_) | Self::In | Self::Has(_) | Self::Is(_))
            }
            ValueType::Bool => matches!(self, Self::Is(_) | Self::Compare(Comparison::Equal)),
            ValueType::Select | ValueType::Status | ValueType::Country | ValueType::Id => {
                matches!(self, Self::Compare(Comparison::Equal) | Self::In)
            }
            ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => matches!(self, Self::Has(_)),
        }
    }

    /// What a test asks.
    pub(in crate::filter) fn of(test: &Test) -> Self {
        match test {
            Test::Compare(comparison, _) => Self::Compare(*comparison),
            Test::In(_) => Self::In,
            Test::Between(..) => Self::Between,
            Test::Match(matching, _) => Self::Match(*matching),
            Test::Has(quantifier, _) => Self::Has(*quantifier),
            Test::Empty => Self::Empty,
            Test::Is(value) => Self::Is(*value),
            Test::Position(position, _) => Self::Position(*position),
            Test::During(_) => Self::During,
            Test::Distance(distance) => Self::Distance { more: distance.more, ago: distance.ago },
            Test::Anniversary(_) => Self::Anniversary,
        }
    }

    /// Whether the condition has a `"value"`.
    pub(in crate::filter) fn has_value(self) -> bool {
        !matches!(self, Self::Empty | Self::Is(_))
    }
}
