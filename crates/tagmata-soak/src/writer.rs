//! The program that changes the book, and is killed.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tagmata::Code;

use crate::acts::Acts;
use crate::digest::digest;
use crate::memory::resident;
use crate::protocol::{ENDED, OPENED, REFUSED, TOOK, ending, say};
use crate::start::open;
use crate::watcher::Watcher;

/// Between two things that are done, so that others can live on the machine.
const PAUSE: Duration = Duration::from_millis(15);
/// After so many, effects and members are compared.
const COMPARED: u64 = 300;

/// What can be refused by a book, when nobody looks at what is there before.
const REFUSALS: [Code; 4] = [Code::ChangedSince, Code::ExternalIdTaken, Code::NotFound, Code::DuplicateKey];

/// Changes the book until it is told to end, or killed.
///
/// # Panics
/// When something does not hold.
pub(crate) fn run(path: &Path, seed: u64) {
    let (is_ending, clock) = (ending(), Instant::now());
    let mut book = open(path, false);
    say(OPENED, &[book.last_commit(), u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX)]);
    let (mut acts, mut watcher, mut count) = (Acts::new(seed), Watcher::new(&book), 0_u64);
    while !is_ending.load(Ordering::Relaxed) {
        match acts.next(&mut book) {
            Ok(effects) => {
                watcher.note(&effects);
                say(TOOK, &[book.last_commit()]);
            }
            Err(error) if REFUSALS.contains(&error.code()) => say(REFUSED, &[]),
            Err(error) => panic!("{error}"),
        }
        count += 1;
        if count.is_multiple_of(COMPARED) {
            watcher.compare("the writer", &book);
        }
        std::thread::sleep(PAUSE);
    }
    watcher.compare("the writer", &book);
    say(ENDED, &[book.last_commit(), digest(&book), resident()]);
    book.close().expect("a book that is written");
}
