//! For whom answers become others while only time moves on, and when next, against every contact asked at every instant.

use crate::book_walk::Held;
use crate::random::budget;
use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, TestCaseError, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::select;
use serde_json::{Value, json};
use tagmata::{Book, Contact, Draft, Filter, MemberSet, NewField, Timestamp, ValueType};
use tagmata_testkit::conformance::{book, read_filter};
use tagmata_testkit::generate::case;
use tagmata_testkit::past::as_kept;

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn later(at: Timestamp, micros: i64) -> Option<Timestamp> {
    Timestamp::from_micros(at.as_micros().checked_add(micros)?)
}

/// How far time moves on: by nothing much, by days, by years.
fn leaps() -> impl Strategy<Value = Vec<i64>> {
    let leap = prop_oneof![
        Just(1),
        0..120 * MINUTE,
        0..40 * DAY,
        (0..400_i64).prop_map(|days| days * DAY),
        0..9 * 366 * DAY,
    ];
    vec(leap, 1..6)
}

/// The contacts for whom the answer is another one at one instant than at another.
fn differing(filter: &Filter, contacts: &[Contact], from: Timestamp, to: Timestamp) -> MemberSet {
    let (before, after) = (filter.plan().at(from), filter.plan().at(to));
    let matches =
        |matcher: &tagmata::Matcher<'_>, contact| matcher.matches(contact, &tagmata::StaticSegments);
    contacts
        .iter()
        .filter(|contact| matches(&before, contact) != matches(&after, contact))
        .map(Contact::id)
        .collect()
}

/// Holds a filter of one condition to what every contact says, step by step as time moves on.
fn check(mut book: Book, filter: &Filter, leaps: &[i64]) -> Held {
    let contacts: Vec<Contact> =
        book.select("everyone").unwrap().iter().map(|id| book.contact(id).unwrap()).collect();
    for leap in leaps {
        let now = book.now();
        let next = book.next_crossing(filter.clone()).unwrap();
        let far = later(now, *leap).unwrap_or(Timestamp::MAX);
        let undecided = book.undecided(filter.clone()).unwrap();
        for at in [Some(far), next, next.and_then(|next| later(next, 1))].into_iter().flatten() {
            let expected = differing(filter, &contacts, now, at);
            let found = book.crossed(filter.clone(), at).unwrap().pop().unwrap_or_default();
            prop_assert!(
                (&expected - &undecided).is_empty(),
                "{} from {} to {}: {:?}",
                filter,
                now,
                at,
                undecided
            );
            prop_assert_eq!(found, expected.clone(), "{} from {} to {}", filter, now, at);
            prop_assert!(
                next.is_some_and(|next| next <= at) || expected.is_empty(),
                "{} from {} to {}: next at {:?}, and {:?} flip before",
                filter,
                now,
                at,
                next,
                expected
            );
        }
        let before = next.and_then(|next| later(next, -1)).unwrap_or(Timestamp::MAX);
        prop_assert!(
            differing(filter, &contacts, now, before).is_empty(),
            "{} from {} to {}",
            filter,
            now,
            before
        );
        if let Some(next) = next {
            prop_assert!(next > now, "{} after {}", next, now);
        }
        let stops: Vec<Timestamp> = next.into_iter().chain([far]).filter(|at| *at > now).collect();
        // Now and then to the crossing itself, now and then beyond it.
        let Some(stop) = stops.get(usize::try_from(leap % 2).unwrap()).or(stops.first()) else { continue };
        book.advance(*stop).unwrap();
    }
    Ok(())
}

/// The conditions of a filter in JSON, each as a filter of its own.
fn conditions(node: &Value) -> Vec<Value> {
    match node["op"].as_str() {
        Some("and" | "or") => node["args"].as_array().unwrap().iter().flat_map(conditions).collect(),
        Some("not") => conditions(&node["arg"]),
        _ => vec![json!({"v": 1, "filter": node})],
    }
}

