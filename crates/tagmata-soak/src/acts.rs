//! What is done to the book, drawn at random.

use std::io::Cursor;

use tagmata::{
    Book, ContactId, Draft, Effects, InteractionQuery, MemberSet, NewSegment, Outcome, Result, SegmentPatch,
    Selection, Timestamp,
};
use tagmata_benches::{Dice, Weighted, import_options};
use tagmata_membership::updates;
use tagmata_sqlite::StoredBook;

use crate::start::LISTS;

const SECOND: i64 = 1_000_000;
/// How many of the last commits may be undone.
const UNDONE: u64 = 12;
/// So many get a tag, a status or a place on a list at once, mostly.
const CROWD: usize = 200;
/// One update of each kind.
const KINDS: usize = 6;
/// So many rows are imported.
const ROWS: u64 = 60;
/// The segments that are edited have this before a number.
const EDITED: &str = "Edited";
/// So many of these there are at most.
const MOST_EDITED: u64 = 20;

const FILTERS: [&str; 10] = [
    "status = active and tags has \"tag_007\"",
    "country = FR and billed > 900",
    "created_at in last 40 days",
    "last_interaction more than 90 days ago",
    "birthday anniversary in next 14 days",
    "segments has newsletter or segments has fair",
    "count(payment in last 60 days) > 1",
    "email contains \"farm\" and not status = inactive",
    "sum(invoice) > 400 and newsletter is true",
    "software has Xero or client_type = Company",
];

/// What is done.
#[derive(Debug, Clone, Copy)]
enum Act {
    Update,
    Create,
    Delete,
    Merge,
    Record,
    Forget,
    Bulk,
    Lists,
    Edit,
    Import,
    Undo,
    Batch,
    Preview,
    Pass,
    Rename,
}

const ACTS: [(Act, f64); 15] = [
    (Act::Update, 30.0),
    (Act::Create, 6.0),
    (Act::Delete, 5.0),
    (Act::Merge, 1.0),
    (Act::Record, 12.0),
    (Act::Forget, 6.0),
    (Act::Bulk, 3.0),
    (Act::Lists, 3.0),
    (Act::Edit, 2.0),
    (Act::Import, 0.4),
    (Act::Undo, 5.0),
    (Act::Batch, 3.0),
    (Act::Preview, 2.0),
    (Act::Pass, 12.0),
    (Act::Rename, 0.5),
];

/// Draws what is done next, and does it.
#[derive(Debug)]
pub(crate) struct Acts {
    dice: Dice,
    acts: Weighted<Act>,
    made: u64,
}

