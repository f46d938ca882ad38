//! All that is measured with one number of segments.

use std::time::Duration;

use tagmata::{Book, Contact, SegmentId};
use tagmata_benches::{Dice, book};

use crate::cost::Cost;
use crate::moves::Moves;
use crate::naive::Naive;
use crate::operations::{Found, TIMES, change, is_slow, pass, pass_by_all, pass_first, update};
#[cfg(feature = "peer")]
use crate::peer::Peer;
use crate::predicate::Predicate;
use crate::segment::{Definition, define, definitions, relative_definitions};
use crate::update::{KINDS, Update, updates};

/// Where the random numbers of updates begin.
const SEED: u64 = 17;
/// So many updates are made, of all kinds together.
const UPDATES: usize = 400 * KINDS.len();
/// Every segment of every update may be looked at so often by those who look at all of them.
const LOOKS: usize = 20_000_000;

/// What was measured with so many segments.
#[derive(Debug, Default)]
pub struct Measured {
    /// So many segments.
    pub(crate) segments: usize,
    /// To define all segments.
    pub(crate) define: Duration,
    /// Updates, by kind.
    pub(crate) updates: Vec<Cost>,
    /// The same updates, or some of them, by evaluating everything.
    pub(crate) naive: Cost,
    /// The same by a-tree, and how many segments it has.
    pub(crate) peer: Cost,
    /// So many segments a-tree has.
    pub(crate) expressed: usize,
    /// Other changes, and steps of time.
    pub(crate) others: Vec<(String, Cost)>,
    /// What was found to be wrong.
    wrong: Vec<String>,
}

impl Measured {
    /// Whether steps of time took longer than anybody waits for.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        is_slow(&self.others)
    }

    /// A line for everything that was found to be wrong.
    #[must_use]
    pub fn wrong(&self) -> &[String] {
        &self.wrong
    }

    /// One update, of all kinds alike.
    #[must_use]
    pub(crate) fn update(&self) -> Cost {
        self.updates.iter().copied().fold(Cost::default(), Cost::and)
    }
}

/// An update with the contact before and after it.
struct Seen {
    before: Contact,
    after: Contact,
    moves: Moves,
}

/// Measures with so many segments on so many contacts; the file is imported, and time passes if it is not known to be slow.
///
/// # Panics
///
/// When the contacts, the segments or the file are refused.
#[must_use]
pub fn measure(contacts: u64, segments: usize, file: &[u8], with_time: bool) -> Measured {
    let definitions = definitions(segments);
    let mut book = book(contacts);
    let updates = updates(&book, UPDATES + KINDS.len(), &mut Dice::new(SEED));
    let read = |book: &Book, update: &Update| book.contact(update.contact).expect("a contact");
    // They are read before the segments are made, so that the caches of the processor know nothing of them.
    let before: Vec<Contact> = updates.iter().map(|update| read(&book, update)).collect();

    let mut defining = Cost::default();
    let made = defining.time(|| define(&mut book, &definitions));
    let (first, others) = updates.split_at(KINDS.len());
    update(&mut book, first);
    let (costs, moves) = update(&mut book, others);
    let seen: Vec<Seen> = (before.into_iter().skip(KINDS.len()).zip(others).zip(moves))
        .map(|((before, update), moves)| Seen { before, after: read(&book, update), moves })
        .collect();

    let mut measured = Measured { segments, define: defining.total, updates: costs, ..Measured::default() };
    if let Some(most) = LOOKS.checked_div(segments) {
        let seen = seen.get(..most.min(seen.len())).unwrap_or_default();
        evaluate_all(&book, &made, &definitions, seen, &mut measured);
        #[cfg(feature = "peer")]
        ask_peer(&book, &made, &definitions, seen, &mut measured);
    }
    let mut add = |found: Found| {
        measured.others.extend(found.costs);
        measured.wrong.extend(found.wrong);
    };
    add(change(&mut book, &made, file));
    if with_time {
        pass_by_all(&mut book, &made).into_iter().for_each(add);
    }
    measured
}

fn evaluate_all(
    book: &Book,
    segments: &[SegmentId],
    definitions: &[Definition],
    seen: &[Seen],
    measured: &mut Measured,
) {
    let naive = Naive::new(book, segments, definitions);
    let naive = naive.at(book.now());
    for (number, Seen { before, after, moves }) in seen.iter().enumerate() {
        let found = measured.naive.time(|| naive.moves(before, after));
        if found != *moves {
            measured.wrong.push(format!("update {number}: {moves:?}, by evaluating everything {found:?}"));
        }
    }
}

#[cfg(feature = "peer")]
fn ask_peer(
    book: &Book,
    segments: &[SegmentId],
    definitions: &[Definition],
    seen: &[Seen],
    measured: &mut Measured,
) {
    let peer = Peer::new(book, segments, definitions);
    measured.expressed = peer.segments.len();
    for (number, Seen { before, after, moves }) in seen.iter().enumerate() {
        let (before, after) = (peer.event(book, before), peer.event(book, after));
        let found = measured.peer.time(|| peer.moves(&before, &after));
        let moves = peer.expressible(moves);
        if found != moves {
            measured.wrong.push(format!("update {number}: {moves:?}, by a-tree {found:?}"));
        }
    }
}

/// Lets time pass with so many segments that look at the clock: the times, and how many contacts cross an edge by one step.
#[must_use]
pub fn measure_relative(contacts: u64, segments: usize) -> (Measured, Vec<u64>) {
    let definitions = relative_definitions(segments);
    let mut book = book(contacts);
    let mut defining = Cost::default();
    let made = defining.time(|| define(&mut book, &definitions));
    let mut measured = Measured { segments, define: defining.total, ..Measured::default() };
    let first = pass_first(&mut book, &made);
    let mut crossings = Vec::new();
    for time in TIMES {
        let before = answers(&book, &definitions);
        let found = pass(&mut book, &made, time);
        let calls: usize = found.costs.iter().map(|(_, cost)| cost.calls).sum();
        let after = answers(&book, &definitions);
        let crossed =
            before.iter().zip(&after).map(|(before, after)| (before - after).len() + (after - before).len());
        crossings.push(crossed.sum::<u64>() / calls.max(1) as u64);
        measured.others.extend(found.costs);
        measured.wrong.extend(found.wrong);
    }
    measured.others.extend(first.costs);
    measured.wrong.extend(first.wrong);
    (measured, crossings)
}

/// Who fulfils what segments ask about time, each question once.
fn answers(book: &Book, definitions: &[Definition]) -> Vec<tagmata::MemberSet> {
    let asked = definitions.iter().flat_map(Definition::predicates).filter(|one| one.is_relative());
    let asked: std::collections::BTreeSet<String> = asked.map(Predicate::to_string).collect();
    asked.into_iter().map(|filter| book.select(filter).expect("a filter")).collect()
}
