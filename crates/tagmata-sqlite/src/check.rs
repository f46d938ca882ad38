//! Whether a file is sound, and says what the book in memory says.

use crate::error::Result;
use crate::progress::{Meter, Watch};
use crate::read;
use crate::store::Store;
use rusqlite::Connection;
use std::path::Path;
use tagmata::{Book, Commit, Fact, SchemaEdit, Settings};

/// What is looked at one after the other.
const STEPS: u64 = 5;

/// What is wrong, one line each.
///
/// # Errors
/// What keeps the file from being read at all.
pub(crate) fn check(store: &mut Store, book: &Book, watch: &Watch) -> Result<Vec<String>> {
    let (path, meter) = (store.path.clone(), Meter::new(watch));
    meter.within(store.connection()?, |connection| {
        meter.begin(STEPS)?;
        let mut found = of_sqlite(connection)?;
        meter.more(1)?;
        found.extend(book.check());
        meter.more(1)?;
        found.extend(of_tables(connection, &path, book, &meter)?);
        Ok(found)
    })
}

/// The tables say what the book says, and so do the commits.
fn of_tables(connection: &mut Connection, path: &Path, book: &Book, meter: &Meter) -> Result<Vec<String>> {
    let mut stored = read::load(connection, path, &Meter::default())?.book;
    meter.more(1)?;
    if stored.now() < book.now() {
        // An instant at which nothing happened is not written.
        stored.advance(book.now())?;
    }
    let differs = |line: String| format!("the tables of the file are not as the book: {line}");
    let mut found: Vec<String> = book.differences(&stored).into_iter().map(differs).collect();
    meter.more(1)?;
    found.extend(of_journal(connection, &stored)?);
    meter.more(1)?;
    Ok(found)
}

fn of_sqlite(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let lines =
        statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// The commits that are kept follow each other up to the last one and, if they are all there, make the book again.
fn of_journal(connection: &Connection, stored: &Book) -> Result<Vec<String>> {
    let (mut found, mut before, mut replica) = (Vec::new(), None, None::<Book>);
    // Settings that never changed are those of today; the first change says what they were before.
    let settings = first_settings(connection)?.unwrap_or(*stored.schema().settings());
    read::commits_after(connection, 0, |commit| {
        let number = commit.number();
        if before.is_some_and(|before| before + 1 != number) {
            found.push(format!("the commit before commit {number} is missing"));
        }
        before = Some(number);
        if number == 1 {
            replica = Some(Book::builder().settings(settings).build(commit.at()));
        }
        if let Some(book) = &mut replica
            && let Err(error) = book.replay(&commit)
        {
            found.push(format!("commit {number} cannot be replayed: {error}"));
            replica = None;
        }
        Ok(())
    })?;
    if before.is_some_and(|last| last != stored.last_commit()) {
        found.push(format!("the last commit is {}, and it is missing", stored.last_commit()));
    }
    if let Some(mut replica) = replica {
        if replica.now() < stored.now() {
            replica.advance(stored.now())?;
        }
        let differs = |line: String| format!("the commits of the file do not make the book: {line}");
        found.extend(stored.differences(&replica).into_iter().map(differs));
    }
    Ok(found)
}

fn first_settings(connection: &Connection) -> Result<Option<Settings>> {
    let mut first = None;
    read::commits_after(connection, 0, |commit| {
        first = first.or_else(|| old_settings(&commit));
        Ok(())
    })?;
    Ok(first)
}

fn old_settings(commit: &Commit) -> Option<Settings> {
    commit.facts().iter().find_map(|fact| match fact {
        Fact::Schema(SchemaEdit::Settings { old, .. }) => Some(*old),
        _ => None,
    })
}
