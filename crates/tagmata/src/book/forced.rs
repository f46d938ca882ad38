//! Answers that are found in a way that the asker chooses, for tests.

use super::book::Book;
use crate::change::FilterSource;
use crate::error::Result;
use crate::live::Comparison;
use crate::select::Paths;
use crate::value::MemberSet;

impl Book {
    /// [`Book::select`] in one of the ways in which members are found.
    ///
    /// # Errors
    /// Those of [`Book::select`].
    pub fn select_by(&self, filter: impl Into<FilterSource>, paths: Paths) -> Result<MemberSet> {
        let source = filter.into();
        self.state.select_by(&*source.read(&self.state.schema)?, self.now, paths)
    }

    /// [`Book::count`] in one of the ways in which members are found.
    ///
    /// # Errors
    /// Those of [`Book::count`].
    pub fn count_by(&self, filter: impl Into<FilterSource>, paths: Paths) -> Result<u64> {
        let source = filter.into();
        self.state.count_by(&*source.read(&self.state.schema)?, self.now, paths)
    }

    /// Lets the effects of changes be found in one way only, or in the cheapest one.
    pub fn force_effects(&mut self, comparison: Option<Comparison>) {
        self.live.force(comparison);
    }

    /// How each condition of a filter is answered where indexes are asked, in the order of its plan: the name of the way and
    /// nothing else, for tests that want to know whether all ways are taken.
    ///
    /// # Errors
    /// Those of [`Book::select`].
    pub fn ways(&self, filter: impl Into<FilterSource>) -> Result<Vec<String>> {
        let source = filter.into();
        Ok(self.state.ways(&*source.read(&self.state.schema)?, self.now))
    }
}
