//! One contact, drawn.

use std::collections::BTreeSet;
use std::time::Duration;

use tagmata::Timestamp;

use super::dice::{Dice, Weighted};
use super::words::Words;

/// The instant at which the list was exported: 2026-11-01T00:00:00Z, in seconds.
pub(super) const NOW: i64 = 1_793_491_200;
/// The first day of 1940, in seconds.
const FIRST_BIRTHDAY: i64 = -946_771_200;
/// A day, in seconds.
const DAY: u64 = 86_400;

/// The cells of one contact in the order of [`COLUMNS`](super::COLUMNS).
pub(super) fn draw(number: u64, words: &Words, dice: &mut Dice) -> [String; 19] {
    let first = dice.pick(&words.first_names);
    let last = dice.pick(&words.last_names);
    let place = *dice.weigh(&words.places);

    let domain = dice.pick(&words.mail_domains);
    let has_email = dice.chance(0.92);
    let email = maybe(has_email, || format!("{}.{}{number}@{domain}", first.ascii, last.ascii));
    let has_mobile = dice.chance(0.9) || !has_email;
    let mobile = maybe(has_mobile, || {
        // So many numbers are assigned in each of the countries; further contacts share theirs.
        let subscriber = format!("{:0>9}", 2_000_000 + number % 8_000_000);
        let digits = subscriber.get(subscriber.len() - place.digits..).unwrap_or_default();
        format!("{}{digits}", place.dialling)
    });

    let organization = dice.below(50_000);
    let has_organization = dice.chance(0.6);
    let organization = maybe(has_organization, || {
        let kind = cyclic(&words.organizations, organization);
        let family = cyclic(&words.last_names, organization / 10).written;
        format!("{kind} {family} {organization}")
    });

    let status = *dice.weigh(&words.statuses);
    let tags = several(&words.tags, 6, 0.25, dice);
    let segments = several(&words.segments, 3, 0.4, dice);
    let software = several(&words.software, 3, 0.3, dice);
    let billed = cents(dice.log_normal(6.0, 1.5));
    let billed = maybe(!dice.chance(0.3), || billed);
    let employees = 1 + dice.below(4_999);
    let client_type = *dice.weigh(&words.client_types);
    let newsletter = if dice.chance(0.4) { "yes" } else { "no" };
    let newsletter = maybe(!dice.chance(0.1), || newsletter.to_owned());

    let created = NOW - seconds(dice.below(6 * 365 * DAY));
    let silence = Duration::from_secs_f64(dice.exponential(200.0 * DAY as f64)).as_secs();
    let last_interaction = created.max(NOW - seconds(silence));
    let last_interaction = maybe(!dice.chance(0.25), || instant(last_interaction));
    let birthday = FIRST_BIRTHDAY + seconds(dice.below(365 * 65) * DAY);
    let birthday = maybe(!dice.chance(0.5), || day(birthday));

    [
        place.country.to_owned(),
        first.written.to_owned(),
        last.written.to_owned(),
        mobile,
        email,
        String::new(),
        organization,
        format!("C{number:08}"),
        segments,
        tags,
        status.to_owned(),
        billed,
        employees.to_string(),
        client_type.to_owned(),
        newsletter,
        software,
        instant(created),
        last_interaction,
        birthday,
    ]
}

fn maybe(there: bool, value: impl FnOnce() -> String) -> String {
    if there { value() } else { String::new() }
}

/// Up to `most` different names, in the order of the alphabet; none at all with the probability `none`.
fn several<T: AsRef<str>>(from: &Weighted<T>, most: u64, none: f64, dice: &mut Dice) -> String {
    let drawn = 1 + dice.below(most);
    let drawn = if dice.chance(none) { 0 } else { drawn };
    let names: BTreeSet<&str> = (0..drawn).map(|_| dice.weigh(from).as_ref()).collect();
    names.into_iter().collect::<Vec<_>>().join("; ")
}

fn cyclic<T>(list: &[T], number: u64) -> &T {
    let place = usize::try_from(number).map_or(0, |number| number % list.len());
    list.get(place).expect("a list that is not empty")
}

/// An amount with at most two digits behind the point, and at least one.
pub(super) fn cents(amount: f64) -> String {
    let rounded = format!("{amount:.2}");
    rounded.strip_suffix('0').map(str::to_owned).unwrap_or(rounded)
}

fn seconds(seconds: u64) -> i64 {
    i64::try_from(seconds).expect("less than a lifetime")
}

fn instant(seconds: i64) -> String {
    Timestamp::from_micros(seconds * 1_000_000).expect("an instant of our time").to_string()
}

fn day(seconds: i64) -> String {
    instant(seconds).chars().take_while(|letter| *letter != 'T').collect()
}
