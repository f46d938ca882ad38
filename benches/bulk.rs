//! What changes of many contacts cost in a book with segments, what a change of one of many costs, and what reports do.
//!
//! `TAGMATA_CONTACTS=1000000 cargo xtask bench --bench bulk` takes a million contacts; the goals are for these: the status of all in
//! 100 ms, tags for a tenth in 20 ms, the deletion of a tenth in 300 ms, a breakdown or an audience in 100 ms, all segments in
//! 10 ms, and one contact in 20 µs. Every change is undone before the next one; that is not measured here, but under `undo`.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::cell::RefCell;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use divan::{Bencher, black_box};
use tagmata::{
    AudienceQuery, Book, BreakdownQuery, Channel, Commit, ContactId, NewSegment, Outcome, Patch, Result,
    Selection,
};
use tagmata_benches::{book, now, size};

fn main() {
    divan::main();
}

/// The filters of the dynamic segments; the book has the first [`FEW`] of them at most times.
const DYNAMIC: [&str; 20] = [
    "status = lead",
    "status in (active, vip) and country = FR",
    "tags has any (tag_003, tag_010)",
    "billed > 5000",
    "created_at in last 365 days",
    "newsletter is true and email is not empty",
    "software has any (Xero, MYOB)",
    r#"not segments has "Segment 005""#,
    "last_interaction more than 180 days ago",
    "employees between 10 and 50 or tags is empty",
    "status = vip",
    "country in (BE, CH) and billed > 100",
    "tags has all (tag_001, tag_002)",
    "client_type = Trust",
    "status_changed_at in last 30 days",
    "updated_at in last 7 days and status != lead",
    r#"segments has any ("Dynamic 00", "Segment 001")"#,
    "mobile is empty",
    "birthday >= 1970-01-01 and birthday < 1980-01-01",
    "organization is empty and newsletter is true",
];
const FEW: usize = 10;

static BOOK: LazyLock<Mutex<Book>> = LazyLock::new(|| {
    let mut book = book(size());
    define_segments(&mut book, 0..FEW);
    Mutex::new(book)
});

fn the_book() -> MutexGuard<'static, Book> {
    BOOK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn name(number: usize) -> String {
    format!("Dynamic {number:02}")
}

fn define_segments(book: &mut Book, numbers: std::ops::Range<usize>) {
    let filters = numbers.clone().zip(DYNAMIC.iter().skip(numbers.start));
    for (number, filter) in filters {
        book.create_segment(NewSegment::dynamic(name(number), *filter), now()).expect("a new segment");
    }
}

/// The first contacts of the book.
fn first(count: u64) -> Vec<ContactId> {
    let count = u32::try_from(count).expect("not so many contacts");
    (0..count).map(ContactId::new).collect()
}

fn a_tenth() -> Selection {
    first(size() / 10).into()
}

/// Measures a change of the book, which is undone before the next one.
fn change(bencher: Bencher<'_, '_>, act: impl Fn(&mut Book) -> Result<Outcome>) {
    let (book, done) = (RefCell::new(the_book()), RefCell::new(None));
    let undo = || undo(&mut book.borrow_mut(), done.borrow_mut().take());
    bencher.with_inputs(undo).bench_local_values(|()| {
        let outcome = act(&mut book.borrow_mut()).expect("a change");
        *done.borrow_mut() = Some(outcome.commit);
    });
    undo();
}

fn undo(book: &mut Book, commit: Option<Commit>) {
    if let Some(commit) = commit {
        book.undo(&commit, now()).expect("what can be undone");
    }
}

/// What takes so long is done a few times only, and each time by itself: it has to be undone.
const OPTIONS: (u32, u32) = (5, 1);

#[divan::bench(sample_count = OPTIONS.0, sample_size = OPTIONS.1)]
fn set_status_of_all(bencher: Bencher<'_, '_>) {
    change(bencher, |book| book.set_status("everyone", "vip", now()));
}

#[divan::bench(sample_count = OPTIONS.0, sample_size = OPTIONS.1)]
fn add_tags_to_a_tenth(bencher: Bencher<'_, '_>) {
    change(bencher, |book| book.add_tags(a_tenth(), ["another"], now()));
}

#[divan::bench(sample_count = OPTIONS.0, sample_size = OPTIONS.1)]
fn update_a_tenth(bencher: Bencher<'_, '_>) {
    let patch = || Patch::new().set("billed", 12.5).set("newsletter", true).set("organization", "Ferme");
    change(bencher, |book| book.update_contacts(a_tenth(), patch(), now()));
}

