//! Classes of vulnerabilities that others published, and what keeps books free of them (docs/vulnerability-classes.md).

use crate::doors::{DOORS, book};
use crate::import_books::now;
use tagmata::{
    Book, Code, Commit, Draft, ErrorKind, Field, Filter, JsonTree, Limits, MemberSet, NewSegment, PageQuery,
    Rule, RulePatch, Schema,
};

/// What other engines of segments or of templates would have run.
const SCRIPTS: &[&str] = &[
    "script::Runtime.getRuntime().exec('id')",
    "(#r=@java.lang.Runtime@getRuntime()).(#r.exec('id'))",
    "${7*7}",
    "#{7*7}",
    "{{7*7}}",
    "<%= 7*7 %>",
    "__import__('os').system('id')",
    "require('child_process').exec('id')",
    "$where: 'sleep(1000)'",
    "=1+1",
];

/// Conditions that are run as scripts: a value is compared, whatever it looks like.
///
/// Apache Unomi ran scripts in the conditions of segments: CVE-2020-13942, <https://nvd.nist.gov/vuln/detail/CVE-2020-13942>.
#[test]
fn values_are_compared_and_never_run() {
    let mut book = book();
    for script in SCRIPTS {
        book.create_contact(Draft::new().set("first_name", "Mallory").set("note", *script), now()).unwrap();
    }
    book.create_contact(Draft::new().set("first_name", "Result").set("note", "49"), now()).unwrap();
    for script in SCRIPTS {
        for operator in ["=", "contains", "starts with", "ends with"] {
            let filter = format!("note {operator} \"{script}\"");
            assert_eq!(book.count(filter.as_str()).unwrap(), 1, "{filter}");
        }
        // Where a name stands, it is none.
        let error = book.count(format!("`{script}` = 1").as_str()).unwrap_err();
        assert_eq!(error.code(), Code::UnknownField, "{script}");
    }
}

/// Texts that are patterns: each character stands for itself, so that no text makes looking for it slow, or finds more than it says.
///
/// PapaParse took exponential time for some cells: CVE-2020-36649, <https://nvd.nist.gov/vuln/detail/CVE-2020-36649>. Parse Server gave
/// `$regex` to clients, who guessed values with it: CVE-2022-36079, <https://nvd.nist.gov/vuln/detail/CVE-2022-36079>.
#[test]
fn texts_are_no_patterns() {
    let mut book = book();
    let patterns = [".*", "(a+)+$", "%", "_", "*", "?", "[a-z]", "\\d", "a|b", "^", "$", "(?i)a"];
    book.create_contact(Draft::new().set("first_name", "Plain").set("note", "a".repeat(50)), now()).unwrap();
    for pattern in patterns {
        book.create_contact(
            Draft::new().set("first_name", "Pattern").set("note", format!("<{pattern}>")),
            now(),
        )
        .unwrap();
    }
    for pattern in patterns {
        let written = pattern.replace('\\', "\\\\");
        assert_eq!(book.count(format!("note contains \"<{written}>\"").as_str()).unwrap(), 1, "{pattern}");
        assert_eq!(book.count(format!("note starts with \"{written}\"").as_str()).unwrap(), 0, "{pattern}");
        assert_eq!(book.count(format!("search \"{written}\"").as_str()).unwrap(), 0, "{pattern}");
    }
}

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

/// Orders of lists are made of fields: nothing else is one.
///
/// Mautic did not check the direction of an order, Django not its columns: CVE-2026-3105, <https://nvd.nist.gov/vuln/detail/CVE-2026-3105>;
/// CVE-2021-35042, <https://nvd.nist.gov/vuln/detail/CVE-2021-35042>.
#[test]
fn lists_are_sorted_by_fields_and_nothing_else() {
    let book = book();
    for sort in [
        "last_name; DROP TABLE contacts",
        "last_name ASC",
        "last_name desc, (SELECT 1)",
        "--last_name",
        "-",
        "",
        "1",
        "contacts.last_name",
        "last_name\"",
        "created_at::text",
        "status_changed_at.microsecond",
    ] {
        let error = book.page(&PageQuery::new().sort(sort)).unwrap_err();
        assert_eq!(error.code(), Code::UnknownField, "{sort}");
    }
    let error = book.page(&PageQuery::new().sort("tags")).unwrap_err();
    assert_eq!(error.code(), Code::NotSortable);
    for preset in ["", "all; --", "__proto__"] {
        assert!(book.page(&PageQuery::new().preset(preset)).is_err(), "{preset}");
    }
}

