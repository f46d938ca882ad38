//! Which operators a type has (filter-language.md, section 2).

use crate::diagnostic::Place;
use crate::filter::ast::{Comparison, Condition, Distance, Quantifier, Test};
use crate::filter::json::Operator;
use crate::time::{Direction, Window};
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

/// The operators of a type, as canonical JSON spells them.
pub(super) fn words(value_type: ValueType) -> Vec<&'static str> {
    Operator::all().filter(|(_, operator)| operator.suits(value_type)).map(|(word, _)| word).collect()
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
        Test::During(window) => match window {
            Window::Day(Direction::This) => "today",
            Window::Day(Direction::Last) => "yesterday",
            Window::Day(Direction::Next) => "tomorrow",
            Window::Rolling { direction, .. }
            | Window::Calendar { direction, .. }
            | Window::Period { direction, .. } => match direction {
                Direction::Last => "in last",
                Direction::This => "in this",
                Direction::Next => "in next",
            },
        },
        Test::Distance(Distance { more: true, ago: true, .. }) => "more than … ago",
        Test::Distance(Distance { more: false, ago: true, .. }) => "less than … ago",
        Test::Distance(Distance { more: true, ago: false, .. }) => "more than … from now",
        Test::Distance(Distance { more: false, ago: false, .. }) => "less than … from now",
        Test::Anniversary(_) => "anniversary",
    }
}

const SETS_ONLY: &str = "`has` is for sets such as `tags`";

/// What to write instead of an operator that a type does not have.
pub(super) fn instead(subject: &str, value_type: ValueType, condition: &Condition) -> Option<String> {
    if matches!(condition.operator.place, Place::Json { .. }) {
        return instead_in_json(value_type, condition);
    }
    let not = if condition.negated { "not " } else { "" };
    Some(match (value_type, &condition.test.it) {
        (_, Test::Compare(Comparison::Equal, value)) if value_type.is_set() => {
            format!("write `{subject} {not}has {value}`")
        }
        (_, Test::In(_)) if value_type.is_set() => match condition.negated {
            true => format!("write `{subject} has none (…)`"),
            false => format!("write `{subject} has any (…)`"),
        },
        (_, Test::Match(..)) if value_type.is_set() => {
            format!("write `{subject} {not}has …` for a whole name")
        }
        (_, Test::Compare(..) | Test::Between(..)) if value_type.is_set() => {
            format!("write `count({subject})` for the size of the set")
        }
        (ValueType::Id, Test::Empty) => "every contact has an id".to_owned(),
        (ValueType::Date | ValueType::DateTime | ValueType::Bool, Test::Has(..)) => SETS_ONLY.to_owned(),
        (_, Test::Has(..)) => format!("`has` is for sets: write `{subject} = …` or `{subject} in (…)`"),
        (ValueType::Date | ValueType::DateTime, Test::In(_)) => {
            format!("write `{subject} between … and …`, or `{subject} = … or {subject} = …`")
        }
        (ValueType::Date | ValueType::DateTime, Test::Match(..)) => {
            format!("write `{subject} in this year` or `{subject} between … and …`")
        }
        (_, Test::During(_) | Test::Position(..) | Test::Distance(_) | Test::Anniversary(_)) => {
            "times belong to fields of type `date` and `datetime`".to_owned()
        }
        _ => return None,
    })
}

fn instead_in_json(value_type: ValueType, condition: &Condition) -> Option<String> {
    let help = match (&condition.test.it, condition.negated) {
        (Test::Compare(Comparison::Equal, _), false) if value_type.is_set() => "write `has`",
        (Test::Compare(Comparison::Equal, _), true) if value_type.is_set() => "write `not_has`",
        (Test::In(_), false) if value_type.is_set() => "write `has_any`",
        (Test::In(_), true) if value_type.is_set() => "write `has_none`",
        (Test::Compare(..) | Test::Between(..), _) if value_type.is_set() => {
            "the size of a set is an aggregate: `{\"fn\": \"count\", \"field\": …}`"
        }
        (Test::Has(..), _) => match value_type {
            ValueType::Date | ValueType::DateTime | ValueType::Bool => SETS_ONLY,
            _ => "`has` is for sets: write `=` or `in`",
        },
        (Test::Empty, _) if value_type == ValueType::Id => "every contact has an id",
        (Test::During(_) | Test::Position(..) | Test::Distance(_) | Test::Anniversary(_), _) => {
            "times belong to fields of type `date` and `datetime`"
        }
        _ => return None,
    };
    Some(help.to_owned())
}
