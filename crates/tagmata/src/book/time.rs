//! Time moves on: edges are crossed, and rules fire whose time comes.

use super::ahead::Ahead;
use super::book::Book;
use super::outcome::{Advance, Outcome};
use super::settling::Ready;
use crate::change::{Automatic, Commit, Entry, Fact, Stamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::live::{Cursors, Effects, just_before, may_fire};
use crate::state::Cause;
use crate::time::Timestamp;
use crate::value::{MemberSet, RuleId};
use std::collections::BTreeMap;

impl Book {
    /// Moves the book on to an instant: who enters and leaves segments because time passes, and the commits of rules that fire
    /// because the time of an interaction comes that was recorded before, or because a filter becomes true, in the order of time.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let tomorrow: Timestamp = "2026-11-25T10:00:00Z".parse()?;
    /// book.record(zoe, "appointment", tomorrow, None, None, now)?;
    /// assert!(book.matches(zoe, "status = lead")?);
    ///
    /// let advance = book.advance("2026-11-26T00:00:00Z".parse()?)?;
    /// assert!(book.matches(zoe, "status = active")?);
    /// assert_eq!((advance.commits.len(), advance.commits[0].at()), (1, tomorrow));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::ClockBackwards`] if it is before the book's own instant; [`Code::BatchOpen`] in a batch; those of the
    /// [`Journal`](crate::Journal) of the book, if it has one. Nothing has changed then.
    pub fn advance(&mut self, now: Timestamp) -> Result<Advance> {
        self.refuse_open("time stands still in a batch")?;
        self.refuse_backwards(now)?;
        let ahead = self.move_on(now);
        let origin = self.next_origin(&Stamp::new(now), Cause::Call);
        self.settle(ahead, Ready::nothing(origin)).map(|outcome| outcome.advance)
    }

    /// Forgets the interactions whose time has come, once it is certain that time does not go back.
    pub(super) fn forget_due(&mut self) {
        self.state.upcoming.forget_until(self.now);
    }

    /// Moves on to an instant: rules fire, and time passes. It can be taken back until it is kept.
    pub(super) fn move_on(&mut self, now: Timestamp) -> Ahead {
        let Ahead { before, mut advance } = self.here();
        if now > before {
            self.fire_until(now, &mut advance);
        }
        advance.effects.then(&self.pass(now));
        Ahead { before, advance }
    }

    /// Not moved on at all.
    pub(crate) fn here(&self) -> Ahead {
        Ahead { before: self.now, advance: Advance::default() }
    }

    /// Lets rules fire by what comes up to an instant, in the order of time.
    fn fire_until(&mut self, now: Timestamp, advance: &mut Advance) {
        let mut cursors = Cursors::of_rules(&self.state, self.now);
        let mut last = self.now;
        loop {
            let next = [self.state.upcoming.next(last), cursors.next()].into_iter().flatten().min();
            let Some(at) = next.filter(|at| *at <= now) else { return };
            let crossing = cursors.cross(&self.state, at);
            let Automatic { facts, by, .. } = self.due_at(at, crossing.rules);
            if let Some(first) = by.iter().copied().flatten().next() {
                self.fire(first, at, facts, &by, advance);
                if let Some(commit) = advance.commits.last() {
                    cursors.follow(&self.state, commit.facts(), at);
                }
            }
            last = at;
        }
    }

    /// What rules do at an instant by the interactions whose time comes, and for those for whom filters may become true.
    pub(super) fn due_at(&self, at: Timestamp, crossed: BTreeMap<RuleId, MemberSet>) -> Automatic {
        let due = self.state.upcoming.at(at);
        if due.is_empty() && crossed.is_empty() {
            return Automatic::default();
        }
        self.state.automate_due(due, crossed, just_before(at), at)
    }

    fn fire(
        &mut self,
        first: RuleId,
        at: Timestamp,
        facts: Vec<Fact>,
        by: &[Option<RuleId>],
        advance: &mut Advance,
    ) {
        let origin = self.next_origin(&Stamp::new(at), Cause::Rule(first));
        let entries: Vec<Entry> = Entry::own(&origin, 0, by).collect();
        // The book stands at its instant still: what time does to segments is seen when all have fired.
        advance.effects.then(&self.make_true(&facts, &entries).effects);
        self.state.commits = origin.commit;
        advance.commits.push(Commit::new(origin, facts, entries));
    }

    /// Time passes, and nothing fires: who enters and leaves segments by it.
    pub(super) fn pass(&mut self, now: Timestamp) -> Effects {
        if now <= self.now {
            return Effects::default();
        }
        let effects = self.live.pass(&self.state, self.now, now);
        self.now = now;
        self.revision += 1;
        effects
    }

    /// Whether rules may fire before an instant.
    pub(crate) fn has_due(&self, until: Timestamp) -> bool {
        until > self.now
            && (self.state.upcoming.next(self.now).is_some_and(|at| at <= until)
                || may_fire(&self.state, self.now, until))
    }

    /// Whether something can be decided at an instant on what is so now.
    pub(super) fn refuse_due(&self, until: Timestamp) -> Result<()> {
        if !self.has_due(until) {
            return Ok(());
        }
        let message = format!("rules may fire between {} and {until}", self.now);
        let help = "advance the book first, then decide";
        Err(Error::conflict(Diagnostic::new(Code::OutOfOrder, message).help(help)))
    }

    /// Moves on to an instant if rules may fire before it, so that a change at it sees what they did.
    pub(crate) fn catch_up(&mut self, until: Timestamp) -> Ahead {
        if self.has_due(until) { self.move_on(until) } else { self.here() }
    }

    /// What came of a change ahead of which time has moved; if it was refused, time has not moved either.
    ///
    /// # Errors
    /// Why it was refused.
    pub(crate) fn or_go_back<T>(&mut self, ahead: &Ahead, done: Result<T>) -> Result<T> {
        done.inspect_err(|_| self.go_back(ahead))
    }

    /// What was only tried is told with the time ahead of it, which has not moved either.
    pub(crate) fn tell_and_go_back(&mut self, ahead: Ahead, outcome: Option<&mut Outcome>) {
        if ahead.before == self.now {
            return;
        }
        self.go_back(&ahead);
        if let Some(outcome) = outcome {
            outcome.advance = ahead.advance;
        }
    }

    /// Takes back that time has moved on, and what rules did by it.
    pub(super) fn go_back(&mut self, ahead: &Ahead) {
        let Ahead { before, advance } = ahead;
        if *before == self.now {
            return;
        }
        for commit in advance.commits.iter().rev() {
            for (fact, entry) in commit.facts().iter().zip(commit.entries()).rev() {
                self.state.take_back(fact, entry, *before);
            }
            self.live.go_back(commit.facts(), &self.state);
            self.state.commits = commit.number().saturating_sub(1);
        }
        self.live.go_back(&[], &self.state);
        self.now = *before;
        self.revision += 1;
    }
}
