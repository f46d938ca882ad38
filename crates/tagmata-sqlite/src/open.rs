//! Opening.

use crate::book::{BookFile, StoredBook};
use crate::error::Result;
use crate::file::{Access, Found, WriterLock, look, open};
use crate::format::{APPLICATION, Columns, TABLES, VERSION};
use crate::members::Members;
use crate::options::{OpenOptions, Retention};
use crate::progress::{Meter, Watch};
use crate::read::{self, Loaded};
use crate::store::{Store, Writer};
use crate::write::{Names, write_new};
use rusqlite::{Connection, TransactionBehavior, params};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tagmata::{Advance, Schema, Settings, Timestamp};

impl OpenOptions {
    /// Opens a book, or makes one, and moves it on to an instant: what happened in the time in which it was closed is in
    /// [`StoredBook::opened`]. A book for reading only stands where its writer left it.
    ///
    /// ```
    /// use tagmata::{Draft, NewSegment};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("crm.db");
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = OpenOptions::new().open(&path, now)?;
    /// let new = book.create_segment(NewSegment::dynamic("New", "created_at in last 7 days"), now)?.id;
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.close()?;
    ///
    /// let book = OpenOptions::new().open(&path, "2026-12-24T09:00:00Z".parse()?)?;
    /// assert_eq!(book.count("first_name = zoé")?, 1);
    /// assert!(book.opened().effects.left[&new].contains(zoe)); // while it was closed
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// An error of the kind [`ErrorKind::Store`](tagmata::ErrorKind::Store): [`Code::StoreLocked`](tagmata::Code::StoreLocked) where
    /// another writer has the book, [`Code::NotABook`](tagmata::Code::NotABook), [`Code::NewerFormat`](tagmata::Code::NewerFormat),
    /// [`Code::StoreDamaged`](tagmata::Code::StoreDamaged), and [`Code::StoreFailed`](tagmata::Code::StoreFailed) for what the system
    /// refuses; [`Code::Cancelled`](tagmata::Code::Cancelled) once a [watcher](Self::watched) said so; [`Code::ClockBackwards`](tagmata::Code::ClockBackwards) for an instant before that of the book.
    pub fn open(&self, path: impl AsRef<Path>, now: Timestamp) -> tagmata::Result<StoredBook> {
        self.open_at(path, |_, _| Ok(now))
    }

    /// As [`open`](Self::open), at an instant that depends on the settings of the book and on the instant at which it stands: for
    /// clocks that show the time of its zone, or may be slow. A new book stands at the first instant that there is.
    ///
    /// ```
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("crm.db");
    /// OpenOptions::new().open(&path, "2026-11-24T09:00:00Z".parse()?)?.close()?;
    /// let slow = "2026-11-24T08:59:59Z".parse()?;
    /// let book = OpenOptions::new().open_at(&path, |_, stands_at| Ok(stands_at.max(slow)))?;
    /// assert_eq!(book.now().to_string(), "2026-11-24T09:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`open`](Self::open); those of the instant.
    pub fn open_at(
        &self,
        path: impl AsRef<Path>,
        now: impl FnOnce(&Settings, Timestamp) -> tagmata::Result<Timestamp>,
    ) -> tagmata::Result<StoredBook> {
        let path = path.as_ref();
        let name = format!("`{}`", path.display());
        let opened = if self.read_only { self.reading(path, &name) } else { self.writable(path, &name, now) };
        opened.map_err(|fault| fault.told(&name))
    }

    fn writable(
        &self,
        path: &Path,
        name: &str,
        now: impl FnOnce(&Settings, Timestamp) -> tagmata::Result<Timestamp>,
    ) -> Result<StoredBook> {
        let access = Access::Write { create: !self.only_existing, synchronous: self.synchronous };
        // Whatever is no book gets no lock beside it either.
        look(path, name)?;
        let lock = WriterLock::of(path, name)?;
        let (mut connection, found) = open(path, name, access)?;
        let (loaded, now) = if found == Found::New {
            let settings = self.required.onto(self.settings)?;
            let now = now(&settings, Timestamp::MIN)?;
            make(&mut connection, settings, now)?;
            (load(&mut connection, path, &Watch::default())?, now)
        } else {
            let mut loaded = self.load_as_required(&mut connection, path)?;
            let now = now(loaded.book.schema().settings(), loaded.book.now())?;
            if now < loaded.book.now() {
                // It is refused, before anything is written.
                loaded.book.advance(now)?;
            }
            (loaded, now)
        };
        let Loaded { mut book, stands, names, next_interaction } = loaded;
        if let Some(retention) = self.retention {
            retention.remember(&connection)?;
        }
        Retention::of(&connection)?.apply(&connection)?;
        let members = Members::begin(&mut connection, &book, self.materialize_segments)?;
        let writer = Writer { _lock: lock, stands, names, next_interaction, members };
        let store = Arc::new(Mutex::new(Store::new(path, name.to_owned(), connection, Some(writer))));
        book.attach_journal(store.clone());
        let opened = book.advance(now)?;
        Ok(StoredBook::new(book, BookFile::new(store), opened))
    }

    fn reading(&self, path: &Path, name: &str) -> Result<StoredBook> {
        look(path, name)?;
        let (mut connection, _) = open(path, name, Access::Read)?;
        let Loaded { mut book, .. } = self.load_as_required(&mut connection, path)?;
        let store = Arc::new(Mutex::new(Store::new(path, name.to_owned(), connection, None)));
        // Changes are refused by the file.
        book.attach_journal(store.clone());
        Ok(StoredBook::new(book, BookFile::new(store), Advance::default()))
    }

    /// Loads a book that is there, and refuses one that has other settings than asked for.
    fn load_as_required(&self, connection: &mut Connection, path: &Path) -> Result<Loaded> {
        let loaded = load(connection, path, &self.watch)?;
        self.required.require(loaded.book.schema().settings(), &path.to_string_lossy())?;
        Ok(loaded)
    }
}

/// Loads a book.
fn load(connection: &mut Connection, path: &Path, watch: &Watch) -> Result<Loaded> {
    let meter = Meter::new(watch);
    meter.within(connection, |connection| read::load(connection, path, &meter))
}

/// Makes the tables of a new book, all of them or none.
fn make(connection: &mut Connection, settings: Settings, now: Timestamp) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(TABLES)?;
    let sql = "INSERT INTO book (only, last_commit, now, next_contact) VALUES (1, 0, ?1, 0)";
    transaction.execute(sql, params![now.as_micros()])?;
    let mut names = Names { schema: Schema::new(settings), columns: Columns::default() };
    write_new(&transaction, &mut names)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(transaction.commit()?)
}
