//! What the programs say to the one that conducts: a word and numbers, one line each.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The book is open: the last commit, the milliseconds that it took.
pub(crate) const OPENED: &str = "opened";
/// Something was done: the last commit.
pub(crate) const TOOK: &str = "took";
/// Something was refused.
pub(crate) const REFUSED: &str = "refused";
/// The members of the watched segments are what the effects said: how many entered or left, the memory in kilobytes.
pub(crate) const SOUND: &str = "sound";
/// The end: the last commit, the digest of all members, the memory in kilobytes.
pub(crate) const ENDED: &str = "ended";

/// Says a line.
///
/// # Panics
/// When nobody hears it: the one that conducts is gone.
pub(crate) fn say(word: &str, numbers: &[u64]) {
    let mut line = word.to_owned();
    for number in numbers {
        line.push(' ');
        line.push_str(&number.to_string());
    }
    writeln!(std::io::stdout(), "{line}").expect("somebody who conducts");
}

/// Becomes true when the one that conducts says something, or is gone.
pub(crate) fn ending() -> Arc<AtomicBool> {
    let is_ending = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&is_ending);
    std::thread::spawn(move || {
        let _ = std::io::stdin().lock().read_line(&mut String::new());
        told.store(true, Ordering::Relaxed);
    });
    is_ending
}
