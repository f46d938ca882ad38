//! The whole book.

use super::cells::{cell, instant};
use super::contacts::{Chunk, ContactReader};
use super::{definitions, history, interactions, links};
use crate::error::{Fault, Result};
use crate::file::open_reader;
use crate::format::SettingsTable;
use crate::write::Names;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use tagmata::{Book, BookRestore, Timestamp};

/// Where a book stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stands {
    /// The number of its last commit.
    pub(crate) last_commit: u64,
    /// Its instant.
    pub(crate) now: Timestamp,
    /// The id of the next new contact.
    pub(crate) next_contact: u32,
}

/// A book as its file has it, and what its writer has to know.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) book: Book,
    pub(crate) stands: Stands,
    pub(crate) names: Names,
    /// The first number that is free to tell the next interaction apart.
    pub(crate) next_interaction: i64,
}

/// Where the book of a file stands.
///
/// # Errors
/// What SQLite says; a file that does not say.
pub(crate) fn stands(connection: &Connection) -> Result<Stands> {
    let mut statement = connection.prepare_cached("SELECT last_commit, now, next_contact FROM book")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else {
        return Err(Fault::Damaged("it does not say where it stands".into()));
    };
    Ok(Stands { last_commit: cell(row, 0)?, now: instant(row, 1)?, next_contact: cell(row, 2)? })
}

/// The names of a book, and the columns of its fields.
///
/// # Errors
/// What SQLite says; what a book does not write so.
pub(crate) fn names(connection: &Connection) -> Result<Names> {
    let mut restore = BookRestore::new(SettingsTable(connection).settings()?, stands(connection)?.now);
    let columns = definitions::read(connection, &mut restore)?;
    Ok(Names { schema: restore.schema().clone(), columns })
}

/// Loads the book of a file as it is at one moment, whoever else writes it meanwhile.
///
/// # Errors
/// What SQLite says; what a book does not write so.
pub(crate) fn load(connection: &mut Connection, path: &Path) -> Result<Loaded> {
    let moment = connection.transaction()?;
    let stands = stands(&moment)?;
    let mut restore = BookRestore::new(SettingsTable(&moment).settings()?, stands.now);
    let columns = definitions::read(&moment, &mut restore)?;
    let names = Names { schema: restore.schema().clone(), columns };
    let reader = ContactReader::new(&names.schema, &names.columns);
    read_contacts(&moment, path, &reader, stands, &mut restore)?;
    links::read(&moment, &mut restore)?;
    let next_interaction = interactions::read(&moment, &mut restore)?;
    history::read(&moment, &mut restore)?;
    Ok(Loaded { book: restore.finish(stands.last_commit), stands, names, next_interaction })
}

/// So many contacts are read at once.
const CHUNK: u32 = if cfg!(test) { 64 } else { 1 << 16 };

/// Reads contacts with all cores, each by a connection of its own.
fn read_contacts(
    connection: &Connection,
    path: &Path,
    reader: &ContactReader,
    stands: Stands,
    restore: &mut BookRestore,
) -> Result<()> {
    let end = stands.next_contact;
    let next = AtomicU32::new(0);
    let mut take = |chunk: Chunk| restore.contacts(chunk.columns, chunk.count);
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    if end <= CHUNK || cores == 1 {
        for (first, end) in spans(&next, end) {
            take(reader.read(connection, first, end)?);
        }
        return Ok(());
    }
    std::thread::scope(|threads| {
        let (give, chunks) = channel();
        for _ in 0..cores {
            let (give, next) = (give.clone(), &next);
            threads.spawn(move || {
                if let Err(fault) = read_spans(path, reader, stands, next, &give) {
                    let _ = give.send(Err(fault));
                }
            });
        }
        drop(give);
        let (mut early, mut expected) = (BTreeMap::new(), 0);
        for chunk in chunks {
            let (first, chunk) = chunk?;
            early.insert(first, chunk);
            while let Some(chunk) = early.remove(&expected) {
                expected += chunk.count;
                take(chunk);
            }
        }
        match expected == end {
            true => Ok(()),
            false => Err(Fault::Damaged(format!("only {expected} of {end} contacts could be read"))),
        }
    })
}

/// Reads the spans that nobody else reads.
fn read_spans(
    path: &Path,
    reader: &ContactReader,
    seen: Stands,
    next: &AtomicU32,
    give: &Sender<Result<(u32, Chunk)>>,
) -> Result<()> {
    let mut connection = open_reader(path)?;
    let moment = connection.transaction()?;
    if stands(&moment)? != seen {
        return Err(Fault::Moved);
    }
    for (first, end) in spans(next, seen.next_contact) {
        if give.send(Ok((first, reader.read(&moment, first, end)?))).is_err() {
            break;
        }
    }
    Ok(())
}

fn spans(next: &AtomicU32, end: u32) -> impl Iterator<Item = (u32, u32)> {
    std::iter::from_fn(move || {
        let first = next.fetch_add(CHUNK, Ordering::Relaxed);
        (first < end).then(|| (first, first.saturating_add(CHUNK).min(end)))
    })
}
