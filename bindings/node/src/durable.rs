//! Books in files: opening and closing, refreshing, backups, and the commits that a file keeps. All of it waits for a disk, so
//! it is done on threads of their own.

use crate::book::Book;
use crate::convert::{parse, text, whole};
use crate::errors::refused;
use crate::events::Happened;
use crate::outcome::{Advance, Commit, NamedAdvance};
use crate::stored::{Opening, Stored, retention};
use crate::watching::{AskArg, only_watched, watched, watcher};
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName, Unknown};
use napi::{Env, Error, Result, ScopedTask, Status, Task};
use napi_derive::napi;
use std::sync::Arc;
use tagmata::{Access, Settings, SharedBook, Timestamp};
use tagmata_sqlite::BookFile;

/// What is done once.
type Deed<T> = Box<dyn FnOnce() -> tagmata::Result<T> + Send>;

/// Work that is still to be done.
pub struct Work<T>(Option<Deed<T>>);

impl<T> Work<T> {
    fn task(deed: impl FnOnce() -> tagmata::Result<T> + Send + 'static) -> AsyncTask<Self>
    where
        Self: for<'task> ScopedTask<'task>,
    {
        AsyncTask::new(Self(Some(Box::new(deed))))
    }

    fn done(&mut self) -> Result<T> {
        match self.0.take() {
            Some(deed) => deed().map_err(refused),
            None => Err(Error::from_status(Status::Cancelled)),
        }
    }
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Work<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> Result<T> {
        self.done()
    }

    fn resolve(&mut self, _env: Env, done: T) -> Result<T> {
        Ok(done)
    }
}

/// A refresh that is still to be done.
pub struct Refresh(Work<NamedAdvance>);

impl<'env> ScopedTask<'env> for Refresh {
    type Output = NamedAdvance;
    type JsValue = Advance<'env>;

    fn compute(&mut self) -> Result<NamedAdvance> {
        self.0.done()
    }

    fn resolve(&mut self, env: &'env Env, advance: NamedAdvance) -> Result<Advance<'env>> {
        advance.shown(env)
    }
}

/// The mapping of a file that is still to be read.
pub struct ReadMapping(Work<String>);

impl<'env> ScopedTask<'env> for ReadMapping {
    type Output = String;
    type JsValue = Unknown<'env>;

    fn compute(&mut self) -> Result<String> {
        self.0.done()
    }

    fn resolve(&mut self, env: &'env Env, json: String) -> Result<Unknown<'env>> {
        parse(env, &json)
    }
}

#[napi]
impl Book {
    /// Opens a durable book, one SQLite file, or makes one where there is none. What it answers is on the disk; one program
    /// changes it at a time, others may read it meanwhile with `readOnly`.
    ///
    /// Settings are those of a new book. A book that is there has its own: a setting that is named must be the same.
    ///
    /// ```js
    /// const book = await Book.open("crm.db", { timezone: "Europe/Paris" });
    /// book.createContact({ first_name: "Zoé" });
    /// await book.close();
    /// ```
    #[napi(ts_args_type = "path: string, options?: OpenOptions", ts_return_type = "Promise<Book>")]
    pub fn open(
        path: Unknown<'_>,
        options: Option<Unknown<'_>>,
        ask: AskArg<'_>,
    ) -> Result<AsyncTask<Work<Self>>> {
        let path = text("path", path)?;
        let Opening { mut options, read_only, clock } = Opening::read(options)?;
        if let Some(watcher) = watcher(ask)? {
            options = options.watched(watcher);
        }
        Ok(Work::task(move || {
            let begin =
                |settings: &Settings, stands_at: Timestamp| clock.begin(settings.calendar.zone, stands_at);
            let (book, file, opened) = options.open_at(&path, begin)?.into_parts();
            let (shared, hand) = clock.share(book);
            let opened =
                shared.read(Access::Direct, |book| Ok(NamedAdvance::new(opened, book.schema(), &shared)))?;
            Ok(Self::make(shared, hand, Some(Stored { file, path, read_only, opened })))
        }))
    }

    /// Closes the book once work on it has ended; every other call is refused from then on. A book in memory is gone.
    #[napi(ts_return_type = "Promise<void>")]
    pub fn close(&self) -> Result<AsyncTask<Work<()>>> {
        let home = self.outside_batch("close")?;
        let stored = self.stored.clone();
        Ok(Work::task(move || {
            let stored = stored.as_deref();
            let close_file = |book| {
                drop(book);
                stored.map_or(Ok(()), |stored| stored.file.close())
            };
            home.shared.close(stored.map(|stored| stored.path.as_str()), close_file)?.unwrap_or(Ok(()))
        }))
    }

    /// Whether the book was closed.
    #[napi(getter)]
    pub fn closed(&self) -> bool {
        self.home.shared.is_closed()
    }

    /// The path by which the book was opened; `null` for a book in memory.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn path(&self) -> Option<&str> {
        self.stored.as_deref().map(|stored| stored.path.as_str())
    }

    /// Whether the book was opened for reading only.
    #[napi(getter)]
    pub fn read_only(&self) -> bool {
        self.stored.as_deref().is_some_and(|stored| stored.read_only)
    }

    /// What happened in the time in which the book was closed, up to the instant of its opening.
    #[napi(getter)]
    pub fn opened<'env>(&self, env: &'env Env) -> Result<Advance<'env>> {
        match self.stored.as_deref() {
            Some(stored) => stored.opened.shown(env),
            None => NamedAdvance::default().shown(env),
        }
    }

