//! Durable books: opened, read by others, copied, checked and closed.

use crate::book::Book;
use crate::clock::GivenClock;
use crate::convert::from_json;
use crate::errors::Result;
use crate::keywords::{Unknown, refuse_unknown};
use crate::outcome::{Advance, Commit};
use crate::settings::settings;
use crate::stored::{Stored, path, retention};
use pyo3::prelude::{Bound, Py, PyAny, Python};
use pyo3::pymethods;
use pyo3::types::PyDict;
use std::ffi::OsString;
use tagmata::{Access, Error};
use tagmata_sqlite::{BookFile, OpenOptions, StoredBook};

impl Book {
    /// The file of a durable book.
    fn file(&self) -> tagmata::Result<&BookFile> {
        self.stored.as_ref().map(|stored| &stored.file).ok_or_else(Error::not_stored)
    }

    /// Does something with the file of a book that is open. The book is not locked meanwhile.
    fn with_file<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&BookFile) -> tagmata::Result<T> + Send,
    ) -> Result<T> {
        Ok(py.detach(|| {
            let file = self.shared.read(Access::Direct, |_| self.file())?;
            work(file)
        })?)
    }
}

#[pymethods]
impl Book {
    /// Opens a durable book, one SQLite file, or makes a new one: each change is on the disk before it is answered.
    ///
    /// Settings (`timezone`, `default_country`, `week_start`, `leap_day`, `limits`) are those of a new book. A book that is there
    /// has its own: others than those are a `ConflictError`; `change_settings` changes them. The `clock` is that of `Book`.
    ///
    /// With `read_only`, other programs may change the book meanwhile, and `refresh` takes over what they did. Without
    /// `create`, a file that is not there is an error. `synchronous` is `'full'`, or `'normal'`: then a loss of power, but no
    /// crash of a program, may take back the last changes. `materialize_segments` keeps the members of dynamic segments in
    /// the table `segment_members`. `retention` says which commits are kept: `'all'`, a number of commits, or a
    /// `timedelta` of whole days. The file remembers the last two; `None` leaves them as they are.
    ///
    /// ```python
    /// with tg.Book.open("crm.db", timezone="Europe/Paris") as book:
    ///     book.create_contact(first_name="Zoé", country="FR")
    /// ```
    #[staticmethod]
    #[pyo3(
        signature = (path, *, timezone=None, default_country=None, week_start=None, leap_day=None, limits=None, clock=None,
            read_only=false, create=true, synchronous="full", materialize_segments=None, retention=None, **unknown),
        text_signature = "(path, *, timezone=None, default_country=None, week_start=None, leap_day=None, limits=None, clock='system', read_only=False, create=True, synchronous='full', materialize_segments=None, retention=None)"
    )]
    fn open(
        py: Python<'_>,
        path: &Bound<'_, PyAny>,
        timezone: Option<&Bound<'_, PyAny>>,
        default_country: Option<&str>,
        week_start: Option<&str>,
        leap_day: Option<&str>,
        limits: Option<&Bound<'_, PyDict>>,
        clock: Option<&Bound<'_, PyAny>>,
        read_only: bool,
        create: bool,
        synchronous: &str,
        materialize_segments: Option<bool>,
        retention: Option<&Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Self> {
        refuse_unknown::<Self>(py, "open", unknown)?;
        let path = self::path(path)?;
        let mut options = OpenOptions::new()
            .required(settings(timezone, default_country.map(Some), week_start, leap_day, limits)?)
            .read_only(read_only)
            .create(create)
            .synchronous(synchronous.parse()?);
        if let Some(materialize) = materialize_segments {
            options = options.materialize_segments(materialize);
        }
        if let Some(retention) = retention {
            options = options.retention(self::retention(retention)?);
        }
        let clock = GivenClock::read(clock)?;
        let (book, file, opened) = py.detach(|| {
            let begin =
                |settings: &tagmata::Settings, stands_at| clock.begin(settings.calendar.zone, stands_at);
            options.open_at(&path, begin).map(StoredBook::into_parts)
        })?;
        let opened = Advance::named(opened, book.schema());
        let (shared, clock) = clock.share(book);
        let opened = Py::new(py, Advance::new(py, opened, &shared)?)?;
        Ok(Self::new(shared, clock, Some(Stored { file, path, read_only, opened })))
    }

    /// Closes the book once the change or batch that goes on has ended; its file can be opened again then. Every later call is a
    /// `StoreError`. A book in memory is gone. Closing twice does nothing.
    fn close(&self, py: Python<'_>) -> Result<()> {
        Ok(py.detach(|| {
            let stored = self.stored.as_deref();
            let name = stored.map(Stored::name);
            let close_file = |book| {
                drop(book);
                stored.map_or(Ok(()), |stored| stored.file.close())
            };
            self.shared.close(name.as_deref(), close_file)?.unwrap_or(Ok(()))
        })?)
    }

    /// The book itself, which is closed at the end of the block: `with tg.Book.open("crm.db") as book:`.
    fn __enter__<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, Self>> {
        slf.get().read(slf.py(), |_| Ok(()))?;
        Ok(slf.clone())
    }

    /// Closes the book, whatever happened.
    fn __exit__(
        &self,
        py: Python<'_>,
        _kind: &Bound<'_, PyAny>,
        _error: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> Result<bool> {
        self.close(py)?;
        Ok(false)
    }

    /// Whether the book was closed.
    #[getter]
    fn closed(&self) -> bool {
        self.shared.is_closed()
    }

    /// The path by which the book was opened; `None` for a book in memory.
    #[getter]
    fn path(&self) -> Option<OsString> {
        self.stored.as_ref().map(|stored| stored.path.as_os_str().to_owned())
    }

    /// Whether the book was opened for reading only.
    #[getter]
    fn read_only(&self) -> bool {
        self.stored.as_ref().is_some_and(|stored| stored.read_only)
    }

    /// What happened in the time in which the book was closed, up to the instant of its opening.
    #[getter]
    fn opened(&self, py: Python<'_>) -> Result<Py<Advance>> {
        match &self.stored {
            Some(stored) => Ok(stored.opened.clone_ref(py)),
            None => Ok(Py::new(py, Advance::default())?),
        }
    }

    /// Takes over what another program has done to a book that is open for reading only. A book that is open for changes has
    /// nothing to take over.
    ///
    /// ```python
    /// reader = tg.Book.open("crm.db", read_only=True)
    /// for commit in reader.refresh().commits:
    ///     print(commit.number, commit.actor)
    /// ```
    fn refresh(&self, py: Python<'_>) -> Result<Advance> {
        let Some(stored) = &self.stored else {
            self.read(py, |_| Ok(()))?;
            return Ok(Advance::default());
        };
        let advance = py.detach(|| {
            self.shared.change(Access::Direct, None, |book, _| {
                let advance = stored.file.refresh(book)?;
                Ok(Advance::named(advance, book.schema()))
            })
        })?;
        Ok(Advance::new(py, advance, &self.shared)?)
    }

    /// Copies the book, as it is at one moment, to a file that is not there yet. The copy is a book.
    ///
    /// ```python
    /// book.backup("crm-2026-11-24.db")
    /// ```
    #[pyo3(signature = (path, /))]
    fn backup(&self, py: Python<'_>, path: &Bound<'_, PyAny>) -> Result<()> {
        let path = self::path(path)?;
        self.with_file(py, |file| file.backup(path))
    }

    /// What is wrong with the book and its file, one line each; empty if all is sound. It reads everything.
    fn check(&self, py: Python<'_>) -> Result<Vec<String>> {
        Ok(py.detach(|| {
            self.shared.read_still(|book| match &self.stored {
                Some(stored) => stored.file.check(book),
                None => Ok(book.check()),
            })
        })?)
    }

    /// Where the tables of the file have what filters ask for: the mapping for `Filter.to_sql` with `sqlite`, for other programs that
    /// read the file. Segments can be read from its table of members if it has one (`materialize_segments`).
    ///
    /// Searches, and labels of interactions, call two functions: a connection gets them by
    /// `create_function("tagmata_fold", 1, tg.fold, deterministic=True)`, and `"tagmata_accent_fold"` by `tg.accent_fold`.
    ///
    /// ```python
    /// sql = book.filter("country = FR").to_sql("sqlite", book.sql_mapping())
    /// sqlite3.connect("file:crm.db?mode=ro", uri=True).execute(*sql).fetchall()
    /// ```
    fn sql_mapping<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        let mapping = self.read(py, |book| self.file()?.mapping(book))?;
        Ok(from_json(py, &mapping.to_json())?)
    }

    /// A commit by its number, as the file keeps it: to look at, or for `undo`.
    ///
    /// ```python
    /// book.undo(book.commit(5))
    /// ```
    #[pyo3(signature = (number, /))]
    fn commit(&self, py: Python<'_>, number: u64) -> Result<Commit> {
        let commit = self.with_file(py, |file| file.commit(number))?;
        Ok(Commit::new(commit, &self.shared))
    }

    /// Removes the commits that need not be kept, from now on as `retention` says, and gives their room back: how many
    /// were removed. `retention` is that of `open`.
    ///
    /// ```python
    /// book.compact(timedelta(days=90))
    /// ```
    #[pyo3(signature = (retention, /))]
    fn compact(&self, py: Python<'_>, retention: &Bound<'_, PyAny>) -> Result<u64> {
        let retention = self::retention(retention)?;
        Ok(py.detach(|| self.shared.read_still(|_| self.file()?.compact(retention)))?)
    }
}
