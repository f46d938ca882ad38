//! Settings, with time zones whose rules are nasty.

use proptest::option::{of, weighted};
use proptest::prelude::{BoxedStrategy, Strategy};
use proptest::sample::select;
use serde_json::{Map, Value, json};

const ZONES: &[&str] = &[
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Tehran",
];

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Settings of a suite; each member may be absent.
pub fn settings() -> BoxedStrategy<Value> {
    (
        weighted(0.9, select(ZONES)),
        of(select(WEEKDAYS)),
        weighted(0.8, select(&["feb_28", "mar_1", "skip"][..])),
        of(select(&["FR", "US", "BR"][..])),
    )
        .prop_map(|(zone, week_start, leap_day, country)| {
            let members = [
                ("time_zone", zone),
                ("week_start", week_start),
                ("leap_day", leap_day),
                ("default_country", country),
            ];
            let present =
                members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), json!(value?))));
            Value::Object(present.collect::<Map<_, _>>())
        })
        .boxed()
}
