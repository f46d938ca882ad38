//! Definitions as a document: what is written, and what applying comes to.

use serde_json::{Value, json};
use tagmata::{
    Book, Code, ContactId, Draft, Error, ErrorKind, Field, FieldId, JsonTree, JsonTreeBuilder, LeapDay,
    Limits, NewField, NewRule, NewSegment, Outcome, Prune, RulePatch, SegmentPatch, Timestamp, ValueType,
    Weekday,
};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// A book with a definition of each sort.
pub(crate) fn book() -> Book {
    let (now, france) = (now(), "FR".parse().unwrap());
    let mut book =
        Book::builder().time_zone("Europe/Paris".parse().unwrap()).default_country(france).build(now);
    let billed = NewField::new("billed", ValueType::Number).label("Montant facturé");
    let plan = NewField::new("plan", ValueType::Select).label("Formule").labelled_option("basic", "Basique");
    book.define_field(billed, now).unwrap();
    book.define_field(plan.option("Pro"), now).unwrap();
    book.update_field(Field::MOBILE, Some("Portable"), [], now).unwrap();
    book.define_status("churned", Some("Perdu"), now).unwrap();
    book.update_status("churned", None, Some(1), now).unwrap();
    book.define_kind("demo", false, now).unwrap();
    book.define_tag("vip", now).unwrap();
    book.create_segment(NewSegment::fixed("Nord"), now).unwrap();
    book.create_segment(NewSegment::dynamic("Big", "billed > 1000 and not tags has vip"), now).unwrap();
    book
}

fn apply(book: &mut Book, document: &Value, prune: Prune) -> Result<Outcome, Error> {
    book.apply_definitions(&document.to_string(), prune, now())
}

fn keep(book: &mut Book, document: &Value) -> Outcome {
    apply(book, document, Prune::Keep).unwrap_or_else(|error| panic!("{error}"))
}

fn prune(book: &mut Book, document: &Value) -> Outcome {
    apply(book, document, Prune::Remove).unwrap_or_else(|error| panic!("{error}"))
}

/// `{"v": 1, …}` with one list.
fn only(key: &str, list: &Value) -> Value {
    json!({"v": 1, key: list})
}

fn has(field: &str, value: &str) -> Value {
    json!({"v": 1, "filter": {"op": "has", "field": field, "value": value}})
}

fn equals(field: &str, value: &str) -> Value {
    json!({"v": 1, "filter": {"op": "=", "field": field, "value": value}})
}

fn filter_of(book: &Book, segment: &str) -> Option<String> {
    book.segments().into_iter().find(|info| info.name == segment).expect("the segment is there").filter
}

fn label(book: &Book, key: &str) -> String {
    let schema = book.schema();
    schema.field_label(schema.field_by_key(key).map(Field::id).unwrap()).to_owned()
}

fn statuses(book: &Book) -> Vec<&str> {
    let schema = book.schema();
    schema.statuses_in_order().map(|status| schema.status_key(status)).collect()
}

