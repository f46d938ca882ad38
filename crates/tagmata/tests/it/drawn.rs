//! What the random tests draw: every kind of value, of condition, of index and of deed, with both answers.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::collections::BTreeMap;
use tagmata::{Filter, InstantSource, Predicate, Schema, TextTest, TimeTest, Timestamp};
use tagmata_testkit::conformance::{book, read_filter};
use tagmata_testkit::generate::{Aged, aged};
use tagmata_testkit::past::{Past, as_kept, contacts_of};

/// How many worlds are drawn, the same in every run.
const WORLDS: u32 = 160;

/// How often something was seen.
type Counts = BTreeMap<String, u32>;

fn count(counts: &mut Counts, what: impl Into<String>) {
    *counts.entry(what.into()).or_default() += 1;
}

/// Fails where one of these was seen less often than so many times.
fn assert_seen(of: &str, seen: &Counts, wanted: &[&str], at_least: u32) {
    let times = |what: &&str| seen.get(*what).copied().unwrap_or_default();
    let rare: Vec<_> =
        wanted.iter().filter(|what| times(what) < at_least).map(|what| (*what, times(what))).collect();
    assert!(rare.is_empty(), "{of}: too rare: {rare:?}\nall: {seen:?}");
    let unknown: Vec<_> = seen.keys().filter(|what| !wanted.contains(&what.as_str())).collect();
    assert!(unknown.is_empty(), "{of}: not listed: {unknown:?}");
}

