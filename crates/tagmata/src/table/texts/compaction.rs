//! Getting rid of values that nobody has any more.

use super::super::dictionary::Written;
use super::column::{NONE, Texts, Unused};

/// About what a code takes beside its bytes: its end, its place and its hash.
const CODE: usize = 16;
/// So few bytes are not worth it.
const FLOOR: usize = 64 << 10;

impl<T: Written> Texts<T> {
    /// Writes the column anew if less than half of it is used after a change of many rows, or less than a third after one of few:
    /// nobody is to wait for what somebody else has left behind. So this costs each change a share that does not grow.
    pub(super) fn compact_if_worth_it(&mut self, changed_rows: u64) {
        const MANY: u64 = 1024;
        let Unused { codes, bytes } = self.unused;
        let waste = bytes + codes * CODE;
        if waste < FLOOR {
            return;
        }
        let all =
            self.dictionary.values().bytes() + self.dictionary.len() * CODE + self.len() * size_of::<u32>();
        let used = all - waste;
        if waste > if changed_rows < MANY { 2 * used } else { used } {
            self.compact();
        }
    }

    /// Gives the values that rows have new codes, in the order of the old ones, and forgets the others.
    pub(super) fn compact(&mut self) {
        let mut next = 0;
        let new_code = |code: u32| {
            let new = self.places.is_used(code).then_some(next);
            next += u32::from(new.is_some());
            new
        };
        let codes: Vec<Option<u32>> = (0..u32::MAX).take(self.dictionary.len()).map(new_code).collect();
        for code in &mut self.codes {
            *code = codes.get(*code as usize).copied().flatten().unwrap_or(NONE);
        }
        self.places = std::mem::take(&mut self.places).renumbered(&codes);
        self.dictionary.renumber(&codes);
        self.unused = Unused::default();
    }
}
