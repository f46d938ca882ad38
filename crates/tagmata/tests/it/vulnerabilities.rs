//! Classes of vulnerabilities that others published, and what keeps books free of them (docs/vulnerability-classes.md).

use crate::doors::book;
use crate::import_books::now;
use tagmata::{
    Code, Commit, Draft, Field, Filter, MemberSet, NewSegment, PageQuery, Rule, RulePatch, Schema,
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
