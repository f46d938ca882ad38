//! Filters: nodes joined by `and`, `or` and `not`, down to conditions and segments.

use crate::oracle::aggregate;
use crate::oracle::calendar::Calendar;
use crate::oracle::condition::{Circumstances, holds, positive};
use crate::oracle::contact::{Subject, subject};
use crate::oracle::schema::segment;
use crate::oracle::search;
use crate::oracle::text::fold;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Answers which contacts a filter matches, by the letter of the specification and without haste.
///
/// ```
/// use serde_json::json;
/// use tagmata_testkit::oracle::Oracle;
///
/// let oracle = Oracle::new(&json!({"tags": ["vip"]}), &json!({}));
/// let contacts = [("ana".to_owned(), json!({"tags": ["vip"]})), ("bob".to_owned(), json!({}))];
/// let filter = json!({"v": 1, "filter": {"op": "has", "field": "tags", "value": "VIP"}});
/// let now = "2026-11-22T09:30:00Z".parse().unwrap();
/// assert!(oracle.matches(&filter, &contacts, 0, now));
/// assert!(!oracle.matches(&filter, &contacts, 1, now));
/// ```
#[derive(Clone, Debug)]
pub struct Oracle {
    schema: Value,
    calendar: Calendar,
    default_country: Option<String>,
}

impl Oracle {
    /// An oracle for a schema and settings in the format of `conformance/README.md`; absent members take their defaults.
    ///
    /// # Panics
    /// When a setting is not of that format.
    pub fn new(schema: &Value, settings: &Value) -> Oracle {
        Oracle {
            schema: schema.clone(),
            calendar: Calendar::new(settings),
            default_country: settings["default_country"].as_str().map(str::to_owned),
        }
    }

    /// Whether the contact at `index`, which is also its id, matches a canonical filter, with or without its `{"v": 1}`.
    ///
    /// # Panics
    /// When the filter is not valid for the schema, when a value is not of the format, and on a dynamic segment whose filter is
    /// given as text.
    pub fn matches(
        &self,
        filter: &Value,
        contacts: &[(String, Value)],
        index: usize,
        now: DateTime<Utc>,
    ) -> bool {
        let node = if filter.get("v").is_some() { &filter["filter"] } else { filter };
        Question { oracle: self, contacts, index, now }.node(node)
    }
}

/// One contact at one instant.
struct Question<'a> {
    oracle: &'a Oracle,
    contacts: &'a [(String, Value)],
    index: usize,
    now: DateTime<Utc>,
}

impl Question<'_> {
    fn node(&self, node: &Value) -> bool {
        let args = || node["args"].as_array().expect("`args`").iter();
        match node["op"].as_str().unwrap_or_else(|| panic!("not a filter: {node}")) {
            "and" => args().all(|arg| self.node(arg)),
            "or" => args().any(|arg| self.node(arg)),
            // "`not p` is the exact complement of `p`."
            "not" => !self.node(&node["arg"]),
            "everyone" => true,
            "nobody" => false,
            "search" => self.search(node["value"].as_str().expect("a phrase")),
            op => {
                // "`!=`, `not in`, `not contains`, `has none` … are the negation of their positive form"
                let (op, negated) = positive(op);
                holds(
                    &self.subject(node),
                    op,
                    &node["value"],
                    &self.circumstances(&|name| self.is_member(name)),
                ) != negated
            }
        }
    }

    fn subject(&self, node: &Value) -> Subject {
        let Some(made) = node.get("aggregate") else {
            return self.field(node["field"].as_str().expect("a field"));
        };
        match made["field"].as_str() {
            Some(set) => aggregate::size(&self.field(set)),
            None => aggregate::subject(made, self.contact(), &self.oracle.calendar, self.now),
        }
    }

    fn field(&self, field: &str) -> Subject {
        subject(
            &self.oracle.schema,
            self.oracle.default_country.as_deref(),
            self.contact(),
            self.index,
            field,
        )
    }

    fn contact(&self) -> &Value {
        &self.contacts[self.index].1
    }

    fn circumstances<'a>(&'a self, is_member: &'a dyn Fn(&str) -> bool) -> Circumstances<'a> {
        Circumstances {
            calendar: &self.oracle.calendar,
            default_country: self.oracle.default_country.as_deref(),
            now: self.now,
            is_member,
        }
    }

    fn search(&self, phrase: &str) -> bool {
        let phone = match self.field("mobile") {
            Subject::Phone(phone) => Some(phone),
            _ => None,
        };
        search::holds(phrase, self.contact(), phone.as_deref())
    }

    /// "static without `filter`; with it dynamic: `(filter ∪ always_in) − always_out`".
    fn is_member(&self, name: &str) -> bool {
        let segment = segment(&self.oracle.schema, name);
        let pinned = |list: &str| {
            segment[list].as_array().into_iter().flatten().any(|who| *who == *self.contacts[self.index].0)
        };
        match segment.get("filter") {
            None => match self.field("segments") {
                Subject::Segments(names) => names.contains(&fold(name)),
                _ => false,
            },
            Some(Value::String(text)) => panic!("the oracle reads no filter text: {text}"),
            Some(filter) => {
                let node = if filter.get("v").is_some() { &filter["filter"] } else { filter };
                (self.node(node) || pinned("always_in")) && !pinned("always_out")
            }
        }
    }
}
