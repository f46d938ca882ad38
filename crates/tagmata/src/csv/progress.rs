//! How far reading has come, and the way to stop it.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::ops::ControlFlow;

/// How far reading has come.
///
/// ```
/// use std::{io::Cursor, ops::ControlFlow};
/// use tagmata::{CsvReader, CsvOptions, Schema};
/// let (schema, options) = (Schema::default(), CsvOptions::new());
/// let file = "email\nzoe@example.com\n";
/// let mut told = Vec::new();
/// let rows = CsvReader::open_watched(Cursor::new(file), &schema, &options, |progress| {
///     told.push(progress);
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(rows.count(), 1);
/// let last = told.last().unwrap();
/// assert_eq!((last.done_bytes, last.total_bytes, last.rows), (22, 22, 1));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive] // more may be told one day
pub struct Progress {
    /// Bytes of `total_bytes` that are done. A file is gone through three times; each time counts for a third.
    pub done_bytes: u64,
    /// Bytes of the file.
    pub total_bytes: u64,
    /// Rows that were handed out.
    pub rows: u64,
}

/// The times that a file is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Encoding,
    Survey,
    Rows,
}

/// What is called while reading goes on.
pub(super) type Callback<'a> = Box<dyn FnMut(Progress) -> ControlFlow<()> + 'a>;

/// Tells the host how far reading has come.
pub(super) struct Watch<'a> {
    callback: Option<Callback<'a>>,
    total: u64,
}

impl<'a> Watch<'a> {
    pub(super) fn new(callback: Option<Callback<'a>>, total: u64) -> Self {
        Self { callback, total }
    }

    /// Reports a position; an error if the host wants no more.
    pub(super) fn at(&mut self, pass: Pass, bytes: u64, rows: u64) -> Result<()> {
        let Some(callback) = &mut self.callback else { return Ok(()) };
        let before = match pass {
            Pass::Encoding => 0,
            Pass::Survey => self.total,
            Pass::Rows => self.total.saturating_mul(2),
        };
        let done_bytes = before.saturating_add(bytes.min(self.total)) / 3;
        match callback(Progress { done_bytes, total_bytes: self.total, rows }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(cancelled()),
        }
    }
}

/// Reading was stopped by the host.
pub(crate) fn cancelled() -> Error {
    let stopped = Diagnostic::new(Code::Cancelled, "reading the file was stopped on request");
    Error::new(ErrorKind::Csv, stopped)
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("total", &self.total).finish_non_exhaustive()
    }
}
