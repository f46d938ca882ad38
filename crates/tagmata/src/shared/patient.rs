//! Long changes of a shared book.

use super::shared_book::SharedBook;
use super::turn::Access;
use crate::book::Book;
use crate::error::Result;

impl SharedBook {
    /// Changes the book by what takes its time, such as reading what another program did. Nobody asks meanwhile.
    ///
    /// It waits for its turn whatever [`WhenBusy`](super::WhenBusy) says: it is not done where waiting is not allowed.
    ///
    /// ```
    /// use tagmata::{Book, Clock, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Refuse);
    /// let advance = book.change_patiently(|book| book.advance("2026-11-25T09:00:00Z".parse()?))?;
    /// assert!(advance.effects.is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the change; [`Code::BookBusy`](crate::Code::BookBusy) inside a callback of the book,
    /// [`Code::BatchOpen`](crate::Code::BatchOpen) in a thread that has a batch to end, and
    /// [`Code::StoreClosed`](crate::Code::StoreClosed).
    pub fn change_patiently<T>(&self, change: impl FnOnce(&mut Book) -> Result<T>) -> Result<T> {
        let _turn = self.turn().take_patiently(Access::Direct)?;
        change(&mut self.writing())
    }
}
