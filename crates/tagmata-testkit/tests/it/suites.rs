//! The runner of the suites says what is wrong with the engine, and with a suite.

use serde_json::{Value, json};
use std::panic::catch_unwind;
use tagmata_testkit::conformance::{run, run_commands};

/// A suite of commands with one case.
fn suite_of(steps: &Value) -> Value {
    json!({
        "suite": "a suite of one case",
        "now": "2026-11-24T09:00:00Z",
        "schema": {"tags": ["gold"], "segments": [{"name": "VIPs", "filter": "status = vip"}]},
        "contacts": {"ana": {"first_name": "Ana"}, "bea": {"first_name": "Bea"}},
        "cases": [{"name": "a case", "steps": steps}]
    })
}

/// Why a suite cannot be run.
fn complaint(run: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = catch_unwind(run).expect_err("the suite can be run");
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => panic.downcast_ref::<&str>().map_or_else(String::new, |text| (*text).to_owned()),
    }
}

#[test]
fn what_an_engine_gets_wrong_is_told_with_its_place() {
    let step = |then: Value| json!([{"do": "set_status", "who": ["ana"], "status": "vip", "then": then}]);
    for (then, problem) in [
        (
            json!({"values": {"ana": {"status": "lead"}}}),
            "values.ana.status:\n     found \"vip\"\n  expected \"lead\"",
        ),
        (json!({"values": {"ana": null}}), "values.ana: is there\n  expected null"),
        (
            json!({"values": {"ana": {"status": "vip"}, "bea": {"first_name": null}}}),
            "values.bea.first_name:\n     found \"Bea\"\n  expected null",
        ),
        (json!({"effects": {}}), "effects.entered.VIPs: is not expected\n     found [\"ana\"]"),
        (
            json!({"effects": {"entered": {"VIPs": ["ana"]}, "left": {"VIPs": ["bea"]}}}),
            "effects.left.VIPs: is not there\n  expected [\"bea\"]",
        ),
        (
            json!({"members": {"VIPs": ["ana", "bea"]}}),
            "members.VIPs:\n     found [\"ana\"]\n  expected [\"ana\",\"bea\"]",
        ),
        (json!({"count": {"status = lead": 2}}), "count.status = lead:\n     found 1\n  expected 2"),
        (
            json!({"history": {"ana": ["created", "status lead -> active"]}}),
            "history.ana[1].change:\n     found \"status lead -> vip\"\n  expected \"status lead -> active\"",
        ),
        (json!({"tags": {}}), "tags.gold: is not expected\n     found 0"),
        (json!({"error": {"code": "E0202"}}), "not refused\n  expected {\"code\":\"E0202\"}"),
    ] {
        let outcome = run_commands(&suite_of(&step(then)));
        assert_eq!(outcome.failures, [format!("the case \"a case\", step 1 (set_status): {problem}")]);
    }
}

#[test]
fn what_is_refused_is_told_with_its_reason() {
    for (then, start) in [
        (
            json!({"count": {"everyone": 2}}),
            "refused: {\"code\":\"E0202\",\"message\":\"there is no status `vpi`\"",
        ),
        (json!({"error": {"code": "E0201"}}), "error.code:\n     found \"E0202\"\n  expected \"E0201\""),
        (json!({"error": {"code": "E0202", "mesage": "x"}}), "error.mesage: is not there"),
    ] {
        let steps = json!([{"do": "set_status", "who": ["ana"], "status": "vpi", "then": then}]);
        let outcome = run_commands(&suite_of(&steps));
        let [failure] = outcome.failures.as_slice() else { panic!("{:?}", outcome.failures) };
        assert!(
            failure.starts_with(&format!("the case \"a case\", step 1 (set_status): {start}")),
            "{failure}"
        );
    }
}

#[test]
fn several_problems_have_to_be_named() {
    let steps = |error: Value| json!([{"do": "add_tags", "who": "biled = 1 and staus = lead", "tags": ["gold"], "then": {"error": error}}]);
    let two = json!({"code": "E0201", "diagnostics": [{"at": "biled"}, {"at": "staus"}]});
    assert!(run_commands(&suite_of(&steps(two))).failures.is_empty());
    let outcome = run_commands(&suite_of(&steps(json!({"code": "E0201"}))));
    assert!(outcome.failures[0].contains("error: more than one"), "{:?}", outcome.failures);
}

