//! The first bytes of a file.

use crate::error::Result;
use crate::format::APPLICATION;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use tagmata::{Code, Error};

/// What every SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where the number of the application is, with the highest byte first.
const NUMBER: std::ops::Range<usize> = 68..72;

/// Looks at a file before anything is written to it or beside it.
///
/// # Errors
/// [`Code::NotABook`] for a file that has something else in it; [`Code::StoreFailed`] for what SQLite takes for no file.
pub(crate) fn look(path: &Path, name: &str) -> Result<()> {
    if path.as_os_str().is_empty() || path == Path::new(":memory:") {
        let help = "name a file; a book that comes from none is in memory";
        return Err(Error::store(Code::StoreFailed, format!("{name} names no file"), help).into());
    }
    let mut header = Vec::new();
    let Ok(file) = File::open(path) else { return Ok(()) };
    if file.take(100).read_to_end(&mut header).is_err() || header.is_empty() {
        return Ok(());
    }
    let number = header.get(NUMBER).and_then(|bytes| Some(u32::from_be_bytes(bytes.try_into().ok()?)));
    // A book whose first change is in the file beside it still has no number here.
    let is_ours = number.is_some_and(|number| number == 0 || i64::from(number) == APPLICATION);
    match header.starts_with(MAGIC) && is_ours {
        true => Ok(()),
        false => Err(no_book(name).into()),
    }
}

pub(super) fn no_book(name: &str) -> Error {
    let help = "name the file of a book, or one that is not there to make a new book";
    Error::store(Code::NotABook, format!("{name} is no stored book"), help)
}