#[divan::bench(sample_count = OPTIONS.0, sample_size = OPTIONS.1)]
fn delete_a_tenth(bencher: Bencher<'_, '_>) {
    change(bencher, |book| book.delete_contacts(a_tenth(), now()));
}

#[divan::bench(args = ["status", "tags", "deletion"], sample_count = OPTIONS.0, sample_size = OPTIONS.1)]
fn undo_of(bencher: Bencher<'_, '_>, what: &str) {
    let book = RefCell::new(the_book());
    let act = || {
        let mut book = book.borrow_mut();
        let outcome = match what {
            "status" => book.set_status("everyone", "vip", now()),
            "tags" => book.add_tags(a_tenth(), ["another"], now()),
            _ => book.delete_contacts(a_tenth(), now()),
        };
        Some(outcome.expect("a change").commit)
    };
    bencher.with_inputs(act).bench_local_values(|commit| undo(&mut book.borrow_mut(), commit));
}

/// One contact after the other gets another value, in a book of twenty dynamic segments.
#[divan::bench(args = ["billed", "status", "tag", "email"], max_time = 1)]
fn one_contact(bencher: Bencher<'_, '_>, what: &str) {
    let mut book = the_book();
    define_segments(&mut book, FEW..DYNAMIC.len());
    let mut number = 0_u32;
    bencher.bench_local(|| {
        number += 1;
        let contact = ContactId::new(number.wrapping_mul(7919) % u32::try_from(size()).unwrap_or(1));
        let outcome = match what {
            "billed" => book.update_contacts(contact, Patch::new().set("billed", f64::from(number)), now()),
            "status" => {
                book.set_status(contact, if number.is_multiple_of(2) { "vip" } else { "lead" }, now())
            }
            "tag" => book.add_tags(contact, ["tag_004"], now()),
            _ => book.update_contacts(
                contact,
                Patch::new().set("email", format!("{number}@example.org")),
                now(),
            ),
        };
        outcome.expect("a change")
    });
    for number in (FEW..DYNAMIC.len()).rev() {
        book.delete_segment(name(number).as_str(), false, now()).expect("a segment that nothing uses");
    }
}

/// A thousand changes of one contact each, after a change of many: what that left behind is not to be tidied up at their cost.
#[divan::bench(args = ["tags", "organization"], sample_count = OPTIONS.0, sample_size = OPTIONS.1)]
fn thousand_single_after_many(bencher: Bencher<'_, '_>, what: &str) {
    let book = RefCell::new(the_book());
    let mut round = 0;
    let many = || {
        let mut book = book.borrow_mut();
        round += 1;
        let outcome = match what {
            "tags" => book.add_tags(a_tenth(), [format!("round {round}")], now()),
            _ => book.update_contacts(a_tenth(), Patch::new().set(what, format!("round {round}")), now()),
        };
        outcome.expect("a change");
        round
    };
    bencher.with_inputs(many).bench_local_values(|round| {
        let mut book = book.borrow_mut();
        for number in 0..1000 {
            let contact = ContactId::new(number);
            let outcome = match what {
                "tags" => book.remove_tags(contact, [format!("round {round}")], now()),
                _ => book.update_contacts(
                    contact,
                    Patch::new().set(what, format!("{number} of {round}")),
                    now(),
                ),
            };
            outcome.expect("a change");
        }
    });
}

#[divan::bench(args = ["tags", "segments", "status", "country", "organization"], max_time = 1)]
fn breakdown(bencher: Bencher<'_, '_>, by: &str) {
    let (book, query) = (the_book(), BreakdownQuery::by(by).measure("billed"));
    bencher.bench_local(|| book.breakdown(black_box(&query)).expect("a breakdown"));
}

#[divan::bench(args = ["email", "sms"], max_time = 1)]
fn audience(bencher: Bencher<'_, '_>, channel: &str) {
    let channel: Channel = channel.parse().expect("a channel");
    let query = AudienceQuery::new()
        .include_segments([name(0), name(4)])
        .exclude_segments(["Segment 003"])
        .channel(channel)
        .opt_out("newsletter");
    let book = the_book();
    bencher.bench_local(|| book.audience(black_box(&query)).expect("an audience"));
}

#[divan::bench(max_time = 1)]
fn segments(bencher: Bencher<'_, '_>) {
    let book = the_book();
    bencher.bench_local(|| book.segments());
}

#[divan::bench(max_time = 1)]
fn tags(bencher: Bencher<'_, '_>) {
    let book = the_book();
    bencher.bench_local(|| book.tags());
}

/// Whether the book is sound; this is for tests, and needs no goal.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>) {
    let book = the_book();
    bencher.bench_local(|| assert!(book.check().is_empty(), "the book is sound"));
}
