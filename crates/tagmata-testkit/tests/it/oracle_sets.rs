//! Tags, multi-selects and segments.

use crate::world::World;
use serde_json::json;

fn world() -> World {
    World::new("UTC", "2026-11-22T09:30:00Z")
}

#[test]
fn sets_match_folded_and_count_members_once() {
    let contact = json!({"tags": ["VIP", "vip", "RE\u{301}FÉRENCE"]});
    let cases = [
        ("has", json!("référence"), true),
        ("has_any", json!(["old", "vip"]), true),
        ("has_all", json!(["old", "vip"]), false),
        ("has_none", json!(["old"]), true),
        ("has_only", json!(["vip"]), false),
        ("has_only", json!(["vip", "référence", "old"]), true),
        ("not_has_only", json!(["vip"]), true),
    ];
    for (op, value, expected) in cases {
        world().check(&json!({"op": op, "field": "tags", "value": value}), &[(contact.clone(), expected)]);
    }
    let count = json!({"op": "=", "aggregate": {"fn": "count", "field": "tags"}, "value": 2});
    world().check(&count, &[(contact, true), (json!({}), false)]);
    let label = json!({"op": "has_only", "field": "a_multi_select", "value": ["xéro one"]});
    world().check(
        &label,
        &[(json!({"a_multi_select": ["xero"]}), true), (json!({"a_multi_select": []}), false)],
    );
}

#[test]
fn segments_are_evaluated_and_pinned() {
    let has = |name: &str| json!({"op": "has", "field": "segments", "value": name});
    let vip = || json!({"tags": ["vip"], "segments": ["Nord"]});
    let cases = [
        ("somebody", vip(), has("NORD"), true),
        ("somebody", vip(), has("Sud"), false),
        ("somebody", vip(), has("Vips"), true),
        ("somebody", json!({}), has("Vips"), false),
        ("pinned", json!({}), has("Vips"), true),
        ("expelled", vip(), has("Vips"), false),
        ("somebody", vip(), has("Not vips"), false),
        ("pinned", json!({}), has("Not vips"), false),
        ("expelled", vip(), has("Not vips"), true),
        // a dynamic segment is no member of the static set
        ("somebody", json!({"tags": ["vip"]}), json!({"op": "is_empty", "field": "segments"}), true),
        ("somebody", vip(), json!({"op": "has_only", "field": "segments", "value": ["Nord"]}), true),
        (
            "somebody",
            vip(),
            json!({"op": "=", "aggregate": {"fn": "count", "field": "segments"}, "value": 1}),
            true,
        ),
        ("somebody", vip(), json!({"op": "has_all", "field": "segments", "value": ["Nord", "Vips"]}), true),
    ];
    for (name, contact, filter, expected) in cases {
        assert_eq!(world().ask_named(name, contact, filter.clone()), expected, "{name}: {filter}");
    }
}

#[test]
fn an_id_is_the_place() {
    let filter = json!({"op": "in", "field": "id", "value": [1, 0]});
    world().check(&filter, &[(json!({}), true)]);
    world().check(&json!({"op": "!=", "field": "id", "value": 0}), &[(json!({}), false)]);
}
