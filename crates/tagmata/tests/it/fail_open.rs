//! Filters that fail open: nothing that is empty, unknown or gone finds everybody (docs/vulnerability-classes.md).

use crate::doors::{DOORS, book};
use crate::import_books::now;
use tagmata::{Book, Code, ErrorKind, JsonTree, Limits, MemberSet, NewSegment};

/// Filters that say nothing, or nothing that can be understood.
const VOID: &[&str] = &[
    "",
    "   ",
    "# everyone",
    "()",
    "not",
    "status = lead and",
    "status =",
    "status in ()",
    "tags has any ()",
    "note contains \"\"",
    "search \"\"",
    "status = null",
    "billed > null",
    "billed > $minimum",
    "billed > {{minimum}}",
    "billed > ?",
    "billed > NaN",
    "id in ()",
    "id = null",
    "biled > 1",
    "status = laed",
    "plan = platinum",
    "tags has vpi",
    "segments has Rihc",
    "count(paymnet) > 1",
    "status = lead; everyone",
    "status = lead or 1 = 1",
];

/// The same as JSON.
const VOID_JSON: &[&str] = &[
    "null",
    "[]",
    "{}",
    "true",
    "\"everyone\"",
    r#"{"v": 1}"#,
    r#"{"v": 1, "filter": null}"#,
    r#"{"v": 1, "filter": {}}"#,
    r#"{"v": 1, "filter": []}"#,
    r#"{"v": 1, "filter": {"op": "and", "args": []}}"#,
    r#"{"v": 1, "filter": {"op": "or", "args": []}}"#,
    r#"{"v": 1, "filter": {"op": "and"}}"#,
    r#"{"v": 1, "filter": {"op": "and", "args": [null]}}"#,
    r#"{"v": 1, "filter": {"op": "not"}}"#,
    r#"{"v": 1, "filter": {"op": "not", "arg": null}}"#,
    r#"{"v": 1, "filter": {"op": "=", "field": "status"}}"#,
    r#"{"v": 1, "filter": {"op": "=", "field": "status", "value": null}}"#,
    r#"{"v": 1, "filter": {"op": "=", "field": null, "value": "lead"}}"#,
    r#"{"v": 1, "filter": {"op": null, "field": "status", "value": "lead"}}"#,
    r#"{"v": 1, "filter": {"op": "in", "field": "status", "value": []}}"#,
    r#"{"v": 1, "filter": {"op": "not_in", "field": "status", "value": []}}"#,
    r#"{"v": 1, "filter": {"op": "in", "field": "status", "value": null}}"#,
    r#"{"v": 1, "filter": {"op": "has_any", "field": "tags", "value": []}}"#,
    r#"{"v": 1, "filter": {"op": "has_none", "field": "tags", "value": []}}"#,
    r#"{"v": 1, "filter": {"op": "contains", "field": "note", "value": ""}}"#,
    r#"{"v": 1, "filter": {"op": "in", "field": "id", "value": []}}"#,
    r#"{"v": 2, "filter": {"op": "everyone"}}"#,
    r#"{"combinator": "and", "rules": []}"#,
    r#"{"combinator": "and", "not": true, "rules": []}"#,
    r#"{"combinator": "and", "rules": null}"#,
    r#"{"combinator": "and"}"#,
    r#"{"combinator": "and", "rules": [{"combinator": "or", "rules": []}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "status", "operator": "=", "value": null}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "status", "operator": "=", "value": ""}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "status", "operator": "in", "value": []}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "status", "operator": "in", "value": ""}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "status", "operator": "notIn", "value": ""}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "~", "operator": "~", "value": "~"}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "status", "operator": "=", "value": "lead", "muted": true}]}"#,
    r#"{"combinator": "and", "rules": [{"field": "status", "operator": "=", "value": "lead", "disabled": true}]}"#,
];

/// Filters that fail open: what is empty, null or unknown is an error wherever a filter is taken, and never a filter that finds everybody.
///
/// Prisma dropped conditions without a value, and deleted whole tables: <https://github.com/prisma/orm/issues/20169>. Mautic accepted
/// segments whose list of tags was empty: <https://github.com/mautic/mautic/issues/10951>.
#[test]
fn what_says_nothing_finds_nobody_and_changes_nothing() {
    let untouched = book();
    for (name, _, door) in DOORS {
        let mut book = untouched.clone();
        for text in VOID {
            let error = door(&mut book, (*text).into()).expect_err(&format!("{name}: {text}"));
            assert!(!error.diagnostics().is_empty(), "{name}: {text}");
        }
        for json in VOID_JSON {
            let tree = JsonTree::parse(json, &Limits::default()).unwrap();
            let error = door(&mut book, tree.into()).expect_err(&format!("{name}: {json}"));
            assert!(!error.diagnostics().is_empty(), "{name}: {json}");
        }
        assert_eq!(book.differences(&untouched), Vec::<String>::new(), "{name}");
    }
}

