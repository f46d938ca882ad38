//! The reading of RFC 3339, with and without a zone.

use super::{CivilDateTime, Date, Timestamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use chrono::{NaiveTime, TimeDelta};
use std::str::FromStr;

/// A datetime as it was written: an instant, or a wall clock's reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WrittenDateTime {
    Instant(Timestamp),
    Civil(CivilDateTime),
}

impl WrittenDateTime {
    /// Reads RFC 3339, with or without a zone: `2026-01-31T12:00:00Z`, `…T12:00:00.5+02:00`, `…T12:00`.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        match Self::read(text) {
            Some(Self::Instant(at)) if Timestamp::from_micros(at.as_micros()).is_none() => {
                Err(out_of_range(text))
            }
            Some(written) => Ok(written),
            None => Err(Error::value(Diagnostic::new(Code::BadDate, format!("{} is not a datetime", quoted(text))).help(
                "datetimes are written `2026-01-31T12:00:00Z`, or without a zone for the book's zone, with at most 6 fraction digits",
            ))),
        }
    }

    fn read(text: &str) -> Option<Self> {
        if let Some(at) = whole_second(text) {
            return Some(Self::Instant(at));
        }
        let (date, clock) = text.split_at_checked(10)?;
        let date = Date::read(date)?;
        let clock = clock.strip_prefix(['T', 't'])?;
        let (clock, offset) = match clock.bytes().position(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-')) {
            Some(at) => clock.split_at_checked(at).map(|(clock, offset)| (clock, Some(offset)))?,
            None => (clock, None),
        };
        let civil = CivilDateTime::from_naive(date.naive().and_time(time(clock)?));
        match offset {
            None => Some(Self::Civil(civil)),
            Some(offset) => {
                let utc = civil.naive().checked_sub_signed(TimeDelta::seconds(offset_seconds(offset)?))?;
                Some(Self::Instant(Timestamp::from_utc(CivilDateTime::from_naive(utc))))
            }
        }
    }
}

pub(super) fn out_of_range(text: &str) -> Error {
    let message = format!("{} is outside the years 0001 to 9999", quoted(text));
    Error::value(Diagnostic::new(Code::BadDate, message))
}

/// `YYYY-MM-DDTHH:MM:SSZ`, as nearly all are written; `None` says nothing of the text.
fn whole_second(text: &str) -> Option<Timestamp> {
    let (date, clock) = text.split_at_checked(10)?;
    let [b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = clock.as_bytes() else { return None };
    let number = |tens: &u8, ones: &u8| {
        let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
        is_number.then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    };
    let (hour, minute, second) = (number(h1, h2)?, number(m1, m2)?, number(s1, s2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day = Date::read(date)?;
    let seconds = i64::from(day.days_since_epoch()) * 86_400 + hour * 3600 + minute * 60 + second;
    Some(Timestamp::at(seconds * 1_000_000))
}

/// `HH:MM[:SS[.ffffff]]`.
fn time(text: &str) -> Option<NaiveTime> {
    // Most have seconds and no fraction.
    if let [h1, h2, b':', m1, m2, b':', s1, s2] = text.as_bytes()
        && [h1, h2, m1, m2, s1, s2].iter().all(|digit| digit.is_ascii_digit())
    {
        let number = |tens: &u8, ones: &u8| u32::from(tens - b'0') * 10 + u32::from(ones - b'0');
        return NaiveTime::from_hms_opt(number(h1, h2), number(m1, m2), number(s1, s2));
    }
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let (hour, minute) = (two_digits(parts.next()?)?, two_digits(parts.next()?)?);
    let second = match parts.next() {
        Some(second) => two_digits(second)?,
        None if fraction.is_none() => 0,
        None => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    let micro = match fraction {
        None => 0,
        Some(f) if (1..=6).contains(&f.len()) && f.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{f:0<6}").parse().ok()?
        }
        Some(_) => return None,
    };
    NaiveTime::from_hms_micro_opt(hour, minute, second, micro)
}

/// `Z`, `+HH:MM` or `-HH:MM` in seconds.
fn offset_seconds(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = text.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i64::from(hours * 3600 + minutes * 60);
    Some(if sign == "-" { -seconds } else { seconds })
}

fn two_digits(text: &str) -> Option<u32> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        }
        _ => None,
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    /// Reads RFC 3339 with a zone, at most 6 fraction digits.
    ///
    /// # Errors
    /// [`Code::BadDate`] if the text has another form, no zone, or an instant outside the years 0001 to 9999.
    fn from_str(text: &str) -> Result<Self> {
        match WrittenDateTime::parse(text).map_err(|error| instant_needed(error, text))? {
            WrittenDateTime::Instant(instant) => Ok(instant),
            WrittenDateTime::Civil(_) => Err(Error::value(
                Diagnostic::new(Code::BadDate, format!("{} has no time zone", quoted(text)))
                    .help("add `Z` for UTC, or an offset such as `+02:00`"),
            )),
        }
    }
}

/// A text that is no datetime at all, where a zone is needed too.
fn instant_needed(error: Error, text: &str) -> Error {
    match WrittenDateTime::read(text) {
        Some(_) => error,
        None => Error::value(error.into_diagnostic().help(
            "instants are written `2026-01-31T12:00:00Z` or `2026-01-31T14:00:00+02:00`, with at most 6 fraction digits",
        )),
    }
}
