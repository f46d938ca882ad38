//! Whatever is typed or sent: an answer, never a panic; and problems that point into what was written.

use crate::random::budget;
use email_address::{EmailAddress, Options};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use tagmata::{ContactId, Draft, Filter, JsonTree, NewField, Schema, ValueType};
use tagmata_testkit::refusals::is_sound;

/// Pieces of filters, right and wrong, that meet in every order.
const PIECES: &[&str] = &[
    "status",
    "lead",
    "tags",
    "vip",
    "billed",
    "birthday",
    "created_at",
    "payment",
    "segments",
    "Nord",
    "country",
    "mobile",
    "and",
    "or",
    "not",
    "in",
    "between",
    "contains",
    "starts",
    "ends",
    "with",
    "has",
    "any",
    "all",
    "none",
    "only",
    "is",
    "empty",
    "true",
    "false",
    "before",
    "after",
    "on",
    "last",
    "next",
    "this",
    "today",
    "yesterday",
    "more",
    "less",
    "than",
    "ago",
    "from",
    "now",
    "anniversary",
    "calendar",
    "days",
    "month",
    "year",
    "everyone",
    "nobody",
    "search",
    "count",
    "sum",
    "avg",
    "first",
    "labelled",
    "(",
    ")",
    ",",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "30",
    "0",
    "1.5",
    "1e999",
    "-3",
    "2026-01-31",
    "2026-13-01",
    "2026-01-31T12:00:00Z",
    "2026-01-31T12:00",
    "12-25",
    "02-30",
    "\"",
    "\"a\"",
    "\"\\",
    "\"\\u{110000}\"",
    "\"é\u{301}\"",
    "`",
    "`a`",
    "``",
    "#",
    "\n",
    "'",
    "“",
    "&&",
    "||",
    "==",
    "<>",
    "%",
    "\u{0}",
    "\u{202e}",
    "🦀",
    "İ",
    "ß",
    "\u{301}",
    "\u{a0}",
    "\t",
    "日本",
    "_",
    "1_000",
    "30days",
    "9999999999999999999999",
];

/// Pieces of JSON, likewise.
const JSON_PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"v\":1",
    "\"filter\":",
    "\"op\":",
    "\"and\"",
    "\"args\":",
    "\"not\"",
    "\"arg\":",
    "\"=\"",
    "\"field\":",
    "\"status\"",
    "\"value\":",
    "\"lead\"",
    "\"has_any\"",
    "\"tags\"",
    "null",
    "true",
    "1",
    "1e999",
    "-0",
    "\"\"",
    "{\"v\":1,\"filter\":",
    "{\"op\":\"and\",\"args\":[",
    "{\"op\":\"=\",\"field\":\"status\",\"value\":\"lead\"}",
    "{\"last\":3}",
    "{\"anchor\":\"now\",\"offset\":0}",
    "\"during\"",
    "\"anniversary\"",
    "\"aggregate\":{\"fn\":\"sum\"}",
    "\"combinator\":\"and\"",
    "\"rules\":[",
    "{\"combinator\":\"and\",\"rules\":[",
    "\"operator\":\"inLast\"",
    "{\"field\":\"~\"}",
    "\"\\ud800\"",
    "\"\u{0}\"",
    " ",
];

fn soup(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    vec((select(pieces), any::<bool>()), 0..40).prop_map(|pieces| {
        pieces
            .iter()
            .map(|(piece, space)| if *space { format!("{piece} ") } else { (*piece).to_owned() })
            .collect()
    })
}

/// A right filter with some characters changed, taken out or doubled.
fn bruised(source: &'static str) -> impl Strategy<Value = String> {
    vec((any::<proptest::sample::Index>(), any::<char>(), 0_u8..3), 1..6).prop_map(move |wounds| {
        let mut chars: Vec<char> = source.chars().collect();
        for (at, c, kind) in wounds {
            let at = at.index(chars.len());
            match kind {
                0 => chars[at] = c,
                1 if chars.len() > 1 => drop(chars.remove(at)),
                _ => chars.insert(at, chars[at]),
            }
        }
        chars.into_iter().collect()
    })
}

