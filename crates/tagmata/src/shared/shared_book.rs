//! A book for several threads.

use super::callback;
use super::turn::{Access, Turn, WhenBusy};
use crate::book::{Ahead, Book, Created, Outcome};
use crate::change::{Command, Decision, Stamp};
use crate::error::{Error, Result};
use crate::time::Timestamp;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Where a shared book has its time from.
#[derive(Clone, Default)]
pub enum Clock {
    /// It moves only when it is told to: changes happen at the book's own instant.
    #[default]
    Fixed,
    /// The host's clock, which is read at each change. Where it runs backwards, time stands still.
    Running(Arc<dyn Fn() -> Timestamp + Send + Sync>),
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed => "Fixed",
            Self::Running(_) => "Running",
        })
    }
}

/// A [`Book`] that several threads share, as servers and other languages need it.
///
/// Questions go on while a change is decided, and while it is written into a [`Journal`](crate::Journal); only applying it stops them. One change goes on at a time. A batch has the
/// book for itself until it ends: whoever began it calls the book through it, everybody else waits or is refused, as
/// [`WhenBusy`] says. Inside a callback of the book every call is refused, so that nothing can wait for itself.
///
/// ```
/// use tagmata::{Access, Book, Clock, Command, Draft, SharedBook, Timestamp, WhenBusy};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
/// let zoe = Command::CreateContact(Draft::new().set("first_name", "Zoé"));
/// std::thread::scope(|threads| {
///     threads.spawn(|| book.run(Access::Direct, &zoe, None));
///     threads.spawn(|| book.run(Access::Direct, &zoe, Some("ana")));
/// });
/// assert_eq!(book.read(Access::Direct, |book| book.count("everyone"))?, 2);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug)]
pub struct SharedBook {
    book: RwLock<Book>,
    turn: Turn,
    clock: Clock,
    number: u64,
    batches: AtomicU64,
}

impl SharedBook {
    /// Shares a book.
    #[must_use]
    pub fn new(book: Book, clock: Clock, when_busy: WhenBusy) -> Self {
        static BOOKS: AtomicU64 = AtomicU64::new(0);
        let number = BOOKS.fetch_add(1, Ordering::Relaxed);
        let turn = Turn::new(number, when_busy);
        Self { book: RwLock::new(book), turn, clock, number, batches: AtomicU64::new(0) }
    }

    pub(super) fn turn(&self) -> &Turn {
        &self.turn
    }

    /// Notes that a callback of the book runs on this thread, until what this gives is dropped.
    pub(super) fn inside_callback(&self) -> callback::Inside {
        callback::Inside::of(self.number)
    }

    pub(super) fn reading(&self) -> RwLockReadGuard<'_, Book> {
        self.book.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn writing(&self) -> RwLockWriteGuard<'_, Book> {
        self.book.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The stamp of a change that happens now; in a batch time stands still.
    pub(super) fn stamp(&self, access: Access, actor: Option<&str>) -> Stamp {
        let stands_at = self.reading().now();
        let at = match (&self.clock, access) {
            (Clock::Running(clock), Access::Direct) => clock().max(stands_at),
            (Clock::Fixed, _) | (_, Access::Batch(_)) => stands_at,
        };
        let stamp = Stamp::new(at);
        match actor {
            Some(actor) => stamp.by(actor),
            None => stamp,
        }
    }

    /// Asks the book something.
    ///
    /// # Errors
    /// Those of the question; [`Code::BookBusy`](crate::Code::BookBusy) and [`Code::BatchOpen`](crate::Code::BatchOpen).
    pub fn read<T>(&self, access: Access, question: impl FnOnce(&Book) -> Result<T>) -> Result<T> {
        loop {
            // A batch that begins in between is met by the second look: it changes nothing while this thread reads.
            if !self.turn.may_read(access)? {
                continue;
            }
            let book = self.reading();
            self.turn.refuse_closed()?;
            if matches!(access, Access::Batch(_)) || !book.is_in_batch() {
                return question(&book);
            }
        }
    }

