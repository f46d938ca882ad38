//! What a history says: who or what changed the status, the tags and the static segments of a contact, and when.

use crate::time::Timestamp;
use crate::value::{ContactId, RuleId, SegmentId, StatusId, TagId};
use std::sync::Arc;

/// What made a change.
///
/// ```
/// use tagmata::{Book, Cause, Draft, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let made = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.outcome;
/// assert_eq!(made.commit.cause(), &Cause::Call);
/// assert_eq!(book.undo(&made.commit, now)?.commit.cause(), &Cause::Undo(1));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive] // causes are added when capabilities are
pub enum Cause {
    /// A call of the host, for a person or on its own account.
    Call,
    /// The import of a file.
    Import,
    /// The undo of a commit, by its number.
    Undo(u64),
    /// A rule.
    Rule(RuleId),
}

impl Cause {
    /// The cause in one word: `call`, `import`, `undo` or `rule`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Import => "import",
            Self::Undo(_) => "undo",
            Self::Rule(_) => "rule",
        }
    }
}

/// The commit that a change came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The number of the commit; the first commit of a book has number 1.
    pub commit: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, in the host's words.
    pub actor: Option<Arc<str>>,
    /// What made it happen.
    pub cause: Cause,
}

/// One change in the history of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// The contact was made.
    Created,
    /// The status changed from one to another.
    Status {
        /// The status before.
        from: StatusId,
        /// The status after.
        to: StatusId,
    },
    /// A tag was given.
    TagAdded(TagId),
    /// A tag was taken.
    TagRemoved(TagId),
    /// The contact was put into a static segment.
    SegmentAdded(SegmentId),
    /// The contact was taken out of a static segment.
    SegmentRemoved(SegmentId),
    /// Another contact was merged into this one.
    Merged(ContactId),
}

impl Change {
    /// The change in one word: `created`, `status`, `tag_added`, `tag_removed`, `segment_added`, `segment_removed` or
    /// `merged`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Status { .. } => "status",
            Self::TagAdded(_) => "tag_added",
            Self::TagRemoved(_) => "tag_removed",
            Self::SegmentAdded(_) => "segment_added",
            Self::SegmentRemoved(_) => "segment_removed",
            Self::Merged(_) => "merged",
        }
    }
}

/// An entry in the history of a contact: what changed, and by what.
///
/// ```
/// use tagmata::{Book, Change, Draft, Stamp, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// book.set_status(zoe, "vip", Stamp::new(now).by("ana"))?;
/// let history = book.history(zoe)?;
/// assert_eq!(history[0].change, Change::Created);
/// assert!(matches!(history[1].change, Change::Status { .. }));
/// assert_eq!(history[1].change.as_str(), "status");
/// assert_eq!(history[1].origin.actor.as_deref(), Some("ana"));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// What changed.
    pub change: Change,
    /// When, by whom, and why.
    pub origin: Arc<Origin>,
}
