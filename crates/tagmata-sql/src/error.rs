//! What keeps a filter from being asked in a database.

use tagmata::{Code, Diagnostic, Error};

/// A result of this crate.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// A mapping that contradicts itself, the schema or the database.
pub(crate) fn bad_mapping(message: impl Into<String>, help: impl Into<String>) -> Error {
    Error::sql(Diagnostic::new(Code::BadMapping, message).help(help), [])
}

/// Something that the mapping does not cover.
pub(crate) fn unmapped(message: impl Into<String>, help: impl Into<String>) -> Error {
    Error::sql(Diagnostic::new(Code::Unmapped, message).help(help), [])
}

/// A name as messages show it: in one line, cut where it is long.
pub(crate) fn shown(name: &str) -> String {
    name.chars().take(60).flat_map(char::escape_debug).collect()
}
