//! Days and instants as a host keeps them.

use crate::dice::Dice;
use crate::table::Kind;
use serde_json::{Value, json};
use tagmata::{Date, Timestamp};
use tagmata_sql::{Dialect, Format};

const DAY: i64 = 86_400_000_000;

/// Formats that have all of some instants to the microsecond.
pub(crate) fn instant_formats(dialect: Dialect, instants: &[Timestamp]) -> Vec<Format> {
    let multiples_of = |unit: i64| instants.iter().all(|at| at.as_micros() % unit == 0);
    let between = |years: (i32, i32)| instants.iter().all(|at| within(at.as_micros().div_euclid(DAY), years));
    let mut formats = vec![Format::Micros, Format::Text];
    if multiples_of(1000) {
        formats.extend([Format::Millis, Format::IsoMillis]);
    }
    if multiples_of(1_000_000) {
        formats.push(Format::Seconds);
    }
    let (timestamps, zoned) = match dialect {
        Dialect::Sqlite => return formats,
        Dialect::Mysql => ((1, 9999), (1971, 2037)),
        Dialect::Clickhouse => ((1900, 2299), (1900, 2299)),
        _ => ((1, 9999), (1, 9999)),
    };
    if between(timestamps) {
        formats.extend([Format::Timestamp; 2]);
    }
    if between(zoned) {
        formats.extend([Format::Timestamptz; 2]);
    }
    formats
}

/// Formats that have all of some days.
pub(crate) fn day_formats(dialect: Dialect, days: &[Date]) -> Vec<Format> {
    let years = if dialect == Dialect::Clickhouse { (1900, 2299) } else { (1, 9999) };
    let fits = days.iter().all(|day| within(i64::from(day.days_since_epoch()), years));
    match dialect == Dialect::Sqlite || !fits {
        true => vec![Format::Text, Format::Days],
        false => vec![Format::Date, Format::Date, Format::Text, Format::Days],
    }
}

fn within(day: i64, (first, last): (i32, i32)) -> bool {
    let start = |year| Date::new(year, 1, 1).map(|day| i64::from(day.days_since_epoch()));
    start(first).is_some_and(|start| day >= start)
        && start(last.saturating_add(1)).is_none_or(|start| day < start)
}

pub(crate) fn kind_of(format: Format) -> Kind {
    match format {
        Format::Timestamp => Kind::Timestamp,
        Format::Timestamptz => Kind::Timestamptz,
        Format::Text | Format::IsoMillis => Kind::Text,
        Format::Date => Kind::Date,
        Format::Boolean => Kind::Boolean,
        _ => Kind::Integer,
    }
}

pub(crate) fn instant(at: Timestamp, format: Format, dice: &mut Dice) -> Value {
    let micros = at.as_micros();
    let fraction = micros.rem_euclid(1_000_000);
    match format {
        Format::Seconds => json!(micros / 1_000_000),
        Format::Millis => json!(micros / 1000),
        Format::Micros => json!(micros),
        Format::IsoMillis => json!(format!("{}.{:03}Z", civil(micros, 'T'), fraction / 1000)),
        // With any number of digits that is enough.
        Format::Text => {
            let digits = format!("{fraction:06}");
            let shortest = digits.trim_end_matches('0').len();
            let digits = &digits[..dice.pick(&[shortest, 6, 3.max(shortest)])];
            let point = if digits.is_empty() { "" } else { "." };
            json!(format!("{}{point}{digits}", civil(micros, ' ')))
        }
        _ => json!(format!("{}.{fraction:06}", civil(micros, ' '))),
    }
}

pub(crate) fn day(day: Date, format: Format) -> Value {
    match format {
        Format::Days => json!(day.days_since_epoch()),
        _ => json!(day.to_string()),
    }
}

fn civil(micros: i64, between: char) -> String {
    let day = Date::from_days_since_epoch(i32::try_from(micros.div_euclid(DAY)).unwrap()).unwrap();
    let seconds = micros.rem_euclid(DAY) / 1_000_000;
    format!("{day}{between}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
