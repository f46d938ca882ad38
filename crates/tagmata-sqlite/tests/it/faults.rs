//! The disk fails at any call: what was answered is there, and what was refused has changed nothing.
#![cfg(target_os = "linux")]

use crate::walk::{Held, Shelf, in_memory, open, options, same, start, walks};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::Just;
use tagmata::{Book, Code, Commit};
use tagmata_faults::{Fault, Plan, armed, calls};
use tagmata_sqlite::{StoredBook, Synchronous};
use tagmata_testkit::commands::{Step, make, take};

fn faults() -> impl Strategy<Value = (Fault, bool, u64)> {
    let fault = prop_oneof![Just(Fault::Full), Just(Fault::Broken), Just(Fault::Half)];
    (fault, any::<bool>(), any::<u64>())
}

/// The book after a change, as it would be if the change was made and if it was not.
struct Expected {
    with: Book,
    without: Book,
}

/// A change on a disk that fails somewhere in it, on a book that stands as another one in memory.
fn change(
    stored: &mut StoredBook,
    shelf: &Shelf,
    next: &Step,
    commits: &mut Vec<Commit>,
    plan: Plan,
) -> (Expected, bool) {
    let mut with = (**stored).clone();
    let without = (**stored).clone();
    let instant = next.at(with.now());
    let (commands, here) = take(&mut with, next, commits);
    let path = shelf.path("");
    let done = armed(&path, Some(plan), || match commands.as_slice() {
        [] => stored.advance(instant).map(drop),
        commands => make(stored, commands, instant).map(drop),
    });
    if let (Err(error), Ok(_)) = (&done, &here) {
        assert!(
            [Code::StoreFailed, Code::StoreDamaged, Code::StoreLocked].contains(&error.code()),
            "{error}"
        );
    }
    (Expected { with, without }, done.is_ok() || here.is_err())
}

/// How many calls of the disk a change takes.
fn calls_of(shelf: &Shelf, next: &Step, commits: &[Commit], now: tagmata::Timestamp) -> u64 {
    let copy = shelf.path("copy.db");
    for (from, to) in [("crm.db", "copy.db"), ("crm.db-wal", "copy.db-wal")] {
        let _ = std::fs::copy(shelf.path(from), shelf.path(to));
    }
    let mut stored = options().synchronous(Synchronous::Full).open(&copy, now).unwrap();
    let calls = armed(&shelf.path(""), None, || {
        let _ = take(&mut stored, next, &mut commits.to_vec());
        calls()
    });
    stored.close().unwrap();
    for name in ["copy.db", "copy.db-wal", "copy.db-shm", "copy.db-lock"] {
        let _ = std::fs::remove_file(shelf.path(name));
    }
    calls
}

fn sound(book: &StoredBook) -> Held {
    let wrong = book.check().unwrap();
    prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::laws::budget(40), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_write_that_fails_changes_nothing_or_all(steps in walks(), (fault, for_good, which) in faults(), at in 0..45_usize) {
        let shelf = Shelf::new();
        let mut stored = options().synchronous(Synchronous::Full).open(shelf.book(), start()).unwrap();
        let mut commits = Vec::new();
        let at = at % steps.len();
        for next in &steps[..at] {
            let _ = take(&mut stored, next, &mut commits);
        }
        let next = &steps[at];
        let calls = calls_of(&shelf, next, &commits, stored.now());
        let plan = Plan { after: which % (calls + 1), fault, for_good };
        let (expected, is_done) = change(&mut stored, &shelf, next, &mut commits.clone(), plan);
        // In memory it is made, or it is not.
        same(&stored, if is_done { &expected.with } else { &expected.without }, &[])?;
        if for_good {
            armed(&shelf.path(""), Some(Plan { after: 0, ..plan }), || drop(stored));
        } else {
            let again = next.at(stored.now());
            if !is_done && let Ok(advance) = stored.advance(again) {
                // The book goes on where the change was refused as a whole.
                let mut without = expected.without.clone();
                prop_assert_eq!(without.advance(again).unwrap(), advance);
                same(&stored, &without, &[])?;
                sound(&stored)?;
                return Ok(());
            }
            drop(stored);
        }
        let now = expected.with.now();
        let reopened = open(&shelf.book(), now);
        sound(&reopened)?;
        let is_there = reopened.last_commit() == expected.with.last_commit();
        prop_assert!(is_there || !is_done, "an answered change is lost");
        let mut as_it_should_be = if is_there { expected.with } else { expected.without };
        as_it_should_be.advance(now).unwrap();
        same(&reopened, &as_it_should_be, &[])?;
    }

    /// A book that cannot be made is not half made.
    #[test]
    fn a_book_that_cannot_be_made_can_be_made_later((fault, for_good, which) in faults()) {
        let shelf = Shelf::new();
        let plan = Plan { after: which % 40, fault, for_good };
        let made = armed(&shelf.path(""), Some(plan), || options().open(shelf.book(), start()).map(drop));
        if let Err(error) = made {
            prop_assert!(error.code() == Code::StoreFailed || error.code() == Code::StoreDamaged, "{error}");
        }
        let book = open(&shelf.book(), start());
        same(&book, &in_memory(), &[])?;
        sound(&book)?;
    }
}
