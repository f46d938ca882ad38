//! Membership by time never flickers: what a moving edge has passed does not come back (filter-language.md, section 3).

use crate::random::budget;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, prop_oneof, proptest};
use proptest::sample::select;
use tagmata::{Calendar, ContactId, Draft, Filter, NewField, Schema, Settings, Timestamp, ValueType};

/// Zones, each with an instant at which its clock jumps or its calendar is awkward.
const AWKWARD: &[(&str, &str)] = &[
    ("Europe/Paris", "2026-03-29T01:00:00Z"),
    ("Europe/Paris", "2026-10-25T01:00:00Z"),
    ("America/New_York", "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T06:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
    ("America/Sao_Paulo", "2019-02-17T02:00:00Z"),
    ("America/St_Johns", "2011-11-06T02:31:00Z"),
    ("Atlantic/Azores", "2026-10-25T01:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("Africa/Casablanca", "2026-02-15T02:00:00Z"),
    ("Asia/Tehran", "2022-03-21T20:30:00Z"),
    ("UTC", "2026-01-31T00:00:00Z"),
    ("UTC", "2026-03-31T12:00:00Z"),
    ("UTC", "2028-02-29T00:00:00Z"),
    ("Asia/Kathmandu", "2026-12-31T18:15:00Z"),
];

const UNITS: &[(&str, i64)] = &[
    ("minute", 60),
    ("hour", 3_600),
    ("day", 86_400),
    ("week", 604_800),
    ("month", 2_629_800),
    ("quarter", 7_889_400),
    ("year", 31_557_600),
];

/// The forms that move with time, and on which side of now their edge lies.
const FORMS: &[(&str, i64)] = &[
    ("in last {n} {unit}", -1),
    ("in next {n} {unit}", 1),
    ("in last {n} calendar {unit}", -1),
    ("in next {n} calendar {unit}", 1),
    ("more than {n} {unit} ago", -1),
    ("less than {n} {unit} ago", -1),
    ("more than {n} {unit} from now", 1),
    ("less than {n} {unit} from now", 1),
    ("< {anchor} - {n} {unit}", -1),
    ("<= {anchor} - {n} {unit}", -1),
    (">= {anchor} - {n} {unit}", -1),
    ("> {anchor} + {n} {unit}", 1),
    ("= {anchor} + {n} {unit}", 1),
    ("in last month", -1),
    ("in this week", 0),
    ("in this quarter", 0),
    ("in next year", 1),
    ("today", 0),
    ("yesterday", 0),
    ("tomorrow", 0),
];

const HOURS_3: i64 = 3 * 3_600_000_000;
const DAYS_5: i64 = 5 * 86_400_000_000;

fn schema(zone: &str) -> Schema {
    let calendar = Calendar { zone: zone.parse().unwrap(), ..Calendar::default() };
    let mut schema = Schema::new(Settings { calendar, ..Settings::default() });
    schema.define_field(NewField::new("due", ValueType::Date)).unwrap();
    schema
}

/// Instants around another one: some in the hours about it, some in the days.
fn around(scale: i64) -> impl Strategy<Value = Vec<i64>> {
    let step = prop_oneof![3 => Just(60_000_000_i64), 1 => Just(1)];
    proptest::collection::vec((-scale..scale, step).prop_map(|(offset, step)| offset / step * step), 6..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(4_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_has_left_does_not_come_back(
        (zone, instant) in select(AWKWARD),
        (form, side) in select(FORMS),
        (unit, seconds) in select(UNITS),
        n in 1_i64..4,
        is_date in any::<bool>(),
        (mut nows, jitter) in prop_oneof![Just(HOURS_3), Just(DAYS_5)].prop_flat_map(|scale| (around(scale), -scale..scale)),
    ) {
        let is_date = is_date && seconds >= 86_400;
        let schema = schema(zone);
        let (field, anchor) = if is_date { ("due", "today") } else { ("created_at", "now") };
        let form = form.replace("{anchor}", anchor).replace("{unit}", unit).replace("{n}", &n.to_string());
        let filter = Filter::parse(&format!("{field} {form}"), &schema).unwrap();

        let middle = instant.parse::<Timestamp>().unwrap().as_micros();
        let value = Timestamp::from_micros(middle + side * n * seconds * 1_000_000 + jitter).unwrap();
        let value = if is_date { value.to_string()[..10].to_owned() } else { value.to_string() };
        let contact = Draft::new().set(field, value.as_str()).read(ContactId::new(0), &schema).unwrap();

        nows.sort_unstable();
        let at = |offset: i64| Timestamp::from_micros(middle + offset).unwrap();
        let answers: Vec<bool> = nows.iter().map(|now| filter.matches(&contact, at(*now))).collect();
        let mut changes = answers.clone();
        changes.dedup();
        let comes_back = changes.iter().filter(|answer| **answer).count() > 1;
        let shown: Vec<String> = nows.iter().map(|now| at(*now).to_string()).collect();
        prop_assert!(!comes_back, "{filter} on {value} in {zone}: {:?}", shown.iter().zip(&answers).collect::<Vec<_>>());
    }
}

#[test]
fn a_day_that_has_begun_does_not_end_when_the_clock_goes_back_over_midnight() {
    // In St. John's the clock showed 00:00 of 6 November at 02:30Z, went back to 23:01 a minute later, and showed 00:00
    // again at 03:30Z.
    let schema = schema("America/St_Johns");
    let tomorrow = Filter::parse("due = today", &schema).unwrap();
    let contact = Draft::new().set("due", "2011-11-06").read(ContactId::new(0), &schema).unwrap();
    let answers = ["02:29:59", "02:30:00", "02:40:00", "03:29:59", "03:30:00"]
        .map(|clock| tomorrow.matches(&contact, format!("2011-11-06T{clock}Z").parse().unwrap()));
    assert_eq!(answers, [false, true, true, true, true]);
}
