//! Whether the effects are how members differ, all the time.

use tagmata::{Effects, SegmentId};
use tagmata_membership::Watch;
use tagmata_sqlite::StoredBook;

use crate::memory::resident;
use crate::protocol::{SOUND, say};
use crate::start::LISTS;

/// Adds effects up, and compares them with the members now and then.
#[derive(Debug)]
pub(crate) struct Watcher {
    watched: Vec<SegmentId>,
    watch: Watch,
}

impl Watcher {
    /// Watches some of the segments that are never deleted.
    pub(crate) fn new(book: &StoredBook) -> Self {
        let lasts = |name: &str| name.starts_with("Dynamic ") || LISTS.contains(&name);
        let lasting = book.segments().into_iter().filter(|segment| lasts(&segment.name));
        let watched: Vec<SegmentId> = lasting.map(|segment| segment.id).collect();
        Self { watch: Watch::new(book, &watched), watched }
    }

    /// Takes in what a change has come to.
    pub(crate) fn note(&mut self, effects: &Effects) {
        self.watch.note(effects);
    }

    /// Compares, and begins again.
    ///
    /// # Panics
    /// When something is wrong.
    pub(crate) fn compare(&mut self, who: &str, book: &StoredBook) {
        let watch = std::mem::replace(&mut self.watch, Watch::new(book, &self.watched));
        let (moves, mut wrong) = watch.end(who, book);
        wrong.extend(tagmata::Book::check(book));
        assert!(wrong.is_empty(), "{who}: {}", wrong.join("\n"));
        say(SOUND, &[moves, resident()]);
    }
}
