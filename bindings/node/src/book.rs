//! The book: its settings, and how it is asked and changed.

use crate::clock::Hand;
use crate::convert::{Options, instant, system_now, whole};
use crate::errors::refused;
use crate::outcome::Outcome;
use napi::bindgen_prelude::{Function, JsValue, Unknown};
use napi::{Result, ValueType};
use napi_derive::napi;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use tagmata::{Access, Clock, Command, Diagnostic, Limits, SharedBook, Stamp, TimeZone, Timestamp, WhenBusy};

/// Contacts with their fields, tags, segments and statuses, in memory.
#[napi]
pub struct Book {
    pub(crate) home: Home,
    pub(crate) memory: Memory,
    /// Where the clock is a function of JavaScript.
    pub(crate) hand: Option<Hand>,
}

/// What the last change came to; work on another thread outlives the call that began it.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Option<Outcome>>>);

impl Memory {
    pub(crate) fn keep(&self, outcome: Outcome) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }

    fn kept(&self) -> Option<Outcome> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The book itself, and by what it is called: directly, or in a batch.
#[derive(Clone)]
pub(crate) struct Home {
    pub(crate) shared: Arc<SharedBook>,
    pub(crate) access: Access,
}

impl Home {
    /// Asks the book something.
    pub(crate) fn read<T>(&self, question: impl FnOnce(&tagmata::Book) -> tagmata::Result<T>) -> Result<T> {
        self.shared.read(self.access, question).map_err(refused)
    }

    /// Whether an id that was given out there means the same here. Those of a batch do not outlive it: it may be dropped.
    pub(crate) fn understands(&self, other: &Self) -> bool {
        let is_same_book = Arc::ptr_eq(&self.shared, &other.shared);
        is_same_book && (other.access == Access::Direct || other.access == self.access)
    }
}

#[napi]
impl Book {
    /// Makes an empty book.
    #[napi(constructor)]
    pub fn new(#[napi(ts_arg_type = "BookOptions")] options: Option<Unknown<'_>>) -> Result<Self> {
        const ALLOWED: [&str; 6] = ["timezone", "defaultCountry", "weekStart", "leapDay", "clock", "limits"];
        const SYSTEM: &str = "system";
        let options = Options::of("Book", options, &ALLOWED)?;
        let mut builder = tagmata::Book::builder();
        let zone: Option<TimeZone> = parsed(&options, "timezone")?;
        if let Some(zone) = zone {
            builder = builder.time_zone(zone);
        }
        if let Some(country) = parsed(&options, "defaultCountry")? {
            builder = builder.default_country(country);
        }
        if let Some(day) = parsed(&options, "weekStart")? {
            builder = builder.week_start(day);
        }
        if let Some(rule) = parsed(&options, "leapDay")? {
            builder = builder.leap_day(rule);
        }
        if let Some(given) = options.get("limits")? {
            builder = builder.limits(limits(given, Limits::default())?);
        }
        let zone = zone.unwrap_or_default();
        let (now, clock, hand) = match options.get("clock")? {
            Some(clock) if clock.get_type()? == ValueType::Function => {
                let asked: Option<Function<'_, (), Unknown<'_>>> = options.get_as("clock")?;
                let hand = asked.map(|clock| Hand::of(&clock, zone)).transpose()?;
                hand.map_or_else(by_the_system, |hand| (hand.shows(), hand.clock(), Some(hand)))
            }
            Some(clock) if !is_word(&clock, SYSTEM)? => (fixed(clock, zone)?, Clock::Fixed, None),
            _ => by_the_system(),
        };
        // An event loop may not wait for work that would have to end on it.
        let shared = SharedBook::new(builder.build(now), clock, WhenBusy::Refuse);
        let home = Home { shared: Arc::new(shared), access: Access::Direct };
        Ok(Self { hand, ..Self::at(home) })
    }

    pub(crate) fn at(home: Home) -> Self {
        Self { home, memory: Memory::default(), hand: None }
    }

