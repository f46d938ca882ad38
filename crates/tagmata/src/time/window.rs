//! Stretches of time that a filter names: rolling, calendar, and single days.

use super::calendar::Cut;
use super::{Calendar, Count, Timestamp, Unit};
use std::fmt;
use std::ops::Range;

/// On which side of now a window lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// In the past.
    Last,
    /// Around now.
    This,
    /// In the future.
    Next,
}

impl Direction {
    /// The word that filters use.
    ///
    /// ```
    /// # use tagmata::Direction;
    /// assert_eq!(Direction::This.as_str(), "this");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::This => "this",
            Self::Next => "next",
        }
    }
}

/// A stretch of time around `now`.
///
/// ```
/// use tagmata::{Count, Direction, Unit, Window};
/// let month = Window::Rolling { direction: Direction::Last, count: Count { n: 30, unit: Unit::Day } };
/// assert_eq!(month.to_string(), "in last 30 days");
/// assert_eq!(month.unit(), Unit::Day);
/// assert_eq!(Window::Period { direction: Direction::This, unit: Unit::Month }.to_string(), "in this month");
/// assert_eq!(Window::Day(Direction::Next).to_string(), "tomorrow");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    /// `in last 30 days`: up to and including now; `in next 7 days`: from now on, now excluded.
    Rolling {
        /// `Last` or `Next`.
        direction: Direction,
        /// How long; `n` is positive.
        count: Count,
    },
    /// `in last 2 calendar months`: whole units, the running one excluded.
    Calendar {
        /// `Last` or `Next`.
        direction: Direction,
        /// How many; `n` is positive.
        count: Count,
    },
    /// `in this month`, `in last year`: one whole calendar period.
    Period {
        /// Which one.
        direction: Direction,
        /// A week, month, quarter or year.
        unit: Unit,
    },
    /// `yesterday`, `today`, `tomorrow`.
    Day(Direction),
}

impl Window {
    /// The instants of the window, half-open.
    pub(crate) fn instants(&self, now: Timestamp, calendar: &Calendar) -> Range<Cut> {
        match *self {
            Self::Rolling { direction: Direction::Next, count } => {
                now.as_micros().saturating_add(1)..calendar.shift(now, count).end
            }
            Self::Rolling { count, .. } => {
                calendar.shift(now, count.negated()).end..now.as_micros().saturating_add(1)
            }
            Self::Calendar { direction, count } if count.unit.is_clock() => {
                let (from, to) = units(direction, count);
                calendar.clock_start(now, count.unit, from)..calendar.clock_start(now, count.unit, to)
            }
            Self::Calendar { .. } | Self::Period { .. } | Self::Day(_) => {
                let (from, to) = self.whole_days(now, calendar);
                calendar.start(from)..calendar.start(to)
            }
        }
    }

    /// The days of the window, half-open, as days since the epoch. The window's unit is a day or longer.
    pub(crate) fn days(&self, now: Timestamp, calendar: &Calendar) -> Range<Cut> {
        let day = |date: super::Date| i64::from(date.days_since_epoch());
        let today = calendar.today(now);
        match *self {
            Self::Rolling { direction: Direction::Next, count } => {
                day(today) + 1..day(calendar.shift_day(today, count)) + 1
            }
            Self::Rolling { count, .. } => {
                day(calendar.shift_day(today, count.negated())) + 1..day(today) + 1
            }
            Self::Calendar { .. } | Self::Period { .. } | Self::Day(_) => {
                let (from, to) = self.whole_days(now, calendar);
                day(from)..day(to)
            }
        }
    }

    /// The first day of a window of whole days or longer units, and the day after its last.
    fn whole_days(&self, now: Timestamp, calendar: &Calendar) -> (super::Date, super::Date) {
        let (unit, (from, to)) = match *self {
            Self::Calendar { direction, count } | Self::Rolling { direction, count } => {
                (count.unit, units(direction, count))
            }
            Self::Period { direction, unit } => (unit, single(direction)),
            Self::Day(direction) => (Unit::Day, single(direction)),
        };
        let today = calendar.today(now);
        (calendar.period_start(today, unit, from), calendar.period_start(today, unit, to))
    }

    /// The unit in which the window is measured.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self {
            Self::Rolling { count, .. } | Self::Calendar { count, .. } => count.unit,
            Self::Period { unit, .. } => *unit,
            Self::Day(_) => Unit::Day,
        }
    }

    /// Whether the window is a year long or longer, so that every anniversary would fall into it.
    pub(crate) fn spans_a_year(&self) -> bool {
        let n = match self {
            Self::Rolling { count, .. } | Self::Calendar { count, .. } => i64::from(count.n),
            Self::Period { .. } | Self::Day(_) => 1,
        };
        match self.unit() {
            Unit::Minute | Unit::Hour => false,
            Unit::Day => n >= 365,
            Unit::Week => n >= 53,
            Unit::Month => n >= 12,
            Unit::Quarter => n >= 4,
            Unit::Year => true,
        }
    }
}

/// Whole units before or after the running one, as offsets of their first and of the one after their last.
fn units(direction: Direction, count: Count) -> (i64, i64) {
    match direction {
        Direction::Next => (1, i64::from(count.n) + 1),
        Direction::Last | Direction::This => (-i64::from(count.n), 0),
    }
}

fn single(direction: Direction) -> (i64, i64) {
    match direction {
        Direction::Last => (-1, 0),
        Direction::This => (0, 1),
        Direction::Next => (1, 2),
    }
}

impl fmt::Display for Window {
    /// The spelling of the filter language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rolling { direction, count } => write!(f, "in {} {count}", direction.as_str()),
            Self::Calendar { direction, count } => {
                let plural = if count.n == 1 { "" } else { "s" };
                write!(f, "in {} {} calendar {}{plural}", direction.as_str(), count.n, count.unit.as_str())
            }
            Self::Period { direction, unit } => write!(f, "in {} {}", direction.as_str(), unit.as_str()),
            Self::Day(direction) => f.write_str(match direction {
                Direction::Last => "yesterday",
                Direction::This => "today",
                Direction::Next => "tomorrow",
            }),
        }
    }
}
