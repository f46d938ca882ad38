//! Where a host keeps what filters ask for.

use super::field::FieldMapping;
use super::interactions::InteractionsTable;
use super::literal::Literal;
use super::table::{ContactsTable, MembersTable, TableName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a host keeps contacts, their fields, interactions and memberships.
///
/// It reads and writes JSON (`serde`). `docs/sql.md` describes it, with the tables that suit filters best.
///
/// ```
/// use tagmata_sql::{FieldMapping, Mapping};
/// let mapping = Mapping::new("contacts", "id").field("status", FieldMapping::column("status"));
/// let json = r#"{"contacts": {"table": "contacts", "id": "id"}, "fields": {"status": {"column": "status"}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub(crate) contacts: ContactsTable,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tenant: Option<Literal>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) fields: BTreeMap<String, FieldMapping>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) interactions: BTreeMap<String, InteractionsTable>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) members: Option<MembersTable>,
}

impl Mapping {
    /// The table of contacts, with a column of their ids.
    #[must_use]
    pub fn new(contacts: impl Into<TableName>, id: impl Into<String>) -> Self {
        Self {
            contacts: ContactsTable { table: contacts.into(), id: id.into(), tenant: None },
            tenant: None,
            fields: BTreeMap::new(),
            interactions: BTreeMap::new(),
            members: None,
        }
    }

    /// Where the values of a field are, by its key.
    #[must_use]
    pub fn field(mut self, key: impl Into<String>, field: FieldMapping) -> Self {
        self.fields.insert(key.into(), field);
        self
    }

    /// Where interactions are: those of one kind by its key, or, as `*`, those of all kinds that are not named.
    #[must_use]
    pub fn interactions(mut self, kind: impl Into<String>, table: InteractionsTable) -> Self {
        self.interactions.insert(kind.into(), table);
        self
    }

    /// The table of the members of segments.
    #[must_use]
    pub fn members(mut self, table: MembersTable) -> Self {
        self.members = Some(table);
        self
    }

    /// Only rows of one tenant count: the column of the table of contacts, and its value. Other tables that have such a column name theirs.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping, Param};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let mapping = Mapping::new("people", "id").tenant("account", 42).field("status", FieldMapping::column("status").not_null());
    /// let sql = Compiler::new(Dialect::Sqlite, &mapping, &book).condition(&book.filter("status = lead")?)?;
    /// assert_eq!(sql.text, r#"(c."account" = ? AND c."status" COLLATE BINARY = ?)"#);
    /// assert_eq!(sql.params, [Param::Integer(42), Param::Text("lead".into())]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn tenant(mut self, column: impl Into<String>, value: impl Into<Literal>) -> Self {
        self.contacts.tenant = Some(column.into());
        self.tenant = Some(value.into());
        self
    }

    /// The same for another tenant.
    #[must_use]
    pub fn of_tenant(mut self, value: impl Into<Literal>) -> Self {
        self.tenant = Some(value.into());
        self
    }
}