#[test]
fn a_document_says_all_that_is_not_about_single_contacts() {
    let mut book = book();
    let ana = book.create_contact(Draft::new().set("first_name", "Ana"), now()).unwrap().id;
    book.add_to_segment(ana, "Nord", now()).unwrap();
    book.update_segment("Big", SegmentPatch::new().always_in([ana]), now()).unwrap();
    let expected = r#"{
  "v": 1,
  "settings": {
    "time_zone": "Europe/Paris",
    "week_start": "monday",
    "leap_day": "feb_28",
    "default_country": "FR"
  },
  "fields": [
    {
      "key": "mobile",
      "label": "Portable"
    },
    {
      "key": "billed",
      "type": "number",
      "label": "Montant facturé"
    },
    {
      "key": "plan",
      "type": "select",
      "label": "Formule",
      "options": [
        {
          "key": "basic",
          "label": "Basique"
        },
        {
          "key": "Pro",
          "label": "Pro"
        }
      ]
    }
  ],
  "statuses": [
    {
      "key": "lead",
      "label": "Lead"
    },
    {
      "key": "churned",
      "label": "Perdu"
    },
    {
      "key": "active",
      "label": "Active"
    },
    {
      "key": "vip",
      "label": "VIP"
    },
    {
      "key": "inactive",
      "label": "Inactive"
    }
  ],
  "kinds": [
    {
      "key": "demo",
      "outgoing": false
    }
  ],
  "tags": [
    "vip"
  ],
  "segments": [
    {
      "name": "Nord"
    },
    {
      "name": "Big",
      "filter": {
        "v": 1,
        "filter": {
          "op": "and",
          "args": [
            {
              "op": ">",
              "field": "billed",
              "value": 1000
            },
            {
              "op": "not",
              "arg": {
                "op": "has",
                "field": "tags",
                "value": "vip"
              }
            }
          ]
        }
      }
    }
  ],
  "automation": {
    "lead_to_active": true,
    "rules": {
      "first_appointment": true,
      "first_group_event": true,
      "first_payment": true,
      "first_invoice": true
    }
  },
  "rules": []
}"#;
    assert_eq!(book.definitions(), expected);
}

#[test]
fn the_layout_is_that_of_every_other_writer() {
    let mut book = book();
    keep(&mut book, &only("tags", &json!(["quote \" and {", "back\\slash", "[", "tab\t", ":,"])));
    for book in [book, Book::builder().build(now())] {
        let document: Value = serde_json::from_str(&book.definitions()).unwrap();
        assert_eq!(book.definitions(), serde_json::to_string_pretty(&document).unwrap());
    }
}

#[test]
fn settings_that_are_not_named_stay() {
    let mut book = book();
    keep(&mut book, &only("settings", &json!({"week_start": "sunday", "leap_day": "mar_1"})));
    let settings = book.schema().settings();
    assert_eq!(settings.calendar.zone.name(), "Europe/Paris");
    assert_eq!((settings.calendar.week_start, settings.calendar.leap_day), (Weekday::Sunday, LeapDay::Mar1));
    assert_eq!(settings.default_country, Some("FR".parse().unwrap()));
    keep(&mut book, &only("settings", &json!({"default_country": null, "time_zone": "america/lima"})));
    let settings = book.schema().settings();
    assert_eq!((settings.calendar.zone.name(), settings.default_country), ("America/Lima", None));
}

#[test]
fn labels_are_passed_on_and_swapped() {
    let fields = |[a, b, c]: [&str; 3]| {
        only(
            "fields",
            &json!([
                {"key": "a", "type": "text", "label": a},
                {"key": "b", "type": "text", "label": b},
                {"key": "c", "type": "text", "label": c},
            ]),
        )
    };
    let table = [
        ("to the next", ["two", "three", "four"]),
        ("to the one before", ["zero", "one", "two"]),
        ("swapped", ["two", "one", "three"]),
        ("in a circle", ["three", "one", "two"]),
        ("in another case", ["ONE", "TWO", "THREE"]),
        ("to the own key", ["a", "b", "c"]),
    ];
    for (name, labels) in table {
        let mut book = Book::builder().build(now());
        keep(&mut book, &fields(["one", "two", "three"]));
        keep(&mut book, &fields(labels));
        assert_eq!(["a", "b", "c"].map(|key| label(&book, key)), labels.map(str::to_owned), "{name}");
    }
}

#[test]
fn what_replaces_something_may_take_its_label() {
    let mut book = book();
    prune(
        &mut book,
        &json!({"v": 1,
            "fields": [{"key": "plan_2", "type": "select", "label": "Formule", "options": [{"key": "basic"}]}, {"key": "amount", "type": "number", "label": "Montant facturé"}],
            "segments": [{"name": "Big", "filter": {"v": 1, "filter": {"op": ">", "field": "amount", "value": 10}}}],
        }),
    );
    assert_eq!([label(&book, "plan_2"), label(&book, "amount")], ["Formule", "Montant facturé"]);
    assert_eq!(filter_of(&book, "Big").as_deref(), Some("amount > 10"));
    assert!(book.schema().field_by_key("billed").is_none());
    assert_eq!(book.schema().segment("Nord"), None);
    assert_eq!(label(&book, "mobile"), "Mobile", "a standard field loses the label that it was given");
}

