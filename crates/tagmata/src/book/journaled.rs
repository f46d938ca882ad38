//! A book gets a journal, and loses it.

use super::book::Book;
use super::journal::Journal;
use std::sync::{Arc, Mutex};

impl Book {
    /// Writes all that happens from now on into a journal, before it is true: each change is a commit that is written, and what
    /// cannot be written does not happen. An open batch is written at its end; previews and dropped batches never are.
    ///
    /// What was before is not written. A clone of the book has no journal.
    ///
    /// [`Journal`] has an example.
    pub fn attach_journal(&mut self, journal: Arc<Mutex<dyn Journal>>) {
        self.journal.0 = Some(journal);
    }

    /// Writes no more into the journal, which is given back.
    pub fn detach_journal(&mut self) -> Option<Arc<Mutex<dyn Journal>>> {
        self.journal.0.take()
    }

    /// Whether what happens is written into a journal.
    #[must_use]
    pub fn has_journal(&self) -> bool {
        self.journal.0.is_some()
    }
}
