//! A day of the year, and what becomes of 29 February.

use super::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use std::{fmt, str::FromStr};

/// When an anniversary of 29 February is kept in years without one.
///
/// ```
/// use tagmata::LeapDay;
/// assert_eq!("mar_1".parse::<LeapDay>()?, LeapDay::Mar1);
/// assert_eq!(LeapDay::default(), LeapDay::Feb28);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LeapDay {
    /// On 28 February, unless set otherwise.
    #[default]
    Feb28,
    /// On 1 March.
    Mar1,
    /// Not at all.
    Skip,
}

impl LeapDay {
    /// The rule as settings spell it.
    ///
    /// ```
    /// # use tagmata::LeapDay;
    /// assert_eq!(LeapDay::Mar1.as_str(), "mar_1");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Feb28 => "feb_28",
            Self::Mar1 => "mar_1",
            Self::Skip => "skip",
        }
    }
}

impl FromStr for LeapDay {
    type Err = Error;

    /// Reads `feb_28`, `mar_1` or `skip`.
    ///
    /// # Errors
    /// [`Code::BadSetting`] if the text is none of them.
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "feb_28" => Ok(Self::Feb28),
            "mar_1" => Ok(Self::Mar1),
            "skip" => Ok(Self::Skip),
            _ => Err(Error::value(
                Diagnostic::new(Code::BadSetting, format!("{} is no rule for 29 February", quoted(text)))
                    .expecting(["feb_28", "mar_1", "skip"]),
            )),
        }
    }
}

/// A month and a day of it, in no year: `12-25`.
///
/// ```
/// use tagmata::MonthDay;
/// let day: MonthDay = "12-25".parse()?;
/// assert_eq!((day.month(), day.day()), (12, 25));
/// assert!("02-29".parse::<MonthDay>().is_ok());
/// assert!("02-30".parse::<MonthDay>().is_err());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    const FEB_28: Self = Self { month: 2, day: 28 };
    const FEB_29: Self = Self { month: 2, day: 29 };
    const MAR_1: Self = Self { month: 3, day: 1 };

    pub(crate) fn of(date: Date) -> Self {
        Self { month: date.month(), day: date.day() }
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.day
    }

    /// Whether this day of the year is ever the anniversary of a date.
    pub(crate) fn celebrates(self, date: Date, leap_day: LeapDay) -> bool {
        let original = Self::of(date);
        let moved = match leap_day {
            LeapDay::Feb28 => Self::FEB_28,
            LeapDay::Mar1 => Self::MAR_1,
            LeapDay::Skip => Self::FEB_29,
        };
        self == original || (original == Self::FEB_29 && self == moved)
    }
}

/// The anniversary of a date in a year, where there is one.
pub(crate) fn anniversary_in(date: Date, year: i32, leap_day: LeapDay) -> Option<Date> {
    date.with_year(year).or_else(|| {
        let feb_28 = date.plus_days(-1).with_year(year)?;
        match leap_day {
            LeapDay::Feb28 => Some(feb_28),
            LeapDay::Mar1 => Some(feb_28.plus_days(1)),
            LeapDay::Skip => None,
        }
    })
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for MonthDay {
    type Err = Error;

    /// Reads `MM-DD`.
    ///
    /// # Errors
    /// [`Code::BadDate`] if the text has another form or no year has such a day.
    fn from_str(text: &str) -> Result<Self> {
        // Every day that exists at all exists in a leap year.
        let date = (text.len() == 5).then(|| format!("2000-{text}").parse::<Date>());
        match date {
            Some(Ok(date)) => Ok(Self::of(date)),
            _ => Err(Error::value(
                Diagnostic::new(Code::BadDate, format!("{} is no day of the year", quoted(text)))
                    .help("days of the year are written MM-DD, such as `12-25`"),
            )),
        }
    }
}