    /// Asks the book something for which it has to stand still, such as whether it is as its file says: meanwhile nobody changes it,
    /// or writes a change ahead of it. Others ask it, too.
    ///
    /// It waits for its turn whatever [`WhenBusy`] says: it is for long work, which is not done where waiting is not allowed.
    ///
    /// ```
    /// use tagmata::{Book, Clock, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// assert!(book.read_still(|book| Ok(book.check()))?.is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the question; [`Code::BookBusy`](crate::Code::BookBusy) inside a callback of the book, and
    /// [`Code::BatchOpen`](crate::Code::BatchOpen) in a thread that has a batch to end.
    pub fn read_still<T>(&self, question: impl FnOnce(&Book) -> Result<T>) -> Result<T> {
        let _turn = self.turn.take_patiently(Access::Direct)?;
        question(&self.reading())
    }

    /// Decides a command and writes it while others read, then applies it. The numbers of what it made are given back with the outcome.
    ///
    /// # Errors
    /// Those of [`Book::decide`]; [`Code::BookBusy`](crate::Code::BookBusy) and [`Code::BatchOpen`](crate::Code::BatchOpen).
    /// Nothing has changed then.
    pub fn run(&self, access: Access, command: &Command, actor: Option<&str>) -> Result<Created<Vec<u32>>> {
        self.run_then(access, command, actor, |_, created| created)
    }

    /// As [`run`](Self::run), with a look at the book as the change left it, before anybody else changes it.
    ///
    /// ```
    /// use tagmata::{Access, Book, Clock, Command, Draft, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// let zoe = Command::CreateContact(Draft::new().set("first_name", "Zoé"));
    /// let count = book.run_then(Access::Direct, &zoe, None, |book, _| book.count("status = lead"))?;
    /// assert_eq!(count?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`run`](Self::run).
    pub fn run_then<T>(
        &self,
        access: Access,
        command: &Command,
        actor: Option<&str>,
        then: impl FnOnce(&Book, Created<Vec<u32>>) -> T,
    ) -> Result<T> {
        let _turn = self.turn.take(access)?;
        let stamp = self.stamp(access, actor);
        let is_due = self.reading().has_due(stamp.at());
        let created = if is_due {
            self.writing().run_created(command, stamp)?
        } else {
            let (ahead, decision) = {
                let book = self.reading();
                (book.here(), book.decide(command, stamp)?)
            };
            let id = decision.made();
            Created { id, outcome: self.apply(ahead, decision)? }
        };
        // The turn keeps others from changing the book; they may read it already.
        Ok(then(&self.reading(), created))
    }

    /// Makes a decision true, behind what time did ahead of it. Others read while it is written, and wait while it is applied.
    ///
    /// Whoever calls has the turn, so that nobody else changes the book between the two.
    ///
    /// # Errors
    /// Those of [`Book::apply`].
    pub(super) fn apply(&self, ahead: Ahead, decision: Decision) -> Result<Outcome> {
        let ready = self.reading().write_ahead(&ahead, decision);
        let mut book = self.writing();
        let ready = book.or_go_back(&ahead, ready)?;
        book.settle(ahead, ready)
    }

    /// Changes the book in a way that is more than one command. Nobody reads meanwhile.
    ///
    /// ```
    /// use tagmata::{Access, Book, Clock, Draft, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// let advance = book.change(Access::Direct, None, |book, _| book.advance("2026-11-25T09:00:00Z".parse()?))?;
    /// assert!(advance.effects.is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the change; [`Code::BookBusy`](crate::Code::BookBusy) and [`Code::BatchOpen`](crate::Code::BatchOpen).
    pub fn change<T>(
        &self,
        access: Access,
        actor: Option<&str>,
        change: impl FnOnce(&mut Book, Stamp) -> Result<T>,
    ) -> Result<T> {
        let _turn = self.turn.take(access)?;
        let stamp = self.stamp(access, actor);
        change(&mut self.writing(), stamp)
    }

    /// Begins a batch: the access by which its changes come. Nobody else calls the book until it ends.
    ///
    /// ```
    /// use tagmata::{Access, Book, Clock, Code, Command, Draft, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// let batch = book.begin_batch(Some("ana"))?;
    /// book.run(batch, &Command::CreateContact(Draft::new().set("first_name", "Zoé")), None)?;
    /// let error = book.read(Access::Direct, |book| book.count("everyone")).unwrap_err();
    /// assert_eq!(error.code(), Code::BatchOpen);
    /// book.drop_batch(batch)?;
    /// assert_eq!(book.read(Access::Direct, |book| book.count("everyone"))?, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BookBusy`](crate::Code::BookBusy) and [`Code::BatchOpen`](crate::Code::BatchOpen).
    pub fn begin_batch(&self, actor: Option<&str>) -> Result<Access> {
        let turn = self.turn.take(Access::Direct)?;
        let stamp = self.stamp(Access::Direct, actor);
        self.writing().begin_batch(stamp)?;
        let batch = self.batches.fetch_add(1, Ordering::Relaxed);
        Turn::keep(turn, batch);
        Ok(Access::Batch(batch))
    }

