//! What somebody asks of a list.

use super::sort::Sort;
use crate::change::FilterSource;
use crate::value::ContactId;

/// A page of a list: a preset, a filter and a search, which all have to match; an order; where the page begins, and how long
/// it is.
///
/// ```
/// use tagmata::{Book, Draft, PageQuery, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// for (first, last) in [("Zoé", "Martin"), ("Léo", "Élie"), ("Ana", "Martinez")] {
///     book.create_contact(Draft::new().set("first_name", first).set("last_name", last), now)?;
/// }
/// let query = PageQuery::new().preset("status:lead").search("mart").sort("-last_name").limit(1);
/// let page = book.page(&query)?;
/// assert_eq!((page.total, page.contacts[0].id().get()), (2, 2));
///
/// let next = book.page(&query.after(page.contacts[0].id()))?;
/// assert_eq!((next.total, next.contacts[0].id().get()), (2, 0));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct PageQuery {
    pub(super) preset: Option<String>,
    pub(super) filter: Option<FilterSource>,
    pub(super) search: String,
    pub(super) sort: Sort,
    pub(super) offset: u64,
    pub(super) limit: u64,
    pub(super) after: Option<ContactId>,
}

impl PageQuery {
    /// The first 50 of everybody, by last name.
    pub fn new() -> Self {
        Self {
            preset: None,
            filter: None,
            search: String::new(),
            sort: Sort::default(),
            offset: 0,
            limit: 50,
            after: None,
        }
    }

    /// Only those of a [preset](super::Preset), by its key.
    pub fn preset(mut self, key: impl Into<String>) -> Self {
        self.preset = Some(key.into());
        self
    }

    /// Only those that match a filter.
    pub fn filter(mut self, filter: impl Into<FilterSource>) -> Self {
        self.filter = Some(filter.into());
        self
    }

    /// Only those whose name, e-mail address or phone number has this in it, as `search "…"` in a filter. A blank text, as an
    /// empty search box has it, leaves nobody out.
    pub fn search(mut self, phrase: impl Into<String>) -> Self {
        self.search = phrase.into();
        self
    }

    /// By a field: its key or label, with `-` before it for the largest value first.
    ///
    /// Text is in the order of the alphabet without accents, phone numbers in that of their digits, statuses and options in
    /// the order in which they are shown, countries in that of their codes, no before yes. Who has no value comes last in both
    /// directions. Equals are in the order of their ids.
    pub fn sort(mut self, sort: impl Into<Sort>) -> Self {
        self.sort = sort.into();
        self
    }

    /// Without so many contacts at the beginning.
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = offset;
        self
    }

    /// At most so many contacts: 1 to 1,000.
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = limit;
        self
    }

    /// Only those who come behind a contact in the order of the list. A page after the last contact of the page before stays
    /// right when contacts are added or deleted in between, which an offset does not.
    pub fn after(mut self, contact: ContactId) -> Self {
        self.after = Some(contact);
        self
    }
}

impl Default for PageQuery {
    fn default() -> Self {
        Self::new()
    }
}
