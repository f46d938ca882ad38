//! Statements that say something about one row.

use crate::error::{Fault, Result};
use rusqlite::Statement;

/// Executes a statement, whose parameters are bound, that changes or deletes one row of a table.
///
/// # Errors
/// [`Fault::Damaged`] if the row is not there.
pub(super) fn change_one(statement: &mut Statement<'_>, table: &str) -> Result<()> {
    match statement.raw_execute()? {
        0 => Err(Fault::Damaged(format!("the table `{table}` has no row for something that is in the book"))),
        _ => Ok(()),
    }
}
