//! Instants and days: the pool that contacts and filters share, and the edges that lie around a given `now`.

use crate::oracle::{Calendar, Unit};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use proptest::sample::select;
use serde_json::Value;

/// Where the clocks of the zones in the settings jump.
const JUMPS: &[(&str, &[&str])] = &[
    ("Europe/Paris", &["2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"]),
    ("America/New_York", &["2026-03-08T07:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z"]),
    // a day that starts at 01:00, a day whose last hour comes twice
    ("America/Sao_Paulo", &["2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z", "2018-02-18T01:30:00Z"]),
    // half an hour twice, half an hour missing
    ("Australia/Lord_Howe", &["2026-04-04T15:00:00Z", "2026-04-04T14:45:00Z", "2026-10-03T15:30:00Z"]),
    // 30 December 2011 did not happen
    ("Pacific/Apia", &["2011-12-30T10:00:00Z", "2012-03-31T14:00:00Z"]),
    // Ramadan
    ("Africa/Casablanca", &["2026-02-15T02:00:00Z", "2026-03-22T02:00:00Z"]),
    // midnight skipped, and the hour before it twice
    ("Asia/Tehran", &["2022-03-21T20:30:00Z", "2022-09-21T19:30:00Z"]),
    // a quarter of an hour skipped at new year
    ("Asia/Kathmandu", &["1985-12-31T18:30:00Z", "2025-12-31T18:15:00Z"]),
];

/// Where years, months and days end.
const ENDS: &[&str] = &[
    "2026-01-01T00:00:00Z",
    "2025-12-31T23:00:00Z",
    "2024-02-29T12:00:00Z",
    "2024-03-01T00:00:00Z",
    "2000-02-29T23:30:00Z",
    "2025-02-28T22:30:00Z",
    "2027-02-27T12:00:00Z",
    "2028-02-28T12:00:00Z",
    "2026-01-31T23:30:00Z",
    "2026-03-31T10:00:00Z",
    "2026-05-31T00:00:00Z",
    "2026-08-30T23:59:59.999999Z",
    "2026-12-28T12:00:00Z",
    "2026-11-22T09:30:00Z",
    "1970-01-01T00:00:00Z",
];

/// Where a month more or less is clamped, and around 29 February.
const MONTH_ENDS: &[&str] = &[
    "2026-01-31T12:00:00Z",
    "2026-03-31T12:00:00Z",
    "2024-03-30T23:30:00Z",
    "2026-05-31T03:30:00Z",
    "2026-08-31T12:00:00Z",
    "2026-12-31T12:00:00Z",
    "2028-02-29T12:00:00Z",
    "2028-02-28T12:00:00Z",
    "2028-02-27T12:00:00Z",
    "2027-02-27T12:00:00Z",
    "2027-02-28T12:00:00Z",
    "2027-03-01T12:00:00Z",
];

/// Too far out for `now`.
const FAR_INSTANTS: &[&str] = &["0001-01-02T12:00:00Z", "1900-03-01T00:00:00Z", "9999-12-30T12:00:00Z"];

const FAR_DAYS: &[&str] = &["0001-01-01", "1900-02-28", "9999-12-31"];

/// Local times without a zone, many of them missing or doubled in some zone of the settings.
const LOCALS: &[&str] = &[
    "2026-03-29T02:30:00",
    "2026-10-25T02:30:00",
    "2026-03-08T02:00:00",
    "2026-11-01T01:59:59.999999",
    "2018-11-04T00:00:00",
    "2018-02-17T23:30:00",
    "2026-04-05T01:45:00",
    "2026-10-04T02:15:00",
    "2011-12-30T12:00:00",
    "2026-02-15T02:30:00",
    "2022-03-22T00:30:00",
    "1986-01-01T00:10:00",
    "2024-02-29T00:00:00",
];

/// How far from `now` the data lies.
const COUNTS: &[i64] = &[1, 2, 3, 7, 12, 30, 90];