/// Zones, each with an instant at which its clock jumps or its calendar is awkward.
const AWKWARD: &[(&str, &str)] = &[
    ("Europe/Paris", "2026-03-29T01:00:00Z"),
    ("Europe/Paris", "2026-10-25T01:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
    ("America/Sao_Paulo", "2019-02-17T02:00:00Z"),
    ("Atlantic/Azores", "2026-10-25T01:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("UTC", "2026-03-31T12:00:00Z"),
    ("UTC", "2027-02-28T00:00:00Z"),
    ("UTC", "2028-02-29T00:00:00Z"),
    ("Asia/Kathmandu", "2026-12-31T18:15:00Z"),
];

/// Conditions, whose lengths are about so many days.
const FORMS: &[(&str, i64)] = &[
    ("at in last 1 month", -30),
    ("at in next 1 month", 30),
    ("at in last 2 calendar hours", 0),
    ("at in next 90 minutes", 0),
    ("at more than 3 days ago", -3),
    ("at <= now - 1 quarter", -90),
    ("at today", 0),
    ("at in this week", 0),
    ("at between 2026-03-01 and today", 0),
    ("at between now and 2026-03-01", 0),
    ("at anniversary in next 3 days", 3),
    ("at anniversary in last 1 month", -30),
    ("due in last 1 month", -30),
    ("due tomorrow", 1),
    ("due in last 2 calendar months", -60),
    ("due more than 1 month from now", 30),
    ("due anniversary in next 7 days", 7),
    ("due anniversary in this month", 0),
    ("due anniversary in next 1 calendar quarters", 90),
    ("last_interaction more than 10 days ago", -10),
    ("last_interaction in last 1 month", -30),
    ("count(payment in last 1 month) >= 2", -30),
    ("sum(payment in next 3 days) > 0", 3),
    ("min(payment before today) is empty", 0),
    ("avg(payment labelled \"a\" in last 10 days) > 2", -10),
    ("first(payment) in last 3 days", -3),
    ("last(payment) more than 10 days ago", -10),
    ("last(payment in last 10 days) more than 3 days ago", -5),
    ("first(payment in this week) is empty", 0),
    ("last(payment) anniversary in next 3 days", 3),
    ("first(payment in last 10 days) anniversary today", -5),
];

/// A book of contacts whose days and instants lie about an instant, at a distance of some days.
fn world(zone: &str, around: i64, offsets: &[(i64, i64, u8)]) -> Book {
    let now: Timestamp = "2001-01-01T00:00:00Z".parse().unwrap();
    let mut book = Book::builder().time_zone(zone.parse().unwrap()).build(now);
    book.set_automation(Some(false), [], now).unwrap();
    book.define_field(NewField::new("at", ValueType::DateTime), now).unwrap();
    book.define_field(NewField::new("due", ValueType::Date), now).unwrap();
    for (offset, years, kind) in offsets {
        let at = Timestamp::from_micros(around + offset - years * 365 * DAY).unwrap();
        let day = at.to_string().split('T').next().unwrap().to_owned();
        let draft = match kind % 3 {
            0 => Draft::new().set("at", at.to_string()),
            1 => Draft::new().set("due", day),
            _ => Draft::new(),
        };
        let id = book.create_contact(draft, now).unwrap().id;
        if kind % 3 == 2 {
            for copy in 0..i64::from(kind / 3) {
                let at = later(at, copy * 7 * MINUTE).unwrap();
                book.record(id, "payment", at, Some("3".parse().unwrap()), Some("a"), now).unwrap();
            }
        }
    }
    book
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(150), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn those_cross_whose_answers_differ_and_nobody_before_the_next_crossing(case in case(3), leaps in leaps()) {
        let now = Timestamp::from_micros(case.now.timestamp_micros()).unwrap();
        let case = as_kept(case, now);
        let mut book = book(&case.settings, &case.schema, &case.contacts, now);
        // Nothing but time is to change anything.
        book.set_automation(Some(false), [], now).unwrap();
        for question in conditions(&case.filter["filter"]) {
            let filter = read_filter(&question, book.schema()).unwrap();
            if filter.segments().is_empty() {
                check(book.clone(), &filter, &leaps).map_err(|error| TestCaseError::fail(format!("{filter}: {error}")))?;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(300), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn where_clocks_jump_and_months_are_short(
        (zone, jump) in select(AWKWARD),
        (form, days) in select(FORMS),
        offsets in vec((prop_oneof![-180 * MINUTE..180 * MINUTE, -3 * DAY..3 * DAY], select(&[0_i64, 0, 0, 1, 3, 4][..]), any::<u8>().prop_map(|kind| kind % 12)), 1..12),
        from in prop_oneof![-180..180_i64, -5_000..5_000_i64],
        leaps in vec(prop_oneof![Just(1_i64), 0..180 * MINUTE, 0..4 * DAY], 1..8),
    ) {
        let jump: Timestamp = jump.parse().unwrap();
        let mut book = world(zone, jump.as_micros() + days * DAY, &offsets);
        book.advance(later(jump, from * MINUTE).unwrap()).unwrap();
        let filter = book.filter(form).unwrap();
        check(book, &filter, &leaps)?;
    }
}