/// No contacts are no contacts, in every spelling that has a list of them.
#[test]
fn nobody_is_not_everybody() {
    let mut book = book();
    let before = book.clone();
    for nobody in [Vec::new(), Vec::new()] {
        book.delete_contacts(nobody, now()).unwrap();
    }
    book.delete_contacts(MemberSet::default(), now()).unwrap();
    book.delete_contacts("nobody", now()).unwrap();
    book.set_status(Vec::new(), "inactive", now()).unwrap();
    assert_eq!(book.count("everyone").unwrap(), 3);
    assert_eq!(book.count("status = inactive").unwrap(), 0);
    assert!(book.differences(&before).iter().all(|difference| difference.starts_with("the last commit")));
}

/// How something is deleted by force, and a filter that used it.
type Deletion = (&'static str, &'static str, fn(&mut Book));

const DELETIONS: &[Deletion] = &[
    ("a tag", "tags has vip", |book| drop(book.delete_tag("vip", true, now()).unwrap())),
    ("a segment", "segments has Gone", |book| drop(book.delete_segment("Gone", true, now()).unwrap())),
    ("an option", "plan = gold", |book| drop(book.delete_option("plan", "gold", true, now()).unwrap())),
    ("a field", "billed > 1000", |book| drop(book.delete_field("billed", true, now()).unwrap())),
    ("a status", "status = vip", |book| {
        drop(book.delete_status("vip", None, true, now()).unwrap());
    }),
    ("a kind", "count(visit) > 0", |book| drop(book.delete_kind("visit", true, now()).unwrap())),
];

/// Names that are gone: what used them by itself, under `not` or through another segment is broken, never empty and never everybody.
///
/// Where a condition whose field is gone is left out, what remains finds more: Mautic kept such segments, and ran what was left of them
/// (<https://github.com/mautic/mautic/issues/11493>).
#[test]
fn what_used_a_deleted_name_is_broken_and_refuses() {
    for (what, filter, delete) in DELETIONS {
        let mut book = book();
        book.create_segment(NewSegment::fixed("Gone"), now()).unwrap();
        book.define_kind("visit", false, now()).unwrap();
        let negated = format!("not ({filter})");
        let mixed = format!("status = lead and ({filter} or {negated})");
        let stored =
            [*filter, &*negated, &*mixed].map(|filter| book.filter(filter).unwrap().to_json(book.schema()));
        let segments = [
            ("Plain", *filter),
            ("Negated", &*negated),
            ("Mixed", &*mixed),
            ("Nested", "not segments has Negated"),
        ];
        for (name, filter) in segments {
            book.create_segment(NewSegment::dynamic(name, filter), now()).unwrap();
        }
        delete(&mut book);
        let broken = book.clone();
        for (name, _) in segments {
            assert_eq!(book.members(name).unwrap_err().code(), Code::BrokenSegment, "{what}: {name}");
            for asked in [
                format!("segments has {name}"),
                format!("not segments has {name}"),
                format!("everyone or segments has {name}"),
            ] {
                for (door_name, _, door) in DOORS {
                    // A filter may be read, and then cannot be asked.
                    if *door_name != "filter" {
                        let error = door(&mut book, asked.as_str().into())
                            .expect_err(&format!("{what}: {door_name}: {asked}"));
                        assert_eq!(error.code(), Code::BrokenSegment, "{what}: {door_name}: {asked}");
                    }
                }
            }
        }
        // What was stored is read again, and refused for the name that is gone.
        for json in stored {
            for (door_name, _, door) in DOORS {
                let tree = JsonTree::parse(&json, &Limits::default()).unwrap();
                let error = door(&mut book, tree.into()).expect_err(&format!("{what}: {door_name}: {json}"));
                assert!(
                    matches!(error.kind(), ErrorKind::Filter | ErrorKind::Definitions),
                    "{what}: {door_name}: {error}"
                );
            }
        }
        assert_eq!(book.differences(&broken), Vec::<String>::new(), "{what}");
    }
}
