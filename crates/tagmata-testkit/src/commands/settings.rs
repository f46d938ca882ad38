//! Settings of a book.

use proptest::option::weighted;
use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use proptest::sample::select;
use tagmata::{Calendar, Country, LeapDay, Limits, Settings, Weekday};

pub(super) fn settings() -> BoxedStrategy<Settings> {
    let zone = select(&["UTC", "Europe/Paris", "America/New_York"][..]);
    let leap_day = select(&[LeapDay::Feb28, LeapDay::Mar1, LeapDay::Skip][..]);
    let week_start = select(&[Weekday::Monday, Weekday::Sunday][..]);
    let country = weighted(0.7, select(&["FR", "US"][..]));
    let depth = prop_oneof![5 => 16..17_usize, 1 => 1..3_usize];
    let nodes = prop_oneof![4 => 10_000..10_001_usize, 1 => 1..4_usize];
    (zone, leap_day, week_start, country, depth, nodes)
        .prop_map(|(zone, leap_day, week_start, country, segment_depth, nodes)| Settings {
            calendar: Calendar { zone: zone.parse().unwrap(), week_start, leap_day },
            default_country: country.map(|code| code.parse::<Country>().unwrap()),
            limits: Limits { segment_depth, nodes, ..Limits::default() },
        })
        .boxed()
}
