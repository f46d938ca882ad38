//! What happens to a book, each with what it costs.

use std::io::Cursor;
use std::time::Duration;

use tagmata::{Book, ContactId, Draft, MemberSet, SegmentId, Timestamp};
use tagmata_benches::import_options;

use crate::cost::Cost;
use crate::format::count;
use crate::moves::{Moves, moves_of};
use crate::predicate::tag_name;
use crate::update::{KINDS, Update};
use crate::watch::Watch;

/// So many contacts are made, and deleted.
const CONTACTS: usize = 200;
/// So often time moves on by a step.
const STEPS: usize = 5;
/// The tag that many contacts get at once.
const TAG: u64 = 7;

/// When a step of time takes longer than this, nobody waits for the further ones.
const PATIENCE: Duration = Duration::from_secs(30);

/// A day, in microseconds.
const DAY: i64 = 86_400_000_000;
/// The steps of time: what they are called, and how long they are in microseconds.
pub(crate) const TIMES: [(&str, i64); 3] =
    [("a minute passes", DAY / 1_440), ("a day passes", DAY), ("a month passes", 30 * DAY)];

/// What was measured, and what was found to be wrong.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) costs: Vec<(String, Cost)>,
    pub(crate) wrong: Vec<String>,
}

impl Found {
    /// Measures calls that come one after the other: what each comes to is given to the watch.
    fn watched(
        &mut self,
        what: &str,
        book: &mut Book,
        segments: &[SegmentId],
        calls: impl FnOnce(&mut Book, &mut Cost, &mut Watch),
    ) {
        let (mut cost, mut watch) = (Cost::default(), Watch::new(book, segments));
        calls(book, &mut cost, &mut watch);
        let (moves, wrong) = watch.end(what, book);
        self.costs.push((what.to_owned(), Cost { moves, ..cost }));
        self.wrong.extend(wrong);
    }
}

/// Makes updates: what each kind costs, and who moved by each.
pub(crate) fn update(book: &mut Book, updates: &[Update]) -> (Vec<Cost>, Vec<Moves>) {
    let (mut costs, mut moves) = (vec![Cost::default(); KINDS.len()], Vec::with_capacity(updates.len()));
    for update in updates {
        let cost = costs.get_mut(update.kind).expect("a kind");
        let outcome = cost.time(|| update.make(book));
        let moved = moves_of(&outcome.effects);
        cost.moves += (moved.entered.len() + moved.left.len()) as u64;
        moves.push(moved);
    }
    (costs, moves)
}

/// Makes contacts, deletes others, gives many a tag and takes it off, and imports a file.
pub(crate) fn change(book: &mut Book, segments: &[SegmentId], file: &[u8]) -> Found {
    let (mut found, now) = (Found::default(), book.now());
    found.watched("a new contact", book, segments, |book, cost, watch| {
        for number in 0..CONTACTS {
            if cost.is_enough(CONTACTS) {
                break;
            }
            let draft = draft(number);
            let made = cost.time(|| book.create_contact(draft, now).expect("a new contact"));
            watch.note(&made.outcome.effects);
        }
    });
    let everybody = book.select("everyone").expect("all contacts").to_numbers();
    found.watched("a deletion", book, segments, |book, cost, watch| {
        for number in everybody.iter().rev().step_by(everybody.len() / 2 / CONTACTS) {
            if cost.is_enough(CONTACTS) {
                break;
            }
            let contact = ContactId::new(*number);
            watch.note(&cost.time(|| book.delete_contacts(contact, now).expect("a deletion")).effects);
        }
    });
    let everybody = book.select("everyone").expect("all contacts");
    let tenth: MemberSet = everybody.iter().step_by(10).collect();
    let (add, remove) = (format!("a tag for {}", count(tenth.len())), "the same tag taken off");
    found.watched(&add, book, segments, |book, cost, watch| {
        let (contacts, tags) = (&tenth, [tag_name(TAG)]);
        watch.note(&cost.time(|| book.add_tags(contacts, tags, now).expect("a tag")).effects);
    });
    found.watched(remove, book, segments, |book, cost, watch| {
        let (contacts, tags) = (&tenth, [tag_name(TAG)]);
        watch.note(&cost.time(|| book.remove_tags(contacts, tags, now).expect("a tag")).effects);
    });
    let rows = file.iter().filter(|byte| **byte == b'\n').count() as u64 - 1;
    let what = format!("an import of {} rows", count(rows));
    found.watched(&what, book, segments, |book, cost, watch| {
        let report = cost.time(|| book.import(Cursor::new(file), &import_options(), now).expect("a file"));
        watch.note(&report.outcome.effects);
    });
    found
}