#[test]
fn statuses_that_are_not_listed_keep_their_places() {
    let table: [(&[&str], &[&str]); 5] = [
        (&["churned"], &["lead", "churned", "active", "vip", "inactive"]),
        (&["new"], &["lead", "churned", "active", "vip", "inactive", "new"]),
        (&["vip", "active"], &["lead", "churned", "vip", "active", "inactive"]),
        (&["new", "inactive", "lead"], &["new", "churned", "active", "vip", "inactive", "lead"]),
        (
            &["vip", "inactive", "active", "lead", "churned"],
            &["vip", "inactive", "active", "lead", "churned"],
        ),
    ];
    for (listed, expected) in table {
        let mut book = book();
        let entries: Vec<Value> = listed.iter().map(|key| json!({"key": key})).collect();
        let document = only("statuses", &json!(entries));
        keep(&mut book, &document);
        assert_eq!(statuses(&book), expected, "{listed:?}");
        prune(&mut book, &document);
        assert_eq!(statuses(&book), listed, "{listed:?}");
    }
}

#[test]
fn pruning_is_for_the_lists_that_a_document_has() {
    let mut book = book();
    let before = book.definitions();
    assert!(prune(&mut book, &json!({"v": 1})).commit.is_empty());
    assert!(prune(&mut book, &only("tags", &json!(["vip"]))).commit.is_empty());
    prune(&mut book, &only("fields", &json!([{"key": "billed"}, {"key": "plan"}, {"key": "mobile"}])));
    assert_eq!(book.definitions(), before, "a field without `options` keeps its options");
    prune(
        &mut book,
        &only("fields", &json!([{"key": "billed"}, {"key": "plan", "options": [{"key": "pro"}]}])),
    );
    let plan = book.schema().field_by_key("plan").unwrap();
    assert_eq!(plan.options().iter().map(|option| option.key).collect::<Vec<_>>(), ["Pro"]);
}