/// Fields that somebody may not see can be guessed by filters over them. Which fields those are is the host's to know; a filter tells all that
/// it looks at, at any depth, so that the host can refuse it.
///
/// Strapi looked at them nowhere, Parse Server only at the top: CVE-2023-22894, <https://nvd.nist.gov/vuln/detail/CVE-2023-22894>;
/// CVE-2026-30962, <https://nvd.nist.gov/vuln/detail/CVE-2026-30962>.
#[test]
fn a_filter_tells_every_field_that_it_looks_at() {
    let mut book = book();
    book.create_segment(NewSegment::dynamic("Secret", "billed > 1000"), now()).unwrap();
    let billed = book.schema().field_by_key("billed").unwrap().id();
    let table = [
        ("billed > 1", true),
        ("not billed > 1", true),
        ("status = lead or (country = FR and not (source = a or not `Billed` is empty))", true),
        ("status = lead and country = FR", false),
        ("count(payment) > 1", false),
        ("search \"1\"", false),
    ];
    for (filter, looks) in table {
        let filter = book.filter(filter).unwrap();
        assert_eq!(filter.fields().contains(&billed), looks, "{filter}");
    }
    // `name` stands for the first and the last name, a search for all that it looks through.
    let search = book.filter("not search \"zoe\"").unwrap().fields();
    assert_eq!(search, [Field::NAME, Field::EMAIL, Field::MOBILE]);
    // Segments look at fields of their own: they are told beside.
    let through = book.filter("not segments has Secret").unwrap();
    let secret = book.schema().segment("Secret").unwrap();
    assert_eq!((through.fields(), through.segments()), (vec![Field::SEGMENTS], vec![secret]));
    assert_eq!(book.dynamic_segments().get(secret).unwrap().filter().unwrap().fields(), [billed]);
}

/// Bytes that are run as they are read: those of a commit, a segment, a rule or a set are data, and all else is refused.
///
/// Odoo unpickled what had been stored: CVE-2017-10803, <https://nvd.nist.gov/vuln/detail/CVE-2017-10803>.
#[test]
fn bytes_of_others_are_refused() {
    let table: [(&str, &[u8]); 8] = [
        ("nothing", b""),
        ("a pickle of Python", b"\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x02id\x94\x85\x94R\x94."),
        ("an old pickle", b"cos\nsystem\n(S'id'\ntR."),
        ("an object of Java", b"\xac\xed\x00\x05sr\x00\x11java.util.HashMap"),
        ("an object of PHP", b"O:8:\"stdClass\":1:{s:1:\"a\";s:1:\"b\";}"),
        ("an object of .NET", b"\x00\x01\x00\x00\x00\xff\xff\xff\xff\x01\x00\x00\x00"),
        ("YAML", b"!!python/object/apply:os.system ['id']\n"),
        ("JSON", b"{\"__proto__\": {\"force\": true}}"),
    ];
    for (what, bytes) in table {
        assert!(Commit::from_bytes(bytes).is_err(), "{what}");
        assert!(tagmata::DynamicSegment::from_bytes(bytes).is_err(), "{what}");
        assert!(Rule::from_bytes(bytes).is_err(), "{what}");
        if !bytes.is_empty() {
            assert!(MemberSet::from_bytes(bytes).is_err(), "{what}");
        }
    }
}

/// Keys that mean something to others mean nothing here: they are names like all, or unknown.
///
/// Mongoose took `__proto__` for a path: CVE-2023-3696, <https://nvd.nist.gov/vuln/detail/CVE-2023-3696>.
#[test]
fn keys_of_other_languages_are_unknown() {
    let schema = Schema::default();
    for key in
        ["__proto__", "constructor", "prototype", "__class__", "$where", "$ne", "_connector", "toString"]
    {
        let json = format!(
            r#"{{"v": 1, "filter": {{"op": "=", "field": "status", "value": "lead", "{key}": {{"force": true}}}}}}"#
        );
        assert_eq!(Filter::from_json(&json, &schema).unwrap_err().code(), Code::UnknownKey, "{key}");
        let json = format!(r#"{{"v": 1, "filter": {{"op": "=", "field": "{key}", "value": "lead"}}}}"#);
        assert_eq!(Filter::from_json(&json, &schema).unwrap_err().code(), Code::UnknownField, "{key}");
        let json =
            format!(r#"{{"v": 1, "filter": {{"op": "=", "field": "source", "value": {{"{key}": null}}}}}}"#);
        assert!(Filter::from_json(&json, &schema).is_err(), "{key}");
        assert!(Draft::new().set(key, "x").read(tagmata::ContactId::new(0), &schema).is_err(), "{key}");
    }
    assert!(book().update_rule("none", RulePatch::new().enabled(true), now()).is_err());
}