/// The instant of a question.
pub fn now() -> BoxedStrategy<DateTime<Utc>> {
    let hours = select(&[0, 0, 0, 1, 6, 12, 24, -1, -30][..]).prop_map(TimeDelta::hours);
    (fixed(), hours).prop_map(|(instant, hours)| instant + hours).boxed()
}

/// An instant from which windows of these settings often begin or end where a clock jumps or a month must be clamped.
pub fn now_in(settings: &Value) -> BoxedStrategy<DateTime<Utc>> {
    let calendar = Calendar::new(settings);
    let minutes = select(&[0, 0, 0, 30, -30][..]).prop_map(TimeDelta::minutes);
    let off_jump = (jump_in(settings), minutes, step(), select(&[1, -1][..])).prop_map(
        move |(jump, minutes, (n, unit), sign)| {
            calendar.shift_instant(jump + minutes, n * sign, unit).first_instant()
        },
    );
    let month_end = (select(MONTH_ENDS), jitter()).prop_map(|(text, jitter)| parse(text) + jitter);
    prop_oneof![1 => now(), 2 => off_jump, 2 => month_end].boxed()
}

/// A jump of the zone's clock.
fn jump_in(settings: &Value) -> BoxedStrategy<DateTime<Utc>> {
    let zone = settings["time_zone"].as_str().unwrap_or("UTC");
    let jumps = JUMPS.iter().filter(|(of, _)| *of == zone).flat_map(|(_, instants)| instants.iter().copied());
    // a zone without jumps has a new year at least
    select(jumps.chain(["2026-01-01T00:00:00Z"]).collect::<Vec<_>>()).prop_map(parse).boxed()
}

/// The size of a window, as a count of a unit.
pub(crate) type Step = (i64, Unit);

/// What values of datetime and date fields, windows and moments are drawn from.
#[derive(Clone, Debug)]
pub(crate) struct Times {
    /// Sizes of windows.
    pub(crate) steps: Vec<Step>,
    /// Drawn often, so that operands and edges of windows hit values.
    instants: Vec<DateTime<Utc>>,
    days: Vec<NaiveDate>,
    /// What the local clock shows, or leaves out, around its jumps.
    locals: Vec<String>,
}

impl Times {
    /// Those that always exist, with no `now` in mind.
    pub(crate) fn fixed() -> Times {
        let instants: Vec<_> = fixed_texts().into_iter().map(parse).collect();
        let days = instants.iter().map(|instant| instant.date_naive()).collect();
        let steps = COUNTS.iter().flat_map(|n| Unit::ALL.map(|unit| (*n, unit))).collect();
        Times { steps, instants, days, locals: LOCALS.iter().copied().map(str::to_owned).collect() }
    }

    /// A few sizes of windows, and where windows of these sizes begin and end around `now`.
    pub(crate) fn around(settings: &Value, now: DateTime<Utc>) -> BoxedStrategy<Times> {
        let calendar = Calendar::new(settings);
        // the second step fits date fields too
        let whole_days =
            step().prop_filter("a date's unit", |(_, unit)| !matches!(unit, Unit::Minute | Unit::Hour));
        (step(), whole_days, jump_in(settings))
            .prop_map(move |(any, whole_days, jump)| {
                let steps = vec![any, whole_days];
                let (mut instants, mut days) = edges(&calendar, now, &steps);
                let half_an_hour = TimeDelta::minutes(30);
                instants.extend([jump, jump, jump - half_an_hour, jump + half_an_hour]);
                days.extend([calendar.today(jump), calendar.today(jump - half_an_hour)]);
                let before = calendar.local(jump - half_an_hour);
                // in a gap the third is missing; in an overlap the first comes twice
                let locals = [before, calendar.local(jump), before + half_an_hour + half_an_hour / 2];
                let locals =
                    locals.iter().map(|local| local.format("%Y-%m-%dT%H:%M:%S%.f").to_string()).collect();
                Times { steps, instants, days, locals }
            })
            .boxed()
    }