fn schema() -> Schema {
    let mut schema = Schema::default();
    schema.define_field(NewField::new("billed", ValueType::Number).label("Montant facturé")).unwrap();
    schema.define_field(NewField::new("birthday", ValueType::Date)).unwrap();
    schema.define_tag("vip").unwrap();
    schema.define_segment("Nord").unwrap();
    schema
}

const TEXT: &str = "status = lead and not (tags has any (vip, \"a\\\"b\") or `Montant facturé` between 1 and 1.5e3) \
    or count(payment labelled \"x\" in last 2 calendar months) >= 2 and birthday anniversary on 02-29";
const JSON: &str = r#"{"v":1,"filter":{"op":"and","args":[{"op":"=","id":"r1","field":"status","value":"lead"},{"op":">=","aggregate":
    {"fn":"count","kind":"payment","during":{"last":90,"unit":"day"}},"value":2},{"op":"on","field":"birthday","value":"2026-01-31"}]}}"#;
const TREE: &str = r#"{"combinator":"or","not":true,"rules":[{"id":"r1","field":"billed","operator":"between","value":"1,2"},
    {"combinator":"and","rules":[{"field":"created_at","operator":"inLast","value":{"n":3,"unit":"day"}}]}]}"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(3_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_with_reasons(source in prop_oneof![soup(PIECES), bruised(TEXT), any::<String>()]) {
        let schema = schema();
        match Filter::parse(&source, &schema) {
            Ok(filter) => prop_assert!(Filter::parse(&filter.to_string(), &schema).unwrap() == filter, "{source}"),
            Err(error) => prop_assert!(is_sound(&error, &source), "{source:?}\n{error}"),
        }
    }

    #[test]
    fn any_json_is_read_or_refused_with_reasons(source in prop_oneof![soup(JSON_PIECES), bruised(JSON), bruised(TREE)]) {
        let schema = schema();
        match Filter::from_json(&source, &schema) {
            Ok(filter) => prop_assert!(Filter::from_json(&filter.to_json(&schema), &schema).unwrap() == filter, "{source}"),
            Err(error) => prop_assert!(is_sound(&error, &source), "{source:?}\n{error}"),
        }
    }

    #[test]
    fn any_pieces_of_a_tree_make_a_document(steps in vec(0_u8..8, 0..60)) {
        let schema = schema();
        let mut tree = tagmata::JsonTreeBuilder::new(&schema.settings().limits);
        for step in steps {
            match step {
                0 => tree.begin_object().unwrap(),
                1 => tree.begin_array().unwrap(),
                2 => tree.key("filter"),
                3 => tree.key("op"),
                4 => tree.text("and").unwrap(),
                5 => tree.number("not a numeral").unwrap(),
                6 => tree.null().unwrap(),
                _ => tree.end(),
            }
        }
        let tree: JsonTree = tree.finish();
        prop_assert!(Filter::from_tree(&tree, &schema).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(2_000), failure_persistence: None, ..ProptestConfig::default() })]

    /// The most common form of an address is told without a parser, which must say the same.
    #[test]
    fn addresses_are_those_of_the_parser(address in "[ab0_.+-]{0,4}(a{62,64})?[ab0_.+-]{0,3}@?[aB0.@_-]{0,4}(b{61,63})?[a0.-]{0,3}(\\.[a-]{0,3})?") {
        let options = Options::default().without_display_text().without_domain_literal();
        let is_address = EmailAddress::parse_with_options(&address, options).is_ok();
        let draft = Draft::new().set("email", address.as_str());
        let is_taken = address.is_empty() || draft.read(ContactId::new(0), &Schema::default()).is_ok();
        prop_assert_eq!(is_taken, is_address || address.is_empty(), "{}", address);
    }
}
