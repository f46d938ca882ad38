//! Mappings as JSON.

use crate::world::mapping;
use tagmata_sql::{Dialect, Mapping};

#[test]
fn a_mapping_reads_back_as_it_was_written() {
    for dialect in Dialect::ALL {
        let mapping = mapping(dialect);
        assert_eq!(Mapping::from_json(&mapping.to_json()).unwrap(), mapping);
    }
}

/// What is wrong, where, and what is allowed.
#[test]
fn what_no_mapping_has_is_told_with_its_place() {
    const CONTACTS: &str = r#""contacts": {"table": "contacts", "id": "id"}"#;
    let table = [
        ("", "", "EOF while parsing a value"),
        ("7", "", "invalid type: integer `7`, expected struct Mapping"),
        ("{}", "", "missing field `contacts`"),
        (r#"{"contacts": {"table": "contacts"}}"#, "/contacts", "missing field `id`"),
        (
            r#"{CONTACTS, "field": {}}"#,
            "/field",
            "unknown field `field`, expected one of `contacts`, `tenant`, `fields`, `interactions`, `members`",
        ),
        (
            r#"{CONTACTS, "fields": {"a/b": {"colum": "x"}}}"#,
            "/fields/a~1b/colum",
            "unknown field `colum`, expected one of",
        ),
        (
            r#"{CONTACTS, "fields": {"a": {"column": 7}}}"#,
            "/fields/a/column",
            "invalid type: integer `7`, expected a string",
        ),
        (
            r#"{CONTACTS, "fields": {"a": {"format": "micro"}}}"#,
            "/fields/a/format",
            "unknown variant `micro`, expected one of `timestamp`, `timestamptz`, `seconds`, `millis`, `micros`",
        ),
        (
            r#"{CONTACTS, "fields": {"a": {"names": "ids"}}}"#,
            "/fields/a/names",
            "unknown variant `ids`, expected one of `keys`, `numbers`, `map`",
        ),
        (
            r#"{CONTACTS, "fields": {"a": {"list": "array", "list": "json"}}}"#,
            "/fields/a",
            "duplicate field `list`",
        ),
        (r#"{CONTACTS, "tenant": 1.5}"#, "/tenant", "a yes or no, a whole number or a text"),
        (r#"{"contacts": {"table": 7, "id": "id"}}"#, "/contacts/table", "a name, or a list of names"),
        (r#"{CONTACTS} x"#, "", "trailing characters"),
    ];
    for (json, pointer, message) in table {
        let json = json.replace("CONTACTS", CONTACTS);
        let error = Mapping::from_json(&json).unwrap_err();
        let problem = &error.diagnostics()[0];
        assert_eq!(problem.code().as_str(), "E1601", "{json}");
        assert!(problem.message().contains(message), "{json}: {}", problem.message());
        assert_eq!(problem.place().pointer(), Some(pointer), "{json}: {}", problem.message());
    }
}
