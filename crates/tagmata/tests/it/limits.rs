//! Filters at their limits and one past them, on a small stack; and input far past them, which is refused at once
//! (filter-language.md, section 6).

use tagmata::{
    Code, Contact, ContactId, Draft, DynamicSegment, Error, ErrorKind, Filter, JsonTree, JsonTreeBuilder,
    Limits, Membership, Schema, SegmentId, Segments, Settings, Timestamp,
};

fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

/// A schema whose filters may be as long as any of these tests.
fn roomy() -> Schema {
    Schema::new(Settings { limits: Limits { source: 16 << 20, ..Limits::default() }, ..Settings::default() })
}

fn zoe(schema: &Schema) -> Contact {
    Draft::new().set("status", "lead").set("first_name", "Zoé").read(ContactId::new(0), schema).unwrap()
}

/// Runs a test in a thread with the stack of a worker of a small server.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(test).unwrap().join().unwrap();
}

/// All that can be done with a filter that was accepted: print it, convert it and read it back, ask it, drop it.
fn works(filter: Filter, expected: bool) {
    let schema = roomy();
    let contact = zoe(&schema);
    assert_eq!(Filter::parse(&filter.to_string(), &schema).unwrap(), filter);
    assert_eq!(Filter::from_json(&filter.to_json(&schema), &schema).unwrap(), filter);
    if let Ok(tree) = filter.to_query_builder(&schema) {
        assert_eq!(Filter::from_json(&tree, &schema).unwrap(), filter);
    }
    assert_eq!(filter.matches(&contact, now()), expected);
    let explained = filter.explain(&contact, now(), &tagmata::StaticSegments, &schema);
    assert_eq!(explained.verdict(), expected);
    let copy = filter.clone();
    drop(filter);
    assert!(copy.lints().len() <= schema.settings().limits.diagnostics);
    drop(copy);
}

fn refused(read: Result<Filter, Error>) -> Code {
    let error = read.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Filter);
    error.code()
}

const LEAD: &str = r#"{"op":"=","field":"status","value":"lead"}"#;
const RULE: &str = r#"{"field":"status","operator":"=","value":"lead"}"#;

/// Text with so many groups inside each other, `and` and `or` in turn.
fn groups(depth: usize) -> String {
    let mut text = "status = lead".to_owned();
    for level in 0..depth {
        let inner = if level == 0 { text } else { format!("({text})") };
        text = format!("status = lead {} {inner}", if level % 2 == 0 { "or" } else { "and" });
    }
    text
}

/// So many times something around a JSON node.
fn wrapped(depth: usize, before: &str, inner: &str, after: &str) -> String {
    format!("{}{inner}{}", before.repeat(depth), after.repeat(depth))
}

