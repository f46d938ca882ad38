//! The file of a book while it is open, as the journal of the book.

use crate::error::{Fault, Result};
use crate::file::WriterLock;
use crate::members::Members;
use crate::read::{self, Stands};
use crate::write::{Names, Writing, write_commit};
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tagmata::{Code, Commit, Effects, Error, Fact, Journal, MemberSet, SegmentId, Timestamp};

/// The file of a book.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) path: PathBuf,
    /// The path as messages quote it.
    pub(crate) name: String,
    /// None once the book is closed.
    connection: Option<Connection>,
    /// What only a writer has.
    writer: Option<Writer>,
    /// Whether what the last write came to is not known.
    is_unsure: bool,
    /// The process that opened the file. SQLite must not be used in one that was forked from it.
    process: u32,
}

/// What a writer keeps beside the tables.
#[derive(Debug)]
pub(crate) struct Writer {
    /// Held as long as the book is open.
    pub(crate) _lock: WriterLock,
    pub(crate) stands: Stands,
    pub(crate) names: Names,
    pub(crate) next_interaction: i64,
    pub(crate) members: Members,
}

impl Store {
    pub(crate) fn new(path: &Path, name: String, connection: Connection, writer: Option<Writer>) -> Self {
        let process = std::process::id();
        Self { path: path.to_owned(), name, connection: Some(connection), writer, is_unsure: false, process }
    }

    /// Refuses the file in a process that was forked from the one that opened it.
    fn refuse_forked(&self) -> Result<()> {
        if self.is_here() { Ok(()) } else { Err(forked(&self.name).into()) }
    }

    fn is_here(&self) -> bool {
        self.process == std::process::id()
    }

    /// The connection, as long as the book is open.
    ///
    /// # Errors
    /// [`Code::StoreClosed`].
    pub(crate) fn connection(&mut self) -> Result<&mut Connection> {
        self.refuse_forked()?;
        let Self { connection, path, .. } = self;
        connection.as_mut().ok_or_else(|| Fault::Told(closed(path)))
    }

    /// What may change the file.
    ///
    /// # Errors
    /// [`Code::StoreReadOnly`], [`Code::StoreClosed`]; [`Code::StoreFailed`] after a write of which nobody knows what it came to.
    pub(crate) fn writing(&mut self) -> Result<(&mut Connection, &mut Writer)> {
        self.refuse_forked()?;
        let Self { connection, writer, path, name, is_unsure, .. } = self;
        if *is_unsure {
            return Err(unsure(name).into());
        }
        let connection = connection.as_mut().ok_or_else(|| closed(path))?;
        let writer = writer.as_mut().ok_or_else(|| read_only(name))?;
        Ok((connection, writer))
    }

    /// Closes the file; all that was answered is in it.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn close(&mut self) -> Result<()> {
        if !self.is_here() {
            self.leave();
            return Ok(());
        }
        let closed = match self.connection.take().map(Connection::close) {
            Some(Err((connection, error))) => {
                drop(connection);
                Err(error.into())
            }
            _ => Ok(()),
        };
        // The lock goes last: the next writer finds the file as it stays.
        self.writer = None;
        closed
    }

    /// Leaves the file alone: it is that of another process, which would miss its locks.
    fn leave(&mut self) {
        std::mem::forget(self.connection.take());
        std::mem::forget(self.writer.take());
    }

    /// Does something with the file, and says what went wrong as an error about it.
    pub(crate) fn told<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> tagmata::Result<T> {
        work(self).map_err(|fault| fault.told(&self.name))
    }

    fn write_all(&mut self, commits: &[&Commit], now: Timestamp) -> Result<()> {
        let name = self.name.clone();
        let (connection, writer) = self.writing()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writing = Writing { names: &mut writer.names, next_interaction: writer.next_interaction };
        let mut stands = Stands { now, ..writer.stands };
        for commit in commits {
            write_commit(&transaction, &mut writing, commit)?;
            stands.last_commit = commit.number();
            stands.next_contact = stands.next_contact.max(next_contact(commit));
        }
        let next_interaction = writing.next_interaction;
        let sql = "UPDATE book SET last_commit = ?1, now = ?2, next_contact = ?3 WHERE last_commit = ?4";
        let moved = transaction.prepare_cached(sql)?.execute(params![
            stands.last_commit,
            stands.now.as_micros(),
            stands.next_contact,
            writer.stands.last_commit
        ])?;
        if moved != 1 {
            return Err(Fault::Told(changed_elsewhere(&name)));
        }
        if let Err(error) = transaction.commit() {
            // Whether it has reached the disk shows when the file is opened again.
            self.is_unsure = true;
            return Err(error.into());
        }
        (writer.stands, writer.next_interaction) = (stands, next_interaction);
        Ok(())
    }

    /// Takes over the names as the file has them, after a write that was taken back.
    fn go_back(&mut self) {
        let restored = self.writing().and_then(|(connection, writer)| {
            writer.names = read::names(connection)?;
            Ok(())
        });
        self.is_unsure |= restored.is_err();
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if !self.is_here() {
            self.leave();
        }
    }
}

impl Journal for Store {
    fn write(&mut self, commits: &[&Commit], now: Timestamp) -> tagmata::Result<()> {
        let written = self.told(|store| store.write_all(commits, now));
        let names_anew = |commit: &&Commit| commit.facts().iter().any(|fact| matches!(fact, Fact::Schema(_)));
        if written.is_err() && !self.is_unsure && commits.iter().any(names_anew) {
            self.go_back();
        }
        written
    }

    fn moved(&mut self, effects: &Effects, anew: &BTreeMap<SegmentId, Option<MemberSet>>) {
        if let Ok((connection, writer)) = self.writing() {
            writer.members.moved(connection, effects, anew);
        }
    }
}

/// The number behind those of all contacts that a commit makes.
fn next_contact(commit: &Commit) -> u32 {
    let made = commit.facts().iter().filter_map(|fact| match fact {
        Fact::Created(rows) => rows.contacts.last(),
        _ => None,
    });
    made.map(|contact| contact.get().saturating_add(1)).max().unwrap_or_default()
}

fn closed(path: &Path) -> Error {
    Error::book_closed(Some(&path.to_string_lossy()))
}

fn forked(name: &str) -> Error {
    Error::store(
        Code::StoreLocked,
        format!("the book {name} is open in the process that this one was forked from"),
        "open it here, for reading only as long as it is open there",
    )
}

fn read_only(name: &str) -> Error {
    Error::store(
        Code::StoreReadOnly,
        format!("the book {name} is open for reading only"),
        "open it for changes where nobody else does",
    )
}

fn unsure(name: &str) -> Error {
    Error::store(
        Code::StoreFailed,
        format!("a change of the book {name} may or may not have reached the disk"),
        "close the book and open it again, which shows whether the last change is there",
    )
}

fn changed_elsewhere(name: &str) -> Error {
    Error::store(
        Code::StoreLocked,
        format!("the book {name} was changed by another program while it was open here"),
        "close the book and open it again; only one program may change a book at a time",
    )
}
