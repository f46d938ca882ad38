//! The noun that people hold.

use super::ahead::Ahead;
use super::impact::Impact;
use super::journal::Attached;
use super::moved::{Moved, Net};
use super::outcome::{Created, Outcome};
use crate::change::{Automated, Command, Decision, Entry, Fact, Stamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::live::Live;
use crate::model::{Limits, Schema, Settings};
use crate::segment::Segments;
use crate::state::{Cause, Origin, State};
use crate::time::{LeapDay, TimeZone, Timestamp, Weekday};
use crate::value::{ContactId, Country};
use std::sync::Arc;

/// Contacts with their fields, tags, segments and statuses, in memory.
///
/// Questions take `&self` and are answered as of the book's own instant, which they never move. Changes take the instant
/// at which they happen, move the book there first, and say what became true and who entered and left which segments.
///
/// ```
/// use tagmata::{Book, Draft, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().time_zone("Europe/Paris".parse()?).build(now);
/// let vips = book.create_segment(NewSegment::dynamic("VIP FR", "status = vip and country = FR"), now)?.id;
/// let zoe = Draft::new().set("first_name", "Zoé").set("country", "FR").set("mobile", "06 12 34 56 78");
/// let zoe = book.create_contact(zoe, now)?.id;
/// let outcome = book.set_status("country = FR", "vip", now)?;
/// assert!(outcome.effects.entered[&vips].contains(zoe));
/// assert_eq!(book.members(vips)?.to_numbers(), [zoe.get()]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Book {
    pub(super) state: State,
    pub(super) live: Live,
    pub(super) now: Timestamp,
    /// How often anything was applied or taken back: a decision is made at one of these.
    pub(super) revision: u64,
    pub(super) open: Option<OpenBatch>,
    pub(super) journal: Attached,
}

/// Several changes that will be one commit.
#[derive(Debug, Clone)]
pub(super) struct OpenBatch {
    pub(super) origin: Arc<Origin>,
    pub(super) ahead: Ahead,
    pub(super) facts: Vec<Fact>,
    pub(super) entries: Vec<Entry>,
    /// What it did to the members of segments; behind that the same of parts of it that are under way.
    pub(super) moved: Vec<Net>,
    /// What the number of the next contact was when the batch began.
    pub(super) next_row: u32,
    /// For whom rules fired so far.
    pub(super) automated: Automated,
    pub(super) warnings: Vec<Diagnostic>,
}

/// The settings of a book to be made.
///
/// ```
/// use tagmata::{Book, LeapDay, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let book = Book::builder()
///     .time_zone("Europe/Paris".parse()?)
///     .default_country("FR".parse()?)
///     .leap_day(LeapDay::Mar1)
///     .build(now);
/// assert_eq!(book.schema().settings().calendar.zone.name(), "Europe/Paris");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub struct BookBuilder {
    settings: Settings,
}

impl BookBuilder {
    /// All settings at once.
    ///
    /// ```
    /// use tagmata::{Book, Settings, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let settings = Settings { default_country: Some("FR".parse()?), ..Settings::default() };
    /// assert_eq!(Book::builder().settings(settings).build(now).schema().settings(), &settings);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// The zone in which days begin; UTC if nothing is said.
    pub fn time_zone(mut self, zone: TimeZone) -> Self {
        self.settings.calendar.zone = zone;
        self
    }

    /// The country in which phone numbers without country are read; none if nothing is said.
    pub fn default_country(mut self, country: Country) -> Self {
        self.settings.default_country = Some(country);
        self
    }

    /// The first day of the week; Monday if nothing is said.
    pub fn week_start(mut self, day: Weekday) -> Self {
        self.settings.calendar.week_start = day;
        self
    }

    /// When 29 February is kept in other years; on 28 February if nothing is said.
    pub fn leap_day(mut self, leap_day: LeapDay) -> Self {
        self.settings.calendar.leap_day = leap_day;
        self
    }

