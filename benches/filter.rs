//! What filters cost: to read and check, to bind to an instant, to evaluate, to explain.
//!
//! `evaluate` and `explain` go over 1,000 contacts per iteration: their microseconds are nanoseconds a contact.
//! Goals: three conditions are read and checked in less than 10 µs, and evaluated in less than 200 ns a contact.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tagmata::{
    Amount, Contact, ContactId, Draft, Filter, NewField, Schema, StaticSegments, Timestamp, ValueType,
};

fn main() {
    divan::main();
}

/// The filter that the goals speak of.
const TYPICAL: &str = r#"status = lead and tags has any ("vip", "gold") and billed > 1000"#;
const CONTAINS: &str = r#"email contains "martin""#;
const RELATIVE_DATES: &str = "created_at in last 30 days or last_interaction more than 180 days ago";
const AGGREGATES: &str = "count(payment in last 90 days) >= 2 and sum(payment) > 1000";

const TAGS: [&str; 6] = ["vip", "gold", "silver", "press", "partner", "supplier"];
const NAMES: [&str; 8] = ["Martin", "Núñez", "Bénard", "García", "Sœur", "Dubois", "Weiß", "Peña"];
const COUNTRIES: [&str; 4] = ["FR", "BE", "ES", "MX"];
const STATUSES: [&str; 4] = ["lead", "active", "vip", "inactive"];
const DAY: i64 = 86_400_000_000;

fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().expect("an instant")
}

fn schema() -> Schema {
    let mut schema = Schema::default();
    schema.define_field(NewField::new("billed", ValueType::Number)).expect("a field");
    for tag in TAGS {
        schema.define_tag(tag).expect("a tag");
    }
    schema
}

/// A filter of so many different conditions.
fn conditions(count: usize) -> String {
    let all = [
        "status = lead",
        r#"tags has any ("vip", "gold")"#,
        "billed > 1000",
        "country in (FR, BE)",
        r#"email contains "martin""#,
        "created_at in last 30 days",
        "not last_interaction more than 180 days ago",
        r#"organization starts with "Coop""#,
        "count(payment in last 90 days) >= 2",
        "sum(payment) between 100 and 5000",
    ];
    all.get(..count).expect("at most ten").join(" and ")
}

/// Pseudo-random numbers below a bound, the same in every run (the generator of PCG, without its output function).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).map_or(0, |number| number % below)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let count = u32::try_from(from.len()).expect("a short list");
        from.get(self.roll(count) as usize).expect("a place in the list")
    }

    /// An instant in the three years before now.
    fn instant(&mut self) -> Timestamp {
        Timestamp::from_micros(now().as_micros() - DAY * i64::from(self.roll(1100)))
            .expect("a recent instant")
    }
}

/// A thousand contacts with up to three tags and seven payments each; half of them have an amount and an organization.
fn contacts(schema: &Schema) -> Vec<Contact> {
    let mut dice = Dice(1);
    let contact = |number| {
        let name = dice.pick(&NAMES);
        let mut draft = Draft::new()
            .set("first_name", "Zoé")
            .set("last_name", name)
            .set("email", format!("zoe.{}{number}@example.org", name.to_lowercase()))
            .set("country", dice.pick(&COUNTRIES))
            .set("status", dice.pick(&STATUSES))
            .set("tags", (0..dice.roll(4)).map(|_| dice.pick(&TAGS).to_owned()).collect::<Vec<_>>())
            .set("created_at", dice.instant());
        if dice.roll(2) == 0 {
            draft = draft
                .set("billed", f64::from(dice.roll(5000)))
                .set("organization", "Coopérative La Gâtinaise");
        }
        for _ in 0..dice.roll(8) {
            let amount = Amount::from_micros(i64::from(dice.roll(100_000)) * 10_000);
            draft = draft.interaction("payment", dice.instant(), Some(amount), None);
        }
        draft.read(ContactId::new(number), schema).expect("a contact")
    };
    (0..1000).map(contact).collect()
}

#[divan::bench_group]
mod parse_and_check {
    use super::{Bencher, Filter, TYPICAL, black_box, conditions, schema};

    #[divan::bench]
    fn typical_text(bencher: Bencher<'_, '_>) {
        let schema = schema();
        bencher.bench(|| Filter::parse(black_box(TYPICAL), &schema));
    }

    #[divan::bench(args = [1, 3, 10])]
    fn text(bencher: Bencher<'_, '_>, count: usize) {
        let (schema, text) = (schema(), conditions(count));
        bencher.bench(|| Filter::parse(black_box(&text), &schema));
    }

    #[divan::bench(args = [1, 3, 10])]
    fn json(bencher: Bencher<'_, '_>, count: usize) {
        let schema = schema();
        let json = Filter::parse(&conditions(count), &schema).expect("a filter").to_json(&schema);
        bencher.bench(|| Filter::from_json(black_box(&json), &schema));
    }
}

#[divan::bench(args = [TYPICAL, CONTAINS, RELATIVE_DATES, AGGREGATES])]
fn bind(bencher: Bencher<'_, '_>, text: &str) {
    let filter = Filter::parse(text, &schema()).expect("a filter");
    bencher.bench(|| black_box(filter.plan()).at(black_box(now())));
}

#[divan::bench(args = [TYPICAL, CONTAINS, RELATIVE_DATES, AGGREGATES])]
fn evaluate(bencher: Bencher<'_, '_>, text: &str) {
    let schema = schema();
    let contacts = contacts(&schema);
    let filter = Filter::parse(text, &schema).expect("a filter");
    let matcher = filter.plan().at(now());
    let count = || contacts.iter().filter(|contact| matcher.matches(contact, &StaticSegments)).count();
    assert!((1..1000).contains(&count()), "{text} tells contacts apart");
    bencher.counter(ItemsCount::new(contacts.len())).bench(count);
}

#[divan::bench(args = [TYPICAL, CONTAINS, RELATIVE_DATES, AGGREGATES])]
fn explain(bencher: Bencher<'_, '_>, text: &str) {
    let schema = schema();
    let contacts = contacts(&schema);
    let filter = Filter::parse(text, &schema).expect("a filter");
    bencher.counter(ItemsCount::new(contacts.len())).bench(|| {
        for contact in &contacts {
            black_box(filter.explain(contact, now(), &StaticSegments, &schema));
        }
    });
}
