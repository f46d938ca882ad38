//! Documents: filters as JSON, definitions, mappings, commits.

use crate::Input;
use crate::filters::book;
use tagmata::{Commit, Draft, Filter, NewSegment, Prune, Timestamp};
use tagmata_sql::Mapping;

const LEAF: &str = r#"{"op":"=","field":"id","value":1}"#;
const RULE: &str = r#"{"field":"id","operator":"=","value":1}"#;

pub(crate) const INPUTS: &[Input] = &[
    ("JSON: nodes", 100, |n| {
        read(&format!(r#"{{"v":1,"filter":{{"op":"and","args":[{}]}}}}"#, [LEAF].repeat(n).join(",")))
    }),
    ("JSON: nesting", 10, |n| {
        let deep = format!("{}{LEAF}{}", r#"{"op":"not","arg":"#.repeat(60), "}".repeat(60));
        read(&format!(
            r#"{{"v":1,"filter":{{"op":"and","args":[{}]}}}}"#,
            [deep.as_str()].repeat(n).join(",")
        ));
    }),
    ("JSON: rules", 100, |n| {
        read(&format!(r#"{{"combinator":"and","rules":[{}]}}"#, [RULE].repeat(n).join(",")))
    }),
    ("JSON: commas", 250, |n| {
        let rule = format!(
            r#"{{"field":"note","operator":"in","value":"{}"}}"#,
            many(n, ",", |at| format!("a{at}"))
        );
        read(&format!(r#"{{"combinator":"and","rules":[{rule}]}}"#));
    }),
    ("JSON: keys", 250, |n| read(&format!("{{\"v\":1,{}}}", many(n, ",", |at| format!("\"k{at}\":1"))))),
    ("JSON: the same key", 250, |n| read(&format!("{{\"v\":1,{}}}", ["\"filter\":1"].repeat(n).join(",")))),
    ("JSON: the same key of a node", 250, |n| {
        read(&format!(r#"{{"v":1,"filter":{{{}}}}}"#, [r#""op":"everyone""#].repeat(n).join(",")));
    }),
    ("JSON: wrong nodes", 100, |n| {
        read(&format!(r#"{{"v":1,"filter":{{"op":"and","args":[{}]}}}}"#, ["1"].repeat(n).join(",")))
    }),
    ("JSON: escapes", 1_250, |n| read(&format!("\"{}\"", "\\u0078".repeat(n)))),
    ("definitions: tags", 75, |n| {
        apply(&format!(r#"{{"v":1,"tags":[{}]}}"#, many(n, ",", |at| format!("\"t{at}\""))))
    }),
    ("definitions: the same tag", 75, |n| {
        apply(&format!(r#"{{"v":1,"tags":[{}]}}"#, ["\"t\""].repeat(n).join(",")))
    }),
    ("definitions: fields", 75, |n| {
        apply(&format!(
            r#"{{"v":1,"fields":[{}]}}"#,
            many(n, ",", |at| format!(r#"{{"key":"f{at}","type":"text"}}"#))
        ));
    }),
    ("definitions: options", 75, |n| {
        let options = many(n, ",", |at| format!(r#"{{"key":"o{at}"}}"#));
        apply(&format!(r#"{{"v":1,"fields":[{{"key":"f","type":"select","options":[{options}]}}]}}"#));
    }),
    ("definitions: segments", 50, |n| {
        let filter = r#"{"v":1,"filter":{"op":"=","field":"note","value":"a"}}"#;
        let segments = many(n, ",", |at| format!(r#"{{"name":"s{at}","filter":{filter}}}"#));
        apply(&format!(r#"{{"v":1,"segments":[{segments}]}}"#));
    }),
    ("definitions: unknown keys", 75, |n| {
        apply(&format!("{{\"v\":1,{}}}", many(n, ",", |at| format!("\"k{at}\":1"))))
    }),
    ("segments: of one segment", 50, |n| {
        let mut book = book();
        book.create_segment(NewSegment::dynamic("base", "note = a1"), now()).unwrap();
        let users = (0..n).map(|at| NewSegment::dynamic(format!("user {at}"), "segments has base"));
        book.create_segments(users.collect::<Vec<_>>(), now()).unwrap();
        book.create_contact(Draft::new().set("first_name", "Ana").set("note", "a1"), now()).unwrap();
        drop(book.segments());
        assert!(book.delete_segment("base", false, now()).is_err());
    }),
    ("mapping: fields", 75, |n| {
        let fields = many(n, ",", |at| format!(r#""f{at}":{{"column":"c{at}"}}"#));
        drop(
            Mapping::from_json(&format!(r#"{{"contacts":{{"table":"t","id":"id"}},"fields":{{{fields}}}}}"#))
                .unwrap(),
        );
    }),
    ("mapping: brackets", 1_250, |n| assert!(Mapping::from_json(&"[]".repeat(n)).is_err())),
    ("commit: contacts", 75, |n| {
        let mut book = book();
        for at in 0..n {
            book.create_contact(Draft::new().set("first_name", "Zoe").set("note", format!("a{at}")), now())
                .unwrap();
        }
        let commit = book.set_status("everyone", "vip", now()).unwrap().commit;
        let bytes = commit.to_bytes();
        drop(Commit::from_bytes(&bytes).unwrap());
        book.undo(&commit, now()).unwrap();
    }),
    ("commit: bytes that are none", 1_250, |n| {
        for byte in [0_u8, 1, 0x7f, 0xff] {
            assert!(Commit::from_bytes(&vec![byte; n]).is_err());
        }
    }),
];

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn many(n: usize, between: &str, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect::<Vec<_>>().join(between)
}

/// Reads a filter that may be right.
fn read(json: &str) {
    let book = book();
    match Filter::from_json(json, book.schema()) {
        Ok(filter) => drop(book.count(&filter).unwrap()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Applies definitions that may be right, and writes them.
fn apply(json: &str) {
    let mut book = book();
    if let Err(error) = book.apply_definitions(json, Prune::Keep, now()) {
        assert!(!error.to_string().is_empty());
    }
    assert!(!book.definitions().is_empty());
}
