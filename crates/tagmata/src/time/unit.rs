//! Units of time and how many of them a filter may name.

use std::fmt;

/// A unit of time.
///
/// Minutes, hours, days and weeks have fixed lengths on instants; months, quarters and years keep the local time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours, or one calendar day.
    Day,
    /// 7 days.
    Week,
    /// A calendar month.
    Month,
    /// 3 months, starting in January, April, July or October.
    Quarter,
    /// 12 months.
    Year,
}

impl Unit {
    /// Every unit, shortest first.
    pub const ALL: [Self; 7] =
        [Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The unit in the singular, as filters spell it.
    ///
    /// ```
    /// # use tagmata::Unit;
    /// assert_eq!(Unit::Quarter.as_str(), "quarter");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Reads a unit in any case, in the singular or plural.
    pub(crate) fn read(word: &str) -> Option<Self> {
        let matches = |unit: &Self| {
            let singular = unit.as_str();
            word.eq_ignore_ascii_case(singular)
                || word.strip_suffix(['s', 'S']).is_some_and(|start| start.eq_ignore_ascii_case(singular))
        };
        Self::ALL.into_iter().find(matches)
    }

    /// Whether the unit is a period: week, month, quarter or year, which `this`, `last` and `next` can name.
    pub(crate) fn is_period(self) -> bool {
        self >= Self::Week
    }

    /// Whether the unit is shorter than a day.
    pub(crate) fn is_clock(self) -> bool {
        self < Self::Day
    }
}

/// A whole number of units: 1 to 10,000, or minus that.
///
/// ```
/// use tagmata::{Count, Unit};
/// assert_eq!(Count { n: 30, unit: Unit::Day }.to_string(), "30 days");
/// assert_eq!(Count { n: -1, unit: Unit::Month }.to_string(), "1 month");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Count {
    /// How many.
    pub n: i32,
    /// Of what.
    pub unit: Unit,
}

impl Count {
    /// The largest `n` of a filter.
    pub const MOST: i32 = 10_000;

    pub(crate) fn negated(self) -> Self {
        Self { n: -self.n, unit: self.unit }
    }
}

impl fmt::Display for Count {
    /// `1 day`, `30 days`; the sign is left to the sentence around it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.n.unsigned_abs();
        write!(f, "{n} {}{}", self.unit.as_str(), if n == 1 { "" } else { "s" })
    }
}
