//! A date and time of day as a wall clock shows them.

use super::Date;
use chrono::{NaiveDateTime, NaiveTime, Timelike};
use std::fmt;

/// A date and time of day without a time zone; the book's zone makes it an instant.
///
/// ```
/// use tagmata::{Filter, Moment, Predicate, Schema, TimeTest};
/// let filter = Filter::parse("created_at before 2026-11-22T09:30:00", &Schema::default())?;
/// let Some(Predicate::Instant { test: TimeTest::Before(Moment::Civil(civil)), .. }) =
///     filter.plan().conditions().next()
/// else {
///     unreachable!()
/// };
/// assert_eq!(civil.to_string(), "2026-11-22T09:30:00");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDateTime(NaiveDateTime);

impl CivilDateTime {
    pub(crate) fn from_naive(naive: NaiveDateTime) -> Self {
        Self(naive)
    }

    pub(crate) fn naive(self) -> NaiveDateTime {
        self.0
    }

    pub(crate) fn date(self) -> Date {
        Date::from_naive(self.0.date())
    }

    pub(crate) fn time(self) -> NaiveTime {
        self.0.time()
    }

    pub(crate) fn midnight(date: Date) -> Self {
        Self(date.naive().and_time(NaiveTime::MIN))
    }
}

impl fmt::Display for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time();
        write!(f, "{}T{:02}:{:02}:{:02}", self.date(), time.hour(), time.minute(), time.second())?;
        match time.nanosecond() / 1_000 {
            0 => Ok(()),
            micros => write!(f, ".{}", format!("{micros:06}").trim_end_matches('0')),
        }
    }
}
