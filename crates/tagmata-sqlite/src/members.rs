//! The members of all segments in a table of their own, for programs that read the file.

use crate::error::Result;
use crate::format::SettingsTable;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeMap;
use tagmata::{Book, ContactId, Effects, MemberSet, SegmentId};

/// Whether the table `segment_members` is kept, and whether it is as the book is.
///
/// It is written behind each change, in a transaction of its own: it follows from the rest of the file. What could not be written
/// is made anew when the file is opened; the setting `members_of` says of which commit and instant the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Members {
    /// Nobody asked for it.
    Unkept,
    /// It is as the book is.
    Kept,
    /// Something could not be written.
    Stale,
}

const OF: &str = "members_of";
/// The commit and the instant of the book.
const STANDS: &str = "(SELECT last_commit || ' ' || now FROM book)";

impl Members {
    /// Fills or empties the table when a book is opened, as it was asked for, or as it was.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn begin(connection: &mut Connection, book: &Book, wanted: Option<bool>) -> Result<Self> {
        let of = SettingsTable(connection).get(OF)?;
        let was_kept = of.is_some();
        let stands = format!("{} {}", book.last_commit(), book.now().as_micros());
        match (was_kept, wanted.unwrap_or(was_kept)) {
            (false, false) => Ok(Self::Unkept),
            (true, true) if of == Some(stands) => Ok(Self::Kept),
            (_, true) => Self::fill(connection, book).map(|()| Self::Kept),
            (true, false) => {
                let sql = format!("DELETE FROM segment_members; DELETE FROM settings WHERE key = '{OF}'");
                connection.execute_batch(&sql)?;
                Ok(Self::Unkept)
            }
        }
    }

    /// Whether a file has them.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn are_kept(connection: &Connection) -> Result<bool> {
        Ok(SettingsTable(connection).get(OF)?.is_some())
    }

    /// Writes all members anew.
    fn fill(connection: &mut Connection, book: &Book) -> Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM segment_members", [])?;
        for segment in book.segments().iter().filter(|segment| segment.error.is_none()) {
            add(&transaction, segment.id, &book.members(segment.id)?)?;
        }
        let sql = format!("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, {STANDS})");
        transaction.execute(&sql, [OF])?;
        Ok(transaction.commit()?)
    }

    /// Writes who moved. What goes wrong makes the table stale, and nothing else.
    pub(crate) fn moved(
        &mut self,
        connection: &mut Connection,
        effects: &Effects,
        anew: &BTreeMap<SegmentId, Option<MemberSet>>,
    ) {
        if *self == Self::Kept && write_moves(connection, effects, anew).is_err() {
            *self = Self::Stale;
        }
    }
}

fn write_moves(
    connection: &mut Connection,
    effects: &Effects,
    anew: &BTreeMap<SegmentId, Option<MemberSet>>,
) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (segment, contacts) in &effects.left {
        remove(&transaction, *segment, contacts)?;
    }
    for (segment, contacts) in &effects.entered {
        add(&transaction, *segment, contacts)?;
    }
    for (segment, members) in anew {
        transaction
            .prepare_cached("DELETE FROM segment_members WHERE segment_id = ?1")?
            .execute([segment.get()])?;
        if let Some(members) = members {
            add(&transaction, *segment, members)?;
        }
    }
    let sql = format!("UPDATE settings SET value = {STANDS} WHERE key = ?1");
    transaction.prepare_cached(&sql)?.execute([OF])?;
    Ok(transaction.commit()?)
}

fn add(connection: &Connection, segment: SegmentId, contacts: &MemberSet) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO segment_members (segment_id, contact_id) VALUES (?1, ?2)";
    each(connection, sql, segment, contacts)
}

fn remove(connection: &Connection, segment: SegmentId, contacts: &MemberSet) -> Result<()> {
    each(
        connection,
        "DELETE FROM segment_members WHERE segment_id = ?1 AND contact_id = ?2",
        segment,
        contacts,
    )
}

fn each(connection: &Connection, sql: &str, segment: SegmentId, contacts: &MemberSet) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    for contact in contacts.iter().map(ContactId::get) {
        statement.execute([segment.get(), contact])?;
    }
    Ok(())
}
