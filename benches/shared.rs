//! What a question costs in Rust that `bindings/python/benches/python_overhead.py` asks through Python.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use divan::{Bencher, black_box};
use tagmata::{Access, Book, Clock, Filter, SharedBook, Timestamp, WhenBusy};

fn main() {
    divan::main();
}

const FILTERS: [&str; 2] = ["everyone", r#"status = lead and country = FR and source contains "fair""#];

/// A book without contacts: what is left is the call.
fn empty() -> SharedBook {
    let now: Timestamp = "2026-11-24T09:00:00Z".parse().expect("an instant");
    SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait)
}

#[divan::bench]
fn now(bencher: Bencher<'_, '_>) {
    let book = empty();
    bencher.bench(|| book.read(Access::Direct, |book| Ok(book.now())));
}

#[divan::bench(args = FILTERS)]
fn count_a_text(bencher: Bencher<'_, '_>, filter: &str) {
    let book = empty();
    bencher.bench(|| book.read(Access::Direct, |book| book.count(black_box(filter))));
}

#[divan::bench(args = FILTERS)]
fn count_a_filter(bencher: Bencher<'_, '_>, filter: &str) {
    let book = empty();
    let filter: Filter = book.read(Access::Direct, |book| book.filter(filter)).expect("a filter");
    bencher.bench(|| book.read(Access::Direct, |book| book.count(black_box(&filter))));
}
