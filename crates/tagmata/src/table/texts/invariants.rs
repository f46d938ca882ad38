//! What always holds in a column of texts.

use super::super::dictionary::Written;
use super::column::{NONE, Texts, Unused};
use crate::value::MemberSet;

impl<T: Written> Texts<T> {
    /// What does not hold that should, one line each; empty if the column is sound.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = self.dictionary.violations();
        found.extend(self.places.violations());
        if self.places.len() != self.dictionary.len() {
            found.push(format!("{} values have {} places", self.dictionary.len(), self.places.len()));
        }
        let rows = || (0..u32::MAX).zip(self.codes.iter().copied()).filter(|(_, code)| *code != NONE);
        if self.present != MemberSet::from_ascending(rows().map(|(row, _)| row)) {
            found.push("the present rows are not those with a code".to_owned());
        }
        let mut by_code: Vec<(u32, u32)> = rows().map(|(row, code)| (code, row)).collect();
        by_code.sort_unstable();
        let codes = || (0..u32::MAX).take(self.dictionary.len());
        let placed = codes().flat_map(|code| self.places.rows(code).map(move |row| (code, row)));
        if !placed.eq(by_code) {
            found.push("the places are not the rows that have the codes".to_owned());
        }
        if codes().any(|code| self.places.count(code) != self.places.rows(code).count() as u64) {
            found.push("the rows of a code are not as many as is said".to_owned());
        }
        let is_unused = |code: &u32| !self.places.is_used(*code);
        let unused = Unused {
            codes: codes().filter(is_unused).count(),
            bytes: codes().filter(is_unused).map(|code| self.dictionary.values().bytes_of(code)).sum(),
        };
        if unused != self.unused {
            found.push(format!("{unused:?} is counted as {:?}", self.unused));
        }
        found
    }
}
