//! The noun: a book with its file.

use crate::backup::copy;
use crate::check;
use crate::error::Result;
use crate::file::open_reader;
use crate::mapping::mapping;
use crate::options::Retention;
use crate::progress::{FileProgress, Meter, Watch};
use crate::read;
use crate::refresh::{commits_gone, refresh};
use crate::store::Store;
use rusqlite::TransactionBehavior;
use std::ops::{ControlFlow, Deref, DerefMut};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tagmata::{Advance, Book, Code, Commit, Error};
use tagmata_sql::Mapping;

/// A book in a file: a [`Book`] whose changes are on the disk before they are answered.
///
/// It has all methods of a [`Book`]. [`OpenOptions::open`](crate::OpenOptions::open) makes it.
///
/// ```
/// use tagmata::Draft;
/// use tagmata_sqlite::OpenOptions;
/// let folder = tempfile::tempdir()?;
/// let now = "2026-11-24T09:00:00Z".parse()?;
/// let path = folder.path().join("crm.db");
/// let mut book = OpenOptions::new().open(&path, now)?;
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id; // on the disk before it is answered
/// book.close()?;
/// let book = OpenOptions::new().open(&path, now)?;
/// assert!(book.matches(zoe, "first_name = zoé")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct StoredBook {
    book: Book,
    file: BookFile,
    opened: Advance,
}

/// The file of a book that is open, for hosts that keep the [`Book`] elsewhere, such as in a
/// [`SharedBook`](tagmata::SharedBook).
#[derive(Debug, Clone)]
pub struct BookFile {
    store: Arc<Mutex<Store>>,
    watch: Watch,
}

impl Deref for StoredBook {
    type Target = Book;

    fn deref(&self) -> &Book {
        &self.book
    }
}

impl DerefMut for StoredBook {
    fn deref_mut(&mut self) -> &mut Book {
        &mut self.book
    }
}

impl StoredBook {
    pub(crate) fn new(book: Book, file: BookFile, opened: Advance) -> Self {
        Self { book, file, opened }
    }

    /// What happened in the time in which the book was closed.
    ///
    /// ```
    /// use tagmata::{Draft, NewSegment};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let path = folder.path().join("crm.db");
    /// let mut book = OpenOptions::new().open(&path, now)?;
    /// let new = book.create_segment(NewSegment::dynamic("New", "created_at in last 30 days"), now)?.id;
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.close()?;
    /// let book = OpenOptions::new().open(&path, "2027-01-01T09:00:00Z".parse()?)?;
    /// assert!(book.opened().effects.left[&new].contains(zoe));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn opened(&self) -> &Advance {
        &self.opened
    }

    /// The file of the book.
    #[must_use]
    pub fn file(&self) -> &BookFile {
        &self.file
    }

    /// The book, its file, and what happened in the time in which it was closed.
    ///
    /// ```
    /// use tagmata::{Access, Clock, SharedBook, WhenBusy};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let (book, file, _happened) = OpenOptions::new().open(folder.path().join("crm.db"), now)?.into_parts();
    /// let book = SharedBook::new(book, Clock::Fixed, WhenBusy::Wait);
    /// assert_eq!(book.read(Access::Direct, |book| book.count("everyone"))?, 0);
    /// book.close(None, drop)?;
    /// file.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn into_parts(self) -> (Book, BookFile, Advance) {
        (self.book, self.file, self.opened)
    }

    /// [`BookFile::refresh`] of the book.
    ///
    /// # Errors
    /// Those of [`BookFile::refresh`].
    pub fn refresh(&mut self) -> tagmata::Result<Advance> {
        self.file.refresh(&mut self.book)
    }

    /// What is wrong with the book and its file, one line each; empty if all is sound.
    ///
    /// # Errors
    /// Those of [`BookFile::check`].
    pub fn check(&self) -> tagmata::Result<Vec<String>> {
        self.file.check(&self.book)
    }

    /// [`BookFile::mapping`] of the book.
    ///
    /// # Errors
    /// Those of [`BookFile::mapping`].
    pub fn mapping(&self) -> tagmata::Result<Mapping> {
        self.file.mapping(&self.book)
    }

    /// Closes the book. It is closed when it is dropped, too, but then nobody hears what the system says.
    ///
    /// # Errors
    /// [`Code::StoreFailed`] if the system says that something went wrong; all that was answered is in the file.
    pub fn close(self) -> tagmata::Result<()> {
        self.file.close()
    }
}

