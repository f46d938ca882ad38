//! How costs grow with the number of contacts: each is measured with a tenth of them and with all.
//!
//! Goals: a look-up and an update cost the same at any size; a question to bitmaps grows as the contacts do, and no faster.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use divan::{Bencher, black_box};
use tagmata::{ContactId, Patch};
use tagmata_benches::{book, now, queries, size};

fn main() {
    divan::main();
}

fn sizes() -> [u64; 2] {
    [size() / 10, size()]
}

fn question(bencher: Bencher<'_, '_>, contacts: u64, name: &str) {
    let book = book(contacts);
    let query = queries().find(|query| query.name == name).expect("a question of this name");
    bencher.bench_local(|| book.count(black_box(query.filter)).expect("a count"));
}

#[divan::bench(args = sizes(), max_time = 1)]
fn look_up(bencher: Bencher<'_, '_>, contacts: u64) {
    question(bencher, contacts, "q15_point_email");
}

#[divan::bench(args = sizes(), max_time = 1)]
fn bitmaps(bencher: Bencher<'_, '_>, contacts: u64) {
    question(bencher, contacts, "q08_tags_all");
}

#[divan::bench(args = sizes(), max_time = 1)]
fn update(bencher: Bencher<'_, '_>, contacts: u64) {
    let mut book = book(contacts);
    let mut billed = 0.0;
    bencher.bench_local(|| {
        billed += 1.0;
        let change = Patch::new().set("billed", billed);
        book.update_contacts(ContactId::new(1), change, now()).expect("an update")
    });
}
