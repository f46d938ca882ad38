//! Where a book has its time from.
//!
//! A clock that is a function of JavaScript may be called by its own thread only, while changes happen on several: before each
//! call that may change the book, `clock.js` asks the function and tells the book what it shows.

use crate::convert::{Options, When, system_now, when};
use crate::errors::refused;
use napi::bindgen_prelude::{Function, Unknown};
use napi::{Result, ValueType};
use std::sync::{Arc, Mutex, PoisonError};
use tagmata::{Book, Clock, SharedBook, TimeZone, Timestamp, WhenBusy};

/// The option that is a clock.
pub(crate) const CLOCK: &str = "clock";

/// What a clock of JavaScript showed when it was asked last.
#[derive(Clone)]
pub(crate) struct Hand(Arc<Mutex<Timestamp>>);

impl Hand {
    fn shows(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, shows: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = shows;
    }
}

/// A clock as an option, and what it shows before there is a book.
pub(crate) struct GivenClock {
    clock: Clock,
    hand: Option<Hand>,
    shows: When,
}

impl GivenClock {
    /// Reads a clock, and looks at it.
    pub(crate) fn read(options: &Options<'_>) -> Result<Self> {
        const SYSTEM: &str = "system";
        match options.get(CLOCK)? {
            Some(clock) if clock.get_type()? == ValueType::Function => {
                let asked: Option<Function<'_, (), Unknown<'_>>> = options.get_as(CLOCK)?;
                asked.map_or_else(|| Ok(Self::of_system()), |clock| Self::of_function(&clock))
            }
            Some(clock) => match when(CLOCK, clock)? {
                When::Text(word) if word == SYSTEM => Ok(Self::of_system()),
                // What begins with a letter is a word rather than a datetime.
                When::Text(word) if word.starts_with(char::is_alphabetic) => {
                    Err(refused(tagmata::Error::unknown_clock(&word)))
                }
                shows => Ok(Self { clock: Clock::Fixed, hand: None, shows }),
            },
            None => Ok(Self::of_system()),
        }
    }

    fn of_system() -> Self {
        let clock = Clock::Running(Arc::new(system_now));
        Self { clock, hand: None, shows: When::Instant(system_now()) }
    }

    fn of_function(function: &Function<'_, (), Unknown<'_>>) -> Result<Self> {
        let shows = when(CLOCK, function.call(())?)?;
        let hand = Hand(Arc::new(Mutex::new(Timestamp::MIN)));
        let shown = hand.clone();
        let clock = Clock::Running(Arc::new(move || shown.shows()));
        Ok(Self { clock, hand: Some(hand), shows })
    }

    /// The instant at which a book begins that is in a zone and stands at an instant: behind that, a clock that runs stands still.
    pub(crate) fn begin(&self, zone: TimeZone, stands_at: Timestamp) -> tagmata::Result<Timestamp> {
        let at = self.shows.instant(zone)?;
        if let Some(hand) = &self.hand {
            hand.set(at);
        }
        Ok(match self.clock {
            Clock::Running(_) => at.max(stands_at),
            Clock::Fixed => at,
        })
    }

    /// A book with this clock; and its hand, if it is a function.
    pub(crate) fn share(self, book: Book) -> (Arc<SharedBook>, Option<Hand>) {
        // An event loop may not wait for work that would have to end on it, but for what another thread does while it is called.
        (Arc::new(SharedBook::new(book, self.clock, WhenBusy::WaitForShort)), self.hand)
    }
}
