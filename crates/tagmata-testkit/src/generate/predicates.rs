//! Operators and their operands, by the type of the left side: section 2 of the specification.

use crate::generate::contacts::COUNTRIES;
use crate::generate::moments::{anniversary, day_moment, distance, moment, window};
use crate::generate::phones;
use crate::generate::times::Times;
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use serde_json::{Value, json};

/// An operator and, if it takes one, its `value`.
pub(crate) type Predicate = (&'static str, Option<Value>);

/// The node of a target, `{"field"}` or `{"aggregate"}`, and a predicate.
pub(crate) fn condition(
    target: BoxedStrategy<Value>,
    predicate: BoxedStrategy<Predicate>,
) -> BoxedStrategy<Value> {
    (target, predicate)
        .prop_map(|(mut node, (op, value))| {
            node["op"] = json!(op);
            if let Some(value) = value {
                node["value"] = value;
            }
            node
        })
        .boxed()
}

/// `is empty` and its negation.
pub(crate) fn emptiness() -> BoxedStrategy<Predicate> {
    bare(&["is_empty", "is_not_empty"])
}

/// Of bools.
pub(crate) fn of_bool() -> BoxedStrategy<Predicate> {
    bare(&["is_true", "is_not_true", "is_false", "is_not_false", "is_empty", "is_not_empty"])
}

/// `=` and `in`: ids; with emptiness: statuses, selects and countries.
pub(crate) fn equality(value: BoxedStrategy<Value>) -> BoxedStrategy<Predicate> {
    prop_oneof![with(&["=", "!="], value.clone()), with(&["in", "not_in"], list(value))].boxed()
}

/// Of a choice out of keys.
pub(crate) fn of_choice(value: BoxedStrategy<Value>) -> BoxedStrategy<Predicate> {
    prop_oneof![4 => equality(value), 1 => emptiness()].boxed()
}

/// Of countries, in any case.
pub(crate) fn of_country() -> BoxedStrategy<Predicate> {
    let spelling = prop_oneof![
        4 => select(COUNTRIES).prop_map(Value::from),
        1 => select(COUNTRIES).prop_map(|country| json!(country.to_lowercase())),
    ];
    of_choice(spelling.boxed())
}

/// Of texts: `value` for whole ones, `fragment` for parts.
pub(crate) fn of_text(
    value: BoxedStrategy<Value>,
    fragment: BoxedStrategy<Value>,
) -> BoxedStrategy<Predicate> {
    let parts = with(
        &["contains", "not_contains", "starts_with", "not_starts_with", "ends_with", "not_ends_with"],
        fragment,
    );
    prop_oneof![3 => equality(value), 4 => parts, 1 => emptiness()].boxed()
}

/// Of phones.
pub(crate) fn of_phone() -> BoxedStrategy<Predicate> {
    of_text(phones::phone(), phones::fragment())
}

/// Of numbers.
pub(crate) fn of_number(value: BoxedStrategy<Value>) -> BoxedStrategy<Predicate> {
    let listed = with(&["in", "not_in"], list(value.clone()));
    prop_oneof![8 => ordered(value), 1 => listed, 1 => emptiness()].boxed()
}

/// Of dates.
pub(crate) fn of_date(times: &Times) -> BoxedStrategy<Predicate> {
    of_time(day_moment(times), times, false)
}

/// Of datetimes.
pub(crate) fn of_datetime(times: &Times) -> BoxedStrategy<Predicate> {
    of_time(moment(times), times, true)
}

/// Of sets: `value` for `has` and lists, `own` for `has only`.
pub(crate) fn of_set(value: BoxedStrategy<Value>, own: BoxedStrategy<Value>) -> BoxedStrategy<Predicate> {
    prop_oneof![
        2 => with(&["has", "not_has"], value.clone()),
        4 => with(&["has_any", "has_none", "has_all", "not_has_all"], list(value)),
        2 => with(&["has_only", "not_has_only"], list(own)),
        1 => emptiness(),
    ]
    .boxed()
}

fn of_time(moment: BoxedStrategy<Value>, times: &Times, of_datetimes: bool) -> BoxedStrategy<Predicate> {
    let words = with(&["before", "not_before", "after", "not_after", "on", "not_on"], moment.clone());
    let distances = with(
        &[
            "more_than_ago",
            "not_more_than_ago",
            "less_than_ago",
            "not_less_than_ago",
            "more_than_from_now",
            "not_more_than_from_now",
            "less_than_from_now",
            "not_less_than_from_now",
        ],
        distance(times, of_datetimes),
    );
    prop_oneof![
        4 => ordered(moment),
        2 => words,
        5 => with(&["during", "not_during"], window(times, of_datetimes)),
        3 => distances,
        4 => with(&["anniversary", "not_anniversary"], anniversary(times)),
        1 => emptiness(),
    ]
    .boxed()
}

/// `= < <= > >= between`.
fn ordered(value: BoxedStrategy<Value>) -> BoxedStrategy<Predicate> {
    let pair = vec(value.clone(), 2).prop_map(Value::from).boxed();
    prop_oneof![
        3 => with(&["=", "!=", "<", "<=", ">", ">="], value),
        1 => with(&["between", "not_between"], pair),
    ]
    .boxed()
}

fn list(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    vec(value, 1..=4).prop_map(Value::from).boxed()
}

fn bare(ops: &'static [&'static str]) -> BoxedStrategy<Predicate> {
    (select(ops), Just(None)).boxed()
}

fn with(ops: &'static [&'static str], value: BoxedStrategy<Value>) -> BoxedStrategy<Predicate> {
    (select(ops), value.prop_map(Some)).boxed()
}
