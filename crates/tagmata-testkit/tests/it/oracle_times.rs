//! Days, gaps, overlaps and clamped months.

use crate::world::World;
use serde_json::json;

const NOW: &str = "2026-11-22T09:30:00Z";

#[test]
fn a_date_is_the_whole_local_day() {
    // Paris springs forward on 29 March 2026: the day has 23 hours, from 23:00 to 22:00 UTC.
    let paris = World::new("Europe/Paris", NOW);
    let rows = |before, first, last, after| {
        [
            ("2026-03-28T22:59:59.999999Z", before),
            ("2026-03-28T23:00:00Z", first),
            ("2026-03-29T21:59:59.999999Z", last),
            ("2026-03-29T22:00:00Z", after),
        ]
    };
    paris.check_field("created_at", "=", json!("2026-03-29"), &rows(false, true, true, false));
    paris.check_field("created_at", "on", json!("2026-03-29"), &rows(false, true, true, false));
    paris.check_field("created_at", "<", json!("2026-03-29"), &rows(true, false, false, false));
    paris.check_field("created_at", "<=", json!("2026-03-29"), &rows(true, true, true, false));
    paris.check_field("created_at", ">", json!("2026-03-29"), &rows(false, false, false, true));
    paris.check_field("created_at", "after", json!("2026-03-29"), &rows(false, false, false, true));
    paris.check_field("created_at", ">=", json!("2026-03-29"), &rows(false, true, true, true));
    paris.check_field(
        "created_at",
        "between",
        json!(["2026-03-29", "2026-03-29"]),
        &rows(false, true, true, false),
    );
    paris.check_field(
        "created_at",
        "between",
        json!(["2026-03-30", "2026-03-28"]),
        &rows(false, false, false, false),
    );
}

#[test]
fn a_local_time_in_a_gap_is_the_first_instant_after_it() {
    let paris = World::new("Europe/Paris", NOW);
    let rows = [
        ("2026-03-29T00:59:59.999999Z", false),
        ("2026-03-29T01:00:00Z", true),
        ("2026-03-29T01:30:00Z", false),
    ];
    paris.check_field("created_at", "=", json!("2026-03-29T02:30:00"), &rows);
    // São Paulo, 4 November 2018: midnight does not exist, the day starts at 01:00, which is 03:00 UTC.
    let sao_paulo = World::new("America/Sao_Paulo", NOW);
    let rows = [("2018-11-04T02:59:59.999999Z", false), ("2018-11-04T03:00:00Z", true)];
    sao_paulo.check_field("created_at", "=", json!("2018-11-04"), &rows);
    // Lord Howe skips half an hour: 02:15 on 4 October 2026 is 02:30 by the new clock, 15:30 UTC.
    let lord_howe = World::new("Australia/Lord_Howe", NOW);
    lord_howe.check_field("created_at", "=", json!("2026-10-04T02:15:00"), &[("2026-10-03T15:30:00Z", true)]);
    // Kathmandu went from +05:30 to +05:45 at new year 1986.
    let kathmandu = World::new("Asia/Kathmandu", NOW);
    let rows = [("1985-12-31T18:29:59.999999Z", false), ("1985-12-31T18:30:00Z", true)];
    kathmandu.check_field("created_at", ">=", json!("1986-01-01"), &rows);
}

#[test]
fn a_day_that_did_not_happen_is_empty() {
    // Apia went from 29 December 2011, 24:00 at -10, to 31 December, 00:00 at +14.
    let apia = World::new("Pacific/Apia", NOW);
    let rows = |last, first| [("2011-12-30T09:59:59.999999Z", last), ("2011-12-30T10:00:00Z", first)];
    apia.check_field("created_at", "=", json!("2011-12-30"), &rows(false, false));
    apia.check_field("created_at", "<", json!("2011-12-30"), &rows(true, false));
    apia.check_field("created_at", ">", json!("2011-12-30"), &rows(false, true));
    apia.check_field("created_at", "=", json!("2011-12-31"), &rows(false, true));
    apia.check_field("created_at", "=", json!("2011-12-30T12:00:00"), &rows(false, true));
}

