//! Small worlds to ask the oracle about.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tagmata_testkit::oracle::Oracle;

/// Settings, schema and instant of a question about one contact.
pub(crate) struct World {
    pub(crate) settings: Value,
    pub(crate) schema: Value,
    pub(crate) now: DateTime<Utc>,
}

impl World {
    /// A zone and an instant; every custom type has one field named after it.
    pub(crate) fn new(zone: &str, now: &str) -> World {
        let field =
            |kind: &str| json!({"key": format!("a_{kind}"), "type": kind, "label": format!("A {kind}")});
        let with_options = |kind: &str| {
            let mut field = field(kind);
            field["options"] = json!([{"key": "xero", "label": "Xéro One"}, "myob"]);
            field
        };
        World {
            settings: json!({"time_zone": zone, "default_country": "FR"}),
            schema: json!({
                "fields": [
                    field("text"), field("number"), field("bool"), field("date"), field("datetime"),
                    with_options("select"), with_options("multi_select")
                ],
                "kinds": [{"key": "sms", "outgoing": true}],
                "tags": ["vip", "Référence", "old"],
                "segments": [
                    {"name": "Nord"},
                    {"name": "Sud"},
                    {"name": "Vips", "filter": {"v": 1, "filter": {"op": "has", "field": "tags", "value": "vip"}},
                     "always_in": ["pinned"], "always_out": ["expelled"]},
                    {"name": "Not vips", "filter": {"v": 1, "filter":
                        {"op": "not_has", "field": "segments", "value": "vips"}}}
                ]
            }),
            now: now.parse().unwrap(),
        }
    }

    /// Whether a contact matches.
    pub(crate) fn ask(&self, contact: Value, filter: Value) -> bool {
        self.ask_named("somebody", contact, filter)
    }

    /// Whether a contact of that name matches.
    pub(crate) fn ask_named(&self, name: &str, contact: Value, filter: Value) -> bool {
        let oracle = Oracle::new(&self.schema, &self.settings);
        oracle.matches(&filter, &[(name.to_owned(), contact)], 0, self.now)
    }

    /// Asserts a table of contacts and answers.
    pub(crate) fn check(&self, filter: &Value, rows: &[(Value, bool)]) {
        for (contact, expected) in rows {
            assert_eq!(
                self.ask(contact.clone(), filter.clone()),
                *expected,
                "{filter} on {contact} at {}",
                self.now
            );
        }
    }

    /// Asserts a table of values of one field and answers, for `{"op": op, "field": field, "value": value}`.
    pub(crate) fn check_field(&self, field: &str, op: &str, value: Value, rows: &[(&str, bool)]) {
        let filter = json!({"op": op, "field": field, "value": value});
        let rows: Vec<_> = rows.iter().map(|(own, expected)| (json!({field: own}), *expected)).collect();
        self.check(&filter, &rows);
    }
}
