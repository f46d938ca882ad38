//! Days that come again every year.

use super::month_day::anniversary_in;
use super::{Calendar, Date, MonthDay, Timestamp, Window};
use std::fmt;
use std::ops::Range;

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

/// An [`Anniversary`] whose window stands still.
#[derive(Debug, Clone)]
pub(crate) struct AnniversaryAt {
    calendar: Calendar,
    days: Days,
}

#[derive(Debug, Clone)]
enum Days {
    On(MonthDay),
    Within(Range<i64>),
}

impl AnniversaryAt {
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

    pub(crate) fn holds_for_instant(&self, instant: Timestamp) -> bool {
        self.holds(self.calendar.zone.day_of(instant))
    }
}
