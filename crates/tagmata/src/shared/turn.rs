//! Whose turn it is to change a book.

use super::callback;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

/// What a call does while somebody else has their turn.
///
/// ```
/// use tagmata::{Access, Book, Clock, Code, Command, Draft, SharedBook, Timestamp, WhenBusy};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Refuse);
/// let batch = book.begin_batch(None)?;
/// let zoe = Command::CreateContact(Draft::new().set("first_name", "Zoé"));
/// assert_eq!(book.run(Access::Direct, &zoe, None).unwrap_err().code(), Code::BatchOpen);
/// book.run(batch, &zoe, None)?;
/// book.end_batch(batch)?;
/// book.run(Access::Direct, &zoe, None)?;
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WhenBusy {
    /// It waits: for threads, of which each can wait.
    #[default]
    Wait,
    /// It is refused: for event loops, which may not wait. Imports, which run elsewhere, wait all the same.
    Refuse,
    /// It waits for a change or a batch, and is refused where an import or other long work is running: for event loops on several
    /// threads whose batches end before they return.
    WaitForShort,
}

impl WhenBusy {
    fn refuses(self, held: Holder) -> bool {
        match self {
            Self::Wait => false,
            Self::Refuse => true,
            Self::WaitForShort => held == Holder::Change { is_long: true },
        }
    }
}

/// By what a call comes: directly, or as one of the changes of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Access {
    /// Directly.
    #[default]
    Direct,
    /// In a batch, by its number.
    Batch(u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// One change, which ends by itself.
    Change { is_long: bool },
    /// A batch, by its number; the thread that began it; and whether one of its changes goes on.
    Batch { number: u64, thread: ThreadId, is_changing: bool },
}

/// Lets one change, or one batch, at a time go on. No lock is held meanwhile.
#[derive(Debug)]
pub(super) struct Turn {
    book: u64,
    when_busy: WhenBusy,
    holder: Mutex<Option<Holder>>,
    freed: Condvar,
    /// Why nobody gets a turn any more.
    closed: OnceLock<Error>,
}

/// A turn to change a book, until this is dropped.
#[derive(Debug)]
pub(super) struct TurnGuard<'t> {
    turn: &'t Turn,
    /// Who has the book afterwards.
    then: Option<Holder>,
}

impl Drop for TurnGuard<'_> {
    fn drop(&mut self) {
        *self.turn.lock() = self.then;
        self.turn.freed.notify_all();
    }
}

impl Turn {
    pub(super) fn new(book: u64, when_busy: WhenBusy) -> Self {
        Self { book, when_busy, holder: Mutex::new(None), freed: Condvar::new(), closed: OnceLock::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Holder>> {
        self.holder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn to change the book. Several threads may use a batch: one of its changes at a time goes on.
    ///
    /// # Errors
    /// [`Code::BookBusy`] where waiting is not allowed or would never end; [`Code::BatchOpen`] for a batch that is over; that with
    /// which the book was closed.
    pub(super) fn take(&self, access: Access) -> Result<TurnGuard<'_>> {
        self.take_as(access, false)
    }

    /// Takes the turn for a change, or for long work, which always waits.
    fn take_as(&self, access: Access, is_long: bool) -> Result<TurnGuard<'_>> {
        let when_busy = if is_long { WhenBusy::Wait } else { self.when_busy };
        callback::refuse_inside(self.book)?;
        let mut holder = self.lock();
        loop {
            self.refuse_closed()?;
            match (*holder, access) {
                (None, Access::Direct) => {
                    *holder = Some(Holder::Change { is_long });
                    return Ok(TurnGuard { turn: self, then: None });
                }
                (Some(Holder::Batch { number, thread, is_changing: false }), Access::Batch(own))
                    if number == own =>
                {
                    *holder = Some(Holder::Batch { number, thread, is_changing: true });
                    let then = Some(Holder::Batch { number, thread, is_changing: false });
                    return Ok(TurnGuard { turn: self, then });
                }
                (Some(Holder::Batch { number, .. }), Access::Batch(own)) if number != own => {
                    return Err(batch_is_over());
                }
                (None | Some(Holder::Change { .. }), Access::Batch(_)) => return Err(batch_is_over()),
                (Some(Holder::Batch { thread, .. }), Access::Direct) if thread == thread::current().id() => {
                    return Err(in_batch());
                }
                (Some(held), _) if when_busy.refuses(held) => return Err(busy(held)),
                (Some(_), _) => holder = self.wait(holder),
            }
        }
    }

    /// Waits for the turn as long as it takes: for work that is long itself, so that no event loop does it.
    ///
    /// # Errors
    /// [`Code::BookBusy`] inside a callback, where waiting would never end; [`Code::BatchOpen`] for a batch that is over, or
    /// that this thread has to end first.
    pub(super) fn take_patiently(&self, access: Access) -> Result<TurnGuard<'_>> {
        self.take_as(access, true)
    }

