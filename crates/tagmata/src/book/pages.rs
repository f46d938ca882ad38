//! Lists: presets and pages.

use super::book::Book;
use crate::error::Result;
use crate::list::{self, Page, PageQuery, Preset};

impl Book {
    /// A page of a list.
    ///
    /// ```
    /// use tagmata::{Book, Draft, PageQuery, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// for name in ["Zoé", "Élodie", "Ana"] {
    ///     book.create_contact(Draft::new().set("first_name", name), now)?;
    /// }
    /// let page = book.page(&PageQuery::new().sort("first_name").limit(2))?;
    /// let ids: Vec<u32> = page.contacts.iter().map(|contact| contact.id().get()).collect();
    /// assert_eq!((page.total, ids), (3, vec![2, 1]));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownPreset`](crate::Code::UnknownPreset), the errors of a filter,
    /// [`Code::UnknownField`](crate::Code::UnknownField) and [`Code::NotSortable`](crate::Code::NotSortable) for the order,
    /// [`Code::BadSize`](crate::Code::BadSize) for a limit that is not 1 to 1,000,
    /// [`Code::TwoStarts`](crate::Code::TwoStarts) for an offset together with a contact to start behind,
    /// [`Code::NotFound`](crate::Code::NotFound) if there is no such contact.
    pub fn page(&self, query: &PageQuery) -> Result<Page> {
        list::page(query, &self.state, self.now)
    }

    /// The filters that every book has, in the order in which they are offered; one for each status among them.
    ///
    /// ```
    /// use tagmata::{Book, PageQuery, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let unreachable = book.presets().into_iter().find(|preset| preset.key == "unreachable").unwrap();
    /// assert_eq!(unreachable.filter.to_string(), "mobile is empty and email is empty");
    /// assert_eq!(book.page(&PageQuery::new().preset("unreachable"))?.total, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn presets(&self) -> Vec<Preset> {
        list::presets(&self.state.schema)
    }
}
