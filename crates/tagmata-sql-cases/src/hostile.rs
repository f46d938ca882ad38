//! Values that would mean something if they were part of the text of a statement, in every place that takes one.

use crate::dice::Dice;
use crate::names::HOSTILE;
use crate::statements::Question;
use crate::world::World;
use serde_json::{Value, json};
use tagmata_testkit::conformance::read_filter;

/// A world in which everything has a hostile name and hostile values, and filters with them.
pub(crate) fn hostile(dice: &mut Dice) -> (World, Vec<Question>) {
    // As words that are not blank and not the same when they are folded.
    let words: Vec<String> = (0..6).map(|at| format!("{}{at}", dice.pick(HOSTILE))).collect();
    let options: Vec<Value> =
        words.iter().enumerate().map(|(at, word)| json!({"key": format!("o{at}"), "label": word})).collect();
    let schema = json!({
        "fields": [
            {"key": "memo", "type": "text"},
            {"key": "plan", "type": "select", "options": options},
            {"key": "langs", "type": "multi_select", "options": options},
        ],
        "tags": words,
        "segments": words.iter().map(|word| json!({"name": format!("s{word}")})).collect::<Vec<_>>(),
    });
    let contacts = words.iter().enumerate().map(|(at, word)| {
        let values = json!({
            "first_name": word, "last_name": "x", "memo": word, "email": format!("a{at}@example.com"),
            "source": word, "plan": format!("o{at}"), "langs": [format!("o{at}")], "tags": [word],
            "segments": [format!("s{word}")],
            "interactions": [{"kind": "payment", "at": "2026-02-01T10:00:00Z", "amount": "1", "label": word}],
        });
        (format!("c{at}"), values)
    });
    let now = "2026-11-22T09:30:00Z".parse().unwrap();
    let world = World::new(&schema, &json!({}), contacts.collect(), now);

    let mut filters = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let half: String = word.chars().take(1).collect();
        filters.extend([
            json!({"op": "=", "field": "memo", "value": word}),
            json!({"op": "!=", "field": "source", "value": word}),
            json!({"op": "in", "field": "memo", "value": [word, words[0], "x' OR 'x'='x", "a\u{0}b"]}),
            json!({"op": "contains", "field": "first_name", "value": word}),
            json!({"op": "contains", "field": "source", "value": "\u{0}"}),
            json!({"op": "not_contains", "field": "name", "value": format!("{word} x")}),
            json!({"op": "starts_with", "field": "memo", "value": word}),
            json!({"op": "ends_with", "field": "memo", "value": format!("{word}\u{0}")}),
            json!({"op": "has", "field": "tags", "value": word}),
            json!({"op": "has_only", "field": "tags", "value": [word, words[1]]}),
            json!({"op": "has_none", "field": "segments", "value": [format!("s{word}")]}),
            json!({"op": "=", "field": "plan", "value": format!("o{at}")}),
            json!({"op": "has_all", "field": "langs", "value": [format!("o{at}")]}),
            json!({"op": ">=", "aggregate": {"fn": "count", "kind": "payment", "labelled": word}, "value": 1}),
        ]);
        if !half.trim().is_empty() {
            filters.push(json!({"op": "contains", "field": "memo", "value": half}));
            filters.push(json!({"op": "search", "value": word}));
        }
    }
    let questions = filters.into_iter().map(|node| {
        let json = json!({"v": 1, "filter": node});
        let filter = read_filter(&json, world.schema()).unwrap_or_else(|error| panic!("{json}: {error}"));
        Question { about: json.to_string(), filter, members: world.members(&json) }
    });
    let questions = questions.collect();
    (world, questions)
}
