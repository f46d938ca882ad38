//! The published JSON Schema of definitions says what the reader says.

use crate::json_schema::JsonSchema;
use crate::random::budget;
use crate::random_books::{AnyBook, any_book, documents, now};
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use tagmata::{Book, Code, Diagnostic, Error, Filter, Prune, Schema};

fn schema() -> JsonSchema {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/definitions.schema.json");
    JsonSchema(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

fn apply(document: &Value) -> Result<(), Error> {
    let mut book = Book::builder().build(now());
    book.apply_definitions(&document.to_string(), Prune::Keep, now()).map(|_| ())
}

/// Whether a problem is one of structure, which a schema can see.
fn is_structural(problem: &Diagnostic) -> bool {
    problem.code().as_str().starts_with("E06")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(60), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_satisfies_the_schema(AnyBook(book) in any_book()) {
        let document: Value = serde_json::from_str(&book.definitions()).unwrap();
        prop_assert!(schema().accepts(&document), "{}", book.definitions());
    }

    #[test]
    fn what_is_spoilt_is_refused_by_both(document in documents(), at in any::<Index>(), how in select(SPOILS)) {
        let mut spoilt = document;
        let mut places = Vec::new();
        collect("", &spoilt, &mut places);
        spoil(&mut spoilt, at.get::<String>(&places), how);
        let (accepted, read) = (schema().accepts(&spoilt), apply(&spoilt));
        match read {
            Ok(()) => prop_assert!(accepted, "only read: {spoilt}"),
            Err(error) if accepted => {
                prop_assert!(!error.diagnostics().iter().any(is_structural), "only accepted: {spoilt}\n{error}");
            }
            Err(_) => {}
        }
    }
}

/// The pointers of all values of a document.
fn collect(at: &str, value: &Value, places: &mut Vec<String>) {
    places.push(at.to_owned());
    match value {
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| collect(&format!("{at}/{index}"), item, places));
        }
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| collect(&format!("{at}/{key}"), value, places));
        }
        _ => {}
    }
}

#[derive(Debug, Clone, Copy)]
enum Spoil {
    Null,
    Number,
    Text,
    Flag,
    List,
    Object,
    /// The first member or item is taken out.
    Remove,
    /// A member or item that means nothing is put in.
    Add,
    /// Nothing is left.
    Empty,
}

const SPOILS: &[Spoil] = &[
    Spoil::Null,
    Spoil::Number,
    Spoil::Text,
    Spoil::Flag,
    Spoil::List,
    Spoil::Object,
    Spoil::Remove,
    Spoil::Add,
    Spoil::Empty,
];

fn spoil(document: &mut Value, at: &str, how: Spoil) {
    let value = document.pointer_mut(at).unwrap();
    match (how, &mut *value) {
        (Spoil::Null, _) => *value = Value::Null,
        (Spoil::Number, _) => *value = json!(7),
        (Spoil::Text, _) => *value = json!("spoilt"),
        (Spoil::Flag, _) => *value = json!(true),
        (Spoil::List, _) => *value = json!([]),
        (Spoil::Object, _) => *value = json!({}),
        (Spoil::Remove, Value::Object(members)) => {
            let first = members.keys().next().cloned();
            first.and_then(|key| members.shift_remove(&key));
        }
        (Spoil::Remove, Value::Array(items)) if !items.is_empty() => drop(items.remove(0)),
        (Spoil::Add, Value::Object(members)) => drop(members.insert("spoilt".to_owned(), json!(1))),
        (Spoil::Add, Value::Array(items)) => items.push(json!({"spoilt": 1})),
        (Spoil::Empty, Value::String(text)) => text.clear(),
        (Spoil::Remove | Spoil::Add | Spoil::Empty, _) => {}
    }
}