impl BookFile {
    pub(crate) fn new(store: Arc<Mutex<Store>>) -> Self {
        Self { store, watch: Watch::default() }
    }

    /// The same file, whose long work calls somebody now and then, whom a `Break` stops: nothing has changed then.
    ///
    /// [`backup`](Self::backup), [`check`](Self::check), [`compact`](Self::compact) and [`refresh`](Self::refresh) are watched. It is
    /// called on the thread that works, while the file is in use: it must not use it, and should come back at once.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use tagmata::Code;
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let (path, now) = (folder.path().join("crm.db"), "2026-11-24T09:00:00Z".parse()?);
    /// let book = OpenOptions::new().open(&path, now)?;
    /// let (told, telling) = std::sync::mpsc::channel();
    /// let watched = book.file().watched(move |progress| {
    ///     told.send(progress).unwrap();
    ///     ControlFlow::Continue(())
    /// });
    /// watched.backup(folder.path().join("copy.db"))?;
    /// let last = telling.try_iter().last().unwrap();
    /// assert_eq!(last.done, last.total);
    ///
    /// let stopped = book.file().watched(|_| ControlFlow::Break(()));
    /// assert_eq!(stopped.check(&book).unwrap_err().code(), Code::Cancelled);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn watched(&self, callback: impl FnMut(FileProgress) -> ControlFlow<()> + Send + 'static) -> Self {
        Self { store: Arc::clone(&self.store), watch: Watch::new(callback) }
    }

    /// A journal that broke off is left as it is: reading the file is still possible.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Store) -> Result<T>) -> tagmata::Result<T> {
        self.store().told(work)
    }

    /// Takes over what another program has done to the book since it was opened for reading, or refreshed: its commits, and who
    /// entered and left segments. A book that is open for changes has nothing to take over.
    ///
    /// ```
    /// use tagmata::Draft;
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let (path, now) = (folder.path().join("crm.db"), "2026-11-24T09:00:00Z".parse()?);
    /// let mut writer = OpenOptions::new().open(&path, now)?;
    /// let mut reader = OpenOptions::new().read_only(true).open(&path, now)?;
    /// writer.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// assert_eq!(reader.count("everyone")?, 0);
    /// assert_eq!(reader.refresh()?.commits.len(), 1);
    /// assert_eq!(reader.count("everyone")?, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::CommitsGone`] if commits that are missing here are no longer kept, [`Code::StoreDamaged`], [`Code::StoreClosed`];
    /// [`Code::Cancelled`] once a [watcher](Self::watched) said so while the commits were read.
    pub fn refresh(&self, book: &mut Book) -> tagmata::Result<Advance> {
        let mut store = self.store();
        let name = store.name.clone();
        let journal = book.detach_journal();
        let meter = Meter::new(&self.watch);
        let refreshed = store.told(|store| refresh(store, book, &name, &meter));
        drop(store);
        if let Some(journal) = journal {
            book.attach_journal(journal);
        }
        refreshed
    }

    /// Copies the book into another file while it is open, and while it is changed. The copy is as the book is at one moment.
    ///
    /// ```
    /// use tagmata::Draft;
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = OpenOptions::new().open(folder.path().join("crm.db"), now)?;
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// book.file().backup(folder.path().join("copy.db"))?;
    /// let copy = OpenOptions::new().open(folder.path().join("copy.db"), now)?;
    /// assert_eq!(copy.count("everyone")?, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::StoreFailed`] if there is such a file already, or it cannot be written; [`Code::Cancelled`] once a
    /// [watcher](Self::watched) said so. There is no copy then.
    pub fn backup(&self, path: impl AsRef<Path>) -> tagmata::Result<()> {
        let path = path.as_ref();
        let name = format!("`{}`", path.display());
        if path.exists() {
            let help = "name a file that is not there yet";
            return Err(Error::store(Code::StoreFailed, format!("there is a file {name} already"), help));
        }
        // By a connection of its own: nobody who changes the book waits for it.
        let mut reader = self.with(|store| {
            store.connection()?;
            open_reader(&store.path)
        })?;
        let copied = copy(&mut reader, path, &Meter::new(&self.watch));
        if copied.is_err() {
            // What is half a copy is none.
            let _ = std::fs::remove_file(path);
        }
        copied.map_err(|fault| fault.told(&name))
    }

    /// A commit of the book, for an undo or to look at.
    ///
    /// ```
    /// use tagmata::Draft;
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = OpenOptions::new().open(folder.path().join("crm.db"), now)?;
    /// let made = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.outcome;
    /// let commit = book.file().commit(made.commit.number())?;
    /// book.undo(&commit, now)?;
    /// assert_eq!(book.count("everyone")?, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::CommitsGone`] if it is no longer kept, [`Code::NotFound`] if there was none with the number.
    pub fn commit(&self, number: u64) -> tagmata::Result<Commit> {
        self.with(|store| {
            let name = store.name.clone();
            let connection = store.connection()?;
            match read::commit(connection, number)? {
                Some(commit) => Ok(commit),
                None => Err(no_commit(&name, number, read::stands(connection)?.last_commit).into()),
            }
        })
    }

    /// Removes the commits that the book need not keep, and gives their room back to the system: how many were removed. From now on
    /// so many are kept.
    ///
    /// # Errors
    /// [`Code::StoreReadOnly`], [`Code::StoreFailed`]; [`Code::Cancelled`] once a [watcher](Self::watched) said so.
    pub fn compact(&self, retention: Retention) -> tagmata::Result<u64> {
        let meter = Meter::new(&self.watch);
        self.with(|store| {
            let (connection, _) = store.writing()?;
            meter.begin(1)?;
            let removed = meter.within(connection, |connection| {
                let whole = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                retention.remember(&whole)?;
                let removed = retention.apply(&whole)?;
                whole.commit()?;
                Ok(removed)
            })?;
            meter.surely(1);
            Ok(removed)
        })
    }

    /// What is wrong with the book and its file, one line each; empty if all is sound: SQLite checks the file, the book is checked
    /// inside, what is in the tables is compared with what is in memory and, where all commits are kept, with what they make.
    ///
    /// It reads everything, so it takes a while for a large book.
    ///
    /// # Errors
    /// [`Code::StoreClosed`]; what keeps the file from being read at all; [`Code::Cancelled`] once a [watcher](Self::watched) said so.
    pub fn check(&self, book: &Book) -> tagmata::Result<Vec<String>> {
        self.with(|store| check::check(store, book, &self.watch))
    }

    /// Where the tables of the file have what filters ask for, so that other programs ask them in SQL.
    ///
    /// Segments can be read from the table of members if the book keeps that ([`materialize_segments`](crate::OpenOptions::materialize_segments)).
    /// Searches and labels of interactions call functions that [`add_functions`](crate::add_functions) gives to a connection.
    ///
    /// ```
    /// use tagmata::Draft;
    /// use tagmata_sql::{Compiler, Dialect};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let (path, now) = (folder.path().join("crm.db"), "2026-11-24T09:00:00Z".parse()?);
    /// let mut book = OpenOptions::new().open(&path, now)?;
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    ///
    /// let mapping = book.mapping()?;
    /// let sql = Compiler::new(Dialect::Sqlite, &mapping, &book).select(&book.filter("email is empty")?)?;
    /// let file = rusqlite::Connection::open(&path)?;
    /// assert_eq!(file.query_row(&sql.text, [], |row| row.get::<_, u32>(0))?, zoe.get());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::StoreClosed`]; what keeps the file from being read.
    pub fn mapping(&self, book: &Book) -> tagmata::Result<Mapping> {
        self.with(|store| mapping(store.connection()?, book.schema()))
    }

    /// Closes the file. The book can still be asked, and not be changed any more.
    ///
    /// # Errors
    /// [`Code::StoreFailed`] if the system says that something went wrong; all that was answered is in the file.
    pub fn close(&self) -> tagmata::Result<()> {
        self.with(Store::close)
    }
}

fn no_commit(name: &str, number: u64, last: u64) -> Error {
    if (1..=last).contains(&number) {
        return commits_gone(name, number);
    }
    let message = format!("there is no commit {number}: the last one of the book {name} is commit {last}");
    Error::store(Code::CommitsGone, message, "take the number of a commit of this book")
}
