//! Whether a book is sound.

use super::book::Book;

impl Book {
    /// What is wrong inside the book, one line each: empty if it is sound, as it always should be.
    ///
    /// It looks at everything, so it takes a while in a large book: for tests, and for hosts that want to know why an
    /// answer is strange.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("external_id", "A-1").set("tags", ["vip"]), now)?;
    /// assert!(book.check().is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<String> {
        let commits = self.open.as_ref().map_or(self.state.commits, |batch| batch.origin.commit);
        self.state.violations(commits)
    }
}
