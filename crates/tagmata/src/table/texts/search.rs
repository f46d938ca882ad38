//! Rows by what their texts look like.

use super::super::dictionary::Written;
use super::column::{NONE, Texts};
use super::gathered::gathered;
use crate::filter::Matching;
use crate::value::MemberSet;
use memchr::memmem::Finder;

impl<T: Written> Texts<T> {
    /// The rows whose folded text contains what a finder looks for.
    pub(crate) fn found(&self, finder: &Finder<'_>, matching: Matching) -> MemberSet {
        if finder.needle().is_empty() {
            return self.present.clone();
        }
        let codes = self
            .dictionary
            .folds()
            .found(finder, matching)
            .into_iter()
            .filter_map(|code| u32::try_from(code).ok());
        gathered(&self.places, codes, self.len())
    }

    /// The rows whose folded text passes a test, which is asked once for each different value.
    pub(crate) fn matching(&self, test: impl Fn(&str) -> bool) -> MemberSet {
        let texts = (0..u32::MAX).zip(self.dictionary.folds().iter());
        let codes =
            texts.filter(|(code, text)| test(text) && self.places.is_used(*code)).map(|(code, _)| code);
        gathered(&self.places, codes, self.len())
    }

    /// Which of some rows have a text that passes a test.
    pub(crate) fn retain(&self, among: &MemberSet, test: impl Fn(&str) -> bool) -> MemberSet {
        MemberSet::from_ascending(among.numbers().filter(|row| self.key(*row).is_some_and(&test)))
    }

    /// How many of some rows have each folded text. Values that are written in other ways may have the same.
    pub(crate) fn folds_among(&self, rows: &MemberSet) -> impl Iterator<Item = (&str, u64)> {
        let mut counts = vec![0_u64; self.dictionary.len()];
        for row in rows.numbers() {
            let code = self.codes.get(row as usize).copied().unwrap_or(NONE);
            if let Some(count) = counts.get_mut(code as usize) {
                *count += 1;
            }
        }
        let counted = (0..u32::MAX).zip(counts).filter(|(_, count)| *count > 0);
        counted.filter_map(|(code, count)| Some((self.dictionary.values().fold(code)?, count)))
    }

    /// The folded text of each different value, and how many rows have it. Values that are written in other ways may have the same.
    pub(crate) fn distinct_folds(&self) -> impl Iterator<Item = (&str, u64)> {
        self.used_codes()
            .filter_map(|code| Some((self.dictionary.values().fold(code)?, self.places.count(code))))
    }

    fn used_codes(&self) -> impl Iterator<Item = u32> {
        (0..u32::MAX).take(self.dictionary.len()).filter(|code| self.places.is_used(*code))
    }
}
