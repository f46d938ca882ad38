//! Contacts in batches, for a host that does something with each of them (Karbon: create work items).

use super::book::Book;
use crate::change::Selection;
use crate::error::Result;
use crate::list::checked_size;
use crate::model::Contact;
use crate::state::{Needs, State};
use crate::value::{ContactId, MemberSet};
use std::fmt;
use std::vec::IntoIter;

/// The most contacts of a batch.
const MOST: usize = 100_000;

/// The contacts of a selection, batch by batch; made by [`Book::batches`].
///
/// ```
/// use tagmata::{Book, Draft, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// for name in ["Zoé", "Léo", "Ana"] {
///     book.create_contact(Draft::new().set("first_name", name), now)?;
/// }
/// let mut batches = book.batches("everyone", 2)?;
/// assert_eq!((batches.len(), batches.next().map(|batch| batch.len()), batches.len()), (2, Some(2), 1));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Clone)]
pub struct Batches<'b> {
    state: &'b State,
    needs: Needs,
    contacts: IntoIter<u32>,
    size: usize,
}

impl Iterator for Batches<'_> {
    type Item = Vec<Contact>;

    fn next(&mut self) -> Option<Self::Item> {
        let numbers = self.contacts.by_ref().take(self.size);
        let batch: Vec<Contact> =
            numbers.map(|number| self.state.view(ContactId::new(number), &self.needs)).collect();
        (!batch.is_empty()).then_some(batch)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let batches = self.contacts.len().div_ceil(self.size);
        (batches, Some(batches))
    }
}

impl ExactSizeIterator for Batches<'_> {}

impl fmt::Debug for Batches<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batches").field("batches", &self.len()).finish_non_exhaustive()
    }
}

impl Book {
    /// The contacts of a selection.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Selection, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let leo = book.create_contact(Draft::new().set("first_name", "Léo"), now)?.id;
    /// assert_eq!(book.selected(Selection::filter("status = lead").except([zoe]))?.to_numbers(), [leo.get()]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`].
    pub fn selected(&self, selection: impl Into<Selection>) -> Result<MemberSet> {
        selection.into().resolve(&self.state, self.now)
    }

    /// The contacts of a selection, ascending, so many at a time: 1 to 100,000, and in the last batch what is left.
    ///
    /// [`Book::records`] makes plain data of a batch.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// for name in ["Zoé", "Léo", "Ana"] {
    ///     book.create_contact(Draft::new().set("first_name", name), now)?;
    /// }
    /// let sizes: Vec<usize> = book.batches("status = lead", 2)?.map(|batch| batch.len()).collect();
    /// assert_eq!(sizes, [2, 1]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`]; [`Code::BadSize`](crate::Code::BadSize) for another size.
    pub fn batches(&self, selection: impl Into<Selection>, size: u64) -> Result<Batches<'_>> {
        let size = checked_size(size, MOST, "a batch has 1 to 100,000 contacts")?;
        let contacts = self.selected(selection)?.to_numbers().into_iter();
        let needs = Needs::everything(&self.state.schema);
        Ok(Batches { state: &self.state, needs, contacts, size })
    }
}
