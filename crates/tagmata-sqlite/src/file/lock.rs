//! One writer at a time.

use crate::error::Fault;
use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use tagmata::{Code, Error};

/// That this process, and no other one, writes a book; until it is dropped, or the process ends in whatever way.
///
/// It is held on an empty file beside the book. SQLite's own locks are held while it writes only, so that others can read.
#[derive(Debug)]
pub(crate) struct WriterLock {
    file: File,
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // The system gives the lock back when the file is closed, but a process that was forked from this one has it open as well.
        let _ = self.file.unlock();
    }
}

impl WriterLock {
    /// Locks a book.
    ///
    /// # Errors
    /// [`Code::StoreLocked`] if another writer has it; [`Code::StoreFailed`] if there can be no file beside it.
    pub(crate) fn of(book: &Path, name: &str) -> Result<Self, Fault> {
        let path = beside(book);
        let failed = |error: std::io::Error| {
            Error::store(
                Code::StoreFailed,
                format!("the book {name} cannot be opened for changes: {error}"),
                "check that its folder is there and may be written, or open it for reading only",
            )
        };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::Error(error)) => Err(failed(error).into()),
            Err(TryLockError::WouldBlock) => Err(Error::store(
                Code::StoreLocked,
                format!("the book {name} is open for changes already"),
                "close it where it is open, or open it for reading only",
            )
            .into()),
        }
    }
}

/// `crm.db-lock` beside `crm.db`.
fn beside(book: &Path) -> PathBuf {
    let mut path = OsString::from(book);
    path.push("-lock");
    path.into()
}
