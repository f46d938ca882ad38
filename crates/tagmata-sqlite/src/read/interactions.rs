//! Interactions.

use super::cells::{cell, instant};
use crate::error::Result;
use rusqlite::Connection;
use tagmata::{Amount, BookRestore, ContactId, Fact, Interaction, Interactions, KindId, Text};

/// Takes over all interactions; the first number that is free to tell the next one apart.
///
/// # Errors
/// What SQLite says; what a book does not write so.
pub(crate) fn read(connection: &Connection, restore: &mut BookRestore) -> Result<i64> {
    let sql = "SELECT contact_id, at, sequence, kind_id, amount_micros, label FROM interactions
               ORDER BY contact_id, at, sequence";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let (mut all, mut next) = (Interactions::new(), 0);
    while let Some(row) = rows.next()? {
        let label: Option<String> = cell(row, 5)?;
        let interaction = Interaction {
            kind: KindId::new(cell(row, 3)?),
            at: instant(row, 1)?,
            amount: cell::<Option<i64>>(row, 4)?.map(Amount::from_micros),
            label: label.and_then(|label| Text::new(&label)),
        };
        all.push(ContactId::new(cell(row, 0)?), &interaction);
        next = next.max(cell::<i64>(row, 2)?.saturating_add(1));
    }
    if !all.is_empty() {
        restore.fact(Fact::Recorded(all));
    }
    Ok(next)
}
