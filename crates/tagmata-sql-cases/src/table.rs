//! Tables as any database can make them.

use serde::Serialize;
use serde_json::Value;

/// What a column holds. Each database has a type for it; some know only texts and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Texts.
    Text,
    /// Whole numbers of 64 bits.
    Integer,
    /// Doubles.
    Number,
    /// True or false.
    Boolean,
    /// Decimals with six digits behind the point, written as texts.
    Decimal,
    /// Datetimes without a zone, written as `2026-11-22 09:30:00.000000`.
    Timestamp,
    /// Instants, written likewise, in UTC.
    Timestamptz,
    /// Days, written as `2026-11-22`.
    Date,
    /// JSON documents, written as texts.
    Json,
    /// Arrays of texts.
    Texts,
    /// Arrays of whole numbers.
    Integers,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Its name, as it is.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table with its rows.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Its name, as it is.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// A value for each column, or null.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    pub(crate) fn new(name: String, columns: &[(&str, Kind)]) -> Self {
        let columns = columns.iter().map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind });
        Self { name, columns: columns.collect(), rows: Vec::new() }
    }

    /// Another column, with a value for each row.
    pub(crate) fn add(&mut self, name: &str, kind: Kind, cells: Vec<Value>) {
        assert_eq!(cells.len(), self.rows.len(), "a column has a value for each row");
        self.columns.push(Column { name: name.to_owned(), kind });
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
    }

    /// The place of a column.
    pub(crate) fn place(&self, name: &str) -> usize {
        self.columns.iter().position(|column| column.name == name).unwrap()
    }
}
