//! Answers that are found in a way that the asker chooses, for tests.

use super::book::Book;
use crate::change::FilterSource;
use crate::error::Result;
use crate::live::Comparison;
use crate::select::Paths;
use crate::time::Timestamp;
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

    /// The contacts for whom each relative condition of a filter has another answer at an instant than now, in the order of its plan;
    /// what it asks about segments is left aside.
    ///
    /// # Errors
    /// Those of [`Book::select`].
    pub fn crossed(&self, filter: impl Into<FilterSource>, at: Timestamp) -> Result<Vec<MemberSet>> {
        let (source, schema) = (filter.into(), &self.state.schema);
        let filter = source.read(schema)?;
        let relative = filter.plan().conditions().filter(|predicate| predicate.is_relative());
        Ok(relative.map(|predicate| self.state.crossed(predicate, self.now, at)).collect())
    }

    /// The first instant behind now at which the answer to a relative condition of a filter may become another one for somebody.
    ///
    /// # Errors
    /// Those of [`Book::select`].
    pub fn next_crossing(&self, filter: impl Into<FilterSource>) -> Result<Option<Timestamp>> {
        let (source, schema) = (filter.into(), &self.state.schema);
        let filter = source.read(schema)?;
        let all = filter.plan().conditions();
        Ok(all.filter_map(|predicate| self.state.next_crossing(predicate, self.now, None)).min())
    }

    /// The contacts for whom the answer to a filter may become another one while only time moves on.
    ///
    /// # Errors
    /// Those of [`Book::select`].
    pub fn undecided(&self, filter: impl Into<FilterSource>) -> Result<MemberSet> {
        let source = filter.into();
        let filter = source.read(&self.state.schema)?;
        self.state.check_filter(&filter)?;
        Ok(self.state.undecided(&filter, self.now))
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
