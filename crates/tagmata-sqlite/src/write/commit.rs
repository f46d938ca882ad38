//! A commit as a whole.

use super::names::Names;
use super::{aliases, contacts, definitions, history, interactions, links, updates};
use crate::error::{Fault, Result};
use crate::format::cause;
use lz4_flex::frame::{FrameEncoder, FrameInfo};
use rusqlite::{Connection, params};
use std::fmt::Display;
use std::io::Write;
use tagmata::{Commit, Fact};

/// What writing goes on with from commit to commit.
#[derive(Debug)]
pub(crate) struct Writing<'w> {
    /// They follow the definitions of the commits.
    pub(crate) names: &'w mut Names,
    /// The next free number that tells interactions apart.
    pub(crate) next_interaction: i64,
}

/// Writes a commit, inside a transaction: what it changes in all tables but `book`, and the row in `commits`.
///
/// # Errors
/// Those of SQLite, and [`Fault::Damaged`] where the tables are not those of the book that the commit was decided on. The
/// transaction has to be rolled back then, and the names have to be read again.
pub(crate) fn write_commit(
    connection: &Connection,
    writing: &mut Writing<'_>,
    commit: &Commit,
) -> Result<()> {
    write_row(connection, commit)?;
    let mut facts = commit.facts();
    while let Some((first, rest)) = facts.split_first() {
        let (updates, others) = updates::at_once(facts, writing.names);
        facts = match updates {
            [] => {
                write_fact(connection, writing, first)?;
                rest
            }
            _ => {
                updates::write(connection, writing.names, updates)?;
                others
            }
        };
    }
    history::write(connection, commit)
}

fn write_fact(connection: &Connection, writing: &mut Writing<'_>, fact: &Fact) -> Result<()> {
    let Writing { names, next_interaction } = writing;
    match fact {
        Fact::Created(rows) => {
            contacts::create(connection, names, rows)?;
            interactions::record(connection, &rows.interactions, next_interaction)
        }
        Fact::Deleted(rows) => {
            interactions::erase(connection, &rows.interactions)?;
            contacts::delete(connection, names, rows)
        }
        Fact::Set { field, contacts, old, new } => {
            links::replace(connection, names, *field, contacts, (old, new))
        }
        Fact::Linked { field, symbol, contacts } => {
            links::write(connection, names, (*field, *symbol), contacts, true)
        }
        Fact::Unlinked { field, symbol, contacts } => {
            links::write(connection, names, (*field, *symbol), contacts, false)
        }
        Fact::Recorded(all) => interactions::record(connection, all, next_interaction),
        Fact::Erased(all) => interactions::erase(connection, all),
        Fact::Alias { field, key, new, .. } => aliases::write(connection, *field, key, *new),
        // An entry in a history, and nothing else.
        Fact::Merged { .. } => Ok(()),
        Fact::Schema(_) | Fact::Segment { .. } | Fact::Automation(_) => {
            definitions::write(connection, names, fact)
        }
    }
}

/// Writes the row of a commit.
fn write_row(connection: &Connection, commit: &Commit) -> Result<()> {
    const SQL: &str = "INSERT INTO commits (number, at, actor, cause, cause_id, contacts, body) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (cause, cause_id) = cause(commit.cause());
    connection.prepare_cached(SQL)?.execute(params![
        commit.number(),
        commit.at().as_micros(),
        commit.actor(),
        cause,
        cause_id,
        commit.contacts().len(),
        packed(&commit.to_bytes())?,
    ])?;
    Ok(())
}

/// An LZ4 frame around bytes, with their checksum.
fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let info = FrameInfo::new().content_size(Some(bytes.len() as u64)).content_checksum(true);
    let mut encoder = FrameEncoder::with_frame_info(info, Vec::new());
    let failed = |error: &dyn Display| Fault::Damaged(format!("a commit cannot be packed: {error}"));
    encoder.write_all(bytes).map_err(|error| failed(&error))?;
    encoder.finish().map_err(|error| failed(&error))
}
