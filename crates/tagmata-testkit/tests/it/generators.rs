//! What the strategies draw can be answered, and covers the language.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rlibphonenumber::PHONE_NUMBER_UTIL;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tagmata_testkit::generate::{Case, case, contacts, filter, now, schema, settings};
use tagmata_testkit::oracle::Oracle;

const CASES: usize = 300;

fn draw(depth: u32) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let cases = case(depth);
    (0..CASES).map(|_| cases.new_tree(&mut runner).unwrap().current()).collect()
}

fn answers(case: &Case, filter: &Value) -> Vec<bool> {
    let oracle = Oracle::new(&case.schema, &case.settings);
    (0..case.contacts.len()).map(|index| oracle.matches(filter, &case.contacts, index, case.now)).collect()
}

#[test]
fn filters_evaluate_and_not_is_the_complement() {
    for case in draw(3) {
        let negated = json!({"op": "not", "arg": case.filter["filter"]});
        let complement: Vec<bool> = answers(&case, &negated).into_iter().map(|answer| !answer).collect();
        assert_eq!(answers(&case, &case.filter), complement, "{case:?}");
    }
}

#[test]
fn many_conditions_tell_contacts_apart() {
    let telling = draw(0).into_iter().filter(|case| {
        let answers = answers(case, &case.filter);
        answers.contains(&true) && answers.contains(&false)
    });
    let share = telling.count() * 100 / CASES;
    assert!(share >= 40, "only {share} % of the conditions are true for some contacts and false for others");
}

#[test]
fn worlds_are_drawn_apart_too() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..50 {
        let mut draw = |strategy: proptest::strategy::BoxedStrategy<Value>| {
            strategy.new_tree(&mut runner).unwrap().current()
        };
        let (schema, settings) = (draw(schema()), draw(settings()));
        let filter = draw(filter(&schema, 2));
        let contacts = contacts(&schema).new_tree(&mut runner).unwrap().current();
        let now = now().new_tree(&mut runner).unwrap().current();
        let oracle = Oracle::new(&schema, &settings);
        for index in 0..contacts.len() {
            oracle.matches(&filter, &contacts, index, now);
        }
    }
}

#[test]
fn every_operator_is_drawn() {
    let mut seen = BTreeSet::new();
    for case in draw(4) {
        collect_ops(&case.filter, &mut seen);
        collect_ops(&case.schema, &mut seen);
    }
    let positive = "= < <= > >= in between contains starts_with ends_with has has_any has_all has_only is_empty is_true is_false \
                    before after on during more_than_ago less_than_ago more_than_from_now less_than_from_now anniversary";
    let negative = "!= not_in not_between not_contains not_starts_with not_ends_with not_has has_none not_has_all not_has_only \
                    is_not_empty is_not_true is_not_false not_before not_after not_on not_during not_more_than_ago \
                    not_less_than_ago not_more_than_from_now not_less_than_from_now not_anniversary";
    let nodes = "and or not everyone nobody search";
    let wanted: BTreeSet<String> = [positive, negative, nodes]
        .iter()
        .flat_map(|ops| ops.split_whitespace())
        .map(str::to_owned)
        .collect();
    assert_eq!(seen, wanted);
}

fn collect_ops(value: &Value, seen: &mut BTreeSet<String>) {
    if let Some(op) = value["op"].as_str() {
        seen.insert(op.to_owned());
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_ops(item, seen)),
        Value::Object(members) => members.values().for_each(|member| collect_ops(member, seen)),
        _ => {}
    }
}

#[test]
fn phones_of_contacts_are_valid() {
    for case in draw(0) {
        for (_, contact) in &case.contacts {
            if let Some(phone) = contact["mobile"].as_str().filter(|text| !text.trim().is_empty()) {
                assert!(
                    PHONE_NUMBER_UTIL.parse(phone, None).is_ok_and(|number| number.is_valid()),
                    "{phone}"
                );
            }
        }
    }
}
