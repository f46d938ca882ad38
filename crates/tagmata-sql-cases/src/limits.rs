//! The largest filters that there can be.

use crate::statements::Question;
use crate::world::World;
use serde_json::{Value, json};
use tagmata_testkit::conformance::read_filter;

/// How deep segments may refer to one another.
const SEGMENTS: usize = 16;

/// A world with segments within each other, and filters at the limits.
pub(crate) fn limits() -> (World, Vec<Question>) {
    let mut segments = vec![json!({"name": "s0", "filter": leaf(0)})];
    for at in 1..SEGMENTS {
        let inner = json!({"op": "has", "field": "segments", "value": format!("s{}", at - 1)});
        let args = [json!({"op": "not", "arg": inner}), leaf(at)];
        segments.push(
            json!({"name": format!("s{at}"), "filter": {"v": 1, "filter": {"op": "or", "args": args}}}),
        );
    }
    segments[0]["filter"] = json!({"v": 1, "filter": leaf(0)});
    let schema =
        json!({"fields": [{"key": "score", "type": "number"}], "tags": ["a", "b"], "segments": segments});
    let contacts = (0..8).map(|at| {
        let values = json!({
            "first_name": format!("n{at}"), "score": at, "tags": if at % 2 == 0 { vec!["a"] } else { vec![] },
            "interactions": [{"kind": "payment", "at": "2026-02-01T10:00:00Z", "amount": at.to_string()}],
        });
        (format!("c{at}"), values)
    });
    let now = "2026-11-22T09:30:00Z".parse().unwrap();
    let world = World::new(&schema, &json!({}), contacts.collect(), now);

    let many = |op: &str| json!({"op": op, "args": (0..9_990).map(leaf).collect::<Vec<_>>()});
    let deep = (0..62).fold(leaf(1), |inner, at| match at % 2 {
        0 => json!({"op": "and", "args": [leaf(at), inner]}),
        _ => json!({"op": "or", "args": [leaf(at), {"op": "not", "arg": leaf(at + 1)}, inner]}),
    });
    let nots = (0..62).fold(leaf(2), |inner, _| json!({"op": "not", "arg": inner}));
    let list = |value: fn(usize) -> Value| (0..10_000).map(value).collect::<Vec<_>>();
    let filters = [
        ("10,000 conditions, one of which holds", many("or")),
        ("10,000 conditions that all hold", many("and")),
        ("62 groups within each other", deep),
        ("62 times not", nots),
        ("10,000 numbers", json!({"op": "in", "field": "score", "value": list(|at| json!(at * 3))})),
        (
            "10,000 texts",
            json!({"op": "not_in", "field": "first_name", "value": list(|at| json!(format!("n{}", at * 2)))}),
        ),
        ("10,000 ids", json!({"op": "in", "field": "id", "value": list(|at| json!(at * 5))})),
        ("16 segments within each other", json!({"op": "has", "field": "segments", "value": "s15"})),
    ];
    let questions = filters.into_iter().map(|(about, node)| {
        let json = json!({"v": 1, "filter": node});
        let filter = read_filter(&json, world.schema()).unwrap_or_else(|error| panic!("{about}: {error}"));
        Question { about: about.to_owned(), filter, members: world.members(&json) }
    });
    let questions = questions.collect();
    (world, questions)
}

/// Conditions of several kinds, few of them on rows of other tables: databases need long to plan thousands of joins.
fn leaf(at: usize) -> Value {
    match at % 1000 {
        3 => json!({"op": "<", "aggregate": {"fn": "sum", "kind": "payment"}, "value": at}),
        4 => json!({"op": "has", "field": "tags", "value": "a"}),
        _ if at.is_multiple_of(3) => json!({"op": "=", "field": "score", "value": at}),
        _ if at % 3 == 1 => json!({"op": "!=", "field": "first_name", "value": format!("n{at}")}),
        _ => json!({"op": ">=", "field": "score", "value": at}),
    }
}
