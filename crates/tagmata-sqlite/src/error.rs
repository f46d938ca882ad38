//! What SQLite and the system say, as errors of a book.

use rusqlite::ErrorCode;
use tagmata::{Code, Error};

/// A result of reading or writing a file.
pub(crate) type Result<T, E = Fault> = std::result::Result<T, E>;

/// Why reading or writing a file stopped.
#[derive(Debug)]
pub(crate) enum Fault {
    /// SQLite or the system refused.
    Sqlite(rusqlite::Error),
    /// Something in the file is not as a book writes it.
    Damaged(String),
    /// The core refused, or it is clear what to say.
    Told(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

impl Fault {
    /// The error for the caller, about a file that is named as messages quote it.
    pub(crate) fn told(self, path: &str) -> Error {
        match self {
            Self::Told(error) => error,
            Self::Damaged(what) => damaged(path, &what),
            Self::Sqlite(error) => of_sqlite(path, &error),
        }
    }
}

fn damaged(path: &str, what: &str) -> Error {
    Error::store(
        Code::StoreDamaged,
        format!("the book {path} is damaged: {what}"),
        "go back to a backup; what can still be read is in the tables of the file",
    )
}

fn of_sqlite(path: &str, error: &rusqlite::Error) -> Error {
    let said = match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqliteFailure(failure, None) => failure.to_string(),
        other => other.to_string(),
    };
    let told = |code, message: String, help: &str| Error::store(code, message, help);
    match error.sqlite_error_code() {
        // Nobody else interrupts a statement.
        Some(ErrorCode::OperationInterrupted) => cancelled(),
        Some(ErrorCode::NotADatabase) => told(
            Code::NotABook,
            format!("{path} is no stored book"),
            "name the file of a book, or one that is not there to make a new book",
        ),
        Some(ErrorCode::DatabaseCorrupt) => damaged(path, &said),
        Some(ErrorCode::DiskFull) => told(
            Code::StoreFailed,
            format!("the book {path} cannot be written: the disk is full"),
            "nothing was changed; make room and do it again",
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => told(
            Code::StoreFailed,
            format!("the book {path} cannot be opened or written: {said}"),
            "check that the folder is there and that the file and the folder may be written",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => told(
            Code::StoreLocked,
            format!("the book {path} is locked by another program"),
            "close it there, or open it for reading only",
        ),
        _ => told(
            Code::StoreFailed,
            format!("the book {path} cannot be read or written: {said}"),
            "nothing was changed; mend what the message says and open the book again",
        ),
    }
}

/// The error of work that was stopped.
pub(crate) fn cancelled() -> Error {
    let help = "nothing has changed; do it again if it is still wanted";
    Error::store(Code::Cancelled, "work on the file of the book was stopped on request", help)
}
