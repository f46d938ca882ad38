//! The programs that follow the book.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::digest::digest;
use crate::memory::resident;
use crate::protocol::{ENDED, OPENED, TOOK, ending, say};
use crate::start::open;
use crate::watcher::Watcher;

/// Between two looks at what is new.
const PAUSE: Duration = Duration::from_millis(700);
/// After so many, effects and members are compared.
const COMPARED: u64 = 40;

/// Follows the book until it is told to end, or killed.
///
/// # Panics
/// When something does not hold.
pub(crate) fn run(path: &Path) {
    let (is_ending, clock) = (ending(), Instant::now());
    let mut book = open(path, true);
    say(OPENED, &[book.last_commit(), u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX)]);
    let (mut watcher, mut count) = (Watcher::new(&book), 0_u64);
    loop {
        // What was written before the end is read.
        let is_last = is_ending.load(Ordering::Relaxed);
        let advance = book.refresh().expect("commits that are kept");
        watcher.note(&advance.effects);
        say(TOOK, &[book.last_commit()]);
        count += 1;
        if is_last || count.is_multiple_of(COMPARED) {
            watcher.compare("a reader", &book);
        }
        if is_last {
            break;
        }
        std::thread::sleep(PAUSE);
    }
    say(ENDED, &[book.last_commit(), digest(&book), resident()]);
}

/// Opens the book, and looks whether it and its file are sound.
///
/// # Panics
/// When they are not.
pub(crate) fn look(path: &Path) {
    let book = open(path, true);
    say(ENDED, &[book.last_commit(), digest(&book), resident()]);
    let wrong = book.check().expect("a file that can be read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
