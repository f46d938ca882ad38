//! Moments: what dates and datetimes are compared with.

use crate::oracle::calendar::{Calendar, Place, Unit};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;
use std::cmp::Ordering;

/// The value of a date or datetime field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum When {
    /// "**date** is a calendar day without zone".
    Day(NaiveDate),
    /// "**datetime** is an instant in UTC, microseconds".
    Instant(DateTime<Utc>),
}

impl When {
    /// The local day that the value falls on.
    pub(crate) fn day(self, calendar: &Calendar) -> NaiveDate {
        match self {
            When::Day(day) => day,
            When::Instant(instant) => calendar.today(instant),
        }
    }

    /// Where the value lies, seen from a moment.
    ///
    /// "A datetime compared with a date means the whole local day, half-open `[start, next start)`": an instant inside the day
    /// is equal to it.
    pub(crate) fn compare(self, moment: Moment, calendar: &Calendar) -> Ordering {
        match (self, moment) {
            (When::Day(value), Moment::Day(day)) => value.cmp(&day),
            (When::Instant(value), Moment::Place(place)) => Place::at(value).cmp(&place),
            (When::Instant(value), Moment::Day(day)) if value < calendar.day_start(day) => Ordering::Less,
            (When::Instant(value), Moment::Day(day)) if value >= calendar.day_start(day + Days::new(1)) => {
                Ordering::Greater
            }
            (When::Instant(_), Moment::Day(_)) => Ordering::Equal,
            (When::Day(_), Moment::Place(_)) => panic!("a date field compared with a datetime"),
        }
    }
}

/// The operand of a date or datetime predicate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Moment {
    /// A date, or `today ± n`.
    Day(NaiveDate),
    /// A datetime, or `now ± n`.
    Place(Place),
}

impl Moment {
    pub(crate) fn parse(value: &Value, calendar: &Calendar, now: DateTime<Utc>) -> Moment {
        if let Some(text) = value.as_str() {
            return literal(text, calendar);
        }
        let offset = value["offset"].as_i64();
        let today = calendar.today(now);
        match (value["anchor"].as_str(), offset) {
            (Some("now"), None) => Moment::Place(Place::at(now)),
            (Some("now"), Some(n)) => {
                Moment::Place(calendar.shift_instant(now, n, Unit::parse(&value["unit"])))
            }
            (Some("today"), None) => Moment::Day(today),
            (Some("today"), Some(n)) => {
                Moment::Day(calendar.shift_day(today, n, Unit::parse(&value["unit"])))
            }
            _ => panic!("not a moment: {value}"),
        }
    }
}

/// "Dates `YYYY-MM-DD`, years 0001–9999; datetimes RFC 3339, without zone = the book's zone".
fn literal(text: &str, calendar: &Calendar) -> Moment {
    if let Ok(day) = text.parse::<NaiveDate>() {
        Moment::Day(day)
    } else if let Ok(local) = text.parse::<NaiveDateTime>() {
        Moment::Place(Place::at(calendar.instant(local)))
    } else {
        Moment::Place(Place::at(instant(text)))
    }
}

/// An RFC 3339 datetime with a zone.
pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text.trim())
        .unwrap_or_else(|e| panic!("not a datetime: {text}: {e}"))
        .to_utc()
}
