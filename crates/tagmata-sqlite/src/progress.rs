//! How far long work on a file has come, and whether it is to go on.

use crate::error::{Fault, Result, cancelled};
use rusqlite::Connection;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How far work on a file has come: see [`OpenOptions::watched`](crate::OpenOptions::watched) and
/// [`BookFile::watched`](crate::BookFile::watched).
///
/// The units differ from work to work: rows when a book is opened, pages of the file for a backup, commits for a refresh, steps
/// otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive] // more may be told one day
pub struct FileProgress {
    /// What is done.
    pub done: u64,
    /// What there is to do.
    pub total: u64,
}

type Callback = dyn FnMut(FileProgress) -> ControlFlow<()> + Send;

/// Whoever watches work on a file, if anybody does.
#[derive(Clone, Default)]
pub(crate) struct Watch(Option<Arc<Mutex<Callback>>>);

impl fmt::Debug for Watch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "watched" } else { "unwatched" })
    }
}

impl Watch {
    pub(crate) fn new(callback: impl FnMut(FileProgress) -> ControlFlow<()> + Send + 'static) -> Self {
        Self(Some(Arc::new(Mutex::new(callback))))
    }

    fn tell(&self, progress: FileProgress) -> ControlFlow<()> {
        let Some(callback) = &self.0 else { return ControlFlow::Continue(()) };
        callback.lock().unwrap_or_else(PoisonError::into_inner)(progress)
    }
}

/// Counts what is done of one piece of work.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    watch: Watch,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    done: AtomicU64,
    total: AtomicU64,
}

impl State {
    fn now(&self) -> FileProgress {
        let read = |number: &AtomicU64| number.load(Ordering::Relaxed);
        FileProgress { done: read(&self.done), total: read(&self.total) }
    }
}

impl Meter {
    pub(crate) fn new(watch: &Watch) -> Self {
        Self { watch: watch.clone(), state: Arc::default() }
    }

    /// Whether anybody watches: what there is to do need not be counted for nobody.
    pub(crate) fn is_watched(&self) -> bool {
        self.watch.0.is_some()
    }

    /// Tells that there is so much to do altogether.
    ///
    /// # Errors
    /// [`Code::Cancelled`](tagmata::Code::Cancelled) where whoever watches says so.
    pub(crate) fn begin(&self, total: u64) -> Result<()> {
        self.at(0, total)
    }

    /// Tells that so much of so much is done.
    ///
    /// # Errors
    /// Those of [`begin`](Self::begin).
    pub(crate) fn at(&self, done: u64, total: u64) -> Result<()> {
        self.state.done.store(done, Ordering::Relaxed);
        self.state.total.store(total, Ordering::Relaxed);
        self.more(0)
    }

    /// Tells that so much more is done.
    ///
    /// # Errors
    /// Those of [`begin`](Self::begin).
    pub(crate) fn more(&self, done: u64) -> Result<()> {
        match self.told(done) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Fault::Told(cancelled())),
        }
    }

    /// Tells that so much more is done of what can no longer be stopped.
    pub(crate) fn surely(&self, done: u64) {
        let _ = self.told(done);
    }

    fn told(&self, done: u64) -> ControlFlow<()> {
        self.state.done.fetch_add(done, Ordering::Relaxed);
        self.watch.tell(self.state.now())
    }

    /// Asks inside the statements of a connection, too, until the work on it ends.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn within<T>(
        &self,
        connection: &mut Connection,
        work: impl FnOnce(&mut Connection) -> Result<T>,
    ) -> Result<T> {
        /// About a hundredth of a second.
        const OPERATIONS: std::ffi::c_int = 1_000_000;
        if !self.is_watched() {
            return work(connection);
        }
        let (watch, state) = (self.watch.clone(), Arc::clone(&self.state));
        connection.progress_handler(OPERATIONS, Some(move || watch.tell(state.now()).is_break()))?;
        let done = work(connection);
        connection.progress_handler(0, None::<fn() -> bool>)?;
        done
    }
}
