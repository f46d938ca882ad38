//! Filters as text, and what is done with them.

use crate::Input;
use tagmata::{Book, ContactId, Draft, Limits, NewField, Timestamp, ValueType, accent_fold, fold, nearest};
use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping};

pub(crate) const INPUTS: &[Input] = &[
    ("text: conditions", 100, |n| done(&["id=1"].repeat(n).join(" or "))),
    ("text: different conditions", 100, |n| done(&many(n, " or ", |at| format!("note = \"a{at}\"")))),
    // As deep as may be: each level costs something for all that is in it, and there are 64 at most.
    ("text: brackets", 10, |n| {
        done(&vec![format!("{}id=1{}", "(".repeat(60), ")".repeat(60)); n].join(" or "))
    }),
    ("text: nots", 10, |n| done(&vec![format!("{}id=1", "not ".repeat(60)); n].join(" or "))),
    ("text: groups", 10, |n| {
        let group = (0..30).fold("id=1".to_owned(), |inner, at| {
            format!("id={at} {} ({inner})", if at % 2 == 0 { "and" } else { "or" })
        });
        done(&vec![format!("({group})"); n].join(" or "));
    }),
    ("text: a list", 100, |n| done(&format!("note in ({})", many(n, ",", |at| format!("\"a{at}\""))))),
    ("text: a list of ids", 100, |n| done(&format!("id in ({})", many(n, ",", |at| at.to_string())))),
    ("text: aggregates", 50, |n| {
        done(&many(n, " or ", |at| format!("sum(payment in last {} days) > {at}", at + 1)))
    }),
    ("text: a long text", 5_000, |n| done(&format!("note = \"{}\"", "x".repeat(n)))),
    ("text: escapes", 1_250, |n| done(&format!("note = \"{}\"", "\\u{78}".repeat(n)))),
    ("text: spaces and comments", 1_250, |n| done(&format!("everyone {}", " # a\n".repeat(n)))),
    ("text: unknown fields", 100, |n| wrong(&many(n, " or ", |at| format!("noet{at} = 1")))),
    ("text: unknown names", 100, |n| {
        wrong(&format!("tags has any ({})", many(n, ",", |at| format!("vpi{at}"))))
    }),
    ("text: errors", 100, |n| wrong(&["note ="].repeat(n).join(" or "))),
    ("text: signs", 500, |n| wrong(&"%".repeat(n))),
    ("text: brackets that are not closed", 500, |n| wrong(&"(".repeat(n))),
    ("text: quotes that are not closed", 500, |n| wrong(&"\"a\n".repeat(n))),
    ("text: warnings", 100, |n| done(&many(n, " or ", |at| format!("not note = a{at}")))),
    ("near names", 250, |n| {
        let names: Vec<String> = (0..n).map(|at| format!("name number {at}")).collect();
        assert!(!nearest("nmae number 7", names.iter().map(String::as_str)).is_empty());
    }),
    ("folding: combining marks", 1_000, |n| drop(fold(&format!("a{}", "\u{301}\u{323}".repeat(n))))),
    ("folding: marks in the wrong order", 1_000, |n| {
        drop(fold(&format!("a{}", "\u{315}\u{31b}\u{5b0}\u{1d165}".repeat(n))));
    }),
    ("folding: without accents", 1_000, |n| drop(accent_fold(&"\u{1e69}\u{390}\u{fb03}\u{130}".repeat(n)))),
    ("contains: repeated texts", 500, |n| {
        let mut book = book();
        book.create_contact(Draft::new().set("first_name", "Zoe").set("note", "a".repeat(4 * n)), now())
            .unwrap();
        for operator in ["contains", "starts with", "ends with", "="] {
            for part in [format!("{}b", "a".repeat(n)), format!("b{}", "a".repeat(n)), "ab".repeat(n / 2)] {
                assert_eq!(book.count(format!("note {operator} \"{part}\"").as_str()).unwrap(), 0);
            }
        }
        assert_eq!(book.count(format!("search \"{}b\"", "a".repeat(n)).as_str()).unwrap(), 0);
    }),
];

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn many(n: usize, between: &str, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect::<Vec<_>>().join(between)
}

/// A book whose filters may be of any size.
pub(crate) fn book() -> Book {
    let most = 1 << 24;
    let limits = Limits {
        source: most,
        nesting: most,
        nodes: most,
        list_items: most,
        string: most,
        ..Limits::default()
    };
    let mut book = Book::builder().limits(limits).build(now());
    book.define_field(NewField::new("note", ValueType::Text), now()).unwrap();
    for tag in 0..100 {
        book.define_tag(&format!("vip {tag}"), now()).unwrap();
    }
    book.create_contact(Draft::new().set("first_name", "Zoe").set("note", "a1"), now()).unwrap();
    book
}

/// All that is done with a filter that is right.
fn done(text: &str) {
    let book = book();
    let filter = book.filter(text).unwrap();
    book.count(&filter).unwrap();
    // Its text indents each level a little more, and so is not asked of the deepest.
    assert!(!book.explain(ContactId::new(0), &filter).unwrap().nodes().is_empty());
    assert!(!filter.to_string().is_empty());
    assert_eq!(tagmata::Filter::from_json(&filter.to_json(book.schema()), book.schema()).unwrap(), filter);
    drop(filter.to_query_builder(book.schema()));
    let mapping = Mapping::new("contacts", "id").field("note", FieldMapping::column("note").folded("folded"));
    for dialect in Dialect::ALL {
        drop(Compiler::new(dialect, &mapping, &book).select(&filter));
    }
}

/// A filter that is refused, with its errors as people see them.
fn wrong(text: &str) {
    let error = book().filter(text).unwrap_err();
    assert!(!error.to_string().is_empty());
}
