//! Several changes as one, and changes that are only tried.

use super::book::{Book, OpenBatch};
use super::outcome::{Effects, Outcome};
use crate::change::{Commit, Stamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::state::Cause;
use std::sync::Arc;

impl Book {
    /// Makes several changes, which become one commit: all of them, or none if one is refused.
    ///
    /// In the batch time stands still, and the actor is that of the batch. Each change sees the ones before it.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let (zoe, outcome) = book.batch(now, |book| {
    ///     let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    ///     book.add_tags(zoe, ["vip"], now)?;
    ///     Ok(zoe)
    /// })?;
    /// assert_eq!((outcome.commit.number(), book.last_commit()), (1, 1));
    ///
    /// let refused = book.batch(now, |book| {
    ///     book.remove_tags(zoe, ["vip"], now)?;
    ///     book.set_status(zoe, "asleep", now)
    /// });
    /// assert!(refused.is_err());
    /// assert_eq!(book.count("tags has vip")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first error of the changes; [`Code::BatchOpen`] inside another batch. Nothing has changed then.
    pub fn batch<T>(
        &mut self,
        stamp: impl Into<Stamp>,
        changes: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<(T, Outcome)> {
        self.begin_batch(stamp)?;
        match changes(self) {
            Ok(value) => self.end_batch().map(|outcome| (value, outcome)),
            Err(error) => {
                self.drop_batch()?;
                Err(error)
            }
        }
    }

    /// Makes changes, says what they came to, and takes them back: nothing is changed, the numbers of new things included.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let (_, preview) = book.preview(now, |book| book.set_status("everyone", "vip", now))?;
    /// assert_eq!(book.count("status = vip")?, 0);
    /// assert_eq!(book.set_status(zoe, "vip", now)?.commit.facts(), preview.commit.facts());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::batch`].
    pub fn preview<T>(
        &mut self,
        stamp: impl Into<Stamp>,
        changes: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<(T, Outcome)> {
        self.begin_batch(stamp)?;
        let value = changes(self);
        let outcome = self.so_far();
        self.drop_batch()?;
        value.and_then(|value| Ok((value, outcome?)))
    }

    /// Begins a batch that goes on until [`end_batch`](Self::end_batch) or [`drop_batch`](Self::drop_batch): for hosts
    /// that cannot hand over a closure.
    ///
    /// ```
    /// use tagmata::{Book, Code, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.begin_batch(now)?;
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// assert_eq!(book.begin_batch(now).unwrap_err().code(), Code::BatchOpen);
    /// book.drop_batch()?;
    /// assert_eq!(book.count("everyone")?, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BatchOpen`] inside another batch; [`Code::ClockBackwards`] for an instant before the book's own.
    pub fn begin_batch(&mut self, stamp: impl Into<Stamp>) -> Result<()> {
        self.refuse_open("a batch is open already")?;
        let stamp = self.stamped(stamp.into())?;
        let before = self.now;
        let advance = self.advance(stamp.at())?;
        self.revision += 1;
        self.open = Some(OpenBatch {
            origin: self.next_origin(&stamp, Cause::Call),
            advance,
            facts: Vec::new(),
            entries: Vec::new(),
            effects: Effects::default(),
            next_row: self.state.table.next_row(),
            before,
        });
        Ok(())
    }

    /// What the open batch has come to so far.
    fn so_far(&self) -> Result<Outcome> {
        let Some(batch) = &self.open else { return Err(not_open()) };
        let commit = Commit::new(Arc::clone(&batch.origin), batch.facts.clone(), batch.entries.clone());
        Ok(Outcome { commit, effects: batch.effects.clone(), advance: batch.advance.clone() })
    }

    /// Ends the batch: its changes are one commit.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is no batch.
    pub fn end_batch(&mut self) -> Result<Outcome> {
        let batch = self.open.take().ok_or_else(not_open)?;
        if !batch.facts.is_empty() {
            self.state.commits = batch.origin.commit;
        }
        self.revision += 1;
        let commit = Commit::new(batch.origin, batch.facts, batch.entries);
        Ok(Outcome { commit, effects: batch.effects, advance: batch.advance })
    }

    /// Drops the batch: the book is as it was before, its instant included.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is no batch.
    pub fn drop_batch(&mut self) -> Result<()> {
        let batch = self.open.take().ok_or_else(not_open)?;
        for (fact, entry) in batch.facts.iter().zip(&batch.entries).rev() {
            self.state.take_back(fact, entry);
        }
        self.state.table.forget_rows_from(batch.next_row);
        self.state.histories.forget_after(self.state.commits);
        self.now = batch.before;
        self.revision += 1;
        Ok(())
    }
}

fn not_open() -> Error {
    Error::not_found(Diagnostic::new(Code::NotFound, "no batch is open").help("begin one first"))
}