    /// A local time without a zone, as text.
    pub(crate) fn local(&self) -> BoxedStrategy<String> {
        select(self.locals.clone()).boxed()
    }

    /// Instants of a datetime field.
    pub(crate) fn instant(&self) -> BoxedStrategy<DateTime<Utc>> {
        let often = (select(self.instants.clone()), jitter()).prop_map(|(instant, jitter)| instant + jitter);
        let midnight = self.day().prop_map(|day| day.and_time(NaiveTime::MIN).and_utc());
        prop_oneof![20 => often, 6 => fixed(), 1 => midnight, 1 => select(FAR_INSTANTS).prop_map(parse)]
            .boxed()
    }

    /// Days of a date field, and days that instants of a datetime field fall on.
    pub(crate) fn day(&self) -> BoxedStrategy<NaiveDate> {
        let often = (select(self.days.clone()), neighbour()).prop_map(|(day, days)| day + days);
        let fixed = (fixed(), neighbour()).prop_map(|(instant, days)| instant.date_naive() + days);
        let birthday = (select(self.days.clone()), 1950_i32..2030).prop_map(|(day, year)| {
            day.with_year(year).unwrap_or(NaiveDate::from_ymd_opt(year, 3, 1).unwrap())
        });
        let leap_day =
            (1950_i32..2030).prop_map(|year| NaiveDate::from_ymd_opt(year / 4 * 4, 2, 29).unwrap());
        let far = select(FAR_DAYS).prop_map(|text| text.parse().unwrap());
        prop_oneof![18 => often, 5 => fixed, 5 => birthday, 4 => leap_day, 1 => far].boxed()
    }
}

/// Where windows around `now` begin and end: rolling ones and whole units.
fn edges(calendar: &Calendar, now: DateTime<Utc>, steps: &[Step]) -> (Vec<DateTime<Utc>>, Vec<NaiveDate>) {
    let (local, today) = (calendar.local(now), calendar.today(now));
    let (mut instants, mut days) = (vec![now], vec![today]);
    for (n, unit) in steps.iter().copied() {
        let whole_days = !matches!(unit, Unit::Minute | Unit::Hour);
        for n in [-n, n] {
            instants.push(calendar.shift_instant(now, n, unit).first_instant());
            if whole_days {
                days.push(calendar.shift_day(today, n, unit));
            }
        }
        for n in [-n, -1, 0, 1, n + 1] {
            let start = calendar.shift_unit(calendar.unit_start(local, unit), n, unit);
            instants.push(calendar.instant(start));
            if whole_days {
                days.push(start.date());
            }
        }
    }
    (instants, days)
}

fn step() -> BoxedStrategy<Step> {
    (select(COUNTS), select(&Unit::ALL[..])).boxed()
}

fn fixed_texts() -> Vec<&'static str> {
    JUMPS.iter().flat_map(|(_, instants)| *instants).chain(ENDS).copied().collect()
}

fn fixed() -> BoxedStrategy<DateTime<Utc>> {
    (select(fixed_texts()), jitter()).prop_map(|(text, jitter)| parse(text) + jitter).boxed()
}

/// Mostly the same day, sometimes one next to it.
fn neighbour() -> BoxedStrategy<TimeDelta> {
    select(&[0, 0, 0, 0, 1, -1][..]).prop_map(TimeDelta::days).boxed()
}

/// RFC 3339 in UTC with as many fraction digits as needed.
pub(crate) fn rfc3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Mostly nothing, sometimes one microsecond.
fn jitter() -> BoxedStrategy<TimeDelta> {
    select(&[0, 0, 0, 0, 0, 0, 1, -1][..]).prop_map(TimeDelta::microseconds).boxed()
}

fn parse(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}
