//! Where the values of a field are.

use super::format::{Folding, Format, Lists, Names};
use super::table::{LinkTable, NamesTable};
use serde::{Deserialize, Serialize};

/// Where the values of a field are, and how they are written.
///
/// ```
/// use tagmata_sql::{FieldMapping, Format, LinkTable, Names};
/// let email = FieldMapping::column("email").folded("email_folded").searchable("email_search");
/// let created = FieldMapping::column("created_at").format(Format::Timestamptz).not_null();
/// let tags = FieldMapping::link(LinkTable::new("contact_tags", "contact_id"), "tag_id").names(Names::Numbers);
/// # let _ = (email, created, tags);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldMapping {
    /// The column with the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<String>,
    /// The keys that lead to the value inside a JSON object in the column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) path: Vec<String>,
    /// The table with the column, if it is not that of contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<LinkTable>,
    /// The table that has the names of what the column refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) names_in: Option<NamesTable>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<Format>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) names: Option<Names>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) list: Option<Lists>,
    /// The column with the text by which it is compared, as this library's `fold` gives it; null if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) folded: Option<String>,
    /// What makes that text, where no column has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) fold: Option<Folding>,
    /// The column with the text in which is searched, as this library's `accent_fold` gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) searchable: Option<String>,
    /// What makes that text, where no column has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) search_fold: Option<Folding>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub(crate) nullable: bool,
    /// Whether what was recorded counts too; of `last_interaction` only.
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) recorded: bool,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_yes(value: &bool) -> bool {
    *value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_no(value: &bool) -> bool {
    !*value
}

impl FieldMapping {
    /// A column of the table of contacts.
    #[must_use]
    pub fn column(column: impl Into<String>) -> Self {
        Self { column: Some(column.into()), nullable: true, ..Self::default() }
    }

    /// A value inside a JSON object, by the keys that lead to it.
    ///
    /// ```
    /// use tagmata_sql::{FieldMapping, Mapping};
    /// let mapping = Mapping::new("people", "id").field("billed", FieldMapping::json("custom", ["billing", "total"]));
    /// let json = r#"{"contacts": {"table": "people", "id": "id"}, "fields": {"billed": {"column": "custom", "path": ["billing", "total"]}}}"#;
    /// assert_eq!(mapping, Mapping::from_json(json)?);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn json<K: Into<String>>(column: impl Into<String>, path: impl IntoIterator<Item = K>) -> Self {
        Self { path: path.into_iter().map(Into::into).collect(), ..Self::column(column) }
    }

    /// A column of another table: a row for each value of a contact.
    #[must_use]
    pub fn link(table: LinkTable, column: impl Into<String>) -> Self {
        Self { link: Some(table), ..Self::column(column) }
    }

    /// The column of a link table refers to another table, which has the names.
    #[must_use]
    pub fn names_in(mut self, table: NamesTable) -> Self {
        self.names_in = Some(table);
        self
    }

    /// How days, instants or flags are kept.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// How statuses, options, tags or segments are written.
    #[must_use]
    pub fn names(mut self, names: Names) -> Self {
        self.names = Some(names);
        self
    }

    /// The column has several values, as an array or as JSON.
    #[must_use]
    pub fn list(mut self, list: Lists) -> Self {
        self.list = Some(list);
        self
    }

    /// The column with the text by which it is compared: what [`tagmata::fold`] gives, null where nothing is left.
    #[must_use]
    pub fn folded(mut self, column: impl Into<String>) -> Self {
        self.folded = Some(column.into());
        self
    }

    /// What makes that text, where no column has it.
    #[must_use]
    pub fn fold(mut self, folding: Folding) -> Self {
        self.fold = Some(folding);
        self
    }

    /// The column with the text in which is searched: what [`tagmata::accent_fold`] gives.
    #[must_use]
    pub fn searchable(mut self, column: impl Into<String>) -> Self {
        self.searchable = Some(column.into());
        self
    }

    /// What makes that text, where no column has it.
    #[must_use]
    pub fn search_fold(mut self, folding: Folding) -> Self {
        self.search_fold = Some(folding);
        self
    }

    /// The column is never null: conditions need not look.
    #[must_use]
    pub fn not_null(mut self) -> Self {
        self.nullable = false;
        self
    }

    /// The later of the column and what was recorded counts; of `last_interaction` only.
    #[must_use]
    pub fn recorded(mut self) -> Self {
        self.recorded = true;
        self
    }
}
