//! What the questions of `benches/peers` cost in Rust, asked of one book: to read the filter and count, to read it and list the
//! ids, and to explain a segment of it.
//!
//! `TAGMATA_CONTACTS=1000000 cargo xtask bench --bench queries` asks a million contacts.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use tagmata::{Book, NewSegment};
use tagmata_benches::{Query, book, queries, size};

fn main() {
    divan::main();
}

static BOOK: LazyLock<Book> = LazyLock::new(|| book(size()));

#[divan::bench(args = queries(), max_time = 1)]
fn count(bencher: Bencher<'_, '_>, query: Query) {
    let book = &*BOOK;
    bencher.bench(|| book.count(black_box(query.filter)).expect("a count"));
}

#[divan::bench(args = queries(), max_time = 1)]
fn ids(bencher: Bencher<'_, '_>, query: Query) {
    let book = &*BOOK;
    bencher.bench(|| book.select(black_box(query.filter)).expect("ids").to_numbers());
}

static WITH_SEGMENTS: LazyLock<Book> = LazyLock::new(|| {
    let mut book = BOOK.clone();
    let segments = queries().map(|query| NewSegment::dynamic(query.name, query.filter));
    book.create_segments(segments, book.now()).expect("segments");
    book
});

#[divan::bench(args = queries(), max_time = 1)]
fn explain_segment(bencher: Bencher<'_, '_>, query: Query) {
    let book = &*WITH_SEGMENTS;
    bencher.bench(|| book.explain_segment(black_box(query.name)).expect("an explanation"));
}
