//! What was decided comes true for good: it is written, with what time did ahead of it, then applied.

use super::ahead::Ahead;
use super::book::Book;
use super::impact::members;
use super::outcome::{Advance, Outcome};
use crate::change::{Automated, Commit, Decision, Entry};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::live::Effects;
use crate::state::Origin;
use crate::time::Timestamp;
use crate::value::SegmentId;
use std::sync::Arc;

/// What is to come true at an instant: nothing stands against it but that it may have to be written.
#[derive(Debug)]
pub(crate) struct Ready {
    at: Timestamp,
    commit: Commit,
    automated: Automated,
    warnings: Vec<Diagnostic>,
    is_written: bool,
}

impl Ready {
    /// A commit alone.
    pub(super) fn of_commit(commit: Commit, at: Timestamp) -> Self {
        Self { at, commit, automated: Automated::default(), warnings: Vec::new(), is_written: false }
    }

    /// Nothing but that time passes.
    pub(super) fn nothing(origin: Arc<Origin>) -> Self {
        let at = origin.at;
        Self::of_commit(Commit::new(origin, Vec::new(), Vec::new()), at)
    }
}

impl Book {
    /// Makes a decision true behind what time did ahead of it. If it is refused, time has not moved either.
    ///
    /// # Errors
    /// Those of [`Book::apply`].
    pub(crate) fn apply_behind(&mut self, ahead: Ahead, decision: Decision) -> Result<Outcome> {
        let ready = self.ready(decision);
        let ready = self.or_go_back(&ahead, ready)?;
        self.settle(ahead, ready)
    }

    /// Writes a decision with what time did ahead of it, so that [`settle`](Self::settle) has only to apply it: others may read the
    /// book meanwhile, but nobody may change it between the two.
    ///
    /// # Errors
    /// Those of [`Book::apply`].
    pub(crate) fn write_ahead(&self, ahead: &Ahead, decision: Decision) -> Result<Ready> {
        let mut ready = self.ready(decision)?;
        // Whether there is anything to write where nothing changes is only known once time has passed.
        if self.open.is_none() && !ready.commit.is_empty() {
            self.journal.write(&ahead.advance, &ready.commit, ready.at)?;
            ready.is_written = true;
        }
        Ok(ready)
    }

    /// A decision as the commit that it will be; in a batch, as that part of one.
    fn ready(&self, decision: Decision) -> Result<Ready> {
        self.refuse_outdated(&decision)?;
        let Decision { facts, by, automated, warnings, cause, entries, stamp, .. } = decision;
        let (origin, so_far) = match &self.open {
            Some(batch) => (Arc::clone(&batch.origin), batch.facts.len()),
            None => (self.next_origin(&stamp, cause), 0),
        };
        let entries = entries.unwrap_or_else(|| Entry::own(&origin, so_far, &by).collect());
        let commit = Commit::new(origin, facts, entries);
        Ok(Ready { at: stamp.at(), commit, automated, warnings, is_written: false })
    }

    /// Makes true for good what is ready, behind what time did ahead of it; in a batch, for as long as it is not dropped.
    ///
    /// # Errors
    /// Those of the journal. Nothing has changed then: time is where it was.
    pub(crate) fn settle(&mut self, mut ahead: Ahead, ready: Ready) -> Result<Outcome> {
        let Ready { at, commit, automated, warnings, is_written } = ready;
        if self.open.is_some() {
            return Ok(self.add_to_batch(commit, automated, warnings));
        }
        ahead.advance.effects.then(&self.pass(at));
        if !is_written {
            let written = self.journal.write(&ahead.advance, &commit, at);
            self.or_go_back(&ahead, written)?;
        }
        let moved = self.make_true(commit.facts(), commit.entries());
        self.keep(&commit, &ahead.advance, &moved.effects, moved.unclear());
        Ok(Outcome { commit, effects: moved.effects, advance: ahead.advance, warnings })
    }

    /// Keeps what is written and true: time does not go back behind it. Of unclear segments effects tell nothing.
    pub(super) fn keep(
        &mut self,
        commit: &Commit,
        advance: &Advance,
        effects: &Effects,
        unclear: impl Iterator<Item = SegmentId>,
    ) {
        if !commit.is_empty() {
            self.state.commits = commit.number();
        }
        self.forget_due();
        let anew = |segment| (segment, members(segment, &self.state, self.now));
        self.journal.tell(&advance.effects, effects, || unclear.map(anew).collect());
    }
}
