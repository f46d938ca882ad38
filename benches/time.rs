//! What it costs that time moves on, where a hundred segments look at the hour.
//!
//! `TAGMATA_CONTACTS=1000000 cargo xtask bench --bench time` takes a million contacts.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use divan::{Bencher, black_box};
use tagmata::{Advance, Book, NewRule, NewSegment, Timestamp};
use tagmata_benches::{book, now, size};

fn main() {
    divan::main();
}

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A book with a hundred segments that are relative: of single conditions, of several, and of anniversaries.
static BOOK: LazyLock<Mutex<Book>> = LazyLock::new(|| {
    let mut book = book(size());
    let filters = (1..=25).flat_map(|n| {
        [
            format!("created_at in last {} days", 30 * n),
            format!("last_interaction more than {} days ago and status = active", 20 * n),
            format!("status = vip and created_at more than {n} months ago and country = FR"),
            match n {
                1..=5 => format!("birthday anniversary in next {n} days"),
                _ => format!("updated_at in last {n} weeks and not newsletter is true"),
            },
        ]
    });
    let new: Vec<NewSegment> = filters
        .enumerate()
        .map(|(at, filter)| NewSegment::dynamic(format!("By time {at}"), filter))
        .collect();
    book.create_segments(new, now()).expect("segments");
    Mutex::new(book)
});

fn the_book() -> MutexGuard<'static, Book> {
    BOOK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Moves a book on by so much, again and again.
fn advance(bencher: Bencher<'_, '_>, by: i64) {
    let mut book = the_book();
    // The indexes are there from the first step on.
    step(&mut book, MINUTE);
    let (mut steps, mut moved) = (0_u64, 0);
    bencher.bench_local(|| {
        let advance = step(&mut book, by);
        steps += 1;
        moved += advance
            .effects
            .entered
            .values()
            .chain(advance.effects.left.values())
            .map(|all| all.len())
            .sum::<u64>();
    });
    println!("{} enter or leave in a step", moved / steps.max(1));
}

fn step(book: &mut Book, by: i64) -> Advance {
    let at = Timestamp::from_micros(book.now().as_micros() + by).expect("an instant");
    black_box(book.advance(at).expect("time moves on"))
}

#[divan::bench(max_time = 1)]
fn a_minute(bencher: Bencher<'_, '_>) {
    advance(bencher, MINUTE);
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn b_day(bencher: Bencher<'_, '_>) {
    advance(bencher, DAY);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn c_month(bencher: Bencher<'_, '_>) {
    advance(bencher, 30 * DAY);
}

#[divan::bench(max_time = 1)]
fn next_change(bencher: Bencher<'_, '_>) {
    let book = the_book();
    bencher.bench_local(|| black_box(book.next_change()));
}

/// Where those whom time moves are few among all whom an edge passes.
#[divan::bench(max_time = 1)]
fn next_change_of_few(bencher: Bencher<'_, '_>) {
    let mut book = book(size());
    let filter = "created_at in last 3000 days and external_id in (C00000000, C00000001)";
    book.create_segment(NewSegment::dynamic("Few", filter), now()).expect("a segment");
    bencher.bench_local(|| black_box(book.next_change()).expect("an instant"));
}

/// A day in which a rule fires for those who have been silent for long.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn day_with_a_rule(bencher: Bencher<'_, '_>) {
    let mut book = the_book();
    let silent = "status = active and last_interaction more than 200 days ago";
    let now = book.now();
    let rule = book.add_rule(NewRule::when("silent", silent).set_status("inactive"), now).expect("a rule").id;
    let mut commits = 0;
    bencher.bench_local(|| commits += step(&mut book, DAY).commits.len());
    println!("{commits} commits");
    let now = book.now();
    book.delete_rule(rule, now).expect("a rule that is there");
}
