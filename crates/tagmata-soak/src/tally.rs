//! What happened so far.

use std::time::Duration;

use crate::child::Said;
use crate::protocol::{OPENED, REFUSED, SOUND, TOOK};

/// Of one kind of program.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// What was done, or read.
    pub(crate) took: u64,
    /// What was refused.
    pub(crate) refused: u64,
    /// How often effects and members were compared.
    pub(crate) compared: u64,
    /// How many entered or left the watched segments.
    pub(crate) moves: u64,
    /// How often it was killed.
    pub(crate) killed: u64,
    /// The longest time in which the book was opened, in milliseconds.
    pub(crate) slowest_open: u64,
    /// The last commit that was answered.
    pub(crate) last_commit: u64,
    /// The memory at each comparison, in kilobytes.
    pub(crate) memory: Vec<u64>,
}

impl Tally {
    /// Takes in what a program said.
    ///
    /// # Panics
    /// When something that was answered is no longer there.
    pub(crate) fn note(&mut self, said: &Said) {
        match said.word.as_str() {
            OPENED => {
                let stands = said.number(0);
                assert!(
                    stands >= self.last_commit,
                    "commit {} was answered, and {stands} is the last",
                    self.last_commit
                );
                self.slowest_open = self.slowest_open.max(said.number(1));
            }
            TOOK => {
                self.took += 1;
                self.last_commit = said.number(0);
            }
            REFUSED => self.refused += 1,
            SOUND => {
                self.compared += 1;
                self.moves += said.number(0);
                self.memory.push(said.number(1));
            }
            _ => {}
        }
    }

    /// One line of all that.
    pub(crate) fn line(&self, who: &str, after: Duration) -> String {
        let memory = self.memory.last().copied().unwrap_or(0) / 1_024;
        format!(
            "{:>5} s  {who}: {} done, {} refused, killed {} times, commit {}, compared {} times with {} moves, {memory} MB, opened in at most {} ms",
            after.as_secs(),
            self.took,
            self.refused,
            self.killed,
            self.last_commit,
            self.compared,
            self.moves,
            self.slowest_open,
        )
    }
}
