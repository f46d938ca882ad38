//! Where commits are written before they are true.

use super::outcome::Advance;
use crate::change::Commit;
use crate::diagnostic::Code;
use crate::error::{Error, Result};
use crate::live::Effects;
use crate::time::Timestamp;
use crate::value::{MemberSet, SegmentId};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

/// Where a book writes its commits before anybody learns of them, such as a file; given to it by
/// [`Book::attach_journal`](crate::Book::attach_journal).
///
/// What a journal was given, in its order, makes the same book again: [`Book::replay`](crate::Book::replay) takes the commits, and
/// [`Book::advance`](crate::Book::advance) the instants.
///
/// A book is in the middle of a change while it calls its journal, which may not call the book: it would wait for itself.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use tagmata::{Book, Code, Commit, Draft, Error, Journal, Result, Timestamp};
///
/// /// Keeps commits, as long as there is room.
/// #[derive(Debug, Default)]
/// struct Notebook(Vec<Commit>);
///
/// impl Journal for Notebook {
///     fn write(&mut self, commits: &[&Commit], _now: Timestamp) -> Result<()> {
///         if self.0.len() + commits.len() > 2 {
///             return Err(Error::store(Code::StoreFailed, "the notebook is full", "take another one"));
///         }
///         self.0.extend(commits.iter().copied().cloned());
///         Ok(())
///     }
/// }
///
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let notebook = Arc::new(Mutex::new(Notebook::default()));
/// book.attach_journal(notebook.clone());
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// book.add_tags(zoe, ["vip"], now)?;
/// assert_eq!(book.remove_tags(zoe, ["vip"], now).unwrap_err().to_string(), "error[E1501]: the notebook is full; help: take another one");
/// assert!(book.matches(zoe, "tags has vip")?); // nothing has changed
///
/// let mut again = Book::builder().build(now);
/// for commit in &notebook.lock().unwrap().0 {
///     again.replay(commit)?;
/// }
/// assert!(again.matches(zoe, "tags has vip")?);
/// # Ok::<(), tagmata::Error>(())
/// ```
pub trait Journal: fmt::Debug + Send + Sync {
    /// Makes commits durable, all of them or none, in their order, and that the book stands at an instant. They follow those that
    /// were written before.
    ///
    /// Nobody has been told of them: the change is answered afterwards, or fails with the error. Without commits, the book has
    /// moved on in time, and somebody entered or left a segment by it.
    ///
    /// # Errors
    /// Whatever stands against it. Nothing may be written then, and nothing has changed in the book, its instant included.
    fn write(&mut self, commits: &[&Commit], now: Timestamp) -> Result<()>;

    /// Told after what was written is true: who entered and left segments by it, by the time before it, too.
    ///
    /// Of segments that broke or were mended effects tell nothing. Of these it is told in `anew` who is in them now, which is
    /// `None` for a broken one. So a table of all members can be kept; what goes wrong there is for the journal alone.
    fn moved(&mut self, effects: &Effects, anew: &BTreeMap<SegmentId, Option<MemberSet>>) {
        let _ = (effects, anew);
    }
}

/// The journal of a book, if it has one. A clone has none: what happens to a copy of a book is not to be written as if it
/// happened to the book.
#[derive(Debug, Default)]
pub(super) struct Attached(pub(super) Option<Arc<Mutex<dyn Journal>>>);

impl Clone for Attached {
    fn clone(&self) -> Self {
        Self(None)
    }
}

impl Attached {
    /// Writes what time did and a commit behind it, as one; nothing where neither changed anything.
    ///
    /// # Errors
    /// Those of the journal; [`Code::StoreFailed`] if it breaks off, or did before.
    pub(super) fn write(&self, advance: &Advance, commit: &Commit, now: Timestamp) -> Result<()> {
        let Some(journal) = &self.0 else { return Ok(()) };
        let all = advance.commits.iter().chain([commit]);
        let commits: Vec<&Commit> = all.filter(|commit| !commit.is_empty()).collect();
        if commits.is_empty() && advance.effects.is_empty() {
            return Ok(());
        }
        call(journal, |journal| journal.write(&commits, now))
    }

    /// Tells who moved by time and by what came then, and whose members are not known by that.
    pub(super) fn tell(
        &self,
        by_time: &Effects,
        then: &Effects,
        anew: impl FnOnce() -> BTreeMap<SegmentId, Option<MemberSet>>,
    ) {
        let Some(journal) = &self.0 else { return };
        let (mut effects, anew) = (by_time.clone(), anew());
        effects.then(then);
        let effects = effects.except(|segment| anew.contains_key(segment));
        if !effects.is_empty() || !anew.is_empty() {
            // What goes wrong is met by the next write.
            let _ = call(journal, |journal| {
                journal.moved(&effects, &anew);
                Ok(())
            });
        }
    }
}

/// Calls a journal. One that breaks off in a panic is not called again: it may be in the middle of something.
fn call(journal: &Mutex<dyn Journal>, call: impl FnOnce(&mut dyn Journal) -> Result<()>) -> Result<()> {
    let called = catch_unwind(AssertUnwindSafe(|| match journal.lock() {
        Ok(mut journal) => call(&mut *journal),
        Err(_) => Err(broken_off()),
    }));
    called.unwrap_or_else(|_| Err(broken_off()))
}

fn broken_off() -> Error {
    let message = "the journal of the book broke off, and takes no more commits";
    Error::store(Code::StoreFailed, message, "open the book again, which shows what was written")
}
