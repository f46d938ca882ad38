//! One page of a list.

use super::listing::Listing;
use super::part::{Listed, Part, Start};
use super::preset::preset_filter;
use super::query::PageQuery;
use super::size::checked_size;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::model::Contact;
use crate::state::{Needs, State};
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet};
use std::borrow::Cow;

/// The most contacts of a page.
const MOST: usize = 1_000;

/// A page of a list.
///
/// ```
/// use tagmata::{Book, Draft, PageQuery, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// for name in ["Zoé", "Léo", "Ana"] {
///     book.create_contact(Draft::new().set("first_name", name), now)?;
/// }
/// let page = book.page(&PageQuery::new().sort("first_name").offset(2))?;
/// assert_eq!((page.total, page.contacts.len(), page.contacts[0].id().get()), (3, 1, 0));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How many contacts the whole list has.
    pub total: u64,
    /// The contacts of the page, in the order of the list.
    pub contacts: Vec<Contact>,
}

/// The page that is asked for.
///
/// # Errors
/// [`Code::BadSize`], [`Code::TwoStarts`], [`Code::UnknownField`], [`Code::NotSortable`], [`Code::UnknownPreset`], the errors
/// of a filter, [`Code::NotFound`] for the contact to start behind.
pub(crate) fn page(query: &PageQuery, state: &State, now: Timestamp) -> Result<Page> {
    let limit = checked_size(query.limit, MOST, "a page has 1 to 1,000 contacts")?;
    if query.offset > 0 && query.after.is_some() {
        return Err(two_starts());
    }
    let field = query.sort.resolve(&state.schema)?;
    let listed = listed(query, state, now)?;
    let start = match query.after {
        Some(contact) if !state.table.live().contains(contact) => return Err(nobody_to_follow(contact)),
        Some(contact) => Start::Behind(contact),
        None => Start::Offset(query.offset),
    };

    let part = Part { start, limit, order: query.sort.order };
    let shown = Listing::new(state, field).part(&listed, part);
    let needs = Needs::everything(&state.schema);
    let contacts = shown.into_iter().map(|contact| state.view(contact, &needs)).collect();
    Ok(Page { total: listed.members.len(), contacts })
}

/// All contacts of the list.
fn listed<'s>(query: &PageQuery, state: &'s State, now: Timestamp) -> Result<Listed<'s>> {
    let schema = &state.schema;
    let preset = query.preset.as_deref().map(|key| preset_filter(key, schema)).transpose()?;
    let filter = query.filter.as_ref().map(|source| source.read(schema)).transpose()?;
    let search =
        (!query.search.trim().is_empty()).then(|| Filter::search(&query.search, schema)).transpose()?;
    let parts = [preset.map(Cow::Owned), filter, search.map(Cow::Owned)];
    for part in parts.iter().flatten() {
        state.check_filter(part)?;
    }
    let everybody = state.table.live();
    let among = |members: Cow<'s, MemberSet>, part| Cow::Owned(state.select_among(part, &members, now));
    let members = parts.iter().flatten().fold(Cow::Borrowed(everybody), |members, part| among(members, part));
    Ok(Listed { everybody: members.len() == everybody.len(), members })
}

fn two_starts() -> Error {
    let message = "a page starts at an offset or after a contact, not both";
    let help = "leave one of them out; after a contact, pages stay right while others change the book";
    Error::conflict(Diagnostic::new(Code::TwoStarts, message).help(help))
}

fn nobody_to_follow(contact: ContactId) -> Error {
    let message = format!("there is no contact {} after which a page could start", contact.get());
    let help = "it was deleted or merged since; start at the first page, or at an offset";
    Error::not_found(Diagnostic::new(Code::NotFound, message).help(help)).of_contacts([contact.get()])
}
