//! Getting rid of values that nobody has any more.

use super::column::{NONE, Texts, Unused};
use super::dictionary::Dictionary;
use super::written::Written;

/// About what a code takes beside its bytes: its end, its place and its hash.
const CODE: usize = 16;
/// So few bytes are not worth it.
const FLOOR: usize = 64 << 10;

impl<T: Written> Texts<T> {
    /// Writes the column anew if less than half of it is used. So this costs each change a share that does not grow.
    pub(super) fn compact_if_worth_it(&mut self) {
        let Unused { codes, bytes } = self.unused;
        let waste = bytes + codes * CODE;
        if waste < FLOOR {
            return;
        }
        let all = self.dictionary.bytes() + self.dictionary.len() * CODE + self.len() * size_of::<u32>();
        if waste > all - waste {
            self.compact();
        }
    }

    /// Gives the values that rows have new codes, in the order of the old ones, and forgets the others.
    pub(super) fn compact(&mut self) {
        let mut dictionary = Dictionary::default();
        let new_code = |code: u32| {
            let fold = self.dictionary.fold(code).filter(|_| self.places.is_used(code))?;
            dictionary.code(fold, self.dictionary.aside(code))
        };
        let codes: Vec<Option<u32>> = (0..u32::MAX).take(self.dictionary.len()).map(new_code).collect();
        for code in &mut self.codes {
            *code = codes.get(*code as usize).copied().flatten().unwrap_or(NONE);
        }
        self.places = std::mem::take(&mut self.places).renumbered(&codes);
        self.dictionary = dictionary;
        self.unused = Unused::default();
    }
}
