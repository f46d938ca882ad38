//! Interactions: counts, exact sums, first and last.

use crate::world::World;
use serde_json::{Value, json};

fn world() -> World {
    World::new("UTC", "2026-11-22T09:30:00Z")
}

fn paid(amounts: &[Value]) -> Value {
    let interaction =
        |amount: &Value| json!({"kind": "payment", "at": "2026-11-20T00:00:00Z", "amount": amount});
    json!({"interactions": amounts.iter().map(interaction).collect::<Vec<_>>()})
}

fn of_payments(function: &str, op: &str, value: Value) -> Value {
    json!({"op": op, "aggregate": {"fn": function, "kind": "payment"}, "value": value})
}

#[test]
fn sums_are_exact() {
    let cents = paid(&[json!("0.10"), json!(0.2), json!(null), json!("-0.000001")]);
    let cases = [
        ("sum", "=", json!(0.299999), true),
        ("sum", "<", json!(0.3), true),
        ("count", "=", json!(4), true),
        ("min", "=", json!(-0.000001), true),
        ("max", ">=", json!(0.2), true),
        // 0.299999 / 3 is no number of six digits
        ("avg", ">", json!(0.099999), true),
        ("avg", "<", json!(0.1), true),
        ("avg", "between", json!([0.099999, 0.1]), true),
    ];
    for (function, op, value, expected) in cases {
        world().check(&of_payments(function, op, value), &[(cents.clone(), expected)]);
    }
    let large = paid(&[json!("999999999999.999999"), json!("0.000001")]);
    world().check(&of_payments("sum", "=", json!(1_000_000_000_000_i64)), &[(large, true)]);
}

#[test]
fn aggregates_of_nothing() {
    for contact in
        [json!({}), json!({"interactions": [{"kind": "invoice", "at": "2026-01-01T00:00:00Z", "amount": 5}]})]
    {
        for (function, empty) in
            [("count", false), ("sum", false), ("min", true), ("avg", true), ("first", true)]
        {
            world().check(&of_payments(function, "is_empty", json!(null)), &[(contact.clone(), empty)]);
        }
        world().check(&of_payments("sum", "=", json!(0)), &[(contact.clone(), true)]);
        world().check(&of_payments("max", "!=", json!(0)), &[(contact, true)]);
    }
    // an interaction without an amount has a time
    world().check(&of_payments("last", "on", json!("2026-11-20")), &[(paid(&[json!("")]), true)]);
    world().check(&of_payments("max", "is_empty", json!(null)), &[(paid(&[json!("")]), true)]);
}

#[test]
fn aggregates_choose_by_time_and_label() {
    let contact = json!({"interactions": [
        {"kind": "payment", "at": "2026-11-01T10:00:00Z", "amount": "1", "label": "Deposit"},
        {"kind": "payment", "at": "2026-11-21T10:00:00Z", "amount": "10", "label": " "},
        {"kind": "payment", "at": "2026-12-01T10:00:00Z", "amount": "100"}
    ]});
    let cases = [
        (json!({}), 111),
        (json!({"labelled": "DEPOSIT"}), 1),
        (json!({"during": {"last": 7, "unit": "day"}}), 10),
        (json!({"during": {"before": "2026-11-21"}}), 1),
        (json!({"during": {"after": "2026-11-21T10:00:00Z"}}), 100),
        (json!({"during": {"on": "2026-11-21T10:00:00Z"}}), 10),
        (json!({"during": {"on": "2026-12-01"}}), 100),
        (json!({"during": {"between": ["2026-11-01", "2026-11-21"]}}), 11),
        (json!({"labelled": "deposit", "during": {"next": "month"}}), 0),
    ];
    for (part, expected) in cases {
        let mut filter = of_payments("sum", "=", json!(expected));
        filter["aggregate"].as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        world().check(&filter, &[(contact.clone(), true)]);
    }
}

#[test]
fn last_interaction_leaves_out_what_goes_out() {
    let contact = json!({"last_interaction": "2026-01-01T00:00:00Z", "interactions": [
        {"kind": "email_sent", "at": "2026-05-01T00:00:00Z"},
        {"kind": "sms", "at": "2026-06-01T00:00:00Z"},
        {"kind": "message", "at": "2026-04-01T00:00:00Z"}
    ]});
    let at = |day: &str| json!({"op": "on", "field": "last_interaction", "value": day});
    world().check(&at("2026-04-01"), &[(contact, true)]);
    world().check(&at("2026-01-01"), &[(json!({"last_interaction": "2026-01-01T00:00:00Z"}), true)]);
    world().check(&json!({"op": "is_empty", "field": "last_interaction"}), &[(json!({}), true)]);
}