    /// What the last changing call came to, whatever it returned.
    #[napi(getter, ts_return_type = "Outcome | null")]
    pub fn last_outcome(&self) -> Option<Outcome> {
        self.memory.kept()
    }

    /// What is wrong inside the book, one line each: nothing, as it always should be. It looks at everything.
    #[napi]
    pub fn check(&self) -> Result<Vec<String>> {
        self.read(|book| Ok(book.check()))
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
        let Home { shared, access } = &self.home;
        let created = shared.run(*access, command, options.actor()?.as_deref()).map_err(refused)?;
        Ok((self.remember(created.outcome)?, created.id))
    }

    /// Changes the book in a way that needs the instant of the change.
    pub(crate) fn change(
        &self,
        options: &Options<'_>,
        change: impl FnOnce(&mut tagmata::Book, Stamp) -> tagmata::Result<tagmata::Outcome>,
    ) -> Result<Outcome> {
        let Home { shared, access } = &self.home;
        let outcome = shared.change(*access, options.actor()?.as_deref(), change).map_err(refused)?;
        self.remember(outcome)
    }

    pub(crate) fn remember(&self, outcome: tagmata::Outcome) -> Result<Outcome> {
        let outcome = self.read(|book| Ok(Outcome::new(outcome, book.schema())))?;
        self.memory.keep(outcome.clone());
        Ok(outcome)
    }
}

/// Where a book has its time from if nothing else is said: the instant, the clock, and no function.
fn by_the_system() -> (Timestamp, Clock, Option<Hand>) {
    (system_now(), Clock::Running(Arc::new(system_now)), None)
}

/// An instant at which time stands still. What begins with a letter is a word rather than a datetime.
fn fixed(clock: Unknown<'_>, zone: TimeZone) -> Result<Timestamp> {
    if clock.get_type()? == ValueType::String {
        let text = clock.coerce_to_string()?.into_utf8()?.into_owned()?;
        if text.starts_with(char::is_alphabetic) {
            return Err(refused(tagmata::Error::unknown_clock(&text)));
        }
    }
    Ok(instant("clock", clock, zone)?)
}

fn is_word(value: &Unknown<'_>, word: &str) -> Result<bool> {
    Ok(value.get_type()? == ValueType::String && value.coerce_to_string()?.into_utf8()?.as_str()? == word)
}

/// An option that the core reads.
pub(crate) fn parsed<T: FromStr<Err = tagmata::Error>>(
    options: &Options<'_>,
    name: &str,
) -> Result<Option<T>> {
    options.text(name)?.map(|word| word.parse().map_err(refused)).transpose()
}

/// An option that is one of a few words, which the core reads.
pub(crate) fn chosen<T: FromStr<Err = tagmata::Error>>(
    options: &Options<'_>,
    name: &str,
) -> Result<Option<T>> {
    options.text(name)?.map(|word| self::word(name, &word)).transpose()
}

/// One of a few words. One that is none of them is refused by the name that the option has here.
pub(crate) fn word<T: FromStr<Err = tagmata::Error>>(name: &str, word: &str) -> Result<T> {
    let named = |error: tagmata::Error| {
        let allowed = error.diagnostics().first().map(Diagnostic::expected).unwrap_or_default();
        refused(tagmata::Error::unknown_word(name, word, allowed))
    };
    word.parse().map_err(named)
}

pub(crate) fn limits(given: Unknown<'_>, mut limits: Limits) -> Result<Limits> {
    const ALLOWED: [&str; 7] =
        ["source", "nesting", "segmentDepth", "nodes", "listItems", "string", "diagnostics"];
    let options = Options::of("limits", Some(given), &ALLOWED)?;
    let Limits { source, nesting, segment_depth, nodes, list_items, string, diagnostics } = &mut limits;
    let all = [source, nesting, segment_depth, nodes, list_items, string, diagnostics];
    for (name, limit) in ALLOWED.into_iter().zip(all) {
        if let Some(given) = options.get(name)? {
            *limit = whole(name, "a whole number", given)?;
        }
    }
    Ok(limits)
}
