//! The questions that segments share.

use std::collections::HashSet;

use tagmata_benches::{Dice, Weighted};

use crate::predicate::{Predicate, TAGS};

const STATUSES: [&str; 4] = ["lead", "active", "vip", "inactive"];
const COUNTRIES: [&str; 12] = ["US", "FR", "BR", "CA", "ES", "MX", "BE", "CH", "DE", "GB", "AU", "ZA"];
const CLIENT_TYPES: [&str; 5] = ["Individual", "Company", "Trust", "Partnership", "Charity"];
const SOFTWARE: [&str; 8] = ["Xero", "MYOB", "QuickBooks", "Sage", "Odoo", "Pennylane", "Holded", "Zoho"];
const DOMAINS: [&str; 8] = [
    "example.com",
    "gmail.com",
    "outlook.fr",
    "yahoo.es",
    "agro-sud.fr",
    "tractores.mx",
    "farmline.ca",
    "correo.es",
];
/// Last names, which are asked for by their first letters.
const LAST_NAMES: [&str; 12] = [
    "dupont",
    "martin",
    "garcía",
    "rodríguez",
    "silva",
    "smith",
    "johnson",
    "müller",
    "nguyen",
    "kowalski",
    "ivanov",
    "lefèvre",
];
/// Kinds of organizations; the name of an organization has one of them, and a last name.
const ORGANIZATIONS: [&str; 10] =
    ["agri", "farm", "terra", "nord", "sud", "green", "silo", "campo", "rural", "delta"];

/// What a question is about.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Status,
    Country,
    Tags,
    Segment,
    Billed,
    Employees,
    Created,
    LastInteraction,
    Day,
    Birthday,
    Newsletter,
    ClientType,
    Software,
    EmailDomain,
    LastName,
    Organization,
}

/// How often each kind is drawn, of a hundred.
const KINDS: [(Kind, f64); 16] = [
    (Kind::Status, 8.0),
    (Kind::Country, 11.0),
    (Kind::Tags, 18.0),
    (Kind::Segment, 7.0),
    (Kind::Billed, 12.0),
    (Kind::Employees, 8.0),
    (Kind::Created, 6.0),
    (Kind::LastInteraction, 7.0),
    (Kind::Day, 5.0),
    (Kind::Birthday, 3.0),
    (Kind::Newsletter, 1.0),
    (Kind::ClientType, 3.0),
    (Kind::Software, 5.0),
    (Kind::EmailDomain, 2.0),
    (Kind::LastName, 2.0),
    (Kind::Organization, 2.0),
];

/// So many different questions, by Zipf's law: the first is asked most often.
pub(crate) fn pool(size: usize, dice: &mut Dice) -> Weighted<Predicate> {
    let kinds = Weighted::new(KINDS);
    let tags = Weighted::zipf(0..TAGS, 1.1);
    let mut seen = HashSet::new();
    let mut all = Vec::with_capacity(size);
    while all.len() < size {
        let predicate = draw(*dice.weigh(&kinds), &tags, dice);
        if seen.insert(predicate.to_string()) {
            all.push(predicate);
        }
    }
    Weighted::zipf(all, 1.0)
}

fn draw(kind: Kind, tags: &Weighted<u64>, dice: &mut Dice) -> Predicate {
    match kind {
        Kind::Status => Predicate::Status(one(&STATUSES, dice)),
        Kind::Country => Predicate::Country(several(4, dice, |dice| one(&COUNTRIES, dice))),
        Kind::Tags => Predicate::Tags(several(3, dice, |dice| *dice.weigh(tags))),
        Kind::Segment => Predicate::Segment(dice.below(40)),
        Kind::Billed => number("billed", 25 * (1 + dice.below(200)), 25 * (1 + dice.below(100)), dice),
        Kind::Employees => number("employees", 10 * (1 + dice.below(500)), 10 * (1 + dice.below(100)), dice),
        Kind::Created => ago("created_at", 365 * 4, dice),
        Kind::LastInteraction => ago("last_interaction", 365 * 2, dice),
        Kind::Day => Predicate::Day {
            field: one(&["created_at", "last_interaction"], dice),
            year: 2021 + dice.below(5),
            month: 1 + dice.below(12),
            day: 1 + dice.below(28),
            before: dice.chance(0.5),
        },
        Kind::Birthday => Predicate::Birthday(1 + dice.below(30)),
        Kind::Newsletter => Predicate::Newsletter,
        Kind::ClientType => Predicate::ClientType(one(&CLIENT_TYPES, dice)),
        Kind::Software => Predicate::Software(several(3, dice, |dice| one(&SOFTWARE, dice))),
        Kind::EmailDomain => Predicate::EmailDomain(one(&DOMAINS, dice)),
        Kind::LastName => {
            let letters = if dice.chance(0.5) { 2 } else { 3 };
            Predicate::LastName(dice.pick(&LAST_NAMES).chars().take(letters).collect())
        }
        Kind::Organization => {
            let (kind, family) = (dice.pick(&ORGANIZATIONS), dice.pick(&LAST_NAMES));
            Predicate::Organization(if dice.chance(0.5) {
                format!("{kind} {family}")
            } else {
                (*kind).to_owned()
            })
        }
    }
}

/// One of these names.
fn one(of: &[&'static str], dice: &mut Dice) -> &'static str {
    let drawn: &&'static str = dice.pick(of);
    drawn
}

/// A range above, below or between two numbers.
fn number(field: &'static str, low: u64, width: u64, dice: &mut Dice) -> Predicate {
    let (low, high) = *dice.pick(&[(Some(low), None), (None, Some(low)), (Some(low), Some(low + width))]);
    Predicate::Number { field, low, high }
}

/// A window that ends now, or all that is before one. People write 7, 30 and 90 days rather than 41.
fn ago(field: &'static str, longest: u64, dice: &mut Dice) -> Predicate {
    let days =
        if dice.chance(0.5) { *dice.pick(&[7, 14, 30, 60, 90, 180, 365]) } else { 1 + dice.below(longest) };
    Predicate::Ago { field, days, more: dice.chance(0.5) }
}

/// From one up to so many different values, in order.
fn several<T: Ord>(most: u64, dice: &mut Dice, mut draw: impl FnMut(&mut Dice) -> T) -> Vec<T> {
    let drawn = 1 + dice.below(most);
    let mut values: Vec<T> = (0..drawn).map(|_| draw(dice)).collect();
    values.sort_unstable();
    values.dedup();
    values
}
