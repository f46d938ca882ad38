//! Which books are calling back on this thread.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use std::cell::RefCell;

thread_local! {
    /// The books, by their numbers, whose callbacks run on this thread, the innermost last.
    static CALLING_BACK: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Notes that a callback of a book begins on this thread.
pub(super) fn begin(book: u64) {
    CALLING_BACK.with_borrow_mut(|books| books.push(book));
}

/// Notes that a callback of a book has ended on this thread.
pub(super) fn end(book: u64) {
    CALLING_BACK.with_borrow_mut(|books| {
        if let Some(place) = books.iter().rposition(|other| *other == book) {
            books.remove(place);
        }
    });
}

/// A callback of a book that runs on this thread until this is dropped, also by a panic.
pub(super) struct Inside(u64);

impl Inside {
    pub(super) fn of(book: u64) -> Self {
        begin(book);
        Self(book)
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        end(self.0);
    }
}

/// Whether a book may be called: not from inside its own callback, where the answer could only be had by waiting for the
/// very work that calls back.
///
/// # Errors
/// [`Code::BookBusy`] inside a callback.
pub(super) fn refuse_inside(book: u64) -> Result<()> {
    match CALLING_BACK.with_borrow(|books| books.contains(&book)) {
        false => Ok(()),
        true => {
            let message = "the book cannot be called from inside a callback of its own";
            let help = "note what is to be done, and do it once the work has ended";
            Err(Error::conflict(Diagnostic::new(Code::BookBusy, message).help(help)))
        }
    }
}
