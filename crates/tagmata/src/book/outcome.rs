//! What a change came to.

use crate::change::{Commit, Fact};
use crate::diagnostic::Diagnostic;
use crate::live::Effects;
use crate::model::{NameSpace, Schema, SchemaEdit};
use crate::value::SegmentId;

/// What happened because time moved on.
///
/// ```
/// use tagmata::{Book, Draft, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let recent = book.create_segment(NewSegment::dynamic("Recent", "created_at in last 30 days"), now)?.id;
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// let advance = book.advance("2026-12-24T09:00:00Z".parse()?)?;
/// assert!(advance.effects.left[&recent].contains(zoe));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Advance {
    /// Who entered and left segments by the hour alone.
    pub effects: Effects,
    /// What became true by it.
    pub commits: Vec<Commit>,
}

impl Advance {
    /// The name of a segment that somebody entered or left: even of one that a commit deleted, as another program may have done
    /// since a stored book was read.
    ///
    /// ```
    /// use tagmata::{Advance, Book, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let north = book.create_segment(NewSegment::with_members("Nord", "everyone"), now)?.id;
    /// let deleted = book.delete_segment(north, false, now)?;
    /// let advance = Advance { commits: vec![deleted.commit], ..Advance::default() };
    /// assert_eq!(advance.segment_name(north, book.schema()), "Nord");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn segment_name<'a>(&'a self, segment: SegmentId, schema: &'a Schema) -> &'a str {
        named(segment, schema, &self.commits)
    }
}

/// What a change came to.
///
/// ```
/// use tagmata::{Book, Draft, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let vips = book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now)?.id;
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// let outcome = book.set_status(zoe, "vip", now)?;
/// assert!(outcome.effects.entered[&vips].contains(zoe));
/// book.undo(&outcome.commit, now)?;
/// assert!(book.members(vips)?.is_empty());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What became true.
    pub commit: Commit,
    /// Who entered and left segments by it.
    pub effects: Effects,
    /// What happened because time moved on to the instant of the change.
    pub advance: Advance,
    /// What is worth knowing about a change that was made all the same, such as rules that may fire together.
    pub warnings: Vec<Diagnostic>,
}

impl Outcome {
    /// The name of a segment that somebody entered or left: even of one that the change deleted, or would make if it were
    /// not only tried.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// let north = book.create_segment(NewSegment::with_members("Nord", "everyone"), now)?.id;
    /// let outcome = book.delete_segment(north, false, now)?;
    /// assert!(outcome.effects.left.contains_key(&north));
    /// assert_eq!(book.schema().segment_name(north), "");
    /// assert_eq!(outcome.segment_name(north, book.schema()), "Nord");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn segment_name<'a>(&'a self, segment: SegmentId, schema: &'a Schema) -> &'a str {
        named(segment, schema, std::slice::from_ref(&self.commit))
    }
}

/// The name of a segment by a schema, or by the commits that made or deleted it.
fn named<'a>(segment: SegmentId, schema: &'a Schema, commits: &'a [Commit]) -> &'a str {
    let told = |fact: &'a Fact| match fact {
        Fact::Schema(SchemaEdit::Name { space: NameSpace::Segments, number, old, new })
            if *number == segment.get() =>
        {
            old.as_deref().or(new.as_deref())
        }
        _ => None,
    };
    match schema.segment_name(segment) {
        "" => commits.iter().flat_map(Commit::facts).find_map(told).unwrap_or_default(),
        name => name,
    }
}

/// What a change made, and all else it came to.
///
/// ```
/// use tagmata::{Book, Created, Draft, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let Created { id, outcome } = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
/// assert!(outcome.commit.contacts().contains(id));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Created<T> {
    /// The id of what was made.
    pub id: T,
    /// What the change came to.
    pub outcome: Outcome,
}
