//! The explanation of a segment, as data and as text.

use crate::error::Error;
use crate::filter::NodeId;
use std::fmt;

/// Why a segment has as many members as it has.
///
/// `Display` draws it as an indented text: how many contacts each part has by itself, and what it does to its group.
///
/// ```
/// use tagmata::{Book, Draft, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// for (status, country) in [("vip", "FR"), ("vip", "BE"), ("vip", "CH"), ("lead", "FR")] {
///     book.create_contact(Draft::new().set("status", status).set("country", country), now)?;
/// }
/// book.create_segment(NewSegment::dynamic("VIP FR", "status = vip and country = FR"), now)?;
/// assert_eq!(book.explain_segment("VIP FR")?.to_string(), "\
/// VIP FR: 1 of 4 contacts
///   1: all of
///     3: status = \"vip\", removes 1
///     2: country = \"FR\", removes 2");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive] // more may be told
pub struct SegmentExplanation {
    /// The name of the segment.
    pub name: String,
    /// The canonical text of the filter, if it is dynamic.
    pub filter: Option<String>,
    /// How many members it has; `None` if it is broken or stands on a broken segment.
    pub count: Option<u64>,
    /// How many contacts the book has.
    pub everybody: u64,
    /// Who is in a dynamic segment whatever its filter says; `None` if nobody is.
    pub always_in: Option<SegmentPart>,
    /// Who is not in a dynamic segment whatever its filter says; `None` if nobody is.
    pub always_out: Option<SegmentPart>,
    /// Why it cannot be evaluated.
    pub error: Option<Error>,
    pub(super) nodes: Vec<SegmentPart>,
}

/// A condition or group of a segment's filter, or its pins, with what they do to the number of contacts.
///
/// ```
/// use tagmata::{Book, Draft, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// for (status, country) in [("vip", "FR"), ("vip", "BE"), ("lead", "FR")] {
///     book.create_contact(Draft::new().set("status", status).set("country", country), now)?;
/// }
/// book.create_segment(NewSegment::dynamic("Friends", "status = vip or country = FR"), now)?;
/// let why = book.explain_segment("Friends")?;
/// let [vip, french, root] = why.nodes() else { unreachable!() };
/// assert_eq!((vip.text.as_str(), vip.count), ("status = \"vip\"", 2));
/// // One of the two is French too; only the Belgian would be missing without this condition.
/// assert_eq!((vip.adds, vip.removes, vip.without), (Some(1), None, Some(2)));
/// assert_eq!((root.text.as_str(), root.count, root.adds), ("any of", 3, None));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentPart {
    /// The condition in canonical text; `all of`, `any of` or `not` for a group; `always in` or `always out` for pins.
    pub text: String,
    /// How many contacts match it by itself, or are pinned.
    pub count: u64,
    /// Of a member of `all of`: how many match all other members and not this one. Of pins: how many are out by them alone.
    pub removes: Option<u64>,
    /// Of a member of `any of`: how many match this one and no other. Of pins: how many are in by them alone.
    pub adds: Option<u64>,
    /// How many the group would have without it or, without pins, the segment; `None` for what is not in a group.
    pub without: Option<u64>,
    /// The `"id"` of the JSON node.
    pub id: Option<String>,
    /// The parts below.
    pub children: Vec<NodeId>,
}

impl SegmentExplanation {
    /// The parts of the filter, children before parents, the root last. Of a static segment those that were put in by hand
    /// are the only part; a broken segment has none.
    #[must_use]
    pub fn nodes(&self) -> &[SegmentPart] {
        &self.nodes
    }

    /// Where the whole filter is among the [`nodes`](Self::nodes): a walk down the children starts here.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_segment(NewSegment::fixed("Nord"), now)?;
    /// let why = book.explain_segment("Nord")?;
    /// assert_eq!(why.root().map(|id| why.nodes()[id.index()].text.as_str()), Some("put in by hand"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn root(&self) -> Option<NodeId> {
        self.nodes.len().checked_sub(1).map(NodeId::new)
    }
}

impl fmt::Display for SegmentExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            Some(count) => {
                let contacts = if self.everybody == 1 { "contact" } else { "contacts" };
                write!(f, "{}: {count} of {} {contacts}", self.name, self.everybody)?;
            }
            None => write!(f, "{}: cannot be counted", self.name)?,
        }
        for problem in self.error.iter().flat_map(Error::diagnostics) {
            write!(f, "\n  {}", problem.message())?;
            if let Some(help) = problem.help_text() {
                write!(f, "\n  help: {help}")?;
            }
        }
        let mut open: Vec<(NodeId, usize)> = self.root().map(|root| (root, 1)).into_iter().collect();
        while let Some((id, depth)) = open.pop() {
            let Some(part) = self.nodes.get(id.index()) else { continue };
            write!(f, "\n{:indent$}{part}", "", indent = 2 * depth)?;
            open.extend(part.children.iter().rev().map(|child| (*child, depth + 1)));
        }
        for pins in [&self.always_in, &self.always_out].into_iter().flatten() {
            write!(f, "\n  {pins}")?;
        }
        Ok(())
    }
}

/// The part without those below it, in one line.
impl fmt::Display for SegmentPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.count, self.text)?;
        for (does, contacts) in [("removes", self.removes), ("adds", self.adds)] {
            match contacts {
                Some(0) => write!(f, ", {does} nobody")?,
                Some(contacts) => write!(f, ", {does} {contacts}")?,
                None => {}
            }
        }
        Ok(())
    }
}