#[test]
fn a_local_time_in_an_overlap_is_the_earlier_one() {
    let paris = World::new("Europe/Paris", NOW);
    let rows = [("2026-10-25T00:30:00Z", true), ("2026-10-25T01:30:00Z", false)];
    paris.check_field("created_at", "=", json!("2026-10-25T02:30:00"), &rows);
    // Tehran, 21 September 2022: the hour before midnight comes twice; the 22nd begins once, at 20:30 UTC.
    let tehran = World::new("Asia/Tehran", NOW);
    let rows = [("2022-09-21T20:29:59.999999Z", false), ("2022-09-21T20:30:00Z", true)];
    tehran.check_field("created_at", ">=", json!("2022-09-22"), &rows);
}

#[test]
fn months_keep_the_local_time_of_day() {
    // 12:00 summer time on 15 April, less a month, is 12:00 winter time on 15 March.
    let paris = World::new("Europe/Paris", "2026-04-15T10:00:00Z");
    let rows = [
        ("2026-03-15T11:00:00Z", false),
        ("2026-03-15T11:00:00.000001Z", true),
        ("2026-04-15T10:00:00Z", true),
    ];
    paris.check_field("created_at", "during", json!({"last": 1, "unit": "month"}), &rows);
    // 02:30 on 29 April, less a month, falls in the gap.
    let paris = World::new("Europe/Paris", "2026-04-29T00:30:00Z");
    let rows = [("2026-03-29T01:00:00Z", false), ("2026-03-29T01:00:00.000001Z", true)];
    paris.check_field("created_at", "during", json!({"last": 1, "unit": "month"}), &rows);
    // A day is 24 hours even where the local day has 23.
    let paris = World::new("Europe/Paris", "2026-03-29T10:00:00Z");
    let rows = [("2026-03-28T10:00:00Z", false), ("2026-03-28T10:00:00.000001Z", true)];
    paris.check_field("created_at", "during", json!({"last": 1, "unit": "day"}), &rows);
}

#[test]
fn a_clamped_edge_is_the_end_of_the_clamped_day() {
    let rows = |before, first| [("2026-02-28T22:59:59.999999Z", before), ("2026-02-28T23:00:00Z", first)];
    let paris = World::new("Europe/Paris", "2026-03-31T10:00:00Z");
    let month_ago = || json!({"anchor": "now", "offset": -1, "unit": "month"});
    paris.check_field("created_at", "during", json!({"last": 1, "unit": "month"}), &rows(false, true));
    paris.check_field("created_at", "less_than_ago", json!({"n": 1, "unit": "month"}), &rows(false, true));
    paris.check_field("created_at", "more_than_ago", json!({"n": 1, "unit": "month"}), &rows(true, false));
    paris.check_field("created_at", ">=", month_ago(), &rows(false, true));
    paris.check_field("created_at", ">", month_ago(), &rows(false, true));
    paris.check_field("created_at", "<=", month_ago(), &rows(true, false));
    paris.check_field("created_at", "=", month_ago(), &rows(false, false));
    // forwards, from 31 January
    let paris = World::new("Europe/Paris", "2026-01-31T10:00:00Z");
    paris.check_field("created_at", "during", json!({"next": 1, "unit": "month"}), &rows(true, false));
    paris.check_field(
        "created_at",
        "more_than_from_now",
        json!({"n": 1, "unit": "month"}),
        &rows(false, true),
    );
    // 28 March needs no clamping
    let utc = World::new("UTC", "2026-03-28T10:00:00Z");
    let rows = [("2026-02-28T10:00:00Z", false), ("2026-02-28T10:00:00.000001Z", true)];
    utc.check_field("created_at", "during", json!({"last": 1, "unit": "month"}), &rows);
    // a date: (28 February, 31 March]
    let utc = World::new("UTC", "2026-03-31T10:00:00Z");
    let rows = [("2026-02-28", false), ("2026-03-01", true), ("2026-03-31", true), ("2026-04-01", false)];
    utc.check_field("a_date", "during", json!({"last": 1, "unit": "month"}), &rows);
}
