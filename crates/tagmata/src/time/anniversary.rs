//! Days that come again every year.

use super::flip::symmetric_difference;
use super::month_day::anniversary_in;
use super::{Calendar, Date, MonthDay, Timestamp, Window};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::{Range, RangeInclusive};

/// Which days of the year an anniversary must fall on.
///
/// ```
/// use tagmata::{Anniversary, Direction, Unit, Window};
/// assert_eq!(Anniversary::On("12-25".parse()?).to_string(), "on 12-25");
/// let window = Window::Period { direction: Direction::Next, unit: Unit::Week };
/// assert_eq!(Anniversary::Within(window).to_string(), "in next week");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anniversary {
    /// One day of the year.
    On(MonthDay),
    /// The days of a window shorter than a year.
    Within(Window),
}

impl Anniversary {
    /// The anniversaries of a moment of time.
    pub(crate) fn at(self, now: Timestamp, calendar: &Calendar) -> AnniversaryAt {
        AnniversaryAt {
            calendar: *calendar,
            days: match self {
                Self::On(day) => Days::On(day),
                Self::Within(window) => Days::Within(window.days(now, calendar)),
            },
        }
    }
}

impl fmt::Display for Anniversary {
    /// The spelling of the filter language, after the word `anniversary`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(day) => write!(f, "on {day}"),
            Self::Within(window) => window.fmt(f),
        }
    }
}

/// Some leap year.
const LEAP_YEAR: i32 = 2000;

/// An [`Anniversary`] whose window stands still.
#[derive(Debug, Clone)]
pub(crate) struct AnniversaryAt {
    calendar: Calendar,
    days: Days,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Days {
    On(MonthDay),
    Within(Range<i64>),
}

impl AnniversaryAt {
    /// The days of the year on which a date passes, as they stand in a leap year.
    pub(crate) fn month_days(&self) -> Vec<MonthDay> {
        let first = Date::new(LEAP_YEAR, 1, 1).into_iter();
        let days = first.flat_map(|first| (0..366).map(move |days| first.plus_days(days)));
        days.filter(|day| self.holds(*day)).map(MonthDay::of).collect()
    }

    pub(crate) fn holds(&self, date: Date) -> bool {
        let leap_day = self.calendar.leap_day;
        match &self.days {
            Days::On(day) => day.celebrates(date, leap_day),
            Days::Within(days) => {
                let year = |day: i64| Date::from_epoch_days(day).year();
                (year(days.start)..=year(days.end)).any(|year| {
                    anniversary_in(date, year, leap_day)
                        .is_some_and(|day| days.contains(&i64::from(day.days_since_epoch())))
                })
            }
        }
    }

    /// Whether the same days pass as at another moment, by their window alone.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.days == other.days
    }

    /// The days of some years that pass at one of two moments only, as ranges from a day to the one behind the last.
    pub(crate) fn flips(&self, other: &Self, years: RangeInclusive<i32>) -> Vec<Range<Date>> {
        let (Days::Within(these), Days::Within(those)) = (&self.days, &other.days) else { return Vec::new() };
        let mut flipped: BTreeSet<Date> = BTreeSet::new();
        for day in symmetric_difference(these, those).into_iter().flatten().map(Date::from_epoch_days) {
            flipped.extend(day.with_year(LEAP_YEAR));
            // In other years 29 February is kept beside its place.
            if [(2, 28), (3, 1)].contains(&(day.month(), day.day())) {
                flipped.extend(Date::new(LEAP_YEAR, 2, 29));
            }
        }
        flipped.retain(|day| self.holds(*day) != other.holds(*day));
        let days: Vec<Date> = flipped.into_iter().collect();
        let runs = || {
            days.chunk_by(|one, next| one.plus_days(1) == *next)
                .filter_map(|run| Some((*run.first()?, *run.last()?)))
        };
        let of_year = |year: i32| {
            let first_of_march = Date::new(year, 3, 1);
            runs().filter_map(move |(first, last)| {
                let start = first.with_year(year).or(first_of_march)?;
                let end = last.with_year(year).map(|last| last.plus_days(1)).or(first_of_march)?;
                (start < end).then_some(start..end)
            })
        };
        years.flat_map(of_year).collect()
    }

    pub(crate) fn holds_for_instant(&self, instant: Timestamp) -> bool {
        self.holds(self.calendar.zone.day_of(instant))
    }
}
