//! Where interactions are.

use super::field::FieldMapping;
use super::format::{Format, Names};
use super::table::LinkTable;
use serde::{Deserialize, Serialize};

/// The table of a kind of interactions, or of several.
///
/// ```
/// use tagmata_sql::{Format, InteractionsTable, LinkTable, Mapping};
/// let mapping = Mapping::new("people", "id")
///     .interactions("payment", InteractionsTable::new(LinkTable::new("payments", "person"), "paid_at").amount("total", Format::Number));
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "interactions": {
///     "payment": {"rows": {"table": "payments", "contact": "person"}, "at": "paid_at", "amount": "total", "amount_format": "number"}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InteractionsTable {
    /// The table, with a row for each interaction.
    pub rows: LinkTable,
    /// The column of the kind; none where all rows are of one kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// How kinds are written.
    #[serde(default)]
    pub kinds: Names,
    /// The column of the instant, which is never null.
    pub at: String,
    /// How instants are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_format: Option<Format>,
    /// The column of the amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// How amounts are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_format: Option<Format>,
    /// The label, a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<FieldMapping>,
}

impl InteractionsTable {
    /// A table with a row for each interaction, and the column of its instant.
    #[must_use]
    pub fn new(rows: LinkTable, at: impl Into<String>) -> Self {
        Self {
            rows,
            kind: None,
            kinds: Names::Keys,
            at: at.into(),
            at_format: None,
            amount: None,
            amount_format: None,
            label: None,
        }
    }

    /// The column of the kind, and how kinds are written.
    #[must_use]
    pub fn kind(mut self, column: impl Into<String>, kinds: Names) -> Self {
        (self.kind, self.kinds) = (Some(column.into()), kinds);
        self
    }

    /// How instants are kept.
    #[must_use]
    pub fn at_format(mut self, format: Format) -> Self {
        self.at_format = Some(format);
        self
    }

    /// The column of the amount, and how amounts are kept.
    #[must_use]
    pub fn amount(mut self, column: impl Into<String>, format: Format) -> Self {
        (self.amount, self.amount_format) = (Some(column.into()), Some(format));
        self
    }

    /// The label.
    #[must_use]
    pub fn label(mut self, label: FieldMapping) -> Self {
        self.label = Some(label);
        self
    }
}