fn document(node: &str) -> String {
    format!(r#"{{"v":1,"filter":{node}}}"#)
}

#[test]
fn nesting_in_text() {
    type Nested = fn(usize) -> String;
    let table: [(&str, Nested); 4] = [
        ("brackets", |n| format!("{}status = lead{}", "(".repeat(n), ")".repeat(n))),
        ("nots", |n| format!("{}status = lead", "not ".repeat(n))),
        ("brackets and nots", |n| format!("{}status = lead{}", "not (".repeat(n / 2), ")".repeat(n / 2))),
        ("groups", groups),
    ];
    for (name, nested) in table {
        on_a_small_stack(move || {
            let schema = Schema::default();
            works(
                Filter::parse(&nested(64), &schema).unwrap_or_else(|error| panic!("{name}: {error}")),
                true,
            );
            let past = if name == "brackets and nots" { 66 } else { 65 };
            assert_eq!(refused(Filter::parse(&nested(past), &schema)), Code::NestingTooDeep, "{name}");
        });
    }
}

#[test]
fn nesting_in_json() {
    let args = format!(r#"{{"op":"and","args":[{LEAD},"#);
    let or = format!(r#"{{"op":"or","args":[{LEAD},"#);
    let table = [
        ("nots", r#"{"op":"not","arg":"#.to_owned(), "}", 64),
        ("groups", args.clone(), "]}", 64),
        ("groups in turn", format!("{args}{or}"), "]}]}", 32),
        ("nots and groups", format!(r#"{{"op":"not","arg":{args}"#), "]}}", 32),
    ];
    for (name, before, after, depth) in table {
        on_a_small_stack(move || {
            let schema = Schema::default();
            let read = |depth| Filter::from_json(&document(&wrapped(depth, &before, LEAD, after)), &schema);
            works(read(depth).unwrap_or_else(|error| panic!("{name}: {error}")), true);
            assert_eq!(refused(read(depth + 1)), Code::NestingTooDeep, "{name}");
        });
    }
}

#[test]
fn nesting_in_query_builder_trees() {
    let group = |not: bool| {
        let not = if not { r#""not":true,"# } else { "" };
        format!(r#"{{"combinator":"and",{not}"rules":[{RULE},"#)
    };
    let alone = r#"{"combinator":"or","not":true,"rules":["#.to_owned();
    let table = [
        ("groups", group(false), 64),
        ("negated groups", group(true), 32),
        ("negated groups of one", alone, 64),
    ];
    for (name, before, depth) in table {
        on_a_small_stack(move || {
            let schema = Schema::default();
            let read = |depth| Filter::from_json(&wrapped(depth, &before, RULE, "]}"), &schema);
            works(read(depth).unwrap_or_else(|error| panic!("{name}: {error}")), true);
            assert_eq!(refused(read(depth + 1)), Code::NestingTooDeep, "{name}");
        });
    }
}

/// The nodes of a document, as a host would send its objects.
fn negated(depth: usize) -> Result<JsonTree, Error> {
    let mut tree = JsonTreeBuilder::new(&Limits::default());
    tree.begin_object()?;
    tree.key("v");
    tree.number("1")?;
    tree.key("filter");
    for _ in 0..depth {
        tree.begin_object()?;
        tree.key("op");
        tree.text("not")?;
        tree.key("arg");
    }
    tree.begin_object()?;
    tree.key("op");
    tree.text("everyone")?;
    for _ in 0..depth + 2 {
        tree.end();
    }
    Ok(tree.finish())
}

#[test]
fn nesting_of_the_objects_of_a_host() {
    on_a_small_stack(|| {
        let schema = Schema::default();
        works(Filter::from_tree(&negated(64).unwrap(), &schema).unwrap(), true);
        assert_eq!(refused(Filter::from_tree(&negated(65).unwrap(), &schema)), Code::NestingTooDeep);
        // Whatever a host sends, the tree stops growing: an object that contains itself comes to an end.
        assert_eq!(negated(usize::MAX >> 1).unwrap_err().code(), Code::NestingTooDeep);
        let mut tree = JsonTreeBuilder::new(&Limits::default());
        let error = (0..).find_map(|_| tree.begin_array().err()).unwrap();
        assert_eq!(error.code(), Code::NestingTooDeep);
        let mut tree = JsonTreeBuilder::new(&Limits::default());
        tree.begin_array().unwrap();
        let error = (0..).find_map(|_| tree.null().err()).unwrap();
        assert_eq!(error.code(), Code::SourceTooLong);
        drop(tree);
    });
}

#[test]
fn bytes_of_a_source() {
    let schema = Schema::default();
    let most = schema.settings().limits.source;
    let text = format!("status = lead{}", " ".repeat(most - 13));
    works(Filter::parse(&text, &schema).unwrap(), true);
    assert_eq!(refused(Filter::parse(&format!("{text} "), &schema)), Code::SourceTooLong);
    let json = document(LEAD);
    let json = format!("{json}{}", " ".repeat(8 * most - json.len()));
    works(Filter::from_json(&json, &schema).unwrap(), true);
    assert_eq!(refused(Filter::from_json(&format!("{json} "), &schema)), Code::SourceTooLong);
}

#[test]
fn the_json_of_a_text_at_the_limit_can_be_read() {
    let schema = Schema::default();
    let most = schema.settings().limits.source;
    for condition in ["id=1", "created_at today", "not tags is empty", "count(payment)>1"] {
        let text = vec![condition; most / (condition.len() + 4)].join(" or ");
        let filter = Filter::parse(&text, &schema).unwrap();
        assert_eq!(Filter::from_json(&filter.to_json(&schema), &schema).unwrap(), filter);
        let tree = filter.to_query_builder(&schema).unwrap();
        assert_eq!(Filter::from_json(&tree, &schema).unwrap(), filter);
    }
}

#[test]
fn a_tree_counts_the_bytes_of_its_json() {
    let limits = Limits { source: 5, ..Limits::default() };
    // 8 × 5 bytes: `{"a":[1,"…"]}` has 12 around the string.
    for (length, fits) in [(28, true), (29, false)] {
        let mut tree = JsonTreeBuilder::new(&limits);
        tree.begin_object().unwrap();
        tree.key("a");
        tree.begin_array().unwrap();
        tree.number("1").unwrap();
        assert_eq!(tree.text(&"x".repeat(length)).is_ok(), fits, "{length}");
    }
}

#[test]
fn nodes() {
    on_a_small_stack(|| {
        let schema = roomy();
        let text = |count| vec!["status = lead"; count].join(" and ");
        works(Filter::parse(&text(9_999), &schema).unwrap(), true);
        assert_eq!(refused(Filter::parse(&text(10_000), &schema)), Code::TooManyNodes);
        let json = |count| document(&format!(r#"{{"op":"or","args":[{}]}}"#, vec![LEAD; count].join(",")));
        works(Filter::from_json(&json(9_999), &schema).unwrap(), true);
        assert_eq!(refused(Filter::from_json(&json(10_000), &schema)), Code::TooManyNodes);
        let tree = |count| format!(r#"{{"combinator":"or","rules":[{}]}}"#, vec![RULE; count].join(","));
        works(Filter::from_json(&tree(9_999), &schema).unwrap(), true);
        assert_eq!(refused(Filter::from_json(&tree(10_000), &schema)), Code::TooManyNodes);
    });
}

#[test]
fn items_of_a_list() {
    on_a_small_stack(|| {
        let schema = roomy();
        let text = |count| format!("status in ({})", vec!["lead"; count].join(","));
        works(Filter::parse(&text(10_000), &schema).unwrap(), true);
        assert_eq!(refused(Filter::parse(&text(10_001), &schema)), Code::ListTooLong);
        let names = |count| vec![r#""lead""#; count].join(",");
        let json = |count| document(&format!(r#"{{"op":"in","field":"status","value":[{}]}}"#, names(count)));
        works(Filter::from_json(&json(10_000), &schema).unwrap(), true);
        assert_eq!(refused(Filter::from_json(&json(10_001), &schema)), Code::ListTooLong);
        let rule = |count| {
            format!(
                r#"{{"combinator":"and","rules":[{{"field":"status","operator":"in","value":[{}]}}]}}"#,
                names(count)
            )
        };
        works(Filter::from_json(&rule(10_000), &schema).unwrap(), true);
        assert_eq!(refused(Filter::from_json(&rule(10_001), &schema)), Code::ListTooLong);
    });
}

#[test]
fn bytes_of_a_string() {
    type Written = fn(&str) -> String;
    let texts: [(&str, Written); 7] = [
        ("a string", |x| format!("first_name = \"{x}\"")),
        ("a word", |x| format!("first_name = {x}")),
        ("a list", |x| format!("first_name in (\"{x}\", \"{x}\")")),
        ("an operand", |x| format!("first_name contains \"{x}\"")),
        ("a phrase", |x| format!("search \"{x}\"")),
        ("a label of an aggregate", |x| format!("count(payment labelled \"{x}\") > 3")),
        ("a string with an escape", |x| format!("first_name = \"\\u{{78}}{}\"", &x[1..])),
    ];
    let schema = Schema::default();
    let most = schema.settings().limits.string;
    let (at, past) = ("x".repeat(most), "x".repeat(most + 1));
    for (name, written) in texts {
        works(Filter::parse(&written(&at), &schema).unwrap_or_else(|error| panic!("{name}: {error}")), false);
        assert_eq!(refused(Filter::parse(&written(&past), &schema)), Code::StringTooLong, "{name}");
    }
    let label = |name: &str| refused(Filter::parse(&format!("`{name}` = 1"), &schema));
    assert_eq!([label(&at), label(&past)], [Code::UnknownField, Code::StringTooLong]);
    let node = |x: &str| document(&format!(r#"{{"op":"=","field":"first_name","value":"{x}"}}"#));
    works(Filter::from_json(&node(&at), &schema).unwrap(), false);
    assert_eq!(refused(Filter::from_json(&node(&past), &schema)), Code::StringTooLong);
    let rule = |x: &str| {
        format!(r#"{{"combinator":"and","rules":[{{"field":"first_name","operator":"=","value":"{x}"}}]}}"#)
    };
    works(Filter::from_json(&rule(&at), &schema).unwrap(), false);
    assert_eq!(refused(Filter::from_json(&rule(&past), &schema)), Code::StringTooLong);
}

/// Dynamic segments that each use the one before; as many as can be defined, and the schema that names them all.
fn chain(length: usize) -> (Schema, Segments, Vec<SegmentId>, Option<Error>) {
    let (mut schema, mut segments, mut ids) = (Schema::default(), Segments::default(), Vec::new());
    for at in 0..length {
        let filter = match at {
            0 => "status = lead".to_owned(),
            _ => format!("segments has S{}", at - 1),
        };
        let id = schema.define_segment(&format!("S{at}")).unwrap();
        let definition = DynamicSegment::new(Filter::parse(&filter, &schema).unwrap());
        if let Err(error) = segments.define(id, definition, &schema) {
            return (schema, segments, ids, Some(error));
        }
        ids.push(id);
    }
    (schema, segments, ids, None)
}

#[test]
fn segments_of_segments() {
    on_a_small_stack(|| {
        let (schema, segments, ids, error) = chain(17);
        assert_eq!(error, None);
        let contact = zoe(&schema);
        assert!(segments.at(now()).membership().contains(ids[16], &contact));
        let filter = |name: &str| Filter::parse(&format!("segments has {name}"), &schema).unwrap();
        segments.check(&filter("S15"), &schema).unwrap();
        assert!(filter("S15").matches_among(&contact, now(), &segments.at(now()).membership()));
        let error = segments.check(&filter("S16"), &schema).unwrap_err();
        assert_eq!(
            error.to_string(),
            "error[E0503]: the filter refers to segments more than 16 deep; \
            help: write out the filter of one of the segments, or make one of them static"
        );
        let error = chain(18).3.unwrap();
        assert_eq!(
            error.to_string(),
            "error[E0503]: the segment `S17` refers to segments more than 16 deep; \
            help: write out the filter of one of the segments, or make one of them static"
        );
        assert_eq!(error.kind(), ErrorKind::Conflict);
    });
}

#[test]
fn diagnostics() {
    let schema = Schema::default();
    for (count, reported) in [(1, 1), (19, 19), (20, 20), (21, 20), (9_000, 20)] {
        let text = vec!["a=1"; count].join(" or ");
        let error = Filter::parse(&text, &schema).unwrap_err();
        assert_eq!(error.diagnostics().len(), reported, "{count}");
        assert_eq!(error.diagnostics()[0].place().span(), Some(0..1));
    }
}

/// Input far past the limits, or made to be slow; each with the code of its first problem.
fn hostile() -> Vec<(&'static str, String, Code)> {
    const MEGABYTE: usize = 1 << 20;
    let fill = |piece: &str| piece.repeat(MEGABYTE / piece.len());
    vec![
        ("brackets", fill("("), Code::NestingTooDeep),
        ("closing brackets", fill(")"), Code::Unexpected),
        ("nots", fill("not "), Code::NestingTooDeep),
        ("not (", fill("not ("), Code::NestingTooDeep),
        ("bad characters", "?!".repeat(50_000), Code::UnexpectedCharacter),
        ("one bad character", fill("?"), Code::UnexpectedCharacter),
        ("strings that are not closed", fill("a = \"x and\n"), Code::UnknownField),
        ("functions that are not closed", fill("count(payment and "), Code::Unexpected),
        ("lists that are not closed", fill("status in (lead and "), Code::Unexpected),
        ("lists that are not closed, behind or", fill("status in (lead or "), Code::Unexpected),
        ("brackets that are not closed", format!("{}status = lead", "(".repeat(64)), Code::UnexpectedEnd),
        ("bad escapes", fill("\"\\q\" "), Code::BadEscape),
        ("escapes that are not closed", fill("\"\\u{\" "), Code::BadEscape),
        ("single quotes", fill("'a "), Code::UnexpectedCharacter),
        ("quotes that are not closed", fill("“a "), Code::UnexpectedCharacter),
        ("a label", format!("`{}` = 1", fill("x")), Code::StringTooLong),
        ("a label of backquotes", fill("`"), Code::StringTooLong),
        ("a string", format!("source = \"{}\"", fill("x")), Code::StringTooLong),
        ("a string of escapes", format!("source = \"{}\"", fill("\\\"")), Code::StringTooLong),
        ("a word", fill("x"), Code::StringTooLong),
        ("digits", format!("id = {}", fill("1")), Code::BadNumber),
        ("numerals", fill("1.2.3 "), Code::BadNumber),
        ("signs", fill("1e+1e+"), Code::BadNumber),
        ("dates", fill("2026-13-01 "), Code::BadDate),
        ("comments", fill("#\n"), Code::EmptyFilter),
        ("one comment", fill("#"), Code::EmptyFilter),
        ("blanks", fill("\u{3000}"), Code::EmptyFilter),
        ("ands", fill("and "), Code::Unexpected),
        ("words", fill("a "), Code::Unexpected),
        ("labels of several words", fill("Montant facturé "), Code::Unexpected),
        ("unknown fields", vec!["biled = 1"; 9_000].join(" or "), Code::UnknownField),
        ("unknown names", format!("status in ({})", vec!["laed"; 10_000].join(",")), Code::UnknownStatus),
        (
            "unknown countries",
            format!("country in ({})", vec!["Frankreich"; 10_000].join(",")),
            Code::UnknownCountry,
        ),
        ("bad phone numbers", format!("mobile in ({})", vec!["\"12\""; 10_000].join(",")), Code::BadPhone),
        ("conditions", vec!["id=1"; 100_000].join(" or "), Code::TooManyNodes),
        ("items", format!("status in ({})", fill("lead,")), Code::ListTooLong),
        ("empty lists", fill("id in () or "), Code::EmptyList),
    ]
}

fn hostile_json() -> Vec<(&'static str, String, Code)> {
    const MEGABYTE: usize = 1 << 20;
    let fill = |piece: &str| piece.repeat(MEGABYTE / piece.len());
    let rules =
        |rule: &str, count| format!(r#"{{"combinator":"and","rules":[{}]}}"#, vec![rule; count].join(","));
    let args =
        |node: &str, count| document(&format!(r#"{{"op":"and","args":[{}]}}"#, vec![node; count].join(",")));
    let keys = |count: usize| (0..count).map(|at| format!(r#""k{at}":1"#)).collect::<Vec<_>>().join(",");
    vec![
        ("lists", fill("["), Code::NestingTooDeep),
        ("objects", fill("{\"a\":"), Code::NestingTooDeep),
        ("closing brackets", fill("]"), Code::BadJson),
        ("a string that is not closed", format!("\"{}", fill("x")), Code::BadJson),
        ("a string", format!("\"{}\"", fill("x")), Code::StringTooLong),
        ("a key", format!("{{\"{}\":1}}", fill("x")), Code::MissingKey),
        (
            "a numeral",
            document(&format!(r#"{{"op":"=","field":"id","value":{}}}"#, fill("1"))),
            Code::BadNumber,
        ),
        ("a version", format!(r#"{{"v":{}}}"#, fill("1")), Code::UnknownVersion),
        (
            "a count",
            document(&format!(r#"{{"op":"during","field":"created_at","value":{{"last":{}}}}}"#, fill("1"))),
            Code::MissingKey,
        ),
        ("duplicate keys", format!("{{{}}}", vec![r#""v":1"#; 10_000].join(",")), Code::MissingKey),
        (
            "duplicate keys of a node",
            document(&format!("{{{}}}", vec![r#""op":"=""#; 10_000].join(","))),
            Code::MissingKey,
        ),
        (
            "unknown keys",
            format!(r#"{{"v":1,"filter":{{"op":"everyone",{}}}}}"#, keys(50_000)),
            Code::UnknownKey,
        ),
        ("numbers", document(&format!("[{}]", vec!["1"; 100_000].join(","))), Code::WrongJsonType),
        ("nodes of another type", args("1", 100_000), Code::WrongJsonType),
        ("unknown operators", args(r#"{"op":"lik","field":"source","value":"a"}"#, 9_000), Code::UnknownWord),
        ("empty groups", args(r#"{"op":"and","args":[]}"#, 9_000), Code::EmptyList),
        ("nodes", args(LEAD, 20_000), Code::TooManyNodes),
        ("combinators between rules", rules(r#""and""#, 100_000), Code::UnsupportedRule),
        (
            "unknown rule operators",
            rules(r#"{"field":"source","operator":"lik","value":"a"}"#, 9_000),
            Code::UnknownRuleOperator,
        ),
        (
            "unknown fields of rules",
            rules(r#"{"field":"sauce","operator":"=","value":"a"}"#, 9_000),
            Code::UnknownField,
        ),
        ("placeholders", rules(r#"{"field":"~","operator":"~","value":"~"}"#, 9_000), Code::IncompleteRule),
        (
            "commas",
            rules(&format!(r#"{{"field":"status","operator":"in","value":"{}"}}"#, ",".repeat(4_000)), 200),
            Code::EmptyList,
        ),
        (
            "aggregates that are not closed",
            rules(&format!(r#"{{"field":"{}","operator":"=","value":1}}"#, "count(".repeat(600)), 200),
            Code::Unexpected,
        ),
        ("empty groups of rules", rules(r#"{"combinator":"and","rules":[]}"#, 9_000), Code::EmptyGroup),
    ]
}

type Read = fn(&str, &Schema) -> Result<Filter, Error>;

// No time is asserted: whoever runs this notices work in the square of such lengths.
#[test]
fn hostile_input_is_refused_at_once() {
    on_a_small_stack(|| {
        let most = roomy().settings().limits.diagnostics;
        for (schema, is_roomy) in [(roomy(), true), (Schema::default(), false)] {
            let inputs = hostile().into_iter().map(|input| (input, Filter::parse as Read));
            let json = hostile_json().into_iter().map(|input| (input, Filter::from_json as Read));
            for ((name, source, code), read) in inputs.chain(json) {
                let error: Error = read(&source, &schema).unwrap_err();
                if is_roomy {
                    assert_eq!(error.code(), code, "{name}: {error:.300}");
                }
                assert!(error.diagnostics().len() <= most, "{name}");
                let longest = error.diagnostics().iter().map(|problem| problem.message().len()).max();
                assert!(longest < Some(600), "{name}: {longest:?}");
                assert!(
                    error.diagnostics().iter().all(|problem| !problem.message().contains('\n')),
                    "{name}"
                );
            }
        }
    });
}

#[test]
fn accepted_filters_with_many_warnings_or_names_take_no_longer() {
    let mut schema = roomy();
    for at in 0..10_000 {
        schema.define_tag(&format!("tag number {at}")).unwrap();
    }
    let parts: Vec<_> = (0..4_900)
        .map(|at| {
            format!("last(payment labelled \"{at}\") is empty or last(payment labelled \"x{at}\") not today")
        })
        .collect();
    let filter = Filter::parse(&parts.join(" or "), &schema).unwrap();
    assert_eq!(filter.lints().len(), 20);
    let unknown: Vec<_> = (0..10_000).map(|at| format!("\"tag nmuber {at}\"")).collect();
    let error = Filter::parse(&format!("tags has any ({})", unknown.join(",")), &schema).unwrap_err();
    assert_eq!(error.diagnostics().len(), 20);
}
