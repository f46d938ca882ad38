//! Tables of the host.

use super::literal::Literal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of a table, with the schemas or databases that it is in: `"contacts"`, or `["crm", "contacts"]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a name, or a list of names")]
pub enum TableName {
    /// One name.
    Plain(String),
    /// The names of what it is in, then its own.
    Qualified(Vec<String>),
}

impl TableName {
    pub(crate) fn parts(&self) -> &[String] {
        match self {
            Self::Plain(name) => std::slice::from_ref(name),
            Self::Qualified(names) => names,
        }
    }
}

impl From<&str> for TableName {
    fn from(name: &str) -> Self {
        Self::Plain(name.to_owned())
    }
}

impl<const N: usize> From<[&str; N]> for TableName {
    fn from(names: [&str; N]) -> Self {
        Self::Qualified(names.map(str::to_owned).into())
    }
}

/// The table of contacts: a row for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactsTable {
    /// Its name.
    pub table: TableName,
    /// The column of the id, which is never null and no two contacts share. Where filters name ids, or segments have pins, these are
    /// compared with it: it has the numbers of the book then.
    pub id: String,
    /// The column that says whose contact it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

/// A table with any number of rows for a contact.
///
/// ```
/// use tagmata_sql::{FieldMapping, LinkTable, Mapping};
/// let mapping = Mapping::new("people", "id")
///     .field("memo", FieldMapping::link(LinkTable::new("contact_fields", "contact_id").when("field", "memo"), "value"));
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "fields": {
///     "memo": {"link": {"table": "contact_fields", "contact": "contact_id", "where": {"field": "memo"}}, "column": "value"}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkTable {
    /// Its name.
    pub table: TableName,
    /// The column of the contact's id.
    pub contact: String,
    /// Columns that must have a value for a row to count: the name of the field, in a table of keys and values.
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub conditions: BTreeMap<String, Literal>,
    /// The column that says whose row it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

impl LinkTable {
    /// A table whose rows all count.
    #[must_use]
    pub fn new(table: impl Into<TableName>, contact: impl Into<String>) -> Self {
        Self { table: table.into(), contact: contact.into(), conditions: BTreeMap::new(), tenant: None }
    }

    /// Only rows with a value in a column count.
    #[must_use]
    pub fn when(mut self, column: impl Into<String>, value: impl Into<Literal>) -> Self {
        self.conditions.insert(column.into(), value.into());
        self
    }
}

/// A table that gives numbers their names: of tags, say.
///
/// ```
/// use tagmata_sql::{FieldMapping, LinkTable, Mapping, NamesTable};
/// let mapping = Mapping::new("people", "id").field(
///     "tags",
///     FieldMapping::link(LinkTable::new("people_tags", "person"), "tag_id")
///         .names_in(NamesTable { table: "tags".into(), id: "id".into(), name: "name".into(), tenant: None }),
/// );
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "fields": {"tags": {
///     "link": {"table": "people_tags", "contact": "person"}, "column": "tag_id", "names_in": {"table": "tags", "id": "id", "name": "name"}}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamesTable {
    /// Its name.
    pub table: TableName,
    /// The column with what rows of other tables refer to.
    pub id: String,
    /// The column of the name.
    pub name: String,
    /// The column that says whose name it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

/// A table of the members of segments: a row for each segment and contact.
///
/// ```
/// use tagmata_sql::{Mapping, MembersTable};
/// let mapping = Mapping::new("people", "id").members(MembersTable {
///     table: "segment_members".into(),
///     segment: "segment_id".into(),
///     contact: "contact_id".into(),
///     tenant: None,
/// });
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "members": {"table": "segment_members", "segment": "segment_id", "contact": "contact_id"}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembersTable {
    /// Its name.
    pub table: TableName,
    /// The column of the segment's number.
    pub segment: String,
    /// The column of the contact's id.
    pub contact: String,
    /// The column that says whose row it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}