#[test]
fn both_accept_and_refuse_the_same_documents() {
    let filter = |filter: Value| json!({"v": 1, "segments": [{"name": "S", "filter": filter}]});
    let node = |node: Value| filter(json!({"v": 1, "filter": node}));
    let moment = |value: Value| node(json!({"op": "before", "field": "created_at", "value": value}));
    let window = |value: Value| node(json!({"op": "during", "field": "created_at", "value": value}));
    let during = |during: Value| {
        node(
            json!({"op": ">", "aggregate": {"fn": "count", "kind": "payment", "during": during}, "value": 1}),
        )
    };
    let rule = |parts: Value| {
        let mut rule = json!({"name": "R", "add_tags": ["vip"]});
        rule.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
        json!({"v": 1, "fields": [{"key": "billed", "type": "number"}], "rules": [rule]})
    };
    let accepted = [
        json!({"v": 1}),
        json!({"v": 1, "settings": {}, "fields": [], "kinds": [], "tags": [], "segments": []}),
        json!({"v": 1, "settings": {"time_zone": "Asia/Kathmandu", "week_start": "sunday", "leap_day": "skip", "default_country": null}}),
        json!({"v": 1, "fields": [{"key": "email", "label": "Courriel"}, {"key": "a", "type": "select", "options": [{"key": "b", "label": "B"}, {"key": "c"}]}]}),
        json!({"v": 1, "statuses": [{"key": "new"}], "kinds": [{"key": "demo"}, {"key": "sms", "outgoing": true}], "tags": ["vip"]}),
        filter(
            json!({"combinator": "or", "rules": [{"field": "status", "operator": "=", "value": "lead"}], "not": true, "id": "g"}),
        ),
        node(json!({"op": "everyone", "id": "n"})),
        node(json!({"op": "and", "args": [{"op": "not", "arg": {"op": "search", "value": "ana"}}]})),
        node(json!({"op": "in", "field": "status", "value": ["lead"]})),
        node(json!({"op": "is_empty", "field": "email"})),
        node(json!({"op": "between", "field": "created_at", "value": ["2026-01-01", {"anchor": "today"}]})),
        node(json!({"op": "less_than_ago", "field": "created_at", "value": {"n": 3, "unit": "day"}})),
        node(json!({"op": "anniversary", "field": "created_at", "value": {"on": "12-25"}})),
        node(json!({"op": "not_anniversary", "field": "created_at", "value": {"next": 7, "unit": "day"}})),
        node(json!({"op": ">", "aggregate": {"fn": "count", "field": "tags"}, "value": 1})),
        node(
            json!({"op": ">", "aggregate": {"fn": "sum", "kind": "payment", "labelled": "x"}, "value": 1.5}),
        ),
        moment(json!({"anchor": "now", "offset": -30, "unit": "day"})),
        window(json!({"last": 2, "unit": "month", "calendar": true})),
        window(json!({"next": "quarter"})),
        window(json!({"this": "week"})),
        window(json!({"day": "yesterday"})),
        during(json!({"last": 90, "unit": "day"})),
        during(json!({"between": ["2026-01-01", "2026-02-01"]})),
        during(json!({"on": "2026-01-01"})),
        json!({"v": 1, "automation": {}, "rules": []}),
        json!({"v": 1, "automation": {"lead_to_active": false, "rules": {"first_invoice": false}}}),
        rule(json!({"on": "payment"})),
        rule(json!({"on": "billed", "enabled": false, "set_fields": {"billed": 5, "source": null}})),
        rule(
            json!({"when": {"v": 1, "filter": {"op": "everyone"}}, "condition": {"v": 1, "filter": {"op": "nobody"}}, "set_status": "vip"}),
        ),
    ];
    let refused = [
        json!(null),
        json!({}),
        json!({"v": 2}),
        json!({"v": 1, "automation": {"rules": {"last_payment": true}}}),
        json!({"v": 1, "automation": {"lead_to_active": "yes"}}),
        rule(json!({})),
        rule(json!({"on": "payment", "when": {"v": 1, "filter": {"op": "everyone"}}})),
        rule(json!({"on": "payment", "condition": "status = lead"})),
        rule(json!({"on": "payment", "position": 1})),
        rule(json!({"on": "payment", "add_tags": "vip"})),
        rule(json!({"on": "payment", "set_fields": {"billed": {}}})),
        rule(json!({"on": "payment", "broken": "why"})),
        json!({"v": 1, "settings": {"leap_day": "feb_30"}}),
        json!({"v": 1, "settings": {"default_country": 33}}),
        json!({"v": 1, "fields": [{"type": "text"}]}),
        json!({"v": 1, "fields": [{"key": "a", "type": "tags"}]}),
        json!({"v": 1, "fields": [{"key": "a", "type": "select", "options": ["b"]}]}),
        json!({"v": 1, "statuses": ["new"]}),
        json!({"v": 1, "statuses": [{"key": "new", "label": ""}]}),
        json!({"v": 1, "kinds": [{"key": "demo", "label": "Démo"}]}),
        json!({"v": 1, "tags": [""]}),
        json!({"v": 1, "tags": ["x".repeat(1_001)]}),
        json!({"v": 1, "segments": [{"name": "S", "members": []}]}),
        json!({"v": 1, "segments": [{"name": "S", "broken_filter": "x", "filter": {"v": 1, "filter": {"op": "everyone"}}}]}),
        filter(json!("status = lead")),
        filter(json!({"op": "everyone"})),
        filter(json!({"v": 1, "filter": {"op": "everyone"}, "combinator": "and", "rules": []})),
        filter(
            json!({"combinator": "xor", "rules": [{"field": "status", "operator": "=", "value": "lead"}]}),
        ),
        filter(json!({"combinator": "and", "rules": []})),
        node(json!({"op": "everyone", "id": 1})),
        node(json!({"op": "and", "args": []})),
        node(json!({"op": "not", "args": [{"op": "everyone"}]})),
        node(json!({"op": "in", "field": "status", "value": []})),
        node(json!({"op": "=", "field": "status", "value": null})),
        node(json!({"op": "=", "field": "status"})),
        node(json!({"op": "is_empty", "field": "email", "value": true})),
        node(json!({"op": "between", "field": "created_at", "value": ["2026-01-01"]})),
        node(json!({"op": "less_than_ago", "field": "created_at", "value": {"n": 0, "unit": "day"}})),
        node(json!({"op": ">", "field": "tags", "aggregate": {"fn": "count", "field": "tags"}, "value": 1})),
        node(json!({"op": ">", "aggregate": {"fn": "median", "kind": "payment"}, "value": 1})),
        node(json!({"op": ">", "aggregate": {"fn": "sum", "field": "tags"}, "value": 1})),
        moment(json!({"anchor": "now", "offset": -30})),
        moment(json!({"anchor": "now", "offset": 0, "unit": "day"})),
        moment(json!({"anchor": "noon"})),
        window(json!({"last": 2})),
        window(json!({"last": 10_001, "unit": "day"})),
        window(json!({"this": "day"})),
        window(json!({"last": "month", "next": "month"})),
        during(json!({"since": "2026-01-01"})),
    ];
    let schema = schema();
    for (documents, expected) in [(&accepted[..], true), (&refused[..], false)] {
        for document in documents {
            assert_eq!(schema.accepts(document), expected, "the schema: {document}");
            let read = apply(document);
            assert_eq!(read.is_ok(), expected, "the reader: {document} {read:?}");
        }
    }
}

