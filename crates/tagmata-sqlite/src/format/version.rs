//! By what a file is known.

/// `PRAGMA application_id`: "tagm".
pub(crate) const APPLICATION: i64 = 0x7461_676D;

/// `PRAGMA user_version`: the version of the format.
pub(crate) const VERSION: i64 = 1;

/// The statements that make the tables of a new file.
pub(crate) const TABLES: &str = include_str!("tables.sql");
