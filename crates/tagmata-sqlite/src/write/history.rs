//! What happened to contacts, and which are gone.

use super::statement::change_one;
use crate::error::Result;
use crate::format::{cause, change};
use rusqlite::{Connection, OptionalExtension, params};
use tagmata::{Change, Commit, HistoryEdit, MemberSet, Origin};

/// Writes what a commit does to the histories of contacts.
pub(super) fn write(connection: &Connection, commit: &Commit) -> Result<()> {
    for edit in commit.history_edits() {
        match edit {
            HistoryEdit::Entry { contacts, .. } if contacts.is_empty() => {}
            HistoryEdit::Entry { contacts, change, origin, place, is_added: true } => {
                add(connection, &contacts, change, origin, place)?;
            }
            HistoryEdit::Entry { contacts, change, origin, place, is_added: false } => {
                remove(connection, &contacts, change, origin, place)?;
            }
            // Contacts that the commit itself makes never were gone.
            HistoryEdit::Gone { commit: number, are_gone: false, .. } if number == commit.number() => {}
            HistoryEdit::Gone { contacts, commit, place, are_gone } => {
                set_gone(connection, contacts, commit, place, are_gone)?;
            }
            // The entry of the merger says it.
            HistoryEdit::Heir { .. } => {}
        }
    }
    Ok(())
}

/// Adds an entry to the histories of contacts. One that was taken out of some of them is there still.
fn add(
    connection: &Connection,
    contacts: &MemberSet,
    what: Change,
    origin: &Origin,
    place: u32,
) -> Result<()> {
    const CHANGE: &str = "INSERT OR IGNORE INTO changes \
                          (commit_number, place, change, before, what, at, actor, cause, cause_id) \
                          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    const HISTORY: &str = "INSERT INTO history (change_id, contact_id) VALUES (?1, ?2)";
    let (word, before, what) = change(what);
    let (cause, cause_id) = cause(&origin.cause);
    let (number, at, actor) = (origin.commit, origin.at.as_micros(), origin.actor.as_deref());
    let row = params![number, place, word, before, what, at, actor, cause, cause_id];
    let id = match connection.prepare_cached(CHANGE)?.execute(row)? {
        0 => find(connection, (word, before, what), origin, place)?,
        _ => Some(connection.last_insert_rowid()),
    };
    let mut statement = connection.prepare_cached(HISTORY)?;
    statement.raw_bind_parameter(1, id)?;
    for contact in contacts.iter() {
        statement.raw_bind_parameter(2, contact.get())?;
        statement.raw_execute()?;
    }
    Ok(())
}

/// Takes an entry out of the histories of contacts, and away if nobody else has it.
fn remove(
    connection: &Connection,
    contacts: &MemberSet,
    what: Change,
    origin: &Origin,
    place: u32,
) -> Result<()> {
    const HISTORY: &str = "DELETE FROM history WHERE change_id = ?1 AND contact_id = ?2";
    const CHANGE: &str =
        "DELETE FROM changes WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM history WHERE change_id = ?1)";
    let id = find(connection, change(what), origin, place)?;
    let mut statement = connection.prepare_cached(HISTORY)?;
    statement.raw_bind_parameter(1, id)?;
    for contact in contacts.iter() {
        statement.raw_bind_parameter(2, contact.get())?;
        change_one(&mut statement, "history")?;
    }
    connection.prepare_cached(CHANGE)?.execute([id])?;
    Ok(())
}

/// The row of an entry.
fn find(
    connection: &Connection,
    (word, before, what): (&str, i64, i64),
    origin: &Origin,
    place: u32,
) -> Result<Option<i64>> {
    const SQL: &str = "SELECT id FROM changes \
                       WHERE commit_number = ?1 AND place = ?2 AND change = ?3 AND before = ?4 AND what = ?5";
    let key = params![origin.commit, place, word, before, what];
    Ok(connection.prepare_cached(SQL)?.query_row(key, |row| row.get(0)).optional()?)
}

/// Notes by which fact contacts are gone, or that they are back.
fn set_gone(
    connection: &Connection,
    contacts: &MemberSet,
    commit: u64,
    place: u32,
    are_gone: bool,
) -> Result<()> {
    const GONE: &str = "INSERT INTO deleted_contacts (commit_number, place, contact_id) VALUES (?1, ?2, ?3)";
    const BACK: &str =
        "DELETE FROM deleted_contacts WHERE commit_number = ?1 AND place = ?2 AND contact_id = ?3";
    let mut statement = connection.prepare_cached(if are_gone { GONE } else { BACK })?;
    statement.raw_bind_parameter(1, commit)?;
    statement.raw_bind_parameter(2, place)?;
    for contact in contacts.iter() {
        statement.raw_bind_parameter(3, contact.get())?;
        change_one(&mut statement, "deleted_contacts")?;
    }
    Ok(())
}
