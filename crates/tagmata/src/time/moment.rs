//! A point that values are compared with: a day, an instant, or one that moves with `now`.

use super::calendar::Cut;
use super::{Calendar, CivilDateTime, Count, Date, Timestamp};
use std::fmt;
use std::ops::Range;

/// What a relative moment starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The instant of the question.
    Now,
    /// The local day of that instant.
    Today,
}

impl Anchor {
    /// The word that filters use.
    ///
    /// ```
    /// # use tagmata::Anchor;
    /// assert_eq!(Anchor::Today.as_str(), "today");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Today => "today",
        }
    }
}

/// A point in time that a filter names.
///
/// A moment is a range of values, of one microsecond or one day; `<` is before its start, `>` from its end on.
///
/// ```
/// use tagmata::{Anchor, Count, Date, Moment, Unit};
/// let two_weeks_ago = Some(Count { n: -2, unit: Unit::Week });
/// let moment = Moment::Relative { anchor: Anchor::Today, offset: two_weeks_ago };
/// assert_eq!(moment.to_string(), "today - 2 weeks");
/// assert!(moment.is_relative() && moment.is_day());
/// assert!(!Moment::Date(Date::new(2026, 11, 22).unwrap()).is_relative());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A calendar day.
    Date(Date),
    /// An instant.
    Instant(Timestamp),
    /// A wall clock's reading in the book's zone.
    Civil(CivilDateTime),
    /// `now` or `today`, moved by a count of units.
    Relative {
        /// What it starts from.
        anchor: Anchor,
        /// How far it is moved; negative into the past.
        offset: Option<Count>,
    },
}

impl Moment {
    /// Whether the moment is a whole day.
    #[must_use]
    pub fn is_day(&self) -> bool {
        matches!(self, Self::Date(_) | Self::Relative { anchor: Anchor::Today, .. })
    }

    /// Whether the moment moves with `now`.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        matches!(self, Self::Relative { .. })
    }

    /// The instants of the moment, half-open; empty where a clamped edge lies between two instants.
    pub(crate) fn instants(&self, now: Timestamp, calendar: &Calendar) -> Range<Cut> {
        let one = |at: Timestamp| at.as_micros()..at.as_micros().saturating_add(1);
        match *self {
            Self::Instant(at) => one(at),
            Self::Civil(civil) => one(calendar.zone.to_instant(civil)),
            Self::Relative { anchor: Anchor::Now, offset: None } => one(now),
            Self::Relative { anchor: Anchor::Now, offset: Some(count) } => calendar.shift(now, count),
            Self::Date(_) | Self::Relative { anchor: Anchor::Today, .. } => {
                calendar.day(self.day(now, calendar))
            }
        }
    }

    /// The days of the moment, half-open, as days since the epoch.
    pub(crate) fn days(&self, now: Timestamp, calendar: &Calendar) -> Range<Cut> {
        let day = i64::from(self.day(now, calendar).days_since_epoch());
        day..day + 1
    }

    fn day(&self, now: Timestamp, calendar: &Calendar) -> Date {
        let today = || calendar.today(now);
        match *self {
            Self::Date(date) => date,
            Self::Relative { offset: None, .. } => today(),
            Self::Relative { offset: Some(count), .. } => calendar.shift_day(today(), count),
            Self::Civil(civil) => civil.date(),
            Self::Instant(at) => calendar.zone.day_of(at),
        }
    }
}

impl fmt::Display for Moment {
    /// The spelling of the filter language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Instant(at) => at.fmt(f),
            Self::Civil(civil) => civil.fmt(f),
            Self::Relative { anchor, offset } => {
                f.write_str(anchor.as_str())?;
                match offset {
                    None => Ok(()),
                    Some(count) => write!(f, " {} {count}", if count.n < 0 { '-' } else { '+' }),
                }
            }
        }
    }
}
