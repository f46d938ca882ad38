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
