//! The format of the file: its tables, its columns, its words. docs/sqlite-format.md describes it.

mod version;
mod columns;
mod settings;
mod words;

pub(crate) use columns::{Columns, FieldColumn, quoted};
pub(crate) use settings::SettingsTable;
pub(crate) use version::{APPLICATION, TABLES, VERSION};
pub(crate) use words::{cause, cause_of, change, change_of, space, space_of};