    /// How large filters may be.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// An empty book that stands at an instant.
    #[must_use]
    pub fn build(self, now: Timestamp) -> Book {
        let state = State::new(Schema::new(self.settings));
        Book { state, live: Live::default(), now, revision: 0, open: None, journal: Attached::default() }
    }
}

impl Book {
    /// A book with settings of its own.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp, Weekday};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = Book::builder().time_zone("Europe/Paris".parse()?).week_start(Weekday::Sunday).build(now);
    /// assert_eq!((book.now(), book.count("everyone")?), (now, 0));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn builder() -> BookBuilder {
        BookBuilder::default()
    }

    /// The instant as of which questions are answered.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The names and settings of the book.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.state.schema
    }

    /// The definitions of its dynamic segments.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let french = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?.id;
    /// assert_eq!(book.dynamic_segments().get(french).unwrap().filter_text(), "country = \"FR\"");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn dynamic_segments(&self) -> &Segments {
        &self.state.segments
    }

    /// The number of the last commit; 0 if there was none.
    #[must_use]
    pub fn last_commit(&self) -> u64 {
        self.state.commits
    }

    /// What would become true by a command. Nothing changes: the decision can be looked at, and applied or dropped.
    ///
    /// ```
    /// use tagmata::{Book, Command, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let decision = book.decide(&Command::CreateContact(Draft::new().set("first_name", "Zoé")), now)?;
    /// assert_eq!(decision.facts().len(), 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Whatever stands against the command; [`Code::ClockBackwards`] for an instant before the book's own; [`Code::OutOfOrder`] where
    /// rules may fire before the instant because the time of an interaction comes or a filter becomes true: advance the book first. [`Book::run`] does both.
    pub fn decide(&self, command: &Command, stamp: impl Into<Stamp>) -> Result<Decision> {
        let stamp = self.stamped(stamp.into())?;
        self.refuse_due(stamp.at())?;
        let decision = self.state.decide(command, &stamp, &self.automated())?;
        Ok(Decision { after: self.revision, ..decision })
    }

    /// Makes a decision true.
    ///
    /// ```
    /// use tagmata::{Book, Command, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let command = Command::CreateContact(Draft::new().set("first_name", "Zoé"));
    /// let decision = book.decide(&command, now)?;
    /// assert_eq!(book.count("everyone")?, 0);
    /// book.apply(decision)?;
    /// assert_eq!(book.count("everyone")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::OutOfOrder`] if the book has changed since it was made; those of its [`Journal`](crate::Journal), if it has one. Nothing
    /// has changed then.
    pub fn apply(&mut self, decision: Decision) -> Result<Outcome> {
        self.apply_behind(self.here(), decision)
    }

    pub(super) fn refuse_outdated(&self, decision: &Decision) -> Result<()> {
        self.refuse_due(decision.stamp.at())?;
        if decision.after == self.revision {
            return Ok(());
        }
        let message = "the book has changed since this was decided";
        let help = "decide again, then apply at once";
        Err(Error::conflict(Diagnostic::new(Code::OutOfOrder, message).help(help)))
    }

    /// Applies facts; who entered and left segments by them.
    pub(super) fn make_true(&mut self, facts: &[Fact], entries: &[Entry]) -> Moved {
        if facts.is_empty() {
            return Moved::default();
        }
        let impact = Impact::before(facts, &self.state, &mut self.live, self.now);
        for (fact, entry) in facts.iter().zip(entries) {
            self.state.apply(fact, entry);
        }
        self.revision += 1;
        self.live.follow(facts, &self.state);
        impact.after(&self.state, &mut self.live, self.now)
    }

    /// Decides and applies a command.
    ///
    /// ```
    /// use tagmata::{Book, Command, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// // What all changing methods do; for hosts that keep commands, or take them from elsewhere.
    /// let command = Command::CreateContact(Draft::new().set("first_name", "Zoé"));
    /// assert_eq!(book.run(&command, now)?.commit.contacts().len(), 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::decide`], and of the [`Journal`](crate::Journal) of the book, if it has one. Nothing has changed then.
    pub fn run(&mut self, command: &Command, stamp: impl Into<Stamp>) -> Result<Outcome> {
        self.run_created(command, stamp).map(|created| created.outcome)
    }

    /// Decides and applies a command, and gives the numbers of what it made.
    pub(crate) fn run_created(
        &mut self,
        command: &Command,
        stamp: impl Into<Stamp>,
    ) -> Result<Created<Vec<u32>>> {
        let stamp = self.stamped(stamp.into())?;
        let ahead = self.catch_up(stamp.at());
        let decision = self.decide(command, stamp);
        let decision = self.or_go_back(&ahead, decision)?;
        let id = decision.made();
        let outcome = self.apply_behind(ahead, decision)?;
        Ok(Created { id, outcome })
    }

    /// Decides and applies a command that makes a contact.
    pub(super) fn run_contact(
        &mut self,
        command: &Command,
        stamp: impl Into<Stamp>,
    ) -> Result<Created<ContactId>> {
        let Created { id, outcome } = self.run_created(command, stamp)?;
        let id = ContactId::new(id.first().copied().unwrap_or(u32::MAX));
        Ok(Created { id, outcome })
    }

    /// Decides and applies a command that makes definitions.
    pub(super) fn run_definitions<T>(
        &mut self,
        command: &Command,
        stamp: impl Into<Stamp>,
        id: fn(u32) -> T,
    ) -> Result<Created<Vec<T>>> {
        let Created { id: numbers, outcome } = self.run_created(command, stamp)?;
        Ok(Created { id: numbers.into_iter().map(id).collect(), outcome })
    }

    /// Decides and applies a command that makes one definition.
    pub(super) fn run_definition<T>(
        &mut self,
        command: &Command,
        stamp: impl Into<Stamp>,
        id: fn(u32) -> T,
    ) -> Result<Created<T>> {
        let Created { id: mut ids, outcome } = self.run_definitions(command, stamp, id)?;
        Ok(Created { id: ids.pop().unwrap_or_else(|| id(u32::MAX)), outcome })
    }

    pub(super) fn refuse_backwards(&self, at: Timestamp) -> Result<()> {
        if at >= self.now {
            return Ok(());
        }
        let message = format!("{at} is before the instant of the book, {}", self.now);
        let help = "time only moves on; what happened earlier has a date of its own";
        Err(Error::conflict(Diagnostic::new(Code::ClockBackwards, message).help(help)))
    }

    pub(super) fn refuse_open(&self, message: &str) -> Result<()> {
        match self.open {
            None => Ok(()),
            Some(_) => Err(Error::conflict(
                Diagnostic::new(Code::BatchOpen, message).help("end the batch first, or drop it"),
            )),
        }
    }

    /// The stamp of a change: in a batch, that of the batch.
    pub(super) fn stamped(&self, stamp: Stamp) -> Result<Stamp> {
        self.refuse_backwards(stamp.at())?;
        match &self.open {
            Some(_) if stamp.at() > self.now => {
                self.refuse_open("time stands still in a batch")?;
                Ok(stamp)
            }
            Some(batch) => Ok(Stamp { at: batch.origin.at, actor: batch.origin.actor.clone() }),
            None => Ok(stamp),
        }
    }

    /// For whom rules fired so far in the open batch.
    pub(super) fn automated(&self) -> Automated {
        self.open.as_ref().map(|batch| batch.automated.clone()).unwrap_or_default()
    }

    /// The header of the next commit.
    pub(super) fn next_origin(&self, stamp: &Stamp, cause: Cause) -> Arc<Origin> {
        Arc::new(Origin { commit: self.state.commits + 1, at: stamp.at(), actor: stamp.actor.clone(), cause })
    }
}
