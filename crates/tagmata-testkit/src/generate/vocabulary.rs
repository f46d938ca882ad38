//! What a filter may name, read from a schema.

use serde_json::Value;

/// A field and the keys of its options.
pub(crate) type Options = (String, Vec<String>);

/// The names of a schema, by type.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    pub(crate) texts: Vec<String>,
    pub(crate) numbers: Vec<String>,
    pub(crate) bools: Vec<String>,
    pub(crate) dates: Vec<String>,
    /// The standard ones that a contact may have of its own, and custom ones.
    pub(crate) datetimes: Vec<String>,
    /// `status` and the selects.
    pub(crate) selects: Vec<Options>,
    pub(crate) multi_selects: Vec<Options>,
    pub(crate) kinds: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) static_segments: Vec<String>,
    pub(crate) dynamic_segments: Vec<String>,
}

impl Vocabulary {
    pub(crate) fn of(schema: &Value) -> Vocabulary {
        let custom = |wanted: &str| {
            let fields = items(schema, "fields").filter(|f| f["type"] == wanted);
            fields.map(|field| key(field).to_owned()).collect::<Vec<_>>()
        };
        let with_options = |wanted: &str| {
            let fields = items(schema, "fields").filter(|f| f["type"] == wanted);
            fields.map(|field| (key(field).to_owned(), keys(field, "options", &[]))).collect::<Vec<_>>()
        };
        let status = ("status".to_owned(), keys(schema, "statuses", &["lead", "active", "vip", "inactive"]));
        let segments = |dynamic: bool| {
            let chosen = items(schema, "segments").filter(move |s| s.get("filter").is_some() == dynamic);
            chosen.map(|segment| segment["name"].as_str().unwrap().to_owned()).collect()
        };
        Vocabulary {
            texts: with(
                &["external_id", "account_number", "first_name", "last_name", "organization", "source"],
                custom("text"),
            ),
            numbers: custom("number"),
            bools: custom("bool"),
            dates: custom("date"),
            datetimes: with(
                &["created_at", "updated_at", "status_changed_at", "last_interaction"],
                custom("datetime"),
            ),
            selects: std::iter::once(status).chain(with_options("select")).collect(),
            multi_selects: with_options("multi_select"),
            kinds: keys(schema, "kinds", STANDARD_KINDS),
            tags: keys(schema, "tags", &[]),
            static_segments: segments(false),
            dynamic_segments: segments(true),
        }
    }
}

const STANDARD_KINDS: &[&str] = &[
    "appointment",
    "group_event",
    "payment",
    "invoice",
    "message",
    "email_sent",
    "email_viewed",
    "email_clicked",
];

fn keys(owner: &Value, list: &str, standard: &[&str]) -> Vec<String> {
    with(standard, items(owner, list).map(|item| key(item).to_owned()).collect())
}

/// `{"key"}` or a string.
fn key(item: &Value) -> &str {
    item.as_str().or(item["key"].as_str()).unwrap()
}

fn with(standard: &[&str], custom: Vec<String>) -> Vec<String> {
    standard.iter().copied().map(str::to_owned).chain(custom).collect()
}

fn items<'a>(value: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    value[list].as_array().into_iter().flatten()
}
