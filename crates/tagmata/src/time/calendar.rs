//! A calendar: where days, weeks and months begin in a book, and how far a count of units reaches.

use super::{CivilDateTime, Count, Date, LeapDay, TimeZone, Timestamp, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use chrono::{Datelike, NaiveTime, Timelike};
use std::str::FromStr;

/// A day of the week.
///
/// ```
/// use tagmata::Weekday;
/// assert_eq!("Sunday".parse::<Weekday>()?, Weekday::Sunday);
/// assert_eq!(Weekday::default(), Weekday::Monday);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    #[default]
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    const NAMES: [(&'static str, Self); 7] = [
        ("monday", Self::Monday),
        ("tuesday", Self::Tuesday),
        ("wednesday", Self::Wednesday),
        ("thursday", Self::Thursday),
        ("friday", Self::Friday),
        ("saturday", Self::Saturday),
        ("sunday", Self::Sunday),
    ];

    /// The day as settings spell it.
    ///
    /// ```
    /// # use tagmata::Weekday;
    /// assert_eq!(Weekday::Sunday.as_str(), "sunday");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, day)| *day == self).map_or("", |(name, _)| name)
    }

    /// How many days the day comes after Monday.
    fn after_monday(self) -> i64 {
        self as i64
    }
}

impl FromStr for Weekday {
    type Err = Error;

    /// Reads `monday` … `sunday` in any case.
    ///
    /// # Errors
    /// [`Code::BadSetting`] if the text is none of them.
    fn from_str(text: &str) -> Result<Self> {
        Self::NAMES.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)).map(|(_, day)| *day).ok_or_else(
            || {
                Error::value(
                    Diagnostic::new(Code::BadSetting, format!("{} is no day of the week", quoted(text)))
                        .expecting(Self::NAMES.map(|(name, _)| name)),
                )
            },
        )
    }
}

/// The settings that decide what `today`, `this week` and `birthday` mean in a book.
///
/// ```
/// use tagmata::{Calendar, ContactId, Draft, Filter, Schema, Settings, Weekday};
/// let this_week = |week_start| {
///     let calendar = Calendar { zone: "Europe/Paris".parse()?, week_start, ..Calendar::default() };
///     let schema = Schema::new(Settings { calendar, ..Settings::default() });
///     let zoe = Draft::new().set("created_at", "2026-11-21T12:00:00Z").read(ContactId::new(0), &schema)?;
///     let a_sunday = "2026-11-22T09:30:00Z".parse()?;
///     Ok::<_, tagmata::Error>(Filter::parse("created_at in this week", &schema)?.matches(&zoe, a_sunday))
/// };
/// assert_eq!((this_week(Weekday::Monday)?, this_week(Weekday::Sunday)?), (true, false));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Calendar {
    /// The zone of local days and times.
    pub zone: TimeZone,
    /// The first day of a week; Monday unless set (ISO 8601).
    pub week_start: Weekday,
    /// When an anniversary of 29 February is kept in other years.
    pub leap_day: LeapDay,
}

/// A place on the line of instants: everything before it lies on one side, it and everything after on the other.
///
/// A cut, unlike an instant, can lie at the end of a day.
pub(crate) type Cut = i64;

impl Calendar {
    /// The local day of an instant.
    pub(crate) fn today(&self, now: Timestamp) -> Date {
        self.zone.day_of(now)
    }

    /// The instants of a local day, half-open.
    pub(crate) fn day(&self, day: Date) -> std::ops::Range<Cut> {
        self.start(day)..self.start(day.plus_days(1))
    }

    pub(crate) fn start(&self, day: Date) -> Cut {
        self.zone.start_of_day(day).as_micros()
    }

    /// The instant that lies a count of units after `now`, as the cuts before and after it.
    ///
    /// Where the day had to be clamped (31 March − 1 month) the edge is the end of the clamped day, and both cuts lie there.
    pub(crate) fn shift(&self, now: Timestamp, count: Count) -> std::ops::Range<Cut> {
        let instant = |at: i64| at..at.saturating_add(1);
        let fixed = |micros: i64| instant(now.as_micros().saturating_add(i64::from(count.n) * micros));
        const MINUTE: i64 = 60_000_000;
        match count.unit {
            Unit::Minute => fixed(MINUTE),
            Unit::Hour => fixed(60 * MINUTE),
            Unit::Day => fixed(24 * 60 * MINUTE),
            Unit::Week => fixed(7 * 24 * 60 * MINUTE),
            Unit::Month | Unit::Quarter | Unit::Year => {
                let civil = self.zone.to_furthest_civil(now);
                match civil.date().plus_months(months(count)) {
                    (day, false) => {
                        let moved = CivilDateTime::from_naive(day.naive().and_time(civil.time()));
                        instant(self.zone.to_instant(moved).as_micros())
                    }
                    (clamped, true) => {
                        let end = self.start(clamped.plus_days(1));
                        end..end
                    }
                }
            }
        }
    }

    /// The day that lies a count of units after a day; clamped to the last day of a shorter month.
    pub(crate) fn shift_day(&self, day: Date, count: Count) -> Date {
        match count.unit {
            Unit::Minute | Unit::Hour => day,
            Unit::Day => day.plus_days(i64::from(count.n)),
            Unit::Week => day.plus_days(7 * i64::from(count.n)),
            Unit::Month | Unit::Quarter | Unit::Year => day.plus_months(months(count)).0,
        }
    }

    /// The first day of the period that lies `offset` periods after the one that holds a day.
    pub(crate) fn period_start(&self, day: Date, unit: Unit, offset: i64) -> Date {
        let first_of = |month: u32| {
            day.naive().with_day(1).and_then(|d| d.with_month(month)).map_or(day, Date::from_naive)
        };
        match unit {
            Unit::Minute | Unit::Hour | Unit::Day => day.plus_days(offset),
            Unit::Week => {
                let after_monday = i64::from(day.naive().weekday().num_days_from_monday());
                let into_week = (after_monday - self.week_start.after_monday()).rem_euclid(7);
                day.plus_days(7 * offset - into_week)
            }
            Unit::Month => first_of(day.month()).plus_months(offset).0,
            Unit::Quarter => first_of((day.month() - 1) / 3 * 3 + 1).plus_months(3 * offset).0,
            Unit::Year => first_of(1).plus_months(12 * offset).0,
        }
    }

    /// The start of the clock hour or minute that lies `offset` of them after the running one.
    pub(crate) fn clock_start(&self, now: Timestamp, unit: Unit, offset: i64) -> Cut {
        let civil = self.zone.to_furthest_civil(now);
        let minute = if unit == Unit::Minute { civil.time().minute() } else { 0 };
        let floor = NaiveTime::from_hms_opt(civil.time().hour(), minute, 0).unwrap_or_default();
        let length = if unit == Unit::Minute {
            chrono::TimeDelta::minutes(offset)
        } else {
            chrono::TimeDelta::hours(offset)
        };
        let moved = civil.date().naive().and_time(floor) + length;
        self.zone.to_instant(CivilDateTime::from_naive(moved)).as_micros()
    }
}

fn months(count: Count) -> i64 {
    let each = match count.unit {
        Unit::Quarter => 3,
        Unit::Year => 12,
        _ => 1,
    };
    each * i64::from(count.n)
}
