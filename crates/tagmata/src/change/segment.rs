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
    pub(super) always_in: Option<Vec<ContactId>>,
    pub(super) always_out: Option<Vec<ContactId>>,
}

#[derive(Debug, Clone)]
pub(super) enum NewKind {
    Static(Option<Selection>),
    Dynamic(FilterSource),
}

impl NewSegment {
    /// A static segment, into which contacts are put.
    pub fn fixed(name: impl Into<String>) -> Self {
        Self::new(name, NewKind::Static(None))
    }

    /// A static segment with its first members.
    pub fn with_members(name: impl Into<String>, members: impl Into<Selection>) -> Self {
        Self::new(name, NewKind::Static(Some(members.into())))
    }

    /// A dynamic segment: the contacts that match a filter, always.
    pub fn dynamic(name: impl Into<String>, filter: impl Into<FilterSource>) -> Self {
        Self::new(name, NewKind::Dynamic(filter.into()))
    }

    fn new(name: impl Into<String>, kind: NewKind) -> Self {
        Self { name: name.into(), kind, always_in: None, always_out: None }
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
        let kind = match (members, filter) {
            (None, Some(filter)) => NewKind::Dynamic(filter),
            (Some(_), Some(_)) => {
                let help = "a static segment has members, a dynamic one a filter and pins";
                return Err(wrong_kind(&name, "cannot have both members and a filter", help));
            }
            (members, None) => NewKind::Static(members),
        };
        let segment = Self { name, kind, always_in, always_out };
        segment.require_filter_of_pins()?;
        Ok(segment)
    }

    /// Pins contacts into a dynamic segment, whatever the filter says. A static one with pins is refused when it is to be made.
    pub fn always_in(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.always_in.get_or_insert_default().extend(contacts);
        self
    }

    /// Pins contacts out of a dynamic segment, whatever the filter says. A static one with pins is refused when it is to be made.
    pub fn always_out(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.always_out.get_or_insert_default().extend(contacts);
        self
    }

    /// Refuses pins of a static segment.
    pub(super) fn require_filter_of_pins(&self) -> Result<()> {
        let has_pins = self.always_in.is_some() || self.always_out.is_some();
        match &self.kind {
            NewKind::Static(_) if has_pins => {
                let help = "pins belong to a dynamic segment, which has a filter";
                Err(wrong_kind(&self.name, "has pins but no filter", help))
            }
            _ => Ok(()),
        }
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
