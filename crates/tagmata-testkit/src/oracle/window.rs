//! Windows: stretches of time that move with `now`.

use crate::oracle::calendar::{Calendar, Place, Unit};
use crate::oracle::moment::When;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde_json::{Value, json};
use std::ops::Range;

/// Whether a value lies in a window.
pub(crate) fn holds(value: When, window: &Value, calendar: &Calendar, now: DateTime<Utc>) -> bool {
    match value {
        When::Day(day) => days(window, calendar, now).contains(&day),
        When::Instant(instant) => match whole_units(window, calendar, now) {
            Some(local) => (calendar.instant(local.start)..calendar.instant(local.end)).contains(&instant),
            None => rolling_holds(instant, window, calendar, now),
        },
    }
}

/// "`more than n days ago` is `< now - n×24 h` (a date: `< today - n`), `less than n days ago` is `in last n days`; `from now`
/// mirrors both."
pub(crate) fn distance_holds(
    value: When,
    op: &str,
    distance: &Value,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> bool {
    let (n, unit) = (distance["n"].as_i64().expect("a count"), Unit::parse(&distance["unit"]));
    match (op, value) {
        ("more_than_ago", When::Instant(value)) => Place::at(value) < calendar.shift_instant(now, -n, unit),
        ("more_than_ago", When::Day(value)) => value < calendar.shift_day(calendar.today(now), -n, unit),
        ("less_than_ago", _) => holds(value, &json!({"last": n, "unit": distance["unit"]}), calendar, now),
        ("more_than_from_now", When::Instant(value)) => {
            Place::at(value) > calendar.shift_instant(now, n, unit)
        }
        ("more_than_from_now", When::Day(value)) => value > calendar.shift_day(calendar.today(now), n, unit),
        ("less_than_from_now", _) => {
            holds(value, &json!({"next": n, "unit": distance["unit"]}), calendar, now)
        }
        _ => panic!("not a distance: {op}"),
    }
}

/// The days of a window, half-open.
pub(crate) fn days(window: &Value, calendar: &Calendar, now: DateTime<Utc>) -> Range<NaiveDate> {
    if let Some(local) = whole_units(window, calendar, now) {
        return local.start.date()..local.end.date();
    }
    let today = calendar.today(now);
    let tomorrow = today + Days::new(1);
    match rolling(window) {
        // "on a date `(today - n, today]`, so today counts"
        (n, unit, false) => calendar.shift_day(today, -n, unit) + Days::new(1)..tomorrow,
        // "`(today, today + n]`, so today does not"
        (n, unit, true) => tomorrow..calendar.shift_day(today, n, unit) + Days::new(1),
    }
}

fn rolling_holds(value: DateTime<Utc>, window: &Value, calendar: &Calendar, now: DateTime<Utc>) -> bool {
    let place = Place::at(value);
    match rolling(window) {
        // "`in last n days` on a datetime is `(now - n×24 h, now]`"
        (n, unit, false) => calendar.shift_instant(now, -n, unit) < place && place <= Place::at(now),
        // "`in next n days` is `(now, now + n×24 h]`"
        (n, unit, true) => Place::at(now) < place && place <= calendar.shift_instant(now, n, unit),
    }
}

/// The count, the unit and whether it looks forward.
fn rolling(window: &Value) -> (i64, Unit, bool) {
    let unit = Unit::parse(&window["unit"]);
    match (window["last"].as_i64(), window["next"].as_i64()) {
        (Some(n), None) => (n, unit, false),
        (None, Some(n)) => (n, unit, true),
        _ => panic!("not a window: {window}"),
    }
}

/// What the local clock shows at both ends of a window of whole units, half-open; `None` for a rolling window.
fn whole_units(window: &Value, calendar: &Calendar, now: DateTime<Utc>) -> Option<Range<NaiveDateTime>> {
    let units = |unit: Unit, from: i64, to: i64| {
        let local = match unit {
            Unit::Minute | Unit::Hour => calendar.shown_by(now),
            // A day that has begun is running, whatever the clock shows.
            _ => calendar.today(now).and_time(NaiveTime::MIN),
        };
        let running = calendar.unit_start(local, unit);
        Some(calendar.shift_unit(running, from, unit)..calendar.shift_unit(running, to, unit))
    };
    match window["day"].as_str() {
        Some("today") => return units(Unit::Day, 0, 1),
        Some("yesterday") => return units(Unit::Day, -1, 0),
        Some("tomorrow") => return units(Unit::Day, 1, 2),
        _ => {}
    }
    // "`in last week|month|quarter|year` is the previous calendar period"
    if window["this"].is_string() {
        units(Unit::parse(&window["this"]), 0, 1)
    } else if window["last"].is_string() {
        units(Unit::parse(&window["last"]), -1, 0)
    } else if window["next"].is_string() {
        units(Unit::parse(&window["next"]), 1, 2)
    } else if window["calendar"] == json!(true) {
        // "`in last 2 calendar months` is the two full months before this one"
        match rolling(window) {
            (n, unit, false) => units(unit, -n, 0),
            (n, unit, true) => units(unit, 1, 1 + n),
        }
    } else {
        None
    }
}
