//! The book: its settings, and how it is asked and changed.

use crate::clock::{CLOCK, GivenClock, Hand};
use crate::convert::Options;
use crate::errors::refused;
use crate::events::{Ear, Happened, Listeners};
use crate::outcome::Outcome;
use crate::partial_settings::{SETTINGS, partial_settings};
use crate::stored::Stored;
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;
use std::sync::{Arc, Mutex, PoisonError};
use tagmata::{Access, Command, Created, Error, Settings, SharedBook, Stamp, Timestamp};

/// Contacts with their fields, tags, segments and statuses: in memory, or in a file where `Book.open` opened it.
#[napi]
pub struct Book {
    pub(crate) home: Home,
    pub(crate) memory: Memory,
    /// The file, if it is a durable book.
    pub(crate) stored: Option<Arc<Stored>>,
    /// Where the clock is a function of JavaScript.
    pub(crate) hand: Option<Hand>,
    /// Where JavaScript listens to this object.
    pub(crate) ear: Ear,
}

/// What the last change came to; work on another thread outlives the call that began it.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Option<Outcome>>>);

impl Memory {
    pub(crate) fn keep(&self, outcome: Outcome) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }

    /// Keeps what a change came to and tells it to listeners, before anybody else changes the book.
    pub(crate) fn remember(&self, home: &Home, outcome: tagmata::Outcome, book: &tagmata::Book) -> Outcome {
        let outcome = Outcome::new(outcome, book.schema(), &home.shared);
        self.keep(outcome.clone());
        home.tell(|| Happened::Change(outcome.clone()));
        outcome
    }

    fn kept(&self) -> Option<Outcome> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The book itself, by what it is called: directly, or in a batch; and who listens to it.
#[derive(Clone)]
pub(crate) struct Home {
    pub(crate) shared: Arc<SharedBook>,
    pub(crate) access: Access,
    pub(crate) listeners: Listeners,
}

impl Home {
    /// Asks the book something.
    pub(crate) fn read<T>(&self, question: impl FnOnce(&tagmata::Book) -> tagmata::Result<T>) -> Result<T> {
        self.shared.read(self.access, question).map_err(refused)
    }

    /// Tells listeners what became true. Whoever calls has the turn. What a batch does is told at its end.
    pub(crate) fn tell(&self, happened: impl Fn() -> Happened) {
        if self.access == Access::Direct {
            self.listeners.tell(happened);
        }
    }

    /// Whether an id that was given out there means the same here. Those of a batch do not outlive it: it may be dropped.
    pub(crate) fn understands(&self, other: &Self) -> bool {
        let is_same_book = Arc::ptr_eq(&self.shared, &other.shared);
        is_same_book && (other.access == Access::Direct || other.access == self.access)
    }
}

#[napi]
impl Book {
    /// Makes an empty book in memory.
    #[napi(constructor)]
    pub fn new(#[napi(ts_arg_type = "BookOptions")] options: Option<Unknown<'_>>) -> Result<Self> {
        let options = Options::of("Book", options, &[&SETTINGS[..], &[CLOCK]].concat())?;
        let settings = partial_settings(&options)?.onto(Settings::default()).map_err(refused)?;
        let clock = GivenClock::read(&options)?;
        let now = clock.begin(settings.calendar.zone, Timestamp::MIN).map_err(refused)?;
        let (shared, hand) = clock.share(tagmata::Book::builder().settings(settings).build(now));
        Ok(Self::make(shared, hand, None))
    }

    /// A book that is called directly.
    pub(crate) fn make(shared: Arc<SharedBook>, hand: Option<Hand>, stored: Option<Stored>) -> Self {
        let home = Home { shared, access: Access::Direct, listeners: Listeners::default() };
        Self::of(home, stored.map(Arc::new), hand)
    }

    /// Another object for a book that is there.
    pub(crate) fn of(home: Home, stored: Option<Arc<Stored>>, hand: Option<Hand>) -> Self {
        Self { home, memory: Memory::default(), stored, hand, ear: Ear::default() }
    }

    /// The same book, called as one of the changes of a batch.
    pub(crate) fn in_batch(&self, home: Home) -> Self {
        Self::of(home, self.stored.clone(), None)
    }

    /// What the last changing call came to, whatever it returned.
    #[napi(getter, ts_return_type = "Outcome | null")]
    pub fn last_outcome(&self) -> Option<Outcome> {
        self.memory.kept()
    }

    /// Asks the book something.
    pub(crate) fn read<T>(&self, question: impl FnOnce(&tagmata::Book) -> tagmata::Result<T>) -> Result<T> {
        self.home.read(question)
    }

    /// Changes the book by a command.
    pub(crate) fn run(&self, command: &Command, options: &Options<'_>) -> Result<Outcome> {
        self.create(command, options).map(|(outcome, _)| outcome)
    }

    /// Changes the book by a command that makes something; its number is given back, too.
    pub(crate) fn create(&self, command: &Command, options: &Options<'_>) -> Result<(Outcome, Vec<u32>)> {
        let Home { shared, access, .. } = &self.home;
        // Looked at before anybody else changes the book, or closes it.
        let told = |book: &tagmata::Book, created: Created<Vec<u32>>| {
            (self.remember(created.outcome, book), created.id)
        };
        let actor = options.actor()?;
        shared.run_then(*access, command, actor.as_deref(), told).map_err(refused)
    }

    /// Changes the book in a way that needs the instant of the change.
    pub(crate) fn change(
        &self,
        options: &Options<'_>,
        change: impl FnOnce(&mut tagmata::Book, Stamp) -> tagmata::Result<tagmata::Outcome>,
    ) -> Result<Outcome> {
        let Home { shared, access, .. } = &self.home;
        let outcome = shared.change(*access, options.actor()?.as_deref(), |book, stamp| {
            let outcome = change(book, stamp)?;
            Ok(self.remember(outcome, book))
        });
        outcome.map_err(refused)
    }

    /// The book for work that goes on when a call has returned: a batch would be over by then.
    pub(crate) fn outside_batch(&self, call: &str) -> Result<Home> {
        match self.home.access {
            Access::Direct => Ok(self.home.clone()),
            Access::Batch(_) => {
                Err(refused(Error::wrong_type(call, "a book that is in no batch", "that of a batch")))
            }
        }
    }

    /// Notes what a change came to: see [`Memory::remember`].
    pub(crate) fn remember(&self, outcome: tagmata::Outcome, book: &tagmata::Book) -> Outcome {
        self.memory.remember(&self.home, outcome, book)
    }
}
