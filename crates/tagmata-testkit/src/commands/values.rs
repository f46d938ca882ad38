//! Values for fields: mostly fitting, often those that another contact has.

use super::names::{OPTIONS, SEGMENTS, STATUSES, TAGS};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use tagmata::{Field, FieldId, Input, Timestamp};

const EXTERNAL_IDS: &[&str] = &["X1", "x1", "X2", "X3"];
const ACCOUNT_NUMBERS: &[&str] = &["A1", "a1", "A2"];
const EMAILS: &[&str] = &["zoe@example.com", "ZOE@example.com", "leo@example.com"];
const MOBILES: &[&str] = &["06 12 34 56 78", "+33612345678", "+1 202 555 0123"];

/// The fields by which contacts are found, with all their values.
pub(crate) fn keys() -> [(FieldId, &'static [&'static str]); 4] {
    [
        (Field::EXTERNAL_ID, EXTERNAL_IDS),
        (Field::ACCOUNT_NUMBER, ACCOUNT_NUMBERS),
        (Field::EMAIL, EMAILS),
        (Field::MOBILE, MOBILES),
    ]
}

const DAYS: &[&str] = &["2026-03-28", "2026-03-29", "2000-02-29", "1990-04-01"];
const INSTANTS: &[&str] = &[
    "2026-03-27T10:00:00Z",
    "2026-03-29T00:30:00Z",
    "2026-03-29T01:30:00Z",
    "2026-03-30T12:00:00Z",
    "2026-04-02T08:00:00Z",
    "2025-12-31T23:30:00Z",
];

pub(super) fn instant() -> BoxedStrategy<Timestamp> {
    select(INSTANTS).prop_map(|text| text.parse().unwrap()).boxed()
}

fn text(pool: &'static [&'static str]) -> BoxedStrategy<Input> {
    select(pool).prop_map(Input::from).boxed()
}

fn list(pool: &'static [&'static str]) -> BoxedStrategy<Input> {
    vec(select(pool), 0..3)
        .prop_map(|names| Input::List(names.into_iter().map(str::to_owned).collect()))
        .boxed()
}

/// A field by its key, and a value for it.
pub(super) fn value() -> BoxedStrategy<(String, Input)> {
    let field = |key: &'static str, value: BoxedStrategy<Input>| {
        let missing = Just(Input::Missing).boxed();
        prop_oneof![5 => value, 1 => missing].prop_map(move |value| (key.to_owned(), value)).boxed()
    };
    let number = select(&[0.0, 12.5, 120.0, -3.0][..]).prop_map(Input::from).boxed();
    let at = || instant().prop_map(Input::from).boxed();
    prop_oneof![
        3 => field("external_id", text(EXTERNAL_IDS)),
        1 => field("account_number", text(ACCOUNT_NUMBERS)),
        2 => field("first_name", text(&["Zoé", "ZOÉ", "Léo", "Ana"])),
        1 => field("last_name", text(&["Martin", "Marty", "Straße"])),
        2 => field("email", text(EMAILS)),
        2 => field("mobile", text(MOBILES)),
        1 => field("country", text(&["FR", "us"])),
        1 => field("source", text(&["web", "Web", "fair"])),
        2 => field("status", text(STATUSES)),
        3 => field("tags", list(TAGS)),
        3 => field("segments", list(SEGMENTS)),
        1 => field("created_at", at()),
        1 => field("last_interaction", at()),
        1 => field("note", text(&["straße", "STRASSE", "other"])),
        1 => field("billed", number),
        1 => field("agreed", any::<bool>().prop_map(Input::from).boxed()),
        1 => field("birthday", text(DAYS)),
        1 => field("due", at()),
        2 => field("plan", text(OPTIONS)),
        2 => field("software", list(OPTIONS)),
        1 => select(&["updated_at", "name", "id", "nickname", "email"][..])
            .prop_map(|key| (key.to_owned(), Input::from("what"))),
    ]
    .boxed()
}

pub(super) fn values() -> BoxedStrategy<Vec<(String, Input)>> {
    vec(value(), 0..4).boxed()
}