#[test]
fn segments_may_use_each_other_in_any_order() {
    let mut book = Book::builder().build(now());
    let zoe = book.create_contact(Draft::new().set("status", "vip"), now()).unwrap().id;
    let segments = json!([
        {"name": "A", "filter": has("segments", "B")},
        {"name": "B", "filter": has("segments", "C")},
        {"name": "C", "filter": equals("status", "vip")},
    ]);
    let outcome = keep(&mut book, &only("segments", &segments));
    for name in ["A", "B", "C"] {
        let segment = book.schema().segment(name).unwrap();
        assert!(outcome.effects.entered[&segment].contains(zoe), "{name}");
    }
    assert!(outcome.effects.left.is_empty());
    // The other way round, which would go in a circle half way.
    let segments = json!([
        {"name": "C", "filter": has("segments", "B")},
        {"name": "B", "filter": has("segments", "A")},
        {"name": "A", "filter": equals("status", "vip")},
    ]);
    let outcome = keep(&mut book, &only("segments", &segments));
    assert!(outcome.effects.entered.is_empty() && outcome.effects.left.is_empty(), "{:?}", outcome.effects);
    assert_eq!(filter_of(&book, "C").as_deref(), Some(r#"segments has "B""#));
    book.undo(&outcome.commit, now()).unwrap();
    assert_eq!(filter_of(&book, "A").as_deref(), Some(r#"segments has "B""#));
}

#[test]
fn a_chain_may_be_as_long_as_the_limit_while_it_is_turned_round() {
    let limits = Limits { segment_depth: 2, ..Limits::default() };
    let mut book = Book::builder().limits(limits).build(now());
    let chain = |names: [&str; 3]| {
        let [low, middle, high] = names;
        only(
            "segments",
            &json!([
                {"name": high, "filter": has("segments", middle)},
                {"name": middle, "filter": has("segments", low)},
                {"name": low, "filter": {"v": 1, "filter": {"op": "everyone"}}},
            ]),
        )
    };
    for names in [["A", "B", "C"], ["C", "B", "A"], ["B", "A", "C"]] {
        keep(&mut book, &chain(names));
    }
    assert_eq!(filter_of(&book, "A").as_deref(), Some(r#"segments has "B""#));
}

#[test]
fn members_and_pins_stay() {
    let mut book = book();
    let [ana, zoe] = ["Ana", "Zoé"]
        .map(|name| book.create_contact(Draft::new().set("first_name", name), now()).unwrap().id);
    book.add_to_segment(ana, "Nord", now()).unwrap();
    book.update_segment("Big", SegmentPatch::new().always_in([ana]).always_out([zoe]), now()).unwrap();
    keep(
        &mut book,
        &only("segments", &json!([{"name": "NORD"}, {"name": "big", "filter": equals("status", "lead")}])),
    );
    let members = |name: &str| book.members(name).unwrap().to_numbers();
    assert_eq!((members("nord"), members("big")), (vec![ana.get()], vec![ana.get()]));
    assert_eq!(book.segments().iter().map(|info| info.name.as_str()).collect::<Vec<_>>(), ["NORD", "big"]);
}

#[test]
fn an_old_name_still_stands_for_what_was_renamed() {
    let mut book = book();
    let document = book.definitions();
    let vip = book.schema().tag("vip");
    book.rename_tag("vip", "Key account", now()).unwrap();
    book.rename_segment("Nord", "North", now()).unwrap();
    book.apply_definitions(&document, Prune::Remove, now()).unwrap();
    assert_eq!(book.definitions(), document);
    assert_eq!(book.schema().tag("vip"), vip);
    // Where both names are listed they are two things.
    book.rename_segment("Nord", "North", now()).unwrap();
    keep(&mut book, &only("segments", &json!([{"name": "Nord"}, {"name": "North"}])));
    assert_ne!(book.schema().segment("Nord"), book.schema().segment("North"));
}

#[test]
fn a_broken_segment_stays_broken_until_a_document_mends_it() {
    let mut book = book();
    book.delete_field("billed", true, now()).unwrap();
    book.create_segment(NewSegment::dynamic("Small", "everyone"), now()).unwrap();
    let document: Value = serde_json::from_str(&book.definitions()).unwrap();
    let broken = json!({"name": "Big", "broken_filter": r#"billed > 1000 and not tags has "vip""#});
    assert_eq!(document["segments"][1], broken);
    assert!(prune(&mut book, &document).commit.is_empty());
    assert_eq!(book.members("Big").unwrap_err().code(), Code::BrokenSegment);

    let mut other = Book::builder().build(now());
    assert_eq!(apply(&mut other, &document, Prune::Keep).unwrap_err().code(), Code::BrokenSegment);

    // One that uses it stands before it in the document.
    keep(
        &mut book,
        &only(
            "segments",
            &json!([
                {"name": "Small", "filter": {"v": 1, "filter": {"op": "not_has", "field": "segments", "value": "Big"}}},
                {"name": "New", "filter": has("segments", "Big")},
                {"name": "Big", "filter": equals("status", "vip")},
            ]),
        ),
    );
    assert!(book.members("Small").is_ok());
    assert_eq!(filter_of(&book, "New").as_deref(), Some(r#"segments has "Big""#));
    // What is sound is not broken by a document.
    assert_eq!(apply(&mut book, &document, Prune::Keep).unwrap_err().code(), Code::BrokenSegment);
}

#[test]
fn a_rule_keeps_its_filter_when_a_segment_that_it_stands_on_breaks() {
    let mut book = book();
    let big =
        |name| NewRule::when(name, "segments has Big").condition("not segments has Big").set_status("vip");
    book.add_rule(big("big"), now()).unwrap();
    book.delete_field("billed", true, now()).unwrap();
    let document: Value = serde_json::from_str(&book.definitions()).unwrap();
    assert!(prune(&mut book, &document).commit.is_empty());
    assert!(
        !book.update_rule("big", RulePatch::new().set_status("active"), now()).unwrap().commit.is_empty()
    );
    assert_eq!(book.add_rule(big("another"), now()).unwrap_err().code(), Code::BrokenSegment);
    let to_others = RulePatch::new().condition("segments has Big and status = lead");
    assert_eq!(book.update_rule("big", to_others, now()).unwrap_err().code(), Code::BrokenSegment);
}

#[test]
fn filters_may_be_query_builder_trees_and_name_what_the_document_defines() {
    let mut book = Book::builder().build(now());
    let tree = json!({"combinator": "and", "rules": [{"field": "score", "operator": ">=", "value": "10"}]});
    keep(
        &mut book,
        &json!({"v": 1,
            "segments": [{"name": "Good", "filter": tree}, {"name": "Seen", "filter": {"v": 1, "filter":
                {"op": ">", "aggregate": {"fn": "count", "kind": "demo"}, "value": 0}}}],
            "kinds": [{"key": "demo"}],
            "fields": [{"key": "score", "type": "number"}],
        }),
    );
    assert_eq!(filter_of(&book, "Good").as_deref(), Some("score >= 10"));
    assert_eq!(filter_of(&book, "Seen").as_deref(), Some("count(demo) > 0"));
}

#[test]
fn in_an_open_batch_a_document_is_one_change_among_others() {
    let mut book = book();
    let ana = book.create_contact(Draft::new().set("first_name", "Ana"), now()).unwrap().id;
    let document = only("segments", &json!([{"name": "Leads", "filter": equals("status", "lead")}]));
    let (inner, outcome) = book
        .batch(now(), |book| {
            book.set_status(ana, "active", now())?;
            let inner = book.apply_definitions(&document.to_string(), Prune::Keep, now())?;
            book.set_status(ana, "lead", now())?;
            Ok(inner)
        })
        .unwrap();
    let leads = book.schema().segment("Leads").unwrap();
    assert!(inner.effects.entered.is_empty());
    assert_eq!(inner.commit.facts().len(), 2, "{:?}", inner.commit.facts());
    assert!(outcome.effects.entered[&leads].contains(ana));
    assert_eq!(book.last_commit(), outcome.commit.number());
}

#[test]
fn a_commit_carries_its_stamp_and_can_be_replayed() {
    let mut book = book();
    let mut replica = book.clone();
    let stamp = tagmata::Stamp::new("2026-11-25T09:00:00Z".parse().unwrap()).by("ana");
    let document = book.definitions().replace("Perdu", "Parti");
    let outcome = book.apply_definitions(&document, Prune::Keep, stamp.clone()).unwrap();
    assert_eq!((outcome.commit.actor(), outcome.commit.at()), (Some("ana"), stamp.at()));
    replica.replay(&outcome.commit).unwrap();
    assert_eq!(replica.definitions(), document);
}

#[test]
fn documents_have_their_own_limits_and_their_filters_those_of_filters() {
    let mut book = Book::builder().build(now());
    let refused = |book: &mut Book, document: &str| {
        let error = book.apply_definitions(document, Prune::Keep, now()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Definitions);
        error.to_string()
    };
    // Longer than a filter may be.
    let tags: Vec<String> = (0..60_000).map(|number| format!("tag number {number}")).collect();
    let long = only("tags", &json!(tags)).to_string();
    assert!(long.len() > Limits::default().source * 8);
    assert!(JsonTree::parse_definitions(&long, &Limits::default()).is_ok());
    assert_eq!(
        refused(&mut book, &" ".repeat(64 * 1024 * 1024 + 1)),
        "error[E0501]: the definitions have more than 67108864 bytes; help: apply them in parts: what is not in a document stays as it is"
    );
    assert_eq!(
        refused(&mut book, &"[".repeat(1_000)),
        "error[E0502]: the definitions are nested more than 144 levels deep (at /0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0); help: save an inner part of the filter as a segment and use `segments has`"
    );
    let segment = |filter: Value| {
        only("segments", &json!([{"name": "S", "filter": {"v": 1, "filter": filter}}])).to_string()
    };
    let text = |length: usize| json!({"op": "=", "field": "source", "value": "x".repeat(length)});
    assert_eq!(
        refused(&mut book, &segment(text(4_097))),
        "error[E0506]: this string has 4097 bytes; 4096 are allowed (at /segments/0/filter/filter/value)"
    );
    let words: Vec<String> = (0..200).map(|_| "x".repeat(4_000)).collect();
    assert_eq!(
        refused(&mut book, &segment(json!({"op": "in", "field": "source", "value": words}))),
        "error[E0501]: the filter has 800655 bytes; 524288 are allowed (at /segments/0/filter); help: save a part as a segment and use `segments has`"
    );
    let deep = (0..64).fold(json!({"op": "everyone"}), |inner, _| json!({"op": "not", "arg": inner}));
    assert_eq!(
        refused(&mut book, &segment(json!({"op": "not", "arg": deep.clone()}))),
        "error[E0502]: the filter is nested more than 64 levels deep (at /segments/0/filter/filter); help: save an inner part as a segment and use `segments has`"
    );
    book.apply_definitions(&segment(deep), Prune::Keep, now()).unwrap();
    let document = book.definitions();
    assert!(book.apply_definitions(&document, Prune::Remove, now()).unwrap().commit.is_empty());
}

#[test]
fn raised_limits_are_those_of_documents_too() {
    let limits = Limits { nesting: 300, ..Limits::default() };
    let mut book = Book::builder().limits(limits).build(now());
    let filter = format!(
        "{}status = lead{}",
        "(email is empty or (not name is empty and ".repeat(149),
        "))".repeat(149)
    );
    book.create_segment(NewSegment::dynamic("Deep", filter), now()).unwrap();
    let document = book.definitions();
    assert!(book.apply_definitions(&document, Prune::Remove, now()).unwrap().commit.is_empty());
}

#[test]
fn a_tree_of_a_host_language_is_a_document() {
    let mut tree = JsonTreeBuilder::for_definitions(&Limits::default());
    tree.begin_object().unwrap();
    tree.key("v");
    tree.number("1").unwrap();
    tree.key("kinds");
    tree.begin_array().unwrap();
    tree.begin_object().unwrap();
    tree.key("key");
    tree.text("demo").unwrap();
    tree.key("outgoing");
    tree.bool(true).unwrap();
    let mut book = Book::builder().build(now());
    book.apply_definitions(&tree.finish(), Prune::Keep, now()).unwrap();
    assert_eq!(book.schema().kind("demo").map(|kind| kind.outgoing), Some(true));
}

#[test]
fn contacts_lose_what_is_pruned() {
    let mut book = book();
    let draft = Draft::new().set("first_name", "Ana").set("billed", 10.0).set("plan", "basic");
    let ana = book.create_contact(draft.set("tags", vec!["vip".to_owned()]), now()).unwrap().id;
    let outcome = prune(&mut book, &json!({"v": 1, "fields": [], "tags": [], "segments": []}));
    let contact = |book: &Book, id: ContactId| book.contact(id).unwrap();
    let billed = FieldId::new(18);
    assert_eq!((contact(&book, ana).get(billed), contact(&book, ana).get(Field::TAGS)), (None, None));
    book.undo(&outcome.commit, now()).unwrap();
    assert!(contact(&book, ana).get(billed).is_some() && contact(&book, ana).get(Field::TAGS).is_some());
}
