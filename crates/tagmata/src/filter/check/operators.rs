//! Which operators a type has (filter-language.md, section 2).

use crate::filter::ast::{Comparison, Quantifier, Test};
use crate::value::ValueType;

const TEXT: &[&str] = &["=", "!=", "in", "contains", "starts with", "ends with", "is empty"];
const NUMBER: &[&str] = &["=", "!=", "<", "<=", ">", ">=", "between", "in", "is empty"];
const TIME: &[&str] = &[
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "between",
    "before",
    "after",
    "on",
    "in last",
    "in next",
    "in this",
    "today",
    "yesterday",
    "tomorrow",
    "more than … ago",
    "less than … ago",
    "more than … from now",
    "less than … from now",
    "anniversary",
    "is empty",
];
const CHOICE: &[&str] = &["=", "!=", "in", "is empty"];
const SET: &[&str] = &["has", "has any", "has all", "has none", "has only", "is empty"];

/// The operators of a type, as filters spell them. Each positive one can also be negated.
pub(super) fn operators(value_type: ValueType) -> &'static [&'static str] {
    match value_type {
        ValueType::Text | ValueType::Email | ValueType::Phone => TEXT,
        ValueType::Number => NUMBER,
        ValueType::Date | ValueType::DateTime => TIME,
        ValueType::Bool => &["is true", "is false", "is empty"],
        ValueType::Select | ValueType::Status | ValueType::Country => CHOICE,
        ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => SET,
        ValueType::Id => &["=", "!=", "in"],
    }
}

/// The operator of a test, as messages spell it.
pub(super) fn spelled(test: &Test, negated: bool) -> &'static str {
    match test {
        Test::Compare(Comparison::Equal, _) if negated => "!=",
        Test::Compare(Comparison::Equal, _) => "=",
        Test::Compare(Comparison::Less, _) => "<",
        Test::Compare(Comparison::LessOrEqual, _) => "<=",
        Test::Compare(Comparison::Greater, _) => ">",
        Test::Compare(Comparison::GreaterOrEqual, _) => ">=",
        Test::In(_) => "in",
        Test::Between(..) => "between",
        Test::Match(matching, _) => matching.as_text(),
        Test::Has(Quantifier::One, _) => "has",
        Test::Has(Quantifier::Any, _) if negated => "has none",
        Test::Has(Quantifier::Any, _) => "has any",
        Test::Has(Quantifier::All, _) => "has all",
        Test::Has(Quantifier::Only, _) => "has only",
        Test::Empty => "is empty",
        Test::Is(true) => "is true",
        Test::Is(false) => "is false",
        Test::Position(position, _) => position.as_str(),
        Test::During(_) => "in last",
        Test::Distance(_) => "more than … ago",
        Test::Anniversary(_) => "anniversary",
    }
}
