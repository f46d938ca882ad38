//! A host with its definitions and its tables.

use tagmata::{Book, Draft, Limits, NewField, NewSegment, Timestamp, ValueType};
use tagmata_sql::{Dialect, Mapping};

/// The instant of all tests.
pub(crate) fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

/// A book with definitions of all kinds. Its contacts are elsewhere, but for two that segments pin.
pub(crate) fn book() -> Book {
    // Filters may be longer than people write them.
    let limits = Limits { source: 1 << 20, ..Limits::default() };
    let mut book = Book::builder().time_zone("Europe/Paris".parse().unwrap()).limits(limits).build(now());
    for (key, value_type) in [
        ("billed", ValueType::Number),
        ("opt_in", ValueType::Bool),
        ("birthday", ValueType::Date),
        ("seen_at", ValueType::DateTime),
        ("memo", ValueType::Text),
    ] {
        book.define_field(NewField::new(key, value_type), now()).unwrap();
    }
    let options = |field: NewField| field.option("xero").option("myob").option("sage");
    book.define_field(options(NewField::new("plan", ValueType::Select)), now()).unwrap();
    book.define_field(options(NewField::new("software", ValueType::MultiSelect)), now()).unwrap();
    book.define_field(options(NewField::new("langs", ValueType::MultiSelect)), now()).unwrap();
    for tag in ["vip", "old"] {
        book.define_tag(tag, now()).unwrap();
    }
    let pinned = ["Zoé", "Léo"]
        .map(|name| book.create_contact(Draft::new().set("first_name", name), now()).unwrap().id);
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    let french = NewSegment::dynamic("French", "country = FR").always_in([pinned[0]]).always_out([pinned[1]]);
    book.create_segment(french, now()).unwrap();
    book.create_segment(NewSegment::dynamic("French VIPs", "segments has French and status = vip"), now())
        .unwrap();
    book
}

/// Where a host keeps all that, in as many ways as there are.
pub(crate) fn mapping(dialect: Dialect) -> Mapping {
    let has_arrays = !matches!(dialect, Dialect::Sqlite | Dialect::Mysql);
    let json = r#"{
        "contacts": {"table": ["crm", "contacts"], "id": "id", "tenant": "account_id"},
        "tenant": 42,
        "fields": {
            "first_name": {"column": "first_name", "folded": "first_folded", "searchable": "first_search"},
            "last_name": {"column": "last_name", "folded": "last_folded", "searchable": "last_search"},
            "email": {"column": "email", "folded": "email_folded", "searchable": "email_search"},
            "mobile": {"column": "mobile"},
            "country": {"column": "country"},
            "organization": {"column": "organization", "fold": {"function": "tagmata_fold"}},
            "status": {"column": "status_id", "names": {"map": {"lead": 1, "active": 2, "vip": 3, "inactive": 4}}, "nullable": false},
            "created_at": {"column": "created_at", "nullable": false},
            "seen_at": {"column": "seen", "format": "millis"},
            "birthday": {"column": "birthday"},
            "billed": {"column": "custom", "path": ["money", "billed"]},
            "opt_in": {"column": "opt_in"},
            "plan": {"column": "plan_id", "names_in": {"table": "plans", "id": "id", "name": "name"}},
            "software": {"column": "custom", "path": ["software"], "list": "json"},
            "langs": {"column": "langs", "list": "LIST"},
            "tags": {"link": {"table": "contact_tags", "contact": "contact_id"}, "column": "tag", "nullable": false},
            "segments": {"link": {"table": "contact_segments", "contact": "contact_id"}, "column": "segment_id", "names": "numbers", "nullable": false},
            "memo": {"link": {"table": "contact_fields", "contact": "contact_id", "where": {"field": "memo"}}, "column": "value", "folded": "value_folded"}
        },
        "interactions": {
            "payment": {"rows": {"table": "payments", "contact": "contact_id"}, "at": "paid_at", "at_format": "micros", "amount": "amount"},
            "*": {"rows": {"table": "events", "contact": "contact_id"}, "kind": "kind", "at": "at", "at_format": "micros", "amount": "micros", "amount_format": "micros", "label": {"column": "label", "folded": "label_folded"}}
        },
        "members": {"table": "segment_members", "segment": "segment_id", "contact": "contact_id", "tenant": "account_id"}
    }"#;
    Mapping::from_json(&json.replace("LIST", if has_arrays { "array" } else { "json" })).unwrap()
}
