//! The whole book.

use super::cells::{cell, instant};
use super::contacts::{Chunk, ContactReader};
use super::{definitions, history, interactions, links};
use crate::error::{Fault, Result};
use crate::file::open_reader;
use crate::format::SettingsTable;
use crate::progress::Meter;
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
/// What SQLite says; what a book does not write so; those of the meter.
pub(crate) fn load(connection: &mut Connection, path: &Path, meter: &Meter) -> Result<Loaded> {
    let moment = connection.transaction()?;
    let stands = stands(&moment)?;
    let mut restore = BookRestore::new(SettingsTable(&moment).settings()?, stands.now);
    let columns = definitions::read(&moment, &mut restore)?;
    let names = Names { schema: restore.schema().clone(), columns };
    let reader = ContactReader::new(&names.schema, &names.columns);
    let [linked, happened, changed] = match meter.is_watched() {
        true => [&LINKS[..], &["interactions"], &["history"]].map(|tables| rows(&moment, tables)),
        false => [Ok(0), Ok(0), Ok(0)],
    };
    let (linked, happened, changed) = (linked?, happened?, changed?);
    meter.begin(u64::from(stands.next_contact) + linked + happened + changed)?;
    read_contacts(&moment, path, &reader, stands, &mut restore, meter)?;
    links::read(&moment, &mut restore)?;
    meter.more(linked)?;
    let next_interaction = interactions::read(&moment, &mut restore)?;
    meter.more(happened)?;
    history::read(&moment, &mut restore)?;
    meter.more(changed)?;
    Ok(Loaded { book: restore.finish(stands.last_commit), stands, names, next_interaction })
}

/// The tables of tags, segments and options.
const LINKS: [&str; 3] = ["contact_tags", "contact_segments", "contact_options"];

/// How many rows tables have.
fn rows(connection: &Connection, tables: &[&str]) -> Result<u64> {
    tables.iter().try_fold(0, |sum, table| {
        let count = format!("SELECT count(*) FROM {table}");
        Ok(sum + connection.query_row(&count, [], |row| row.get::<_, u64>(0))?)
    })
}

/// So many contacts are read at once.
const CHUNK: u32 = 1 << 14;

/// Reads contacts with all cores: the others by connections of their own, as far as these see the same moment. Where another program
/// changes the book all the time, they may not, and everything is read by the connection that saw it first.
fn read_contacts(
    connection: &Connection,
    path: &Path,
    reader: &ContactReader,
    stands: Stands,
    restore: &mut BookRestore,
    meter: &Meter,
) -> Result<()> {
    let (next, end) = (AtomicU32::new(0), stands.next_contact);
    let mut arriving = Arriving { restore, meter, early: BTreeMap::new(), expected: 0 };
    let chunks = u64::from(end.div_ceil(CHUNK));
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get) as u64;
    std::thread::scope(|threads| {
        let (give, taken) = channel();
        for _ in 1..cores.min(chunks) {
            let (give, next) = (give.clone(), &next);
            threads.spawn(move || {
                if let Err(fault) = read_spans(path, reader, stands, next, &give) {
                    let _ = give.send(Err(fault));
                }
            });
        }
        drop(give);
        for (first, end) in spans(&next, end) {
            arriving.take(first, reader.read(connection, first, end)?)?;
            taken
                .try_iter()
                .try_for_each(|chunk| chunk.and_then(|(first, chunk)| arriving.take(first, chunk)))?;
        }
        taken.iter().try_for_each(|chunk| chunk.and_then(|(first, chunk)| arriving.take(first, chunk)))
    })?;
    match arriving.expected == end {
        true => Ok(()),
        false => Err(Fault::Damaged(format!("only {} of {end} contacts could be read", arriving.expected))),
    }
}

/// Contacts that arrive in any order, and are taken over in theirs.
struct Arriving<'a> {
    restore: &'a mut BookRestore,
    meter: &'a Meter,
    /// By the number of their first contact.
    early: BTreeMap<u32, Chunk>,
    expected: u32,
}

impl Arriving<'_> {
    fn take(&mut self, first: u32, chunk: Chunk) -> Result<()> {
        self.early.insert(first, chunk);
        while let Some(Chunk { columns, count }) = self.early.remove(&self.expected) {
            self.expected += count;
            self.restore.contacts(columns, count);
            self.meter.more(u64::from(count))?;
        }
        Ok(())
    }
}

/// Reads the spans that nobody else reads, as long as they are those of the moment that was seen.
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
        return Ok(());
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
