//! Aggregates over interactions and sets, with what they are compared with.

use crate::generate::moments::{moment, window};
use crate::generate::predicates::{condition, of_datetime, of_number};
use crate::generate::times::Times;
use crate::generate::vocabulary::Vocabulary;
use crate::generate::{numbers, texts};
use proptest::option::weighted;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use serde_json::{Value, json};

/// A condition on an aggregate.
pub(crate) fn leaf(names: &Vocabulary, times: &Times) -> BoxedStrategy<Value> {
    let over = |functions| over_interactions(functions, names, times);
    let sets: Vec<String> = names
        .multi_selects
        .iter()
        .map(|(key, _)| key.clone())
        .chain(["tags".to_owned(), "segments".to_owned()])
        .collect();
    let size = select(sets).prop_map(|field| json!({"aggregate": {"fn": "count", "field": field}})).boxed();
    prop_oneof![
        2 => condition(over(&["count"]), of_number(numbers::count_operand())),
        4 => condition(over(&["sum", "min", "max", "avg"]), of_number(numbers::amount_operand())),
        3 => condition(over(&["first", "last"]), of_datetime(times)),
        2 => condition(size, of_number(numbers::count_operand())),
    ]
    .boxed()
}

fn over_interactions(
    functions: &'static [&'static str],
    names: &Vocabulary,
    times: &Times,
) -> BoxedStrategy<Value> {
    let kind = prop_oneof![Just("payment".to_owned()), select(names.kinds.clone())];
    (select(functions), kind, weighted(0.2, texts::interaction_label()), weighted(0.5, during(times)))
        .prop_map(|(function, kind, labelled, during)| {
            let mut aggregate = json!({"fn": function, "kind": kind});
            for (key, value) in [("labelled", labelled), ("during", during)] {
                if let Some(value) = value {
                    aggregate[key] = value;
                }
            }
            json!({"aggregate": aggregate})
        })
        .boxed()
}

fn during(times: &Times) -> BoxedStrategy<Value> {
    let one =
        (select(&["before", "after", "on"][..]), moment(times)).prop_map(|(op, moment)| json!({op: moment}));
    let two = (moment(times), moment(times)).prop_map(|(from, to)| json!({"between": [from, to]}));
    prop_oneof![5 => window(times, true), 3 => one, 1 => two].boxed()
}