impl Acts {
    /// Where the random numbers begin decides all that happens.
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), acts: Weighted::new(ACTS), made: seed << 32 }
    }

    /// Does the next thing: what it came to, or why it was refused.
    ///
    /// # Errors
    /// Those of the book.
    pub(crate) fn next(&mut self, book: &mut StoredBook) -> Result<Effects> {
        let act = *self.dice.weigh(&self.acts);
        let now = book.now();
        match act {
            Act::Undo => {
                let back = self.dice.below(UNDONE.min(book.last_commit()));
                let commit = book.file().commit(book.last_commit() - back)?;
                book.undo(&commit, now).map(moves)
            }
            Act::Pass => {
                let seconds = self.seconds();
                let later = Timestamp::from_micros(now.as_micros() + seconds * SECOND).unwrap_or(now);
                book.advance(later).map(|advance| advance.effects)
            }
            Act::Batch => {
                let is_dropped = self.dice.chance(0.3);
                book.begin_batch(now)?;
                for _ in 0..3 {
                    let act =
                        *self.dice.pick(&[Act::Update, Act::Create, Act::Record, Act::Bulk, Act::Lists]);
                    // What is refused in a batch has changed nothing; the others stay.
                    let _ = self.change(book, act);
                }
                match is_dropped {
                    true => book.drop_batch().map(|()| Effects::default()),
                    false => book.end_batch().map(moves),
                }
            }
            Act::Preview => {
                let act = *self.dice.pick(&[Act::Update, Act::Bulk, Act::Import, Act::Delete]);
                book.preview(now, |book| self.change(book, act)).map(|_| Effects::default())
            }
            act => self.change(book, act),
        }
    }

    /// Mostly a few, now and then hours.
    fn seconds(&mut self) -> i64 {
        let most = if self.dice.chance(0.01) { 20_000 } else { 60 };
        i64::try_from(1 + self.dice.below(most)).unwrap_or(1)
    }

    fn change(&mut self, book: &mut Book, act: Act) -> Result<Effects> {
        let now = book.now();
        match act {
            Act::Create => {
                let draft = self.draft();
                book.create_contact(draft, now).map(|made| moves(made.outcome))
            }
            Act::Delete => book.delete_contacts(self.some(book, 1), now).map(moves),
            Act::Merge => {
                let mut two = self.some(book, 2).into_iter();
                let keep = two.next().unwrap_or(ContactId::new(0));
                book.merge_contacts(keep, two, now).map(moves)
            }
            Act::Record => {
                let contact = self.some(book, 1).first().copied().unwrap_or(ContactId::new(0));
                let kind = *self.dice.pick(&["payment", "invoice", "message", "email_viewed", "appointment"]);
                let ago = i64::try_from(self.dice.below(40 * 86_400)).unwrap_or(0);
                // Some of them are still to come.
                let at = Timestamp::from_micros(now.as_micros() + (3 * 86_400 - ago) * SECOND).unwrap_or(now);
                let amount = (kind == "payment" || kind == "invoice")
                    .then(|| (20 + self.dice.below(400)).to_string().parse().expect("an amount"));
                book.record(contact, kind, at, amount, None, now).map(moves)
            }
            Act::Forget => {
                let contacts = self.some(book, 3);
                book.delete_interactions(contacts, InteractionQuery::new().kind("email_viewed"), now)
                    .map(moves)
            }
            Act::Bulk => {
                let (whom, tag) = (self.whom(book), format!("tag_{:03}", self.dice.below(50)));
                match self.dice.below(3) {
                    0 => book.add_tags(whom, [tag.as_str()], now).map(moves),
                    1 => book.remove_tags(whom, [tag.as_str()], now).map(moves),
                    _ => book
                        .set_status(whom, *self.dice.pick(&["lead", "active", "inactive"]), now)
                        .map(moves),
                }
            }
            Act::Lists => {
                let (whom, list) = (self.whom(book), *self.dice.pick(&LISTS));
                match self.dice.chance(0.5) {
                    true => book.add_to_segment(whom, list, now).map(moves),
                    false => book.remove_from_segment(whom, list, now).map(moves),
                }
            }
            Act::Edit => {
                let name = format!("{EDITED} {}", self.dice.below(MOST_EDITED));
                let filter = *self.dice.pick(&FILTERS);
                if book.schema().segment(&name).is_none() {
                    let segment = NewSegment::dynamic(name, filter);
                    return book.create_segment(segment, now).map(|made| moves(made.outcome));
                }
                match self.dice.chance(0.3) {
                    true => book.delete_segment(name.as_str(), false, now).map(moves),
                    false => {
                        let pinned = self.some(book, 2);
                        let patch = SegmentPatch::new().filter(filter).always_in(pinned);
                        book.update_segment(name.as_str(), patch, now).map(moves)
                    }
                }
            }
            Act::Import => {
                let mut file = "External ID,First Name,Billed,Tags\n".to_owned();
                for _ in 0..ROWS {
                    let (number, billed) = (self.dice.below(2_000), self.dice.below(6_000));
                    file.push_str(&format!("soak-{number},Soak {number},{billed},tag_{:03}\n", number % 50));
                }
                book.import(Cursor::new(file), &import_options(), now).map(|report| moves(report.outcome))
            }
            Act::Rename => {
                let tag = format!("tag_{:03}", self.dice.below(50));
                let other = format!("{tag} again");
                let mut moved = moves(book.rename_tag(tag.as_str(), &other, now)?);
                moved.then(&moves(book.rename_tag(other.as_str(), &tag, now)?));
                Ok(moved)
            }
            _ => {
                // One of each kind, each of another contact.
                let mut moved = Effects::default();
                for update in updates(book, KINDS, &mut self.dice) {
                    moved.then(&moves(update.make(book)));
                }
                Ok(moved)
            }
        }
    }

    fn draft(&mut self) -> Draft {
        self.made += 1;
        let number = self.made;
        Draft::new()
            .set("external_id", format!("made-{number}"))
            .set("first_name", "Maria")
            .set("last_name", *self.dice.pick(&["Silva", "Dupont", "Nguyen"]))
            .set("email", format!("maria.{number}@example.com"))
            .set("billed", self.dice.below(6_000) as f64)
            .set("tags", vec![format!("tag_{:03}", self.dice.below(50))])
    }

    /// Some whom a filter finds, and now and then all of them.
    fn whom(&mut self, book: &Book) -> Selection {
        let filter = *self.dice.pick(&FILTERS);
        if self.dice.chance(0.02) {
            return filter.into();
        }
        let all = book.select(filter).expect("a filter");
        let first = usize::try_from(self.dice.below(all.len().max(1))).unwrap_or(0);
        all.iter().skip(first).take(CROWD).collect::<MemberSet>().into()
    }

    /// Contacts that are there, not always as many.
    fn some(&mut self, book: &Book, count: usize) -> Vec<ContactId> {
        let everybody = book.select("everyone").expect("everybody").to_numbers();
        let chosen: MemberSet = (0..count).map(|_| ContactId::new(*self.dice.pick(&everybody))).collect();
        chosen.iter().collect()
    }
}

/// Who moved by a change, and by the time before it.
fn moves(outcome: Outcome) -> Effects {
    let mut moves = outcome.advance.effects;
    moves.then(&outcome.effects);
    moves
}