/// The name of a variant.
fn variant(thing: &impl std::fmt::Debug) -> String {
    format!("{thing:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

fn text(test: &TextTest) -> String {
    match test {
        TextTest::OneOf(_) => "OneOf".to_owned(),
        TextTest::Match(matching, _) => variant(matching),
    }
}

fn kind_of(predicate: &Predicate) -> String {
    match predicate {
        Predicate::Text { test, .. } => format!("text {}", text(test)),
        Predicate::Phone { test, .. } => format!("phone {}", text(test)),
        Predicate::Number { test, .. } => format!("number {}", variant(test)),
        Predicate::Bool { .. } => "bool".to_owned(),
        Predicate::OneOf { .. } => "one of".to_owned(),
        Predicate::Set { quantifier, .. } => format!("set {quantifier:?}"),
        Predicate::Segments { quantifier, .. } => format!("segments {quantifier:?}"),
        Predicate::Id { .. } => "id".to_owned(),
        Predicate::Date { test, .. } => format!("date {}", variant(test)),
        Predicate::Instant { source: InstantSource::Field(_), test } => format!("instant {}", variant(test)),
        Predicate::Instant { test, .. } => match test {
            TimeTest::During(_) | TimeTest::Distance(_) | TimeTest::Anniversary(_) => {
                format!("instant of interactions {}", variant(test))
            }
            _ => "instant of interactions and a moment".to_owned(),
        },
        Predicate::Measure { measure, .. } => format!("measure {:?}", measure.function),
        Predicate::Size { test, .. } => format!("size {}", variant(test)),
        Predicate::Missing(subject) => format!("missing {}", variant(subject)),
        Predicate::Search { digits, .. } => format!("search {}", variant(digits)),
    }
}

/// The conditions of a filter in JSON.
fn conditions<'a>(node: &'a Value, into: &mut Vec<&'a Value>) {
    match node["op"].as_str() {
        Some("and" | "or") => node["args"].as_array().unwrap().iter().for_each(|arg| conditions(arg, into)),
        Some("not") => conditions(&node["arg"], into),
        _ => into.push(node),
    }
}

/// What is hard about a value that a contact has.
fn hard(value: &Value, into: &mut Counts) {
    const CLOCKS: [&str; 4] =
        ["2026-03-29T01:00:00", "2026-10-25T01:00:00", "2026-11-01T06:00:00", "2018-11-04T03:00:00"];
    match value {
        Value::Null => count(into, "null"),
        Value::Number(number) => {
            let size = number.as_f64().unwrap().abs();
            if size == 0.0 {
                count(into, "zero");
            }
            if size > 1e300 {
                count(into, "a huge number");
            }
            if size > 0.0 && size < 1e-300 {
                count(into, "a tiny number");
            }
        }
        Value::String(text) => {
            for (what, is_it) in [
                ("blank", text.trim().is_empty()),
                ("İ", text.contains('İ')),
                ("ß", text.contains('ß')),
                ("a combining mark", text.contains(['\u{301}', '\u{307}', '\u{30a}'])),
                ("%", text.contains('%')),
                ("_", text.contains('_')),
                ("a control character", text.trim().contains(char::is_control)),
                ("several spaces", text.trim().contains("  ")),
                ("beyond the first plane", text.contains(|c| c > '\u{ffff}')),
                ("29 February", text.contains("-02-29")),
                ("a jump of the clock", CLOCKS.iter().any(|clock| text.starts_with(clock))),
                ("the first year", text.starts_with("0001-")),
                ("the last year", text.starts_with("9999-")),
            ] {
                if is_it {
                    count(into, what);
                }
            }
        }
        Value::Array(items) if items.is_empty() => count(into, "an empty set"),
        _ => {}
    }
}

const VALUES: &[&str] = &[
    "null",
    "zero",
    "a huge number",
    "a tiny number",
    "blank",
    "İ",
    "ß",
    "a combining mark",
    "%",
    "_",
    "a control character",
    "several spaces",
    "beyond the first plane",
    "29 February",
    "a jump of the clock",
    "the first year",
    "the last year",
    "an empty set",
];

/// Of a set, `One` is planned as `Any`; what is missing in a field of instants is missing in a field.
const CONDITIONS: &[&str] = &[
    "text OneOf",
    "text Contains",
    "text StartsWith",
    "text EndsWith",
    "phone OneOf",
    "phone Contains",
    "phone StartsWith",
    "phone EndsWith",
    "number Between",
    "number OneOf",
    "bool",
    "one of",
    "set Any",
    "set All",
    "set Only",
    "segments Any",
    "segments All",
    "id",
    "date Before",
    "date NotAfter",
    "date On",
    "date NotBefore",
    "date After",
    "date Between",
    "date During",
    "date Distance",
    "date Anniversary",
    "instant Before",
    "instant NotAfter",
    "instant On",
    "instant NotBefore",
    "instant After",
    "instant Between",
    "instant During",
    "instant Distance",
    "instant Anniversary",
    "instant of interactions and a moment",
    "instant of interactions During",
    "instant of interactions Distance",
    "instant of interactions Anniversary",
    "measure Count",
    "measure Sum",
    "measure Min",
    "measure Max",
    "measure Avg",
    "size Between",
    "size OneOf",
    "missing Field",
    "missing Measure",
    "missing Instant",
    "missing Size",
    "search None",
    "search Some",
];

const WAYS: &[&str] = &[
    "Always",
    "Ids",
    "Text",
    "Name",
    "Search",
    "AnySymbol",
    "AllSymbols",
    "OnlySymbols",
    "Bool",
    "Size",
    "Segments",
    "Spans",
    "Days",
    "Missing",
    "MissingName",
    "Interactions",
    "Records",
];

const DEEDS: &[&str] = &[
    "Create",
    "Update",
    "UpdateAll",
    "Delete",
    "Merge",
    "Link",
    "Record",
    "RecordAll",
    "Unrecord",
    "Rule",
    "Forget",
    "Retag",
    "Import",
    "Undo",
    "Drop",
    "Ask",
];

/// A filter of one condition, as it is or as a complement.
fn single(condition: &Value, schema: &Schema) -> Option<Filter> {
    let filter = read_filter(&serde_json::json!({"v": 1, "filter": condition}), schema).unwrap();
    (filter.plan().conditions().count() == 1).then_some(filter)
}

#[test]
fn all_kinds_are_drawn_with_both_answers() {
    let mut runner = TestRunner::deterministic();
    let (mut values, mut deeds) = (Counts::new(), Counts::new());
    let (mut yes, mut no) = ([Counts::new(), Counts::new()], [Counts::new(), Counts::new()]);
    let (mut gone, mut crowds) = (0, 0);
    for _ in 0..WORLDS {
        let Aged { case, deeds: all, filters } = aged(2).new_tree(&mut runner).unwrap().current();
        let now = Timestamp::from_micros(case.now.timestamp_micros()).unwrap();
        let case = as_kept(case, now);
        for (_, contact) in &case.contacts {
            contact.as_object().unwrap().values().for_each(|value| hard(value, &mut values));
        }
        let mut past = Past::of(book(&case.settings, &case.schema, &case.contacts, now));
        for deed in &all {
            if past.perform(deed) {
                count(&mut deeds, variant(deed));
            }
        }
        let everybody = past.book.count("everyone").unwrap();
        gone += u32::from(contacts_of(&past.book).len() as u64 > everybody);
        crowds += u32::from(everybody > 64);
        for filter in filters.iter().chain([&case.filter]) {
            let mut all = Vec::new();
            conditions(&filter["filter"], &mut all);
            for filter in all.into_iter().filter_map(|condition| single(condition, past.book.schema())) {
                let (kind, way) = (
                    kind_of(filter.plan().conditions().next().unwrap()),
                    past.book.ways(filter.clone()).unwrap().remove(0),
                );
                let found = past.book.count(filter).unwrap();
                for (is_so, counts) in [(found > 0, &mut yes), (found < everybody, &mut no)] {
                    if is_so {
                        count(&mut counts[0], kind.clone());
                        count(&mut counts[1], way.clone());
                    }
                }
            }
        }
    }
    assert_seen("values", &values, VALUES, 5);
    assert_seen("deeds", &deeds, DEEDS, 10);
    assert!(gone > WORLDS / 4 && crowds > WORLDS / 12, "{gone} {crowds}");
    for ([kinds, ways], answer) in [(yes, "yes"), (no, "no")] {
        assert_seen(answer, &ways, WAYS, 2);
        assert_seen(answer, &kinds, CONDITIONS, 1);
    }
}
