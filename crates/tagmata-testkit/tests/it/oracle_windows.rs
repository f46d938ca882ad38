//! Windows and anniversaries.

use crate::world::World;
use serde_json::json;

#[test]
fn rolling_windows_hold_today_in_last_and_not_in_next() {
    let utc = World::new("UTC", "2026-11-22T09:30:00Z");
    let rows = [("2026-11-15", false), ("2026-11-16", true), ("2026-11-22", true), ("2026-11-23", false)];
    utc.check_field("a_date", "during", json!({"last": 7, "unit": "day"}), &rows);
    utc.check_field("a_date", "less_than_ago", json!({"n": 1, "unit": "week"}), &rows);
    let rows = [("2026-11-22", false), ("2026-11-23", true), ("2026-11-29", true), ("2026-11-30", false)];
    utc.check_field("a_date", "during", json!({"next": 7, "unit": "day"}), &rows);
    utc.check_field(
        "a_date",
        "more_than_ago",
        json!({"n": 7, "unit": "day"}),
        &[("2026-11-14", true), ("2026-11-15", false)],
    );
    let rows = [
        ("2026-11-22T09:30:00Z", false),
        ("2026-11-22T09:30:00.000001Z", true),
        ("2026-11-22T10:30:00Z", true),
    ];
    utc.check_field("created_at", "during", json!({"next": 1, "unit": "hour"}), &rows);
}

#[test]
fn calendar_windows_are_whole_local_units() {
    let utc = World::new("UTC", "2026-11-22T09:30:00Z");
    let rows = [("2026-06-30", false), ("2026-07-01", true), ("2026-09-30", true), ("2026-10-01", false)];
    utc.check_field("a_date", "during", json!({"last": "quarter"}), &rows);
    let rows = [("2026-08-31", false), ("2026-09-01", true), ("2026-10-31", true), ("2026-11-01", false)];
    utc.check_field("a_date", "during", json!({"last": 2, "unit": "month", "calendar": true}), &rows);
    let rows = [("2026-12-31", false), ("2027-01-01", true), ("2028-12-31", true), ("2029-01-01", false)];
    utc.check_field("a_date", "during", json!({"next": 2, "unit": "year", "calendar": true}), &rows);
    // 22 November 2026 is a Sunday.
    let rows = [("2026-11-15", false), ("2026-11-16", true), ("2026-11-22", true), ("2026-11-23", false)];
    utc.check_field("a_date", "during", json!({"this": "week"}), &rows);
    let mut sunday = World::new("UTC", "2026-11-22T09:30:00Z");
    sunday.settings["week_start"] = json!("sunday");
    let rows = [("2026-11-21", false), ("2026-11-22", true), ("2026-11-28", true), ("2026-11-29", false)];
    sunday.check_field("a_date", "during", json!({"this": "week"}), &rows);
    // 15:15 in Kathmandu: the hour before began at 14:00, which is 08:15 UTC.
    let kathmandu = World::new("Asia/Kathmandu", "2026-11-22T09:30:00Z");
    let rows = [
        ("2026-11-22T08:14:59.999999Z", false),
        ("2026-11-22T08:15:00Z", true),
        ("2026-11-22T09:14:59.999999Z", true),
        ("2026-11-22T09:15:00Z", false),
    ];
    kathmandu.check_field(
        "created_at",
        "during",
        json!({"last": 1, "unit": "hour", "calendar": true}),
        &rows,
    );
    let rows =
        [("2026-11-20T18:14:59Z", false), ("2026-11-20T18:15:00Z", true), ("2026-11-21T18:15:00Z", false)];
    kathmandu.check_field("created_at", "during", json!({"day": "yesterday"}), &rows);
}

#[test]
fn anniversaries_cross_new_year() {
    let utc = World::new("UTC", "2026-12-28T12:00:00Z");
    let rows = [
        ("1980-12-28", false),
        ("1980-12-29", true),
        ("1980-12-31", true),
        ("1980-01-01", true),
        ("1980-01-04", true),
        ("1980-01-05", false),
        // the original date counts
        ("2027-01-04", true),
    ];
    utc.check_field("a_date", "anniversary", json!({"next": 7, "unit": "day"}), &rows);
    let rows = [("1980-12-27", false), ("1980-12-28", true)];
    utc.check_field("a_date", "anniversary", json!({"last": 1, "unit": "day"}), &rows);
    utc.check_field(
        "a_date",
        "anniversary",
        json!({"next": "month"}),
        &[("1990-01-31", true), ("1990-12-31", false)],
    );
    // 23:30 UTC on 31 December is 1 January in Paris.
    let paris = World::new("Europe/Paris", "2026-12-28T12:00:00Z");
    paris.check_field("created_at", "anniversary", json!({"on": "01-01"}), &[("2020-12-31T23:30:00Z", true)]);
}

#[test]
fn leap_day_follows_the_setting() {
    let cases = [
        // (rule, now, on the next day?)
        ("feb_28", "2026-02-27T12:00:00Z", true),
        ("feb_28", "2026-02-28T12:00:00Z", false),
        ("mar_1", "2026-02-27T12:00:00Z", false),
        ("mar_1", "2026-02-28T12:00:00Z", true),
        ("skip", "2026-02-27T12:00:00Z", false),
        ("skip", "2026-02-28T12:00:00Z", false),
        // leap years
        ("feb_28", "2028-02-27T12:00:00Z", false),
        ("feb_28", "2028-02-28T12:00:00Z", true),
        ("mar_1", "2028-02-28T12:00:00Z", true),
        ("mar_1", "2028-02-29T12:00:00Z", false),
        ("skip", "2028-02-28T12:00:00Z", true),
    ];
    for (rule, now, expected) in cases {
        let mut world = World::new("UTC", now);
        world.settings["leap_day"] = json!(rule);
        world.check_field(
            "a_date",
            "anniversary",
            json!({"next": 1, "unit": "day"}),
            &[("2000-02-29", expected)],
        );
    }
    let on =
        [("feb_28", [true, true, false]), ("mar_1", [false, true, true]), ("skip", [false, true, false])];
    for (rule, expected) in on {
        for (month_day, expected) in ["02-28", "02-29", "03-01"].into_iter().zip(expected) {
            let mut world = World::new("UTC", "2026-11-22T12:00:00Z");
            world.settings["leap_day"] = json!(rule);
            world.check_field("a_date", "anniversary", json!({"on": month_day}), &[("2000-02-29", expected)]);
        }
    }
    let utc = World::new("UTC", "2026-11-22T12:00:00Z");
    utc.check_field(
        "a_date",
        "anniversary",
        json!({"on": "02-29"}),
        &[("2000-02-28", false), ("2000-03-01", false)],
    );
}
