//! Anniversaries: "compares local month and day in any year, the original date included".

use crate::oracle::calendar::Calendar;
use crate::oracle::moment::When;
use crate::oracle::window;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::Value;

/// Whether a value's anniversary is on a month-day, or falls in a window.
pub(crate) fn holds(value: When, operand: &Value, calendar: &Calendar, now: DateTime<Utc>) -> bool {
    let day = value.day(calendar);
    match operand["on"].as_str() {
        Some(month_day) => on(day, month_day, calendar),
        None => {
            let days = window::days(operand, calendar, now);
            days.start.iter_days().take_while(|d| *d < days.end).any(|d| falls_on(day, d, calendar))
        }
    }
}

/// Month and day are the same; 29 February is also where it counts in other years, because there are such years.
fn on(value: NaiveDate, month_day: &str, calendar: &Calendar) -> bool {
    let (month, day) = month_day.split_once('-').expect("MM-DD");
    let wanted = (month.parse().expect("a month"), day.parse().expect("a day"));
    (value.month(), value.day()) == wanted || (is_leap_day(value) && counts_as(calendar) == Some(wanted))
}

/// Whether `day`, in its own year, is an anniversary of `value`.
fn falls_on(value: NaiveDate, day: NaiveDate, calendar: &Calendar) -> bool {
    let wanted = (day.month(), day.day());
    (value.month(), value.day()) == wanted
        || (is_leap_day(value) && !day.leap_year() && counts_as(calendar) == Some(wanted))
}

fn is_leap_day(day: NaiveDate) -> bool {
    (day.month(), day.day()) == (2, 29)
}

/// "29 February counts as 28 February in other years (a setting: 28 Feb, 1 Mar, skip)".
fn counts_as(calendar: &Calendar) -> Option<(u32, u32)> {
    match calendar.leap_day.as_str() {
        "feb_28" => Some((2, 28)),
        "mar_1" => Some((3, 1)),
        "skip" => None,
        other => panic!("not a leap day rule: {other}"),
    }
}
