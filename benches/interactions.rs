//! What questions about interactions cost, and what it costs to record and delete them.
//!
//! `TAGMATA_CONTACTS=1000000 cargo xtask bench --bench interactions` takes a million contacts with five million interactions.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::cell::RefCell;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use divan::{Bencher, black_box};
use tagmata::{Book, Commit, ContactId, Filter, InteractionQuery, PageQuery};
use tagmata_benches::{book_with_interactions, interaction_queries, new_interactions, now, size};

fn main() {
    divan::main();
}

static BOOK: LazyLock<Mutex<Book>> = LazyLock::new(|| Mutex::new(book_with_interactions(size())));

fn the_book() -> MutexGuard<'static, Book> {
    BOOK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn names() -> Vec<&'static str> {
    interaction_queries().map(|query| query.name).collect()
}

fn filter(book: &Book, name: &str) -> Filter {
    let query = interaction_queries().find(|query| query.name == name).expect("a question");
    book.filter(query.filter).expect("a filter")
}

#[divan::bench(args = names(), max_time = 1)]
fn count(bencher: Bencher<'_, '_>, name: &str) {
    let book = the_book();
    let filter = filter(&book, name);
    bencher.bench_local(|| book.count(black_box(&filter)).expect("a number"));
}

#[divan::bench(args = names(), max_time = 1)]
fn select(bencher: Bencher<'_, '_>, name: &str) {
    let book = the_book();
    let filter = filter(&book, name);
    bencher.bench_local(|| book.select(black_box(&filter)).expect("contacts").to_numbers());
}

#[divan::bench(max_time = 1)]
fn page_by_last_interaction(bencher: Bencher<'_, '_>) {
    let (book, query) = (the_book(), PageQuery::new().sort("-last_interaction"));
    bencher.bench_local(|| book.page(black_box(&query)).expect("a page"));
}

#[divan::bench(max_time = 1)]
fn contact(bencher: Bencher<'_, '_>) {
    let (book, mut number) = (the_book(), 0_u32);
    bencher.bench_local(|| {
        number = (number + 7919) % u32::try_from(size()).unwrap_or(1);
        book.contact(ContactId::new(number)).expect("a contact")
    });
}

/// Late ones, in no order of contacts.
#[divan::bench(max_time = 1)]
fn record(bencher: Bencher<'_, '_>) {
    let (mut book, mut number) = (the_book(), 0_u32);
    bencher.bench_local(|| {
        number = (number + 7919) % u32::try_from(size()).unwrap_or(1);
        let late = "2026-03-01T10:00:00Z".parse().expect("an instant");
        book.record(ContactId::new(number), "payment", late, None, None, now()).expect("an interaction")
    });
}

fn undo(book: &mut Book, commit: Option<Commit>) {
    if let Some(commit) = commit {
        book.undo(&commit, now()).expect("what can be undone");
    }
}

/// As many again as there are.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn record_many(bencher: Bencher<'_, '_>) {
    let (book, done) = (RefCell::new(the_book()), RefCell::new(None));
    let undo = || undo(&mut book.borrow_mut(), done.borrow_mut().take());
    let inputs = || {
        undo();
        new_interactions(size())
    };
    bencher.with_inputs(inputs).bench_local_values(|new| {
        let outcome = book.borrow_mut().record_many(new, now()).expect("interactions");
        *done.borrow_mut() = Some(outcome.commit);
    });
    undo();
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn undo_of_many(bencher: Bencher<'_, '_>) {
    let book = RefCell::new(the_book());
    let inputs = || {
        let mut book = book.borrow_mut();
        Some(book.record_many(new_interactions(size()), now()).expect("interactions").commit)
    };
    bencher.with_inputs(inputs).bench_local_values(|commit| undo(&mut book.borrow_mut(), commit));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn delete_payments(bencher: Bencher<'_, '_>) {
    let (book, done) = (RefCell::new(the_book()), RefCell::new(None));
    let undo = || undo(&mut book.borrow_mut(), done.borrow_mut().take());
    bencher.with_inputs(undo).bench_local_values(|()| {
        let payments = InteractionQuery::new().kind("payment");
        let outcome = book.borrow_mut().delete_interactions("everyone", payments, now()).expect("a deletion");
        *done.borrow_mut() = Some(outcome.commit);
    });
    undo();
}
