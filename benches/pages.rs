//! What pages of a list cost: the first by different fields, one in the middle, the one that follows it, and a search.
//!
//! `TAGMATA_CONTACTS=1000000 cargo xtask bench --bench pages` takes them from a million contacts.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::sync::LazyLock;

use divan::Bencher;
use tagmata::{Book, PageQuery};
use tagmata_benches::{book, size};

fn main() {
    divan::main();
}

static BOOK: LazyLock<Book> = LazyLock::new(|| book(size()));

fn page(bencher: Bencher<'_, '_>, query: &PageQuery) {
    let book = &*BOOK;
    bencher.bench(|| book.page(query).expect("a page"));
}

/// One field of each sort of column.
const SORTS: [&str; 9] =
    ["id", "last_name", "-billed", "-created_at", "email", "name", "mobile", "status", "-last_interaction"];

#[divan::bench(args = SORTS, max_time = 1)]
fn first(bencher: Bencher<'_, '_>, sort: &str) {
    page(bencher, &PageQuery::new().sort(sort));
}

#[divan::bench(args = SORTS, max_time = 1)]
fn middle(bencher: Bencher<'_, '_>, sort: &str) {
    page(bencher, &PageQuery::new().sort(sort).offset(size() / 2));
}

#[divan::bench(args = SORTS, max_time = 1)]
fn after_the_middle(bencher: Bencher<'_, '_>, sort: &str) {
    let query = PageQuery::new().sort(sort);
    let middle = BOOK.page(&query.clone().offset(size() / 2).limit(1)).expect("a page");
    let last = middle.contacts.last().expect("a contact in the middle").id();
    page(bencher, &query.after(last));
}

#[divan::bench(args = ["mart", "zoe.sato", "612"], max_time = 1)]
fn search(bencher: Bencher<'_, '_>, phrase: &str) {
    page(bencher, &PageQuery::new().search(phrase));
}

#[divan::bench(args = SORTS, max_time = 1)]
fn of_a_narrow_filter(bencher: Bencher<'_, '_>, sort: &str) {
    page(bencher, &PageQuery::new().filter("status = lead and tags has tag_003").sort(sort));
}

#[divan::bench(args = SORTS, max_time = 1)]
fn of_a_wide_filter(bencher: Bencher<'_, '_>, sort: &str) {
    page(bencher, &PageQuery::new().filter("not status = lead").sort(sort));
}