    /// Takes over what another program has done to a book that is open for reading only, and tells who entered and left segments
    /// by it. A book that is open for changes has nothing to take over.
    ///
    /// ```js
    /// const reader = await Book.open("crm.db", { readOnly: true });
    /// const { entered, commits } = await reader.refresh();
    /// ```
    #[napi(ts_args_type = "options?: WatchOptions", ts_return_type = "Promise<Advance>")]
    pub fn refresh(&self, options: Option<Unknown<'_>>, ask: AskArg<'_>) -> Result<AsyncTask<Refresh>> {
        only_watched("refresh", options)?;
        let (home, file) = (self.outside_batch("refresh")?, self.watched(ask)?);
        Ok(AsyncTask::new(Refresh(Work(Some(Box::new(move || {
            home.shared.change_patiently(|book| match &file {
                Some(file) => {
                    let advance = NamedAdvance::new(file.refresh(book)?, book.schema(), &home.shared);
                    home.tell(|| Happened::Time(advance.clone()));
                    Ok(advance)
                }
                None => Ok(NamedAdvance::default()),
            })
        }))))))
    }

    /// Copies a durable book into another file, as it is at one moment. It may be changed meanwhile.
    ///
    /// ```js
    /// await book.backup(`crm-${new Date().toISOString().slice(0, 10)}.db`);
    /// ```
    #[napi(ts_args_type = "path: string, options?: WatchOptions", ts_return_type = "Promise<void>")]
    pub fn backup(
        &self,
        path: Unknown<'_>,
        options: Option<Unknown<'_>>,
        ask: AskArg<'_>,
    ) -> Result<AsyncTask<Work<()>>> {
        only_watched("backup", options)?;
        let path = text("path", path)?;
        let (_, stored) = self.parts("backup")?;
        let file = watched(&stored.file, ask)?;
        Ok(Work::task(move || file.backup(path)))
    }

    /// What is wrong inside the book and its file, one line each: nothing, as it always should be. It looks at everything;
    /// changes are refused meanwhile.
    #[napi(ts_args_type = "options?: WatchOptions", ts_return_type = "Promise<Array<string>>")]
    pub fn check(
        &self,
        options: Option<Unknown<'_>>,
        ask: AskArg<'_>,
    ) -> Result<AsyncTask<Work<Vec<String>>>> {
        only_watched("check", options)?;
        let (home, file) = (self.outside_batch("check")?, self.watched(ask)?);
        Ok(Work::task(move || {
            home.shared.read_still(|book| match &file {
                Some(file) => file.check(book),
                None => Ok(book.check()),
            })
        }))
    }

    /// Where the tables of the file have what filters ask for: the mapping for `toSql` with `sqlite`, for other programs that read
    /// the file. Segments can be read from its table of members if it has one (`materializeSegments`).
    ///
    /// Searches, and labels of interactions, call two functions that a connection has to be given: `tagmata_fold` is `fold`, and
    /// `tagmata_accent_fold` is `accentFold`.
    ///
    /// ```js
    /// const { text, params } = book.filter("country = FR").toSql("sqlite", await book.sqlMapping());
    /// ```
    #[napi(ts_return_type = "Promise<SqlMapping>")]
    pub fn sql_mapping(&self) -> Result<AsyncTask<ReadMapping>> {
        let (shared, stored) = self.parts("sqlMapping")?;
        Ok(AsyncTask::new(ReadMapping(Work(Some(Box::new(move || {
            shared.read(Access::Direct, |book| Ok(stored.file.mapping(book)?.to_json()))
        }))))))
    }

    /// A commit of a durable book by its number, to be looked at or undone.
    ///
    /// ```js
    /// book.undo(await book.commit(17));
    /// ```
    #[napi(ts_return_type = "Promise<Commit>")]
    pub fn commit(
        &self,
        #[napi(ts_arg_type = "number")] number: Unknown<'_>,
    ) -> Result<AsyncTask<Work<Commit>>> {
        let number = whole("commit", "the number of a commit", number)?;
        let (shared, stored) = self.parts("commit")?;
        Ok(Work::task(move || Ok(Commit::new(stored.file.commit(number)?, &shared))))
    }

    /// Removes the commits that need not be kept, gives their room back to the system, and tells how many were removed. From now
    /// on so many are kept. Changes are refused meanwhile.
    ///
    /// ```js
    /// await book.compact({ days: 90 });
    /// ```
    #[napi(ts_args_type = "retention: Retention, options?: WatchOptions", ts_return_type = "Promise<number>")]
    pub fn compact(
        &self,
        retention: Unknown<'_>,
        options: Option<Unknown<'_>>,
        ask: AskArg<'_>,
    ) -> Result<AsyncTask<Work<f64>>> {
        only_watched("compact", options)?;
        let kept = self::retention(retention)?;
        let (shared, stored) = self.parts("compact")?;
        let file = watched(&stored.file, ask)?;
        Ok(Work::task(move || shared.read_still(|_| file.compact(kept)).map(|removed| removed as f64)))
    }

    /// The file, if it is a durable book, whose work tells JavaScript.
    fn watched(&self, ask: AskArg<'_>) -> Result<Option<BookFile>> {
        self.stored.as_deref().map(|stored| watched(&stored.file, ask)).transpose()
    }

    /// A durable book and its file, for work that goes on when a call has returned.
    fn parts(&self, call: &str) -> Result<(Arc<SharedBook>, Arc<Stored>)> {
        let home = self.outside_batch(call)?;
        match &self.stored {
            Some(stored) => Ok((home.shared, Arc::clone(stored))),
            None => Err(refused(tagmata::Error::not_stored())),
        }
    }
}
