//! Several changes as one, and changes that are only tried.

use super::ahead::Ahead;
use super::book::{Book, OpenBatch};
use super::moved::Net;
use super::outcome::{Advance, Outcome};
use crate::change::{Automated, Commit, Decision, Entry, Fact, Stamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::live::Effects;
use crate::state::Cause;
use crate::time::Timestamp;
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
        let outcome = self.batch_so_far();
        self.drop_batch()?;
        value.and_then(|value| Ok((value, outcome?)))
    }

    /// Makes a decision true, says what it came to, and takes it back.
    pub(super) fn preview_decision(&mut self, decision: Decision) -> Result<Outcome> {
        self.refuse_outdated(&decision)?;
        self.begin(decision.stamp.clone(), decision.cause.clone())?;
        // Time has moved on to the decision, as it does when one is applied.
        let decision = Decision { after: self.revision, ..decision };
        let outcome = self.apply(decision).and_then(|_| self.batch_so_far());
        self.drop_batch()?;
        outcome
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
        self.begin(stamp.into(), Cause::Call)
    }

    fn begin(&mut self, stamp: Stamp, cause: Cause) -> Result<()> {
        self.refuse_open("a batch is open already")?;
        let stamp = self.stamped(stamp)?;
        // What is due is remembered, as long as the batch may be dropped.
        let ahead = self.move_on(stamp.at());
        self.revision += 1;
        self.open = Some(OpenBatch {
            origin: self.next_origin(&stamp, cause),
            ahead,
            facts: Vec::new(),
            entries: Vec::new(),
            moved: vec![Net::default()],
            next_row: self.state.table.next_row(),
            automated: Automated::default(),
            warnings: Vec::new(),
        });
        Ok(())
    }

    /// Whether a batch is open.
    #[must_use]
    pub fn is_in_batch(&self) -> bool {
        self.open.is_some()
    }

    /// Makes several changes in the open batch or, if there is none, in one of their own: all of them, or none.
    ///
    /// # Errors
    /// The first error of the changes; [`Code::BatchOpen`] if the open batch has another instant. Nothing has changed then.
    pub(super) fn together(
        &mut self,
        stamp: Stamp,
        changes: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<Outcome> {
        if self.open.is_some() {
            drop(self.stamped(stamp.clone())?);
        }
        let Some(batch) = &mut self.open else {
            return self.batch(stamp, changes).map(|((), outcome)| outcome);
        };
        let (steps, before) = (batch.facts.len(), batch.moved.clone());
        let (automated, warned) = (batch.automated.clone(), batch.warnings.len());
        batch.moved.push(Net::default());
        let next_row = self.state.table.next_row();
        let changed = changes(self);
        let batch = self.open.as_mut().ok_or_else(not_open)?;
        match changed {
            Ok(()) => {
                let effects = batch.moved.pop().unwrap_or_default().effects();
                let facts = batch.facts.iter().skip(steps).cloned().collect();
                let entries = batch.entries.iter().skip(steps).cloned().collect();
                let commit = Commit::new(Arc::clone(&batch.origin), facts, entries);
                let warnings = batch.warnings.iter().skip(warned).cloned().collect();
                Ok(Outcome { commit, effects, advance: Advance::default(), warnings })
            }
            Err(error) => {
                batch.moved = before;
                batch.automated = automated;
                batch.warnings.truncate(warned);
                let (facts, entries) = (batch.facts.split_off(steps), batch.entries.split_off(steps));
                let back_to = batch.ahead.before;
                self.take_back(&facts, &entries, steps, next_row, back_to);
                Err(error)
            }
        }
    }

    /// What the open batch has come to so far.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is no batch.
    pub fn batch_so_far(&self) -> Result<Outcome> {
        let Some(batch) = &self.open else { return Err(not_open()) };
        let commit = Commit::new(Arc::clone(&batch.origin), batch.facts.clone(), batch.entries.clone());
        let (advance, warnings) = (batch.ahead.advance.clone(), batch.warnings.clone());
        Ok(Outcome { commit, effects: batch.effects(), advance, warnings })
    }

    /// Makes a commit true as a part of the open batch.
    pub(super) fn add_to_batch(
        &mut self,
        commit: Commit,
        automated: Automated,
        warnings: Vec<Diagnostic>,
    ) -> Outcome {
        let moved = self.make_true(commit.facts(), commit.entries());
        if let Some(batch) = &mut self.open {
            batch.moved.iter_mut().for_each(|net| net.then(&moved));
            batch.facts.extend(commit.facts().iter().cloned());
            batch.entries.extend(commit.entries().iter().cloned());
            batch.automated = automated;
            batch.warnings.extend(warnings.iter().cloned());
        }
        Outcome { commit, effects: moved.effects, advance: Advance::default(), warnings }
    }

    /// Ends the batch: its changes are one commit.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is no batch; those of the [`Journal`](crate::Journal) of the book, if it has one: the batch is dropped then.
    pub fn end_batch(&mut self) -> Result<Outcome> {
        let batch = self.open.take().ok_or_else(not_open)?;
        let OpenBatch { origin, ahead, facts, entries, moved, next_row, warnings, .. } = batch;
        let commit = Commit::new(origin, facts, entries);
        if let Err(error) = self.journal.write(&ahead.advance, &commit, self.now) {
            self.undo_batch(commit.facts(), commit.entries(), next_row, &ahead);
            return Err(error);
        }
        self.revision += 1;
        let moved = moved.into_iter().next().unwrap_or_default();
        let (advance, effects) = (ahead.advance, moved.effects());
        self.keep(&commit, &advance, &effects, moved.unclear());
        Ok(Outcome { commit, effects, advance, warnings })
    }

    /// Drops the batch: the book is as it was before, its instant included.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is no batch.
    pub fn drop_batch(&mut self) -> Result<()> {
        let batch = self.open.take().ok_or_else(not_open)?;
        self.undo_batch(&batch.facts, &batch.entries, batch.next_row, &batch.ahead);
        Ok(())
    }

    /// Takes all of a batch back, and what time did ahead of it.
    fn undo_batch(&mut self, facts: &[Fact], entries: &[Entry], next_row: u32, ahead: &Ahead) {
        self.take_back(facts, entries, 0, next_row, ahead.before);
        self.go_back(ahead);
    }

    /// Makes the last facts of a batch untrue: those from the place `first` on. `next_row` is what the number of the next
    /// contact was before them, `before` where the book stood before the batch.
    fn take_back(
        &mut self,
        facts: &[Fact],
        entries: &[Entry],
        first: usize,
        next_row: u32,
        before: Timestamp,
    ) {
        for (fact, entry) in facts.iter().zip(entries).rev() {
            self.state.take_back(fact, entry, before);
        }
        self.live.go_back(facts, &self.state);
        self.state.table.forget_rows_from(next_row);
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        self.state.histories.forget_gone_from(self.state.commits.saturating_add(1), first);
        self.revision += 1;
    }
}

impl OpenBatch {
    /// Who entered and left so far.
    fn effects(&self) -> Effects {
        self.moved.first().map(Net::effects).unwrap_or_default()
    }
}

fn not_open() -> Error {
    Error::not_found(Diagnostic::new(Code::NotFound, "no batch is open").help("begin one first"))
}
