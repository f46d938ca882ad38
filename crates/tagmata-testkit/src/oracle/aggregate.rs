//! Numbers and datetimes made of a contact's interactions.

use crate::oracle::amount::{ONE, micros};
use crate::oracle::calendar::Calendar;
use crate::oracle::comparison;
use crate::oracle::contact::{Subject, interactions, present, time};
use crate::oracle::moment::{Moment, When};
use crate::oracle::text::fold;
use crate::oracle::window;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// "`count sum min max avg` give numbers; `first last` give datetimes".
pub(crate) fn subject(
    aggregate: &Value,
    contact: &Value,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Subject {
    let chosen: Vec<&Value> =
        interactions(contact).filter(|i| is_counted(i, aggregate, calendar, now)).collect();
    // "Missing amounts are ignored."
    let amounts: Vec<i128> = chosen.iter().filter_map(|i| micros(&i["amount"])).collect();
    let times = || chosen.iter().map(|i| time(i));
    let number = |millionths: i128| Subject::Quotient { millionths, count: 1 };
    let datetime = |instant| Subject::When(When::Instant(instant));
    // "`count` and `sum` of nothing are 0; `min max avg first last` of nothing are missing."
    let found = match aggregate["fn"].as_str().expect("a function") {
        "count" => Some(number(i128::try_from(chosen.len()).unwrap() * ONE)),
        "sum" => Some(number(amounts.iter().sum())),
        "min" => amounts.iter().min().copied().map(number),
        "max" => amounts.iter().max().copied().map(number),
        // "`avg op v` is `sum op v × count`"
        "avg" if amounts.is_empty() => None,
        "avg" => Some(Subject::Quotient {
            millionths: amounts.iter().sum(),
            count: i128::try_from(amounts.len()).unwrap(),
        }),
        "first" => times().min().map(datetime),
        "last" => times().max().map(datetime),
        other => panic!("unknown aggregate {other}"),
    };
    found.unwrap_or(Subject::Missing)
}

fn is_counted(interaction: &Value, aggregate: &Value, calendar: &Calendar, now: DateTime<Utc>) -> bool {
    // `labelled "x"`: the interaction's label equals x, folded.
    let labelled = aggregate["labelled"].as_str().is_none_or(|wanted| {
        present(interaction, "label").is_some_and(|l| fold(l.as_str().expect("a label")) == fold(wanted))
    });
    // "Without `during` all interactions count, future ones too."
    let during = || {
        aggregate
            .get("during")
            .is_none_or(|during| is_during(When::Instant(time(interaction)), during, calendar, now))
    };
    interaction["kind"] == aggregate["kind"] && labelled && during()
}

/// `during = window | ("before"|"after"|"on") moment | "between" moment "and" moment`.
fn is_during(at: When, during: &Value, calendar: &Calendar, now: DateTime<Utc>) -> bool {
    ["before", "after", "on", "between"]
        .into_iter()
        .find_map(|op| {
            let place = |moment: &Value| at.compare(Moment::parse(moment, calendar, now), calendar);
            comparison::holds(op, during.get(op)?, place)
        })
        .unwrap_or_else(|| window::holds(at, during, calendar, now))
}

/// The size of a set: "`count(tags)`"; "`count(segments)` see static segments only".
pub(crate) fn size(set: &Subject) -> Subject {
    let size = match set {
        Subject::Missing => 0,
        Subject::Tags(names) | Subject::Segments(names) => names.len(),
        Subject::Choices(keys, _) => keys.len(),
        other => panic!("`count` of {}", json!(format!("{other:?}"))),
    };
    Subject::Quotient { millionths: i128::try_from(size).unwrap() * ONE, count: 1 }
}
