//! Contacts as plain data, for hosts in any language.

use super::book::Book;
use crate::filter::Membership;
use crate::model::{Contact, Field, Input};
use crate::segment::SegmentMembership;
use crate::value::{ContactId, SegmentId};

/// A contact as plain data, the same in every language.
///
/// ```
/// use tagmata::{Book, Draft, Input, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.create_segment(NewSegment::fixed("Nord"), now)?;
/// book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?;
/// let zoe = Draft::new().set("first_name", "Zoé").set("country", "fr").set("segments", ["nord"]);
/// let zoe = book.create_contact(zoe, now)?.id;
///
/// let zoe = book.contact(zoe)?;
/// let record = book.record_of(&zoe);
/// assert_eq!(record.get("country"), Some(&Input::from("FR")));
/// assert_eq!(record.get("status"), Some(&Input::from("lead")));
/// assert_eq!(record.get("email"), Some(&Input::Missing));
/// assert_eq!(record.get("segments"), Some(&Input::from(["Nord", "French"])));
/// assert_eq!(record.static_segments, ["Nord"]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Record<'b> {
    /// The number of the contact.
    pub id: ContactId,
    /// The value of every field but `id`, by its key, in the order of definition; missing values, too.
    ///
    /// What has a key (a status, an option) or a code (a country) is named by it, phone numbers are in E.164 form. `segments`
    /// are all that the contact is in, static and dynamic: those of which `segments has` is true. All is in the form in which
    /// a [`Draft`](crate::Draft) takes it, but a draft takes static segments only.
    pub values: Vec<(&'b str, Input)>,
    /// The static segments alone: those that were put there by hand or by a file, which `segments is empty` looks at.
    pub static_segments: Vec<&'b str>,
}

impl Record<'_> {
    /// The value of a field, by its key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Input> {
        self.values.iter().find(|(other, _)| *other == key).map(|(_, value)| value)
    }
}

impl Book {
    /// A contact as plain data. Broken segments are left out.
    #[must_use]
    pub fn record_of(&self, contact: &Contact) -> Record<'_> {
        let segments = self.sound_segments();
        let bound = self.state.segments.bound(segments.iter().copied(), self.now);
        self.record_among(contact, &segments, &bound.membership())
    }

    /// Contacts as plain data, as [`Book::record_of`] gives each of them, but together in less time.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// for batch in book.batches("everyone", 1_000)? {
    ///     for record in book.records(&batch) {
    ///         assert_eq!(record.get("first_name"), Some(&"Zoé".into()));
    ///     }
    /// }
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn records(&self, contacts: &[Contact]) -> Vec<Record<'_>> {
        let segments = self.sound_segments();
        let bound = self.state.segments.bound(segments.iter().copied(), self.now);
        contacts.iter().map(|contact| self.record_among(contact, &segments, &bound.membership())).collect()
    }

    fn record_among(
        &self,
        contact: &Contact,
        segments: &[SegmentId],
        membership: &SegmentMembership<'_>,
    ) -> Record<'_> {
        let schema = &self.state.schema;
        let is_in = |segment: &&SegmentId| membership.contains(**segment, contact);
        let name = |segment: &SegmentId| schema.segment_name(*segment);
        let others = schema.fields().map(Field::id).filter(|field| *field != Field::ID);
        let values = others.map(|field| {
            let value = match field {
                Field::SEGMENTS => {
                    Input::List(segments.iter().filter(is_in).map(|id| name(id).to_owned()).collect())
                }
                _ => schema.plain(field, contact.get(field)),
            };
            (schema.field_key(field), if value.is_missing() { Input::Missing } else { value })
        });
        let by_hand = contact.set_of(Field::SEGMENTS).into_iter().flat_map(|set| set.iter());
        Record {
            id: contact.id(),
            values: values.collect(),
            static_segments: by_hand
                .map(|symbol| schema.segment_name(SegmentId::new(symbol.get())))
                .collect(),
        }
    }
}
