//! What happened with the contacts, drawn at random, but the same in every run.

use std::io;

use csv::{Terminator, WriterBuilder};
use tagmata::Timestamp;

use super::dice::{Dice, Weighted};
use super::person::{NOW, cents};

/// The header of the file of interactions.
pub const INTERACTION_COLUMNS: [&str; 5] = ["External ID", "Kind", "Time", "Amount", "Label"];

/// So many there are for each contact.
pub const INTERACTIONS_PER_CONTACT: u64 = 5;

const SEED: u64 = 11;
/// A day, in seconds.
const DAY: u64 = 86_400;
const PLANS: [&str; 5] = ["Plan S", "Plan M", "Plan L", "Plan XL", "Setup"];

/// An interaction.
#[derive(Debug)]
pub struct Happened {
    /// The number of the contact.
    pub contact: u64,
    /// The key of the kind.
    pub kind: &'static str,
    /// When it was.
    pub at: Timestamp,
    /// The amount, with at most two digits behind the point.
    pub amount: Option<String>,
    /// The label.
    pub label: Option<&'static str>,
}

/// The interactions of so many contacts, in no order: some kinds and some contacts have many, most contacts have few; over two
/// years, and a few ahead of time.
pub fn interactions(contacts: u64) -> impl Iterator<Item = Happened> {
    let kinds = Weighted::new([
        ("email_viewed", 30.0),
        ("email_sent", 25.0),
        ("payment", 12.0),
        ("invoice", 10.0),
        ("email_clicked", 8.0),
        ("message", 7.0),
        ("appointment", 6.0),
        ("group_event", 2.0),
    ]);
    let whom = Weighted::zipf(0..contacts, 0.5);
    let mut dice = Dice::new(SEED);
    (0..contacts * INTERACTIONS_PER_CONTACT).map(move |_| {
        // Those with many are spread among all.
        let contact = dice.weigh(&whom) * 7919 % contacts;
        let kind = *dice.weigh(&kinds);
        let ago = i64::try_from(dice.below(730 * DAY)).expect("two years");
        let ahead = kind == "appointment" && dice.chance(0.05);
        let seconds = if ahead { NOW + ago / 12 } else { NOW - ago };
        let at = Timestamp::from_micros(seconds * 1_000_000).expect("an instant of our time");
        let amount = ["payment", "invoice"].contains(&kind).then(|| cents(dice.log_normal(4.5, 1.0)));
        let label = (amount.is_some() && dice.chance(0.5)).then(|| *dice.pick(&PLANS));
        Happened { contact, kind, at, amount, label }
    })
}

/// Writes the interactions of so many contacts as CSV.
///
/// # Errors
///
/// The errors of the writer.
pub fn write_interactions(out: impl io::Write, contacts: u64) -> io::Result<()> {
    let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    out.write_record(INTERACTION_COLUMNS)?;
    for one in interactions(contacts) {
        let (key, at) = (format!("C{:08}", one.contact), one.at.to_string());
        let cells =
            [&key, one.kind, &at, one.amount.as_deref().unwrap_or_default(), one.label.unwrap_or_default()];
        out.write_record(cells)?;
    }
    out.flush()
}
