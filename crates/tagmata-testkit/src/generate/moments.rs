//! Moments, windows, distances and anniversaries, as JSON.

use crate::generate::times::{Step, Times, rfc3339};
use crate::oracle::Unit;
use chrono::{Datelike, FixedOffset};
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use serde_json::{Value, json};

/// How many of a unit are still shorter than a year.
const LONGEST: &[(Unit, i64)] = &[(Unit::Day, 364), (Unit::Week, 51), (Unit::Month, 11), (Unit::Quarter, 3)];

/// A count of a unit: mostly one of the pool, at most 10,000. Dates know no hours and minutes.
fn step(times: &Times, of_datetimes: bool) -> BoxedStrategy<Step> {
    let fits = move |unit: Unit| of_datetimes || !matches!(unit, Unit::Minute | Unit::Hour);
    let units: Vec<Unit> = Unit::ALL.into_iter().filter(|unit| fits(*unit)).collect();
    let often: Vec<Step> = times.steps.iter().copied().filter(|(_, unit)| fits(*unit)).collect();
    let n = prop_oneof![6 => 1..=13_i64, 1 => 1..=10_000_i64, 1 => Just(10_000)];
    prop_oneof![4 => select(often), 1 => (n, select(units))].boxed()
}

/// A moment for a date field.
pub(crate) fn day_moment(times: &Times) -> BoxedStrategy<Value> {
    let offset = (step(times, false), select(&[1, -1][..]))
        .prop_map(|((n, unit), sign)| json!({"anchor": "today", "offset": n * sign, "unit": unit.name()}));
    let literal = times.day().prop_map(|day| json!(day.to_string()));
    prop_oneof![3 => literal, 2 => offset, 1 => Just(json!({"anchor": "today"}))].boxed()
}

/// A moment for a datetime field: any.
pub(crate) fn moment(times: &Times) -> BoxedStrategy<Value> {
    let offset = (step(times, true), select(&[1, -1][..]))
        .prop_map(|((n, unit), sign)| json!({"anchor": "now", "offset": n * sign, "unit": unit.name()}));
    let utc = times.instant().prop_map(|instant| json!(rfc3339(instant)));
    let zoned = (times.instant(), select(&[20_700, -10_800][..])).prop_map(|(instant, seconds)| {
        let local = instant.with_timezone(&FixedOffset::east_opt(seconds).unwrap());
        // Years 0001–9999, also where the clock of the offset shows another year.
        json!(if (1..=9999).contains(&local.year()) { local.to_rfc3339() } else { rfc3339(instant) })
    });
    prop_oneof![
        3 => day_moment(times),
        3 => utc,
        1 => zoned,
        2 => times.local().prop_map(Value::from),
        3 => offset,
        1 => Just(json!({"anchor": "now"})),
    ]
    .boxed()
}

/// A window, with hours and minutes for datetimes.
pub(crate) fn window(times: &Times, of_datetimes: bool) -> BoxedStrategy<Value> {
    prop_oneof![
        5 => sized(step(times, of_datetimes), false),
        3 => sized(step(times, of_datetimes), true),
        2 => period(&["week", "month", "quarter", "year"]),
        1 => day(),
    ]
    .boxed()
}

/// A window for anniversaries: whole days, shorter than a year.
fn short_window(times: &Times) -> BoxedStrategy<Value> {
    let short = |(n, unit): &Step| LONGEST.iter().any(|(of, most)| of == unit && n <= most);
    let often: Vec<Step> = times.steps.iter().copied().filter(short).chain([(1, Unit::Day)]).collect();
    let any = select(LONGEST).prop_flat_map(|(unit, most)| (1..=most, Just(unit)));
    let step = || prop_oneof![2 => select(often.clone()), 1 => any.clone()].boxed();
    prop_oneof![
        4 => sized(step(), false),
        2 => sized(step(), true),
        2 => period(&["week", "month", "quarter"]),
        1 => day(),
    ]
    .boxed()
}

/// The operand of `anniversary`.
pub(crate) fn anniversary(times: &Times) -> BoxedStrategy<Value> {
    let near = times.day().prop_map(|day| json!({"on": format!("{:02}-{:02}", day.month(), day.day())}));
    let edge = select(&["02-28", "02-29", "03-01", "12-31", "01-01"][..]).prop_map(|on| json!({"on": on}));
    prop_oneof![5 => short_window(times), 1 => near, 2 => edge].boxed()
}

/// The operand of `more than … ago` and its kin.
pub(crate) fn distance(times: &Times, of_datetimes: bool) -> BoxedStrategy<Value> {
    step(times, of_datetimes).prop_map(|(n, unit)| json!({"n": n, "unit": unit.name()})).boxed()
}

fn direction() -> BoxedStrategy<&'static str> {
    prop_oneof![2 => Just("last"), 1 => Just("next")].boxed()
}

fn sized(step: BoxedStrategy<Step>, calendar: bool) -> BoxedStrategy<Value> {
    (direction(), step)
        .prop_map(move |(direction, (n, unit))| {
            if calendar {
                json!({direction: n, "unit": unit.name(), "calendar": true})
            } else {
                json!({direction: n, "unit": unit.name()})
            }
        })
        .boxed()
}

fn period(periods: &'static [&'static str]) -> BoxedStrategy<Value> {
    (select(&["this", "last", "next"][..]), select(periods))
        .prop_map(|(which, period)| json!({which: period}))
        .boxed()
}

fn day() -> BoxedStrategy<Value> {
    select(&["today", "yesterday", "tomorrow"][..]).prop_map(|day| json!({"day": day})).boxed()
}
