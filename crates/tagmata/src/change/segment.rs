//! Segments as they come from outside.

use super::selection::Selection;
use super::source::FilterSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use crate::value::ContactId;

/// A segment to be made.
///
/// ```
/// use tagmata::{Book, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.create_segment(NewSegment::fixed("Nord"), now)?;
/// let vip = book.create_segment(NewSegment::dynamic("VIP FR", "status = vip and country = FR"), now)?.id;
/// assert!(book.members(vip)?.is_empty());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NewSegment {
    pub(super) name: String,
    pub(super) kind: NewKind,
}

#[derive(Debug, Clone)]
pub(super) enum NewKind {
    Static(Option<Selection>),
    Dynamic { filter: FilterSource, always_in: Vec<ContactId>, always_out: Vec<ContactId> },
}

impl NewSegment {
    /// A static segment, into which contacts are put.
    pub fn fixed(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: NewKind::Static(None) }
    }

    /// A static segment with its first members.
    pub fn with_members(name: impl Into<String>, members: impl Into<Selection>) -> Self {
        Self { name: name.into(), kind: NewKind::Static(Some(members.into())) }
    }

    /// A dynamic segment: the contacts that match a filter, always.
    pub fn dynamic(name: impl Into<String>, filter: impl Into<FilterSource>) -> Self {
        let kind = NewKind::Dynamic { filter: filter.into(), always_in: Vec::new(), always_out: Vec::new() };
        Self { name: name.into(), kind }
    }

    /// A segment of the kind that its parts make it: dynamic with a filter, static without. For hosts that take them as
    /// options, each of which may be left out.
    ///
    /// ```
    /// use tagmata::{Book, Code, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let vip = NewSegment::of_parts("VIP", None, Some("status = vip".into()), None, None)?;
    /// book.create_segment(vip, now)?;
    /// assert_eq!(book.segment("VIP")?.kind(), "dynamic");
    ///
    /// let both = NewSegment::of_parts("VIP", Some("everyone".into()), Some("status = vip".into()), None, None);
    /// assert_eq!(both.unwrap_err().code(), Code::WrongSegmentKind);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::WrongSegmentKind`] for members together with a filter, and for pins without one.
    pub fn of_parts(
        name: impl Into<String>,
        members: Option<Selection>,
        filter: Option<FilterSource>,
        always_in: Option<Vec<ContactId>>,
        always_out: Option<Vec<ContactId>>,
    ) -> Result<Self> {
        let name = name.into();
        match (members, filter) {
            (None, Some(filter)) => {
                let pinned = |pins: Option<Vec<ContactId>>| pins.unwrap_or_default();
                let segment = Self::dynamic(name, filter);
                Ok(segment.always_in(pinned(always_in)).always_out(pinned(always_out)))
            }
            (Some(_), Some(_)) => {
                let help = "a static segment has members, a dynamic one a filter and pins";
                Err(wrong_kind(&name, "cannot have both members and a filter", help))
            }
            (_, None) if always_in.is_some() || always_out.is_some() => Err(wrong_kind(
                &name,
                "has pins but no filter",
                "pins belong to a dynamic segment, which has a filter",
            )),
            (Some(members), None) => Ok(Self::with_members(name, members)),
            (None, None) => Ok(Self::fixed(name)),
        }
    }

    /// Pins contacts into a dynamic segment, whatever the filter says; in a static one, they are its first members.
    pub fn always_in(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        match &mut self.kind {
            NewKind::Dynamic { always_in, .. } => always_in.extend(contacts),
            NewKind::Static(members) => *members = Some(Selection::contacts(contacts)),
        }
        self
    }

    /// Pins contacts out of a dynamic segment, whatever the filter says.
    pub fn always_out(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        if let NewKind::Dynamic { always_out, .. } = &mut self.kind {
            always_out.extend(contacts);
        }
        self
    }
}

fn wrong_kind(name: &str, what: &str, help: &str) -> Error {
    let message = format!("the segment {} {what}", quoted(name));
    Error::conflict(Diagnostic::new(Code::WrongSegmentKind, message).help(help))
}

/// What is to be another about a dynamic segment; the rest stays as it is.
///
/// ```
/// use tagmata::{Book, Draft, NewSegment, SegmentPatch, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// let vip = book.create_segment(NewSegment::dynamic("VIP", "status = vip"), now)?.id;
/// let outcome = book.update_segment(vip, SegmentPatch::new().always_in([zoe]), now)?;
/// assert!(outcome.effects.entered[&vip].contains(zoe));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct SegmentPatch {
    pub(super) filter: Option<FilterSource>,
    pub(super) always_in: Option<Vec<ContactId>>,
    pub(super) always_out: Option<Vec<ContactId>>,
}

impl SegmentPatch {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another filter.
    pub fn filter(mut self, filter: impl Into<FilterSource>) -> Self {
        self.filter = Some(filter.into());
        self
    }

    /// Exactly these contacts pinned in.
    pub fn always_in(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.always_in = Some(contacts.into_iter().collect());
        self
    }

    /// Exactly these contacts pinned out.
    pub fn always_out(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.always_out = Some(contacts.into_iter().collect());
        self
    }
}
