//! Connections to the file of a book.

use super::header::no_book;
use crate::error::{Fault, Result};
use crate::format::{APPLICATION, VERSION};
use crate::options::Synchronous;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;
use tagmata::{Code, Error};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// The one writer: makes the file where there is none, or an empty one, if it may.
    Write {
        /// Whether a new book may be made.
        create: bool,
        /// When the disk is waited for.
        synchronous: Synchronous,
    },
    /// Reading only.
    Read,
}

/// What was found when a file was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing: there is a book to be made.
    New,
    /// A book of a version of the format.
    Book(i64),
}

/// How many statements a connection keeps ready: one for each shape of a fact that comes often.
const STATEMENTS: usize = 256;

/// Opens the file of a book.
///
/// # Errors
/// [`Code::NotABook`] for a file that is none; [`Code::NewerFormat`] for one of a later version; what SQLite says.
pub(crate) fn open(path: &Path, name: &str, access: Access) -> Result<(Connection, Found)> {
    let flags = match access {
        Access::Write { create: true, .. } => {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        }
        Access::Write { create: false, .. } => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let is_there = path.metadata().is_ok_and(|file| file.len() > 0);
    if !is_there && !matches!(access, Access::Write { create: true, .. }) {
        return Err(not_there(name).into());
    }
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    let pragma = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let found = match (application, tables) {
        (APPLICATION, 1..) if version > VERSION => return Err(newer(name, version).into()),
        (APPLICATION, 1..) if version >= 1 => Found::Book(version),
        (0, 0) if matches!(access, Access::Write { create: true, .. }) => Found::New,
        _ => return Err(no_book(name).into()),
    };
    if let Access::Write { synchronous, .. } = access {
        if found == Found::New {
            // Freed pages can be given back without writing the whole file anew; it has to be said before there is anything.
            connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        }
        check_pragma(&connection, "journal_mode", "WAL", "wal")?;
        let (word, number) = synchronous.pragma();
        check_pragma(&connection, "synchronous", word, number)?;
        check_pragma(&connection, "foreign_keys", "OFF", "0")?;
        check_pragma(&connection, "temp_store", "MEMORY", "2")?;
        // Kibibytes: what an import touches again and again. Less is taken as long as less is touched.
        check_pragma(&connection, "cache_size", "-65536", "-65536")?;
        // What a large change leaves of the file beside the book is given back, but for so many bytes.
        check_pragma(&connection, "journal_size_limit", "16777216", "16777216")?;
    }
    Ok((connection, found))
}

/// One more connection to a book that is open, which only reads.
///
/// # Errors
/// What SQLite says.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}

/// Sets a pragma, and makes sure that it is so: SQLite is silent about one that it cannot set.
fn check_pragma(connection: &Connection, pragma: &str, value: &str, becomes: &str) -> Result<()> {
    // `journal_mode` answers at once, the others have to be asked.
    connection.execute_batch(&format!("PRAGMA {pragma} = {value}"))?;
    let is: rusqlite::types::Value = connection.pragma_query_value(None, pragma, |row| row.get(0))?;
    let is = match is {
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Integer(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    match is == becomes {
        true => Ok(()),
        false => Err(Fault::Told(Error::store(
            Code::StoreFailed,
            format!("the file cannot be opened with {pragma} = {value}: it is {is}"),
            "keep the book on a disk of this machine; file systems of a network often cannot do this",
        ))),
    }
}

fn not_there(name: &str) -> Error {
    let help = "check the path, or open it for changes to make a new book";
    Error::store(Code::StoreFailed, format!("there is no book {name}"), help)
}

fn newer(name: &str, version: i64) -> Error {
    Error::store(
        Code::NewerFormat,
        format!("the book {name} has format {version}, and this version reads formats up to {VERSION}"),
        "open it with the version of tagmata that wrote it, or a later one",
    )
}
