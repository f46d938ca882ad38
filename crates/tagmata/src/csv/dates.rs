//! Dates and datetimes as spreadsheets write them.

use super::options::Dates;
use crate::time::{Date, TimeZone, Timestamp, WrittenDateTime};

/// The day of `2026-12-31`, or of `31/12/2026` with this number first.
pub(super) fn day(text: &str, dates: Dates) -> Option<Date> {
    if !text.as_bytes().contains(&b'/') {
        return Date::read(text);
    }
    let mut parts = text.split('/');
    let (first, second, year) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let year = i32::try_from(number(year, 4)?).ok()?;
    match dates {
        Dates::Mdy => Date::new(year, first, second),
        Dates::Dmy | Dates::Detect => Date::new(year, second, first),
    }
}

fn number(digits: &str, most: usize) -> Option<u32> {
    let is_number = (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// The day and the time of day of a datetime.
pub(super) fn parts(text: &str) -> (&str, &str) {
    match text.find(['T', 't', ' ']) {
        Some(at) => text.split_at_checked(at).unwrap_or((text, "")),
        None => (text, ""),
    }
}

/// The instant of a datetime: RFC 3339, without zone in a zone, with a space for the `T`; a day alone is its first instant.
pub(super) fn instant(text: &str, dates: Dates, zone: TimeZone) -> Option<Timestamp> {
    if text.as_bytes().get(10) == Some(&b'T')
        && let Ok(written) = WrittenDateTime::parse(text)
    {
        return at(written, zone);
    }
    let (written_day, time) = parts(text);
    let day = day(written_day, dates)?;
    if time.is_empty() {
        return in_range(zone.start_of_day(day));
    }
    let time = time.get(1..)?;
    // Spreadsheets write `9:05`.
    let pad = if time.find(':') == Some(1) { "0" } else { "" };
    at(WrittenDateTime::parse(&format!("{day}T{pad}{time}")).ok()?, zone)
}

fn at(written: WrittenDateTime, zone: TimeZone) -> Option<Timestamp> {
    match written {
        WrittenDateTime::Instant(at) => Some(at),
        WrittenDateTime::Civil(civil) => in_range(zone.to_instant(civil)),
    }
}

fn in_range(at: Timestamp) -> Option<Timestamp> {
    Timestamp::from_micros(at.as_micros())
}
