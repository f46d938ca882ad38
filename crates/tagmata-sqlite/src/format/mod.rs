//! The format of the file: its tables, its columns, its words. docs/sqlite-format.md describes it.

mod columns;
mod settings;
mod words;

pub(crate) use columns::{Columns, FieldColumn, quoted};
pub(crate) use settings::SettingsTable;
pub(crate) use words::{cause, cause_of, change, change_of, space, space_of};

/// `PRAGMA application_id`: "tagm".
pub(crate) const APPLICATION: i64 = 0x7461_676D;

/// `PRAGMA user_version`: the version of the format.
pub(crate) const VERSION: i64 = 1;

/// The statements that make the tables of a new file.
pub(crate) const TABLES: &str = include_str!("tables.sql");
