//! Missing values, negation, folding, phones and search.

use crate::world::World;
use serde_json::{Value, json};

fn world() -> World {
    World::new("UTC", "2026-11-22T09:30:00Z")
}

#[test]
fn missing_is_one_thing_and_negation_is_the_complement() {
    let missing =
        [json!({}), json!({"a_text": null}), json!({"a_text": ""}), json!({"a_text": " \u{a0}\u{2003}"})];
    let answers = [
        ("is_empty", json!(null), true),
        ("is_not_empty", json!(null), false),
        ("=", json!("x"), false),
        ("!=", json!("x"), true),
        ("in", json!(["x"]), false),
        ("not_in", json!(["x"]), true),
        ("contains", json!("x"), false),
        ("not_contains", json!("x"), true),
    ];
    for contact in missing {
        for (op, value, expected) in &answers {
            world().check(
                &json!({"op": op, "field": "a_text", "value": value}),
                &[(contact.clone(), *expected)],
            );
        }
    }
    let typed = [
        ("a_number", "<", json!(1), false),
        ("a_number", "!=", json!(1), true),
        ("a_bool", "is_false", json!(null), false),
        ("a_bool", "is_not_true", json!(null), true),
        ("a_date", "during", json!({"day": "today"}), false),
        ("a_date", "not_before", json!("2026-01-01"), true),
        ("status", "=", json!("lead"), false),
        ("a_multi_select", "has_none", json!(["xero"]), true),
        ("a_multi_select", "has_only", json!(["xero"]), false),
    ];
    for (field, op, value, expected) in typed {
        world().check(&json!({"op": op, "field": field, "value": value}), &[(json!({}), expected)]);
    }
    world().check_field("a_text", "is_empty", Value::Null, &[("null", false)]);
}

#[test]
fn texts_compare_folded() {
    world().check_field(
        "a_text",
        "=",
        json!("STRASSE"),
        &[("straße", true), (" STRAẞE\u{a0}", true), ("Strase", false)],
    );
    world().check_field(
        "a_text",
        "=",
        json!("re\u{301}fe\u{301}rence"),
        &[("RÉFÉRENCE", true), ("reference", false)],
    );
    world().check_field("a_text", "=", json!("σίσυφοσ"), &[("Σίσυφος", true)]);
    world().check_field(
        "a_text",
        "=",
        json!("İ"),
        &[("i\u{307}", true), ("i", false), ("I", false), ("ı", false)],
    );
    world().check_field("a_text", "=", json!("fin"), &[("ﬁn", true)]);
    world().check_field("a_text", "contains", json!("%"), &[("100%", true), ("100", false)]);
    world().check_field("a_text", "contains", json!("n b"), &[("Ann Bo", true), ("AnnBo", false)]);
    // the operand of contains is not trimmed, the value is
    world().check_field("a_text", "ends_with", json!("o "), &[("Ann Bo ", false)]);
    world().check_field("a_text", "starts_with", json!("ann "), &[(" Ann Bo", true)]);
    world().check_field("a_select", "=", json!("XÉRO one"), &[("xero", true), ("myob", false)]);
    world().check_field("country", "in", json!(["fr", "BE"]), &[("FR", true), ("CH", false)]);
}

#[test]
fn name_joins_what_there_is() {
    let filter = json!({"op": "=", "field": "name", "value": "ana de la cruz"});
    world().check(
        &filter,
        &[
            (json!({"first_name": " Ana ", "last_name": "De La Cruz"}), true),
            (json!({"first_name": "Ana De La Cruz", "last_name": " "}), true),
            (json!({"first_name": null, "last_name": "Ana"}), false),
        ],
    );
    world().check(&json!({"op": "is_empty", "field": "name"}), &[(json!({"first_name": " "}), true)]);
}

#[test]
fn phones_compare_as_e164_or_by_digits() {
    let rows = [("+33612345678", true), ("+33612345679", false)];
    world().check_field("mobile", "=", json!("+33612345678"), &rows);
    world().check_field("mobile", "=", json!("06 12 34 56 78"), &rows);
    world().check_field(
        "mobile",
        "starts_with",
        json!("+33 (6)"),
        &[("+33612345678", true), ("+41336612345", false)],
    );
    world().check_field("mobile", "contains", json!("567-8"), &rows);
    world().check_field("mobile", "ends_with", json!("78"), &rows);
}

#[test]
fn search_looks_at_name_email_and_phone() {
    let ana = json!({"first_name": "Ána", "last_name": "Martín", "email": "a.mart@example.com", "mobile": "+33612345678"});
    let cases = [
        ("mart", true),
        ("  ANA   martin ", true),
        ("naM", false),
        ("EXAMPLE", true),
        ("06 12 34", true),
        ("(612)", true),
        ("12", false),
        ("00336", true),
        ("0612x", false),
        ("999", false),
    ];
    for (phrase, expected) in cases {
        world().check(&json!({"op": "search", "value": phrase}), &[(ana.clone(), expected)]);
    }
    world().check(&json!({"op": "search", "value": "a"}), &[(json!({}), false)]);
}

#[test]
fn minus_zero_is_zero() {
    let filter = |op: &str| json!({"op": op, "field": "a_number", "value": 0});
    world().check(&filter("="), &[(json!({"a_number": -0.0}), true)]);
    world().check(&filter(">="), &[(json!({"a_number": -0.0}), true), (json!({"a_number": -5e-324}), false)]);
}
