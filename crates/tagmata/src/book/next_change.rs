//! When time alone changes something next.

use super::book::Book;
use crate::live::{Cursors, just_before, moves_anybody};
use crate::time::Timestamp;

impl Book {
    /// The first instant behind the book's own at which time alone changes something: somebody enters or leaves a segment, or a rule
    /// does something; `None` if that never happens. Nothing changes before it, and [`advance`](Self::advance) to it tells what does: a host
    /// sets its timer by it.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_segment(NewSegment::dynamic("Recent", "created_at in last 30 days"), now)?;
    /// assert_eq!(book.next_change(), None);
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// assert_eq!(book.next_change(), Some("2026-12-24T09:00:00Z".parse()?));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn next_change(&self) -> Option<Timestamp> {
        /// All kinds of years with all days of the week come within so many years: where only anniversaries are left, nothing new
        /// comes behind them.
        const ALL_YEARS: i64 = 40 * 366 * 24 * 60 * 60 * 1_000_000;
        /// After so many instants at which nothing changes it is looked whether only anniversaries are left.
        const MANY: u32 = 256;
        let mut cursors = Cursors::of_everything(&self.state, self.now);
        let (mut last, mut steps, mut end) = (self.now, 0_u32, None);
        loop {
            let due = self.state.upcoming.next(last);
            let at = [due, cursors.next()].into_iter().flatten().min()?;
            if end.is_some_and(|end| at.as_micros() > end) {
                return None;
            }
            let crossing = cursors.cross(&self.state, at);
            if moves_anybody(&self.state, &crossing.segments, just_before(at), at)
                || !self.due_at(at, crossing.rules).facts.is_empty()
            {
                return Some(at);
            }
            last = at;
            steps = steps.wrapping_add(1);
            if steps % MANY == 0 && due.is_none() && end.is_none() && cursors.only_return(&self.state, at) {
                end = Some(at.as_micros().saturating_add(ALL_YEARS));
            }
        }
    }
}