#[test]
fn a_change_that_should_not_be_one_is_told() {
    let steps = json!([{"do": "add_tags", "who": ["ana"], "tags": ["gold"], "then": {"unchanged": true}}]);
    let outcome = run_commands(&suite_of(&steps));
    let place = "the case \"a case\", step 1 (add_tags): unchanged.contacts.contact 0.values.tags:";
    assert!(outcome.failures.iter().any(|failure| failure.starts_with(place)), "{:?}", outcome.failures);
}

#[test]
fn a_typo_in_a_suite_of_commands_does_not_pass() {
    for (steps, message) in [
        (
            json!([{"do": "set_status", "who": ["ana"], "satus": "vip", "then": {"now": ""}}]),
            "`status` is missing",
        ),
        (
            json!([{"do": "set_status", "who": ["ana"], "status": "vip", "force": true, "then": {"now": ""}}]),
            "`force` means nothing here",
        ),
        (
            json!([{"do": "set_statsu", "who": ["ana"], "then": {"now": ""}}]),
            "nothing is called `set_statsu`",
        ),
        (
            json!([{"do": "advance", "now": "2026-11-25T00:00:00Z", "then": {"efects": {}}}]),
            "`efects` means nothing here",
        ),
        (
            json!([{"do": "advance", "now": "2026-11-25T00:00:00Z", "then": {"effects": {"enterd": {}}}}]),
            "`enterd` means nothing here",
        ),
        (
            json!([{"do": "set_status", "who": ["aan"], "status": "vip", "then": {"now": ""}}]),
            "no contact aan",
        ),
        (json!([{"then": {"values": {"ana": {"frist_name": "Ana"}}}}]), "there is no field `frist_name`"),
        (json!([{"do": "undo", "of": "change", "then": {"now": ""}}]), "no step has the id change"),
        (
            json!([{"do": "batch", "steps": [{"do": "define_tag", "name": "x", "then": {}}], "then": {"now": ""}}]),
            "`then` means nothing here",
        ),
        (
            json!([{"do": "create_contact", "fields": {"interactions": [{"kind": "payment", "at": "2026-11-25T00:00:00Z", "amout": 1}]}, "then": {"now": ""}}]),
            "`amout` means nothing here",
        ),
        (
            json!([{"do": "change_settings", "settings": {"timezone": "UTC"}, "then": {"now": ""}}]),
            "`timezone` means nothing here",
        ),
        (json!([{"do": "set_status", "who": ["ana"], "status": "vip"}]), "expects nothing"),
        (json!([]), "expects nothing"),
    ] {
        let found = complaint(|| drop(run_commands(&suite_of(&steps))));
        assert!(found.contains(message), "{steps}: {found}");
    }
}

#[test]
fn a_typo_around_the_cases_does_not_pass_either() {
    let good = suite_of(&json!([{"then": {"count": {"everyone": 2}}}]));
    assert!(run_commands(&good).failures.is_empty());
    for (change, message) in [
        (json!({"setings": {}}), "the suite: `setings` means nothing here"),
        (json!({"schema": {"tag": ["gold"]}}), "the suite: `schema`: `tag` means nothing here"),
        (
            json!({"schema": {"segments": [{"name": "Nord", "fiter": "everyone"}]}}),
            "`fiter` means nothing here",
        ),
        (json!({"cases": [{"name": "x", "step": []}]}), "expects nothing"),
        (json!({"cases": [good["cases"][0], good["cases"][0]]}), "there are two of that name"),
    ] {
        let mut suite = good.clone();
        suite.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let found = complaint(|| drop(run_commands(&suite)));
        assert!(found.contains(message), "{change}: {found}");
    }
}

#[test]
fn a_typo_in_a_suite_of_filters_does_not_pass() {
    for (case, message) in [
        (json!({"name": "x", "filter": "everyone", "member": []}), "expects nothing"),
        (
            json!({"name": "x", "filter": "everyone", "members": ["ana"], "print": "everyone"}),
            "`print` means nothing here",
        ),
        (json!({"name": "x", "fitler": "everyone", "members": []}), "`filter` is missing"),
    ] {
        let suite =
            json!({"suite": "x", "now": "2026-11-24T09:00:00Z", "contacts": {"ana": {}}, "cases": [case]});
        let found = complaint(|| drop(run(&suite)));
        assert!(found.contains(message), "{case}: {found}");
    }
}

#[test]
fn the_example_of_the_readme_holds() {
    let readme = include_str!("../../../../conformance/README.md");
    let (_, rest) = readme.split_once("# Suites of commands").unwrap();
    let (_, rest) = rest.split_once("```json").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let outcome = run_commands(&serde_json::from_str(example).unwrap());
    assert_eq!((outcome.cases, outcome.failures), (1, Vec::new()));
}
