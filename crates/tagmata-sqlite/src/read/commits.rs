//! The journal.

use super::cells::cell;
use crate::error::{Fault, Result};
use lz4_flex::frame::FrameDecoder;
use rusqlite::{Connection, OptionalExtension};
use std::io::Read;
use tagmata::Commit;

/// A commit by its number, if it is kept.
///
/// # Errors
/// What SQLite says; a commit that cannot be read.
pub(crate) fn commit(connection: &Connection, number: u64) -> Result<Option<Commit>> {
    let mut statement = connection.prepare_cached("SELECT body FROM commits WHERE number = ?1")?;
    let body: Option<Vec<u8>> = statement.query_row([number], |row| row.get(0)).optional()?;
    body.map(|body| unpacked(number, &body)).transpose()
}

/// Hands over the commits behind one, in their order.
///
/// # Errors
/// What SQLite says; a commit that cannot be read; those of `take`.
pub(crate) fn commits_after(
    connection: &Connection,
    number: u64,
    mut take: impl FnMut(Commit) -> Result<()>,
) -> Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT number, body FROM commits WHERE number > ?1 ORDER BY number")?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        take(unpacked(cell(row, 0)?, &cell::<Vec<u8>>(row, 1)?)?)?;
    }
    Ok(())
}

fn unpacked(number: u64, body: &[u8]) -> Result<Commit> {
    let mut bytes = Vec::new();
    FrameDecoder::new(body)
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::Damaged(format!("commit {number} cannot be unpacked: {error}")))?;
    let commit = Commit::from_bytes(&bytes)?;
    match commit.number() == number {
        true => Ok(commit),
        false => {
            Err(Fault::Damaged(format!("commit {} stands in the place of commit {number}", commit.number())))
        }
    }
}