/// Lets time pass by a step, some times.
pub(crate) fn pass(book: &mut Book, segments: &[SegmentId], (what, step): (&str, i64)) -> Found {
    let mut found = Found::default();
    found.watched(what, book, segments, |book, cost, watch| {
        // After many months nothing is recent any more.
        let steps = if step > DAY { 1 } else { STEPS };
        while !cost.is_enough(steps) {
            let later = Timestamp::from_micros(book.now().as_micros() + step).expect("an instant");
            watch.note(&cost.time(|| book.advance(later).expect("a later instant")).effects);
        }
    });
    found
}

/// Lets a first moment pass, which is measured apart: the orders of values that time looks at are built when they are first asked.
pub(crate) fn pass_first(book: &mut Book, segments: &[SegmentId]) -> Found {
    let mut first = Found::default();
    first.watched("the first moment passes", book, segments, |book, cost, watch| {
        let next = Timestamp::from_micros(book.now().as_micros() + 1).expect("an instant");
        watch.note(&cost.time(|| book.advance(next).expect("a later instant")).effects);
    });
    first
}

/// Lets time pass by steps that get longer, until one of them takes too long.
pub(crate) fn pass_by_all(book: &mut Book, segments: &[SegmentId]) -> Vec<Found> {
    let mut all = vec![pass_first(book, segments)];
    for time in TIMES {
        if all.last().is_none_or(|last| !is_slow(&last.costs)) {
            all.push(pass(book, segments, time));
        }
    }
    all
}

/// Whether steps of time took longer than anybody waits for.
pub(crate) fn is_slow(costs: &[(String, Cost)]) -> bool {
    let is_step = |name: &str| TIMES.iter().any(|(what, _)| *what == name);
    costs.iter().any(|(what, cost)| is_step(what) && cost.total > PATIENCE)
}

/// A contact with a value in most fields.
fn draft(number: usize) -> Draft {
    Draft::new()
        .set("first_name", "Zoé")
        .set("last_name", "Martin")
        .set("email", format!("zoe.martin.{number}@outlook.fr"))
        .set("country", "FR")
        .set("status", "active")
        .set("organization", "Agri Dupont 7")
        .set("tags", ["tag_000", "tag_003", "tag_040"])
        .set("segments", ["Segment 001"])
        .set("software", ["Xero"])
        .set("billed", 1_250.0)
        .set("employees", 42.0)
        .set("client_type", "Company")
        .set("newsletter", true)
        .set("birthday", "1984-11-09")
}

#[cfg(test)]
mod tests {
    use tagmata_benches::book;

    use super::{change, pass_by_all};
    use crate::rows::rows;
    use crate::segment::{define, definitions};

    #[test]
    fn the_effects_of_all_changes_are_what_members_say() {
        let (mut book, definitions) = (book(800), definitions(120));
        let segments = define(&mut book, &definitions);
        let changed = change(&mut book, &segments, &rows(40, 800));
        let passed = pass_by_all(&mut book, &segments);
        for found in [changed].iter().chain(&passed) {
            assert_eq!(found.wrong, [""; 0]);
        }
        let whats: Vec<&str> =
            passed.iter().flat_map(|found| &found.costs).map(|(what, _)| what.as_str()).collect();
        assert_eq!(whats, ["the first moment passes", "a minute passes", "a day passes", "a month passes"]);
    }
}
