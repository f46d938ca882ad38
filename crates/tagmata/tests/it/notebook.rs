//! A journal in memory, which may have no room.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tagmata::{
    Book, Code, Commit, Effects, Error, Journal, MemberSet, Result, SegmentId, SegmentInfo, Timestamp,
};

/// All that a book wrote, and a table of members that is kept by what it told.
#[derive(Debug, Default)]
pub(crate) struct Notebook {
    pub(crate) writes: Vec<(Vec<Commit>, Timestamp)>,
    /// Who is in which segment; `None` where it is broken.
    pub(crate) members: BTreeMap<SegmentId, Option<MemberSet>>,
    /// Whether nothing is written any more.
    pub(crate) is_full: bool,
}

/// Why nothing is written into a full notebook.
pub(crate) fn full() -> Error {
    Error::store(Code::StoreFailed, "the notebook is full", "take another one")
}

impl Journal for Notebook {
    fn write(&mut self, commits: &[&Commit], now: Timestamp) -> Result<()> {
        if self.is_full {
            return Err(full());
        }
        self.writes.push((commits.iter().copied().cloned().collect(), now));
        Ok(())
    }

    fn moved(&mut self, effects: &Effects, anew: &BTreeMap<SegmentId, Option<MemberSet>>) {
        for (segment, entered) in &effects.entered {
            let members = self.members.entry(*segment).or_insert_with(|| Some(MemberSet::new()));
            let members = members.as_mut().expect("nobody enters a broken segment");
            assert!((&*members & entered).is_empty(), "nobody enters twice");
            *members = &*members | entered;
        }
        for (segment, left) in &effects.left {
            let members = self.members.get_mut(segment).and_then(Option::as_mut);
            let members = members.expect("nobody leaves a segment that is not there, or is broken");
            assert_eq!(&(&*members & left), left, "nobody leaves twice");
            *members = &*members - left;
        }
        self.members.extend(anew.iter().map(|(segment, members)| (*segment, members.clone())));
    }
}

impl Notebook {
    /// A notebook that is the journal of a book from now on.
    pub(crate) fn of(book: &mut Book) -> Arc<Mutex<Self>> {
        let members = |segment: SegmentInfo| (segment.id, book.members(segment.id).ok());
        let members = book.segments().into_iter().map(members).collect();
        let notebook = Arc::new(Mutex::new(Self { members, ..Self::default() }));
        book.attach_journal(notebook.clone());
        notebook
    }
}

/// A look into a notebook.
pub(crate) fn look(notebook: &Mutex<Notebook>) -> MutexGuard<'_, Notebook> {
    notebook.lock().expect("its law does not break off")
}
