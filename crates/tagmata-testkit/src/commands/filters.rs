//! Filters as texts, over the names of the pools.

use super::names::{KINDS, OPTIONS, SEGMENTS, STATUSES, TAGS};
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;

/// Conditions that only need what every book has, or what the first steps define.
const CONDITIONS: &[&str] = &[
    "everyone",
    "created_at in last 2 days",
    "created_at today",
    "status_changed_at more than 3 hours ago",
    "updated_at in last 90 minutes",
    "updated_at in this month",
    "last_interaction in last 3 days",
    "last_interaction is empty",
    "last_interaction more than 1 day ago",
    "count(payment) >= 2",
    "sum(payment in last 2 days) > 10",
    "first(payment) before today",
    "last(appointment) in next 2 days",
    "count(demo) >= 1",
    "count(tags) >= 2",
    "count(segments) >= 1",
    "segments is empty",
    "tags is empty",
    "country = FR",
    "name contains \"zo\"",
    "search \"mart\"",
    "search \"612\"",
    "email ends with \"example.com\"",
    "mobile is empty",
    "external_id is not empty",
    "source in (web, fair)",
    "id in (0, 2, 5)",
    "note = straße",
    "billed > 100",
    "billed between 0 and 50",
    "agreed is true",
    "birthday anniversary in next 3 days",
    "due in next 36 hours",
    "due < now",
    "plan is empty",
    "software has any (xero, myob)",
    "software is empty",
    "`Montant` > 10",
];

fn condition() -> BoxedStrategy<String> {
    prop_oneof![
        6 => select(CONDITIONS).prop_map(str::to_owned),
        2 => select(TAGS).prop_map(|name| format!("tags has \"{name}\"")),
        3 => select(SEGMENTS).prop_map(|name| format!("segments has \"{name}\"")),
        2 => select(STATUSES).prop_map(|name| format!("status = \"{name}\"")),
        1 => select(OPTIONS).prop_map(|name| format!("plan = \"{name}\"")),
        1 => select(OPTIONS).prop_map(|name| format!("software has \"{name}\"")),
        1 => select(KINDS).prop_map(|kind| format!("count({kind} in last 2 days) >= 1")),
        1 => select(TAGS).prop_map(|name| format!("tags has only (\"{name}\", web)")),
    ]
    .boxed()
}

/// A filter that may name what is not there.
pub fn filter() -> BoxedStrategy<String> {
    let negated = || (proptest::bool::weighted(0.3), condition());
    let word = |(is_negated, condition): (bool, String)| match is_negated {
        true => format!("not ({condition})"),
        false => condition,
    };
    let group = (negated(), select(&["and", "or"][..]), negated());
    prop_oneof![
        2 => negated().prop_map(word),
        1 => group.prop_map(move |(one, joined, other)| format!("{} {joined} {}", word(one), word(other))),
    ]
    .boxed()
}

/// A filter that can always be asked.
pub(super) fn sound_filter() -> BoxedStrategy<String> {
    prop_oneof![3 => Just("everyone".to_owned()), 1 => Just("status = lead".to_owned())].boxed()
}