    /// Ends a batch: its changes are one commit.
    ///
    /// # Errors
    /// [`Code::BatchOpen`](crate::Code::BatchOpen) for a batch that is over.
    pub fn end_batch(&self, batch: Access) -> Result<Outcome> {
        self.end_batch_then(batch, |_, outcome| outcome)
    }

    /// As [`end_batch`](Self::end_batch), with a look at the book as the batch left it, before anybody else changes it.
    ///
    /// # Errors
    /// Those of [`end_batch`](Self::end_batch).
    pub fn end_batch_then<T>(&self, batch: Access, then: impl FnOnce(&Book, Outcome) -> T) -> Result<T> {
        let turn = self.turn.take(batch)?;
        let outcome = self.writing().end_batch();
        let seen = outcome.map(|outcome| then(&self.reading(), outcome));
        Turn::give_up(turn);
        seen
    }

    /// Drops a batch: the book is as it was before.
    ///
    /// # Errors
    /// [`Code::BatchOpen`](crate::Code::BatchOpen) for a batch that is over.
    pub fn drop_batch(&self, batch: Access) -> Result<()> {
        let turn = self.turn.take(batch)?;
        let outcome = self.writing().drop_batch();
        Turn::give_up(turn);
        outcome
    }

    /// What an open batch has come to so far. Dropped afterwards, it was a preview.
    ///
    /// # Errors
    /// [`Code::BatchOpen`](crate::Code::BatchOpen) for a batch that is over.
    pub fn batch_so_far(&self, batch: Access) -> Result<Outcome> {
        self.read(batch, Book::batch_so_far)
    }

    /// Closes the book, once whoever changes it has come to an end: from now on every call is refused with
    /// [`Code::StoreClosed`](crate::Code::StoreClosed). The book goes to `then`, while nobody calls it any more; a stored one has the
    /// name of its file. A book that was closed before is nothing to close: `None`.
    ///
    /// It waits for its turn whatever [`WhenBusy`] says: it is not done where waiting is not allowed.
    ///
    /// ```
    /// use tagmata::{Access, Book, Clock, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// assert_eq!(book.close(None, |book| book.count("everyone"))?, Some(Ok(0)));
    /// assert_eq!(book.close(None, drop)?, None);
    /// let error = book.read(Access::Direct, |book| book.count("everyone")).unwrap_err();
    /// assert_eq!(error.to_string(), "error[E1508]: the book is closed; help: make another one");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BookBusy`](crate::Code::BookBusy) and [`Code::BatchOpen`](crate::Code::BatchOpen). It is not closed then.
    pub fn close<T>(&self, name: Option<&str>, then: impl FnOnce(Book) -> T) -> Result<Option<T>> {
        let _turn = match self.turn.take_patiently(Access::Direct) {
            Ok(turn) => turn,
            Err(_) if self.is_closed() => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut held = self.writing();
        let empty = Book::builder().build(held.now());
        // Before the book is taken: whoever waits to read it looks again whether it is closed.
        self.turn.close(Error::book_closed(name));
        let book = std::mem::replace(&mut *held, empty);
        drop(held);
        Ok(Some(then(book)))
    }

    /// Whether the book was closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.turn.refuse_closed().is_err()
    }

    /// Notes that a callback of the book begins on this thread: until it ends, every call of the book from this thread is
    /// refused. No lock is held.
    ///
    /// ```
    /// use tagmata::{Access, Book, Clock, Code, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// book.begin_callback();
    /// let error = book.read(Access::Direct, |book| book.count("everyone")).unwrap_err();
    /// assert_eq!(error.code(), Code::BookBusy);
    /// book.end_callback();
    /// assert!(book.read(Access::Direct, |book| book.count("everyone")).is_ok());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn begin_callback(&self) {
        callback::begin(self.number);
    }

    /// Notes that a callback of the book has ended on this thread.
    pub fn end_callback(&self) {
        callback::end(self.number);
    }
}
