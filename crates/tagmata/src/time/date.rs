//! A calendar day.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use chrono::{Datelike, Days, Months, NaiveDate};
use std::{fmt, str::FromStr};

/// A day of the proleptic Gregorian calendar (ISO 8601), without a time zone.
///
/// Days that come from outside lie in the years 0001 to 9999; arithmetic may leave that range.
///
/// ```
/// use tagmata::Date;
/// let day: Date = "2026-11-22".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (2026, 11, 22));
/// assert!(day < "2026-12-01".parse()?);
/// assert!("2026-11-31".parse::<Date>().is_err());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day of a year, month (1–12) and day of the month (1–31), if it exists and its year is 1 to 9999.
    ///
    /// ```
    /// use tagmata::Date;
    /// assert_eq!(Date::new(2028, 2, 29).unwrap().to_string(), "2028-02-29");
    /// assert_eq!(Date::new(2026, 2, 29), None);
    /// ```
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `YYYY-MM-DD`, years 0001 to 9999.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (year, month, day) = fields(text)?;
        Self::new(year, month, day)
    }

    pub(crate) fn from_naive(date: NaiveDate) -> Self {
        Self(date)
    }

    pub(crate) fn naive(self) -> NaiveDate {
        self.0
    }

    /// The days since 1970-01-01; negative before it.
    ///
    /// ```
    /// use tagmata::Date;
    /// assert_eq!(Date::new(1970, 1, 2).unwrap().days_since_epoch(), 1);
    /// ```
    #[must_use]
    pub fn days_since_epoch(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The day that is so many days after 1970-01-01; `None` outside the years 0001 to 9999.
    ///
    /// ```
    /// use tagmata::Date;
    /// assert_eq!(Date::from_days_since_epoch(20_779), Date::new(2026, 11, 22));
    /// assert_eq!(Date::from_days_since_epoch(i32::MAX), None);
    /// ```
    #[must_use]
    pub fn from_days_since_epoch(days: i32) -> Option<Self> {
        let day = Self::from_epoch_days(days.into());
        (day.days_since_epoch() == days).then_some(day)
    }

    pub(crate) fn from_epoch_days(days: i64) -> Self {
        i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).map_or(Self(NaiveDate::MAX), Self)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// This day in another year, if it exists there.
    pub(crate) fn with_year(self, year: i32) -> Option<Self> {
        self.0.with_year(year).map(Self)
    }

    /// The day so many days later, or earlier if negative; the ends of the calendar are far outside every input.
    pub(crate) fn plus_days(self, days: i64) -> Self {
        let count = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(count) } else { self.0.checked_add_days(count) };
        Self(moved.unwrap_or(if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX }))
    }

    /// The same day so many months later, or earlier if negative, and whether it had to be clamped to a shorter month.
    pub(crate) fn plus_months(self, months: i64) -> (Self, bool) {
        let count = Months::new(u32::try_from(months.unsigned_abs()).unwrap_or(u32::MAX));
        let moved =
            if months < 0 { self.0.checked_sub_months(count) } else { self.0.checked_add_months(count) };
        match moved {
            Some(date) => (Self(date), date.day() != self.0.day()),
            None => (Self(if months < 0 { NaiveDate::MIN } else { NaiveDate::MAX }), false),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Reads `YYYY-MM-DD`, years 0001 to 9999.
    ///
    /// # Errors
    /// [`Code::BadDate`] if the text has another form or the day does not exist.
    fn from_str(text: &str) -> Result<Self> {
        let written = fields(text);
        written.and_then(|(year, month, day)| Self::new(year, month, day)).ok_or_else(|| {
            let help = written.and_then(|(year, month, _)| length_of_month(year, month));
            let help = help.unwrap_or_else(|| {
                "dates are written YYYY-MM-DD, such as `2026-01-31`, in the years 0001 to 9999".to_owned()
            });
            Error::value(Diagnostic::new(Code::BadDate, format!("{} is not a date", quoted(text))).help(help))
        })
    }
}

/// Why a day of a month that exists does not.
fn length_of_month(year: i32, month: u32) -> Option<String> {
    let first = Date::new(year, month, 1)?;
    let (next, _) = first.plus_months(1);
    let days = next.days_since_epoch() - first.days_since_epoch();
    Some(format!("the month {year:04}-{month:02} has the days 01 to {days}"))
}

/// The numbers of `YYYY-MM-DD`, digits only.
fn fields(text: &str) -> Option<(i32, u32, u32)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_u32, |number, digit| match digit {
            b'0'..=b'9' => Some(number * 10 + u32::from(**digit - b'0')),
            _ => None,
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    Some((year, number(&[m1, m2])?, number(&[d1, d2])?))
}
