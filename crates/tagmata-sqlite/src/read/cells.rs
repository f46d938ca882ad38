//! Cells of SQL as numbers and words of the core.

use crate::error::{Fault, Result};
use rusqlite::Row;
use rusqlite::types::{FromSql, ValueRef};
use tagmata::Timestamp;

/// A cell of a type.
///
/// # Errors
/// A cell of another type, in a table that a book does not write so.
pub(crate) fn cell<T: FromSql>(row: &Row<'_>, at: usize) -> Result<T> {
    row.get(at).map_err(|error| match error {
        rusqlite::Error::InvalidColumnType(_, name, found) => {
            Fault::Damaged(format!("there is {found} in the column `{name}`"))
        }
        rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::IntegralValueOutOfRange(..) => {
            Fault::Damaged(format!("a value of the column {at} is out of range"))
        }
        other => other.into(),
    })
}

/// An instant of a cell.
///
/// # Errors
/// One that is no instant.
pub(crate) fn instant(row: &Row<'_>, at: usize) -> Result<Timestamp> {
    let micros: i64 = cell(row, at)?;
    instant_of(micros)
}

/// The instant so many microseconds after 1970.
///
/// # Errors
/// One beyond all years.
pub(crate) fn instant_of(micros: i64) -> Result<Timestamp> {
    Timestamp::from_micros(micros).ok_or_else(|| Fault::Damaged(format!("{micros} is no instant")))
}

/// A text of a cell that is lent.
///
/// # Errors
/// What is no text, or no UTF-8.
pub(crate) fn text<'r>(value: ValueRef<'r>) -> Option<&'r str> {
    match value {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}