    /// Whether a question may be asked now; where it waited for a batch, it has to be asked again.
    ///
    /// # Errors
    /// Those of [`Turn::take`]. A change that is being decided is nobody's hindrance.
    pub(super) fn may_read(&self, access: Access) -> Result<bool> {
        callback::refuse_inside(self.book)?;
        let holder = self.lock();
        self.refuse_closed()?;
        match (*holder, access) {
            (None | Some(Holder::Change { .. }), Access::Direct) => Ok(true),
            (Some(Holder::Batch { number, .. }), Access::Batch(own)) if number == own => Ok(true),
            (_, Access::Batch(_)) => Err(batch_is_over()),
            (Some(Holder::Batch { thread, .. }), Access::Direct) if thread == thread::current().id() => {
                Err(in_batch())
            }
            (Some(held), Access::Direct) if self.when_busy.refuses(held) => Err(busy(held)),
            (Some(_), Access::Direct) => {
                drop(self.wait(holder));
                Ok(false)
            }
        }
    }

    /// Gives nobody a turn any more. Whoever has it keeps it until its end.
    pub(super) fn close(&self, why: Error) {
        // Closed is closed: the first reason stays.
        let _ = self.closed.set(why);
    }

    /// Refuses a book that was closed.
    ///
    /// # Errors
    /// That with which it was closed.
    pub(super) fn refuse_closed(&self) -> Result<()> {
        self.closed.get().map_or(Ok(()), |why| Err(why.clone()))
    }

    fn wait<'m>(&self, holder: MutexGuard<'m, Option<Holder>>) -> MutexGuard<'m, Option<Holder>> {
        self.freed.wait(holder).unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the turn for a batch.
    pub(super) fn keep(mut guard: TurnGuard<'_>, batch: u64) {
        let thread = thread::current().id();
        guard.then = Some(Holder::Batch { number: batch, thread, is_changing: false });
    }

    /// Ends the turn of a batch.
    pub(super) fn give_up(mut guard: TurnGuard<'_>) {
        guard.then = None;
    }
}

fn refused(code: Code, message: &str, help: &str) -> Error {
    Error::conflict(Diagnostic::new(code, message).help(help))
}

fn batch_is_over() -> Error {
    refused(Code::BatchOpen, "the batch is over", "begin another one, or call the book itself")
}

fn in_batch() -> Error {
    let message = "a batch is open: the book can only be called through it";
    refused(Code::BatchOpen, message, "call what the batch gave you, or end the batch first")
}

fn busy(holder: Holder) -> Error {
    let message = match holder {
        Holder::Change { .. } | Holder::Batch { is_changing: true, .. } => {
            "the book is being changed by work that is still running"
        }
        Holder::Batch { .. } => "the book is being changed by a batch that is still open",
    };
    refused(Code::BookBusy, message, "wait until it has ended, then try again")
}
