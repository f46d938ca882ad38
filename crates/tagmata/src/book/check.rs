//! Whether a book is sound, and how large it is.

use super::book::Book;

impl Book {
    /// About how many bytes the values of all contacts take, with the indexes that there are so far. Histories, definitions
    /// and commits that somebody keeps are not in it.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let before = book.size_in_bytes();
    /// book.create_contact(Draft::new().set("organization", "Coop du Sud"), now)?;
    /// assert!(book.size_in_bytes() >= before + "Coop du Sud".len());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        self.state.table.size_in_bytes()
    }

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
        let mut found = self.state.violations(commits, self.now);
        found.extend(self.live.violations(&self.state));
        found
    }
}
