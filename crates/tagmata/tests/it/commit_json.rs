//! Commits as people read them.

use serde_json::{Value, json};
use tagmata::{
    Book, Commit, ContactId, Draft, NewField, NewRule, NewSegment, Patch, Settings, Stamp, Timestamp,
    ValueType,
};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn book() -> Book {
    let mut book = Book::builder().build(now());
    for name in ["Zoé", "Léo", "Ana"] {
        book.create_contact(Draft::new().set("first_name", name), now()).unwrap();
    }
    book
}

fn read(commit: &Commit, book: &Book) -> Value {
    serde_json::from_str(&commit.to_json(book.schema(), 2)).unwrap()
}

/// The facts with such members, in order.
fn facts(commit: &Commit, book: &Book, having: &[(&str, &str)]) -> Vec<Value> {
    let all = read(commit, book)["facts"].as_array().unwrap().clone();
    all.into_iter().filter(|fact| having.iter().all(|(key, word)| fact[key] == **word)).collect()
}

#[test]
fn a_commit_says_when_by_whom_and_why() {
    let mut book = book();
    let made = book.define_tag("gold", Stamp::new(now()).by("ana")).unwrap().outcome.commit;
    let undone = book.undo(&made, now()).unwrap().commit;
    let (made, undone) = (read(&made, &book), read(&undone, &book));
    let name =
        |old: Value, new: Value| json!([{"fact": "name", "of": "tags", "number": 0, "old": old, "new": new}]);
    let facts = name(Value::Null, json!("gold"));
    assert_eq!(
        made,
        json!({"commit": 4, "at": "2026-11-24T09:00:00Z", "actor": "ana", "cause": "call", "facts": facts})
    );
    let facts = name(json!("gold"), Value::Null);
    let expected = json!({"commit": 5, "at": "2026-11-24T09:00:00Z", "actor": null, "cause": "undo", "undone": 4, "facts": facts});
    assert_eq!(undone, expected);
}

#[test]
fn long_lists_are_cut_and_counted() {
    let mut book = book();
    let commit = book.set_status("everyone", "vip", now()).unwrap().commit;
    let changed = |id| json!({"id": id, "old": "lead", "new": "vip"});
    let expected =
        json!({"fact": "set", "field": "status", "count": 3, "contacts": [changed(0), changed(1)]});
    assert_eq!(facts(&commit, &book, &[("field", "status")]), [expected]);
}

#[test]
fn contacts_come_with_what_they_have() {
    let mut book = book();
    book.define_field(NewField::new("plan", ValueType::MultiSelect).option("Xero").option("Zoho"), now())
        .unwrap();
    let amount = Some("49.90".parse().unwrap());
    let draft = Draft::new().set("first_name", "Eva").set("country", "FR").set("plan", ["zoho"]);
    let draft = draft.interaction("appointment", now(), amount, Some("Audit"));
    let commit = book.create_contact(draft, now()).unwrap().outcome.commit;
    let [created] = &facts(&commit, &book, &[("fact", "created")])[..] else { unreachable!() };
    let (eva, interactions) = (&created["contacts"][0], &created["interactions"]);
    assert_eq!((&created["count"], &eva["id"], &eva["first_name"]), (&json!(1), &json!(3), &json!("Eva")));
    assert_eq!((&eva["country"], &eva["plan"]), (&json!("FR"), &json!(["Zoho"])));
    assert_eq!(eva["created_at"], json!("2026-11-24T09:00:00Z"));
    let happened = json!({
        "contact": 3, "kind": "appointment", "at": "2026-11-24T09:00:00Z", "amount": 49.9, "label": "Audit",
    });
    assert_eq!(interactions, &json!({"count": 1, "list": [happened]}));
}

#[test]
fn what_rules_do_has_their_number() {
    let mut book = book();
    let zoe = ContactId::new(0);
    let commit = book.record(zoe, "payment", now(), None, None, now()).unwrap().commit;
    let recorded = json!({
        "fact": "recorded", "count": 1,
        "list": [{"contact": 0, "kind": "payment", "at": "2026-11-24T09:00:00Z"}],
    });
    assert_eq!(facts(&commit, &book, &[("fact", "recorded")]), [recorded]);
    // The first payment makes an active client of a lead: default rule 2.
    let active = json!({
        "fact": "set", "field": "status", "count": 1,
        "contacts": [{"id": 0, "old": "lead", "new": "active"}], "by_rule": 2,
    });
    assert_eq!(facts(&commit, &book, &[("field", "status")]), [active]);
}

#[test]
fn what_has_no_name_any_more_is_a_number() {
    let mut book = book();
    let zoe = ContactId::new(0);
    book.define_tag("web", now()).unwrap();
    let commit = book.add_tags(zoe, ["gold"], now()).unwrap().commit;
    let linked =
        |name: Value| json!([{"fact": "linked", "field": "tags", "name": name, "count": 1, "contacts": [0]}]);
    let told = |book: &Book| Value::from(facts(&commit, book, &[("fact", "linked")]));
    assert_eq!(told(&book), linked(json!("gold")));
    book.rename_tag("gold", "or", now()).unwrap();
    assert_eq!(told(&book), linked(json!("or")));
    book.delete_tag("or", true, now()).unwrap();
    assert_eq!(told(&book), linked(json!(1)));
}

