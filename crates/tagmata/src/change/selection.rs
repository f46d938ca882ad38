//! Whom a change is about.

use super::reference::Ref;
use super::source::FilterSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet, SegmentId};

/// Contacts by their ids, by a filter or by a segment; minus exclusions, with an expected count.
///
/// Bulk actions take it: "all 2,412 of the list but these three". Where the number has drifted since the person looked, the
/// action is a conflict and nothing changes.
///
/// ```
/// use tagmata::{Book, Code, Draft, Selection, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// let leo = book.create_contact(Draft::new().set("first_name", "Léo"), now)?.id;
/// let all_but_leo = Selection::filter("status = lead").except([leo]).expect(1);
/// book.add_tags(all_but_leo, ["vip"], now)?;
/// assert_eq!(book.select("tags has vip")?.to_numbers(), [zoe.get()]);
///
/// let drifted = Selection::filter("status = lead").expect(3);
/// assert_eq!(book.set_status(drifted, "active", now).unwrap_err().code(), Code::SelectionDrifted);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Selection {
    who: Who,
    except: MemberSet,
    expected: Option<u64>,
}

#[derive(Debug, Clone, PartialEq)]
enum Who {
    Contacts(MemberSet),
    Filter(FilterSource),
    Segment(Ref<SegmentId>),
}

impl Selection {
    fn of(who: Who) -> Self {
        Self { who, except: MemberSet::new(), expected: None }
    }

    /// These contacts.
    pub fn contacts(contacts: impl IntoIterator<Item = ContactId>) -> Self {
        Self::of(Who::Contacts(contacts.into_iter().collect()))
    }

    /// The contacts that match a filter.
    pub fn filter(filter: impl Into<FilterSource>) -> Self {
        Self::of(Who::Filter(filter.into()))
    }

    /// The members of a segment.
    pub fn segment(segment: impl Into<Ref<SegmentId>>) -> Self {
        Self::of(Who::Segment(segment.into()))
    }

    /// Without these contacts.
    pub fn except(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.except.extend(contacts);
        self
    }

    /// How many contacts there must be, exclusions taken off.
    pub fn expect(mut self, count: u64) -> Self {
        self.expected = Some(count);
        self
    }

    /// The contacts.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an id that is nobody's, the errors of a filter or of a segment's name,
    /// [`Code::SelectionDrifted`] if there are more or fewer contacts than expected.
    pub(crate) fn resolve(&self, state: &State, now: Timestamp) -> Result<MemberSet> {
        let mut members = match &self.who {
            Who::Contacts(contacts) => {
                state.require_all(contacts)?;
                contacts.clone()
            }
            Who::Filter(source) => state.select(&*source.read(&state.schema)?, now)?,
            Who::Segment(segment) => state.members(segment.resolve(&state.schema)?, now)?,
        };
        members.remove_all(&self.except);
        match self.expected {
            Some(expected) if expected != members.len() => Err(drifted(expected, members.len())),
            _ => Ok(members),
        }
    }
}

fn drifted(expected: u64, found: u64) -> Error {
    let message = format!("the selection has {found} contacts, not {expected}");
    let help = "look at it again, then repeat the action with the new count; nothing has changed";
    Error::conflict(Diagnostic::new(Code::SelectionDrifted, message).help(help))
}

macro_rules! selections {
    ($($from:ty => |$it:ident| $who:expr,)+) => {$(
        impl From<$from> for Selection {
            fn from($it: $from) -> Self {
                $who
            }
        }
    )+};
}

selections! {
    &str => |text| Self::filter(text),
    String => |text| Self::filter(text),
    Filter => |filter| Self::filter(filter),
    &Filter => |filter| Self::filter(filter),
    FilterSource => |filter| Self::filter(filter),
    SegmentId => |segment| Self::segment(segment),
    ContactId => |contact| Self::contacts([contact]),
    MemberSet => |contacts| Self::of(Who::Contacts(contacts)),
    &MemberSet => |contacts| Self::of(Who::Contacts(contacts.clone())),
    Vec<ContactId> => |contacts| Self::contacts(contacts),
    &[ContactId] => |contacts| Self::contacts(contacts.iter().copied()),
}

impl<const N: usize> From<[ContactId; N]> for Selection {
    fn from(contacts: [ContactId; N]) -> Self {
        Self::contacts(contacts)
    }
}