#[test]
fn the_example_of_the_guide_is_a_document() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/definitions.md");
    let page = std::fs::read_to_string(path).unwrap();
    let example = page.split("```json file=definitions.json\n").nth(1).unwrap().split("```").next().unwrap();
    let document: Value = serde_json::from_str(example).unwrap();
    assert!(schema().accepts(&document));
    let mut book = Book::builder().build(now());
    book.apply_definitions(example, Prune::Remove, now()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&book.definitions()).unwrap(), document);
}

/// What a reader allows instead of a key or word that means nothing, in order.
fn allowed(document: &Value, code: Code) -> Vec<String> {
    let error = apply(document).unwrap_err();
    let problem = error.diagnostics().iter().find(|problem| problem.code() == code);
    sorted(problem.unwrap_or_else(|| panic!("{document}: {error}")).expected().iter().cloned())
}

fn sorted(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort();
    words
}

fn words(list: &Value) -> Vec<String> {
    sorted(list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()))
}

#[test]
fn every_key_and_word_of_the_reader_is_in_the_schema() {
    let schema = schema();
    let odd = || json!({"odd": 1});
    let with = |entry: Value| {
        let mut entry = entry;
        entry["odd"] = json!(1);
        entry
    };
    let objects = [
        ("", with(json!({"v": 1}))),
        ("/$defs/settings", json!({"v": 1, "settings": odd()})),
        ("/$defs/field", json!({"v": 1, "fields": [with(json!({"key": "a"}))]})),
        ("/$defs/labelled", json!({"v": 1, "statuses": [with(json!({"key": "a"}))]})),
        ("/$defs/kind", json!({"v": 1, "kinds": [with(json!({"key": "a"}))]})),
        ("/$defs/segment", json!({"v": 1, "segments": [with(json!({"name": "a"}))]})),
        ("/$defs/automation", json!({"v": 1, "automation": odd()})),
        ("/$defs/automation/properties/rules", json!({"v": 1, "automation": {"rules": odd()}})),
        ("/$defs/rule", json!({"v": 1, "rules": [with(json!({"name": "a"}))]})),
        ("/$defs/stored", json!({"v": 1, "segments": [{"name": "a", "filter": with(json!({"v": 1}))}]})),
    ];
    for (pointer, document) in objects {
        let keys = schema.part(pointer)["properties"].as_object().unwrap().keys().cloned();
        assert_eq!(allowed(&document, Code::UnknownKey), sorted(keys), "{pointer}");
    }
    assert_eq!(
        allowed(&json!({"v": 1, "fields": [{"key": "a", "type": "odd"}]}), Code::UnknownWord),
        words(&schema.part("/$defs/field/properties/type")["enum"])
    );
    for setting in ["week_start", "leap_day"] {
        let document = json!({"v": 1, "settings": {setting: "odd"}});
        let listed = words(&schema.part(&format!("/$defs/settings/properties/{setting}"))["enum"]);
        assert_eq!(allowed(&document, Code::BadSetting), listed);
    }
    let filter = r#"{"v": 1, "filter": {"op": "odd", "field": "status", "value": 1}}"#;
    let operators = Filter::from_json(filter, &Schema::default()).unwrap_err();
    let nodes = schema.part("/$defs/node")["oneOf"].as_array().unwrap();
    let of_schema = nodes.iter().flat_map(|node| {
        let op = &node["properties"]["op"];
        op.get("enum").map_or_else(|| words(&json!([op["const"]])), words)
    });
    assert_eq!(sorted(operators.diagnostics()[0].expected().iter().cloned()), sorted(of_schema));
}