#[test]
fn definitions_are_told_in_words() {
    let mut book = book();
    let zoe = ContactId::new(0);
    let segment = NewSegment::dynamic("VIP", "status=vip").always_in([zoe]);
    let commit = book.create_segment(segment, now()).unwrap().outcome.commit;
    let new = json!({"filter": "status = \"vip\"", "always_in": [0]});
    let expected = json!({"fact": "segment", "segment": "VIP", "old": null, "new": new});
    assert_eq!(facts(&commit, &book, &[("fact", "segment")]), [expected]);

    let rule = NewRule::on("spender", "payment").condition("sum(payment)>100").add_tags(["gold"]);
    let commit =
        book.add_rule(rule.set_fields(Patch::new().set("source", "shop")), now()).unwrap().outcome.commit;
    let new = json!({
        "name": "spender", "enabled": true, "on": "payment", "condition": "sum(payment) > 100",
        "add_tags": ["gold"], "set_fields": {"source": "shop"},
    });
    let expected = json!({"fact": "rule", "rule": 4, "old": null, "new": new});
    assert_eq!(facts(&commit, &book, &[("fact", "rule")]), [expected]);
}

#[test]
fn a_merge_tells_where_keys_lead() {
    let mut book = Book::builder().build(now());
    let [kept, other] = ["zoe@example.com", "zo@example.com"]
        .map(|email| book.create_contact(Draft::new().set("email", email), now()).unwrap().id);
    let commit = book.merge_contacts(kept, [other], now()).unwrap().commit;
    assert_eq!(
        facts(&commit, &book, &[("fact", "merged")]),
        [json!({"fact": "merged", "kept": 0, "other": 1})]
    );
    let key = json!({"fact": "key", "field": "email", "key": "zo@example.com", "old": null, "new": 0});
    assert_eq!(facts(&commit, &book, &[("fact", "key")]), [key]);
}

/// A fact of each kind of change of a schema comes from a call that makes it.
#[test]
fn changes_of_a_schema_are_told() {
    let mut book = book();
    let field = NewField::new("plan", ValueType::Select).option("Xero");
    let plan = book.define_field(field, now()).unwrap();
    let commit = plan.outcome.commit;
    assert_eq!(
        facts(&commit, &book, &[("fact", "field")]),
        [json!({"fact": "field", "field": "plan", "old": null, "new": "select"})]
    );
    assert_eq!(
        facts(&commit, &book, &[("of", "option_keys")]),
        [
            json!({"fact": "name", "of": "option_keys", "field": "plan", "number": 0, "old": null, "new": "Xero"})
        ]
    );
    let commit = book.define_kind("demo", true, now()).unwrap().outcome.commit;
    assert_eq!(
        facts(&commit, &book, &[("fact", "kind")]),
        [json!({"fact": "kind", "kind": "demo", "old": null, "new": "outgoing"})]
    );
    let commit = book.define_status("lost", None, now()).unwrap().outcome.commit;
    let order = ["lead", "active", "vip", "inactive"];
    let expected =
        json!({"fact": "status_order", "old": order, "new": ["lead", "active", "vip", "inactive", "lost"]});
    assert_eq!(facts(&commit, &book, &[("fact", "status_order")]), [expected]);
    book.define_tag("gold", now()).unwrap();
    let commit = book.rename_tag("gold", "or", now()).unwrap().commit;
    let expected = json!({"fact": "old_name", "of": "tags", "name": "gold", "old": null, "new": 0});
    assert_eq!(facts(&commit, &book, &[("fact", "old_name")]), [expected]);
    let settings = Settings { default_country: Some("FR".parse().unwrap()), ..Settings::default() };
    let commit = book.change_settings(settings, now()).unwrap().commit;
    let told = |country: Value| {
        json!({
            "time_zone": "UTC", "week_start": "monday", "leap_day": "feb_28", "default_country": country,
            "limits": {
                "source": 65536, "nesting": 64, "segment_depth": 16, "nodes": 10000, "list_items": 10000,
                "string": 4096, "diagnostics": 20,
            },
        })
    };
    let expected = json!({"fact": "settings", "old": told(Value::Null), "new": told(json!("FR"))});
    assert_eq!(facts(&commit, &book, &[("fact", "settings")]), [expected]);
    let commit = book.set_automation(Some(false), [], now()).unwrap().commit;
    let switches = |on: bool| {
        json!({
            "lead_to_active": on, "first_appointment": true, "first_group_event": true, "first_payment": true,
            "first_invoice": true,
        })
    };
    let expected = json!({"fact": "automation", "old": switches(true), "new": switches(false)});
    assert_eq!(facts(&commit, &book, &[("fact", "automation")]), [expected]);
}
