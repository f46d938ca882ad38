//! What was read before, by its spelling.

use rapidhash::quality::RandomState;
use std::collections::HashMap;

/// What the spellings of one column came to, so that a name that a thousand rows have is read once and kept once.
///
/// It has a bounded size, and gives up where most spellings are new. What a cell comes to never depends on it.
#[derive(Debug)]
pub(super) struct Memo<T> {
    known: HashMap<Box<str>, T, RandomState>,
    hits: u64,
    misses: u64,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { known: HashMap::default(), hits: 0, misses: 0 }
    }
}

impl<T: Clone> Memo<T> {
    /// How many spellings are kept.
    const MOST: usize = 4096;
    /// The longest that is kept, in bytes.
    const LONGEST: usize = 256;
    /// After so many that were new, more than half have to be known.
    const TRIAL: u64 = 1024;

    /// What a spelling came to before.
    pub(super) fn get(&mut self, spelling: &str) -> Option<T> {
        if self.has_given_up() {
            return None;
        }
        let known = self.known.get(spelling).cloned();
        match known {
            Some(_) => self.hits += 1,
            None => {
                self.misses += 1;
                if self.has_given_up() {
                    self.known = HashMap::default();
                }
            }
        }
        known
    }

    /// Notes what a spelling came to.
    pub(super) fn put(&mut self, spelling: &str, value: &T) {
        if !self.has_given_up() && self.known.len() < Self::MOST && spelling.len() <= Self::LONGEST {
            self.known.insert(spelling.into(), value.clone());
        }
    }

    fn has_given_up(&self) -> bool {
        self.misses >= Self::TRIAL && self.hits < self.misses
    }
}
