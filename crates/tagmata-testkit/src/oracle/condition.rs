//! One predicate: a subject, a positive operator, a value.

use crate::oracle::amount::micros;
use crate::oracle::anniversary;
use crate::oracle::calendar::Calendar;
use crate::oracle::comparison;
use crate::oracle::contact::Subject;
use crate::oracle::moment::{Moment, When};
use crate::oracle::phone;
use crate::oracle::schema::resolve;
use crate::oracle::text::{fold, fold_whole};
use crate::oracle::window;
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::BTreeSet;

/// The positive form of an operator, and whether the operator is its negation.
pub(crate) fn positive(op: &str) -> (&str, bool) {
    match op {
        "!=" => ("=", true),
        "has_none" => ("has_any", true),
        "is_not_empty" => ("is_empty", true),
        "is_not_true" => ("is_true", true),
        "is_not_false" => ("is_false", true),
        _ => op.strip_prefix("not_").map_or((op, false), |positive| (positive, true)),
    }
}

/// What the predicates need besides the two sides.
pub(crate) struct Circumstances<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) default_country: Option<&'a str>,
    pub(crate) now: DateTime<Utc>,
    /// Whether the contact is a member of a segment, static or dynamic.
    pub(crate) is_member: &'a dyn Fn(&str) -> bool,
}

/// "A predicate is true or false, never unknown." `op` is positive.
pub(crate) fn holds(subject: &Subject, op: &str, value: &Value, around: &Circumstances<'_>) -> bool {
    if op == "is_empty" {
        return is_empty(subject);
    }
    let texts = || value.as_array().expect("a list").iter().map(text);
    match subject {
        // "On a missing value every positive predicate is false."
        Subject::Missing => false,
        Subject::Id(id) => {
            let wanted = |v: &Value| usize::try_from(v.as_u64().expect("an id")).unwrap();
            comparison::holds(op, value, |v| id.cmp(&wanted(v))).expect("an operator of ids")
        }
        Subject::Text(own) => text_holds(own, op, value),
        Subject::Phone(own) => phone::holds(own, op, value, around.default_country),
        // "`country` is alpha-2 in any case"
        Subject::Country(own) => match op {
            "=" => *own == text(value).to_uppercase(),
            "in" => texts().any(|t| *own == t.to_uppercase()),
            _ => panic!("`{op}` is no operator of a country"),
        },
        Subject::Choice(own, choices) => match op {
            "=" => own == resolve(choices, text(value)),
            "in" => texts().any(|t| own == resolve(choices, t)),
            _ => panic!("`{op}` is no operator of a choice"),
        },
        Subject::Choices(own, choices) => set_holds(
            own,
            op,
            value,
            |t| resolve(choices, t).to_owned(),
            |t| own.contains(resolve(choices, t)),
        ),
        Subject::Tags(own) => set_holds(own, op, value, fold, |t| own.contains(&fold(t))),
        // "`segments has X` works for static and dynamic X"
        Subject::Segments(own) => set_holds(own, op, value, fold, around.is_member),
        // "**Numbers** are finite doubles; […] `-0` is `0`."
        Subject::Number(own) => comparison::holds(op, value, |v| {
            own.partial_cmp(&v.as_f64().expect("a number")).expect("finite numbers")
        })
        .expect("an operator of numbers"),
        Subject::Quotient { millionths, count } => {
            comparison::holds(op, value, |v| millionths.cmp(&(micros(v).expect("a number") * count)))
                .expect("an operator of numbers")
        }
        Subject::Bool(own) => match op {
            "is_true" => *own,
            "is_false" => !own,
            // "`= true` is read, printed as `is true`"
            "=" => *own == value.as_bool().expect("true or false"),
            _ => panic!("`{op}` is no operator of a bool"),
        },
        Subject::When(own) => when_holds(*own, op, value, around),
    }
}

/// "Missing is one thing […] an empty set"; "`segments is empty` […] see static segments only".
fn is_empty(subject: &Subject) -> bool {
    match subject {
        Subject::Missing => true,
        Subject::Choices(set, _) | Subject::Tags(set) | Subject::Segments(set) => set.is_empty(),
        _ => false,
    }
}

/// "**Text** compares by `fold(x)`"; "the operand of contains/starts/ends is folded but not trimmed".
fn text_holds(own: &str, op: &str, value: &Value) -> bool {
    let own = fold(own);
    match op {
        "=" => own == fold(text(value)),
        "in" => value.as_array().expect("a list").iter().any(|v| own == fold(text(v))),
        "contains" => own.contains(&fold_whole(text(value))),
        "starts_with" => own.starts_with(&fold_whole(text(value))),
        "ends_with" => own.ends_with(&fold_whole(text(value))),
        _ => panic!("`{op}` is no operator of a text"),
    }
}

/// `has` asks `has` for one name; `has only` compares the set itself with the `key`s of the names.
fn set_holds(
    own: &BTreeSet<String>,
    op: &str,
    value: &Value,
    key: impl Fn(&str) -> String,
    has: impl Fn(&str) -> bool,
) -> bool {
    let names = || value.as_array().expect("a list").iter().map(text);
    match op {
        "has" => has(text(value)),
        "has_any" => names().any(has),
        "has_all" => names().all(has),
        // "`has only (a, b)`: the set is not empty and every value of it is listed."
        "has_only" => {
            let listed: BTreeSet<String> = names().map(key).collect();
            !own.is_empty() && own.is_subset(&listed)
        }
        _ => panic!("`{op}` is no operator of a set"),
    }
}

fn when_holds(own: When, op: &str, value: &Value, around: &Circumstances<'_>) -> bool {
    let (calendar, now) = (around.calendar, around.now);
    match op {
        "during" => window::holds(own, value, calendar, now),
        "anniversary" => anniversary::holds(own, value, calendar, now),
        "more_than_ago" | "less_than_ago" | "more_than_from_now" | "less_than_from_now" => {
            window::distance_holds(own, op, value, calendar, now)
        }
        _ => comparison::holds(op, value, |v| own.compare(Moment::parse(v, calendar, now), calendar))
            .unwrap_or_else(|| panic!("`{op}` is no operator of a date")),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}
