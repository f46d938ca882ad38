//! Who matches, how many, and why.

use super::book::Book;
use crate::change::{FilterSource, Ref};
use crate::error::Result;
use crate::filter::{Explanation, Filter};
use crate::text::nearest;
use crate::value::{ContactId, MemberSet, SegmentId};

impl Book {
    /// Reads a filter by the schema of the book, and checks that it can be asked.
    ///
    /// ```
    /// use tagmata::{Book, NewField, Timestamp, ValueType};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.define_field(NewField::new("billed", ValueType::Number).label("Montant facturé"), now)?;
    /// let filter = book.filter("`Montant facturé` > 1000 and status = LEAD")?;
    /// assert_eq!(filter.to_string(), r#"billed > 1000 and status = "lead""#);
    /// assert_eq!(book.filter("biled > 1000").unwrap_err().code().as_str(), "E0201");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// All problems of the filter at once; [`Code::BrokenSegment`](crate::Code::BrokenSegment).
    pub fn filter(&self, filter: impl Into<FilterSource>) -> Result<Filter> {
        let filter = filter.into().read(&self.state.schema)?.into_owned();
        self.state.check_filter(&filter)?;
        Ok(filter)
    }

    /// The contacts that match a filter.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé").set("country", "FR"), now)?.id;
    /// assert_eq!(book.select("country = FR")?.to_numbers(), [zoe.get()]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// All problems of the filter at once; [`Code::BrokenSegment`](crate::Code::BrokenSegment), since broken never means
    /// empty.
    pub fn select(&self, filter: impl Into<FilterSource>) -> Result<MemberSet> {
        let source = filter.into();
        let filter = source.read(&self.state.schema)?;
        self.state.select(&filter, self.now)
    }

    /// How many contacts match a filter.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// for country in ["FR", "FR", "ES"] {
    ///     book.create_contact(Draft::new().set("country", country), now)?;
    /// }
    /// assert_eq!(book.count("country = FR")?, 2);
    /// assert_eq!(book.count("not country = FR")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::select`].
    pub fn count(&self, filter: impl Into<FilterSource>) -> Result<u64> {
        let source = filter.into();
        let filter = source.read(&self.state.schema)?;
        self.state.count(&filter, self.now)
    }

    /// Whether a contact matches a filter.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("tags", ["vip"]), now)?.id;
    /// assert!(book.matches(zoe, "tags has vip and created_at today")?);
    /// assert!(!book.matches(zoe, "status = active")?);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::select`]; [`Code::NotFound`](crate::Code::NotFound) for an id that is nobody's.
    pub fn matches(&self, contact: ContactId, filter: impl Into<FilterSource>) -> Result<bool> {
        self.state.require(contact)?;
        let source = filter.into();
        let filter = source.read(&self.state.schema)?;
        self.state.check_filter(&filter)?;
        let only: MemberSet = std::iter::once(contact).collect();
        Ok(!self.state.select_among(&filter, &only, self.now).is_empty())
    }

    /// The members of a segment, static or dynamic, by its id or name.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("country", "FR"), now)?.id;
    /// let french = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?.id;
    /// assert!(book.members(french)?.contains(zoe));
    /// assert_eq!(book.members("FRENCH")?.to_numbers(), [0]); // by its name, in any case
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownSegment`](crate::Code::UnknownSegment); [`Code::BrokenSegment`](crate::Code::BrokenSegment), since
    /// broken never means empty.
    pub fn members(&self, segment: impl Into<Ref<SegmentId>>) -> Result<MemberSet> {
        let segment = segment.into().resolve(&self.state.schema)?;
        self.state.members(segment, self.now)
    }

    /// Why a contact matches a filter or not: which conditions decided, on what values, and until when.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let why = book.explain(zoe, "status = lead and created_at in last 7 days")?;
    /// assert!(why.verdict());
    /// assert_eq!(why.valid_until(), Some("2026-12-01T09:00:00Z".parse()?));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::matches`].
    pub fn explain(&self, contact: ContactId, filter: impl Into<FilterSource>) -> Result<Explanation> {
        let state = &self.state;
        let source = filter.into();
        let filter = source.read(&state.schema)?;
        state.check_filter(&filter)?;
        let found = state.contact(contact).ok_or_else(|| state.no_contact(contact))?;
        let segments = state.segments.bound(filter.segments(), self.now);
        Ok(filter.explain(&found, self.now, &segments.membership(), &state.schema))
    }

    /// Why a contact is in the segment of a name or, if no segment is called that, why it matches the filter text that it is.
    ///
    /// ```
    /// use tagmata::{Book, Code, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.create_segment(NewSegment::dynamic("VIP FR", "status = vip and country = FR"), now)?;
    /// assert!(!book.explain_text(zoe, "vip fr")?.verdict());
    /// assert!(book.explain_text(zoe, "status = lead")?.verdict());
    /// assert_eq!(book.explain_text(zoe, "VIP FRR").unwrap_err().code(), Code::UnknownSegment);
    /// assert_eq!(book.explain_text(zoe, "status = laed").unwrap_err().code(), Code::UnknownStatus);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::explain_membership`] and of [`Book::explain`]; of a text that is neither a name nor a filter,
    /// [`Code::UnknownSegment`](crate::Code::UnknownSegment) if a segment has a name like it.
    pub fn explain_text(&self, contact: ContactId, text: &str) -> Result<Explanation> {
        let schema = &self.state.schema;
        if let Some(segment) = schema.segment(text) {
            return self.explain_membership(contact, segment);
        }
        match Filter::parse(text, schema) {
            Ok(filter) => self.explain(contact, filter),
            Err(error) if nearest(text, schema.segments()).is_empty() => Err(error),
            Err(_) => self.explain_membership(contact, text),
        }
    }

    /// Why a contact is in a segment or not.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now)?;
    /// assert_eq!(book.explain_membership(zoe, "VIPs")?.to_string(), r#"no: status = "vip" ("lead")"#);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::members`]; [`Code::NotFound`](crate::Code::NotFound) for an id that is nobody's.
    pub fn explain_membership(
        &self,
        contact: ContactId,
        segment: impl Into<Ref<SegmentId>>,
    ) -> Result<Explanation> {
        let state = &self.state;
        let segment = segment.into().resolve(&state.schema)?;
        state.segments.refuse_broken([segment], &state.schema)?;
        let found = state.contact(contact).ok_or_else(|| state.no_contact(contact))?;
        let definition = state.segments.get(segment);
        let pins = definition.map(crate::segment::DynamicSegment::pins);
        let pinned = match pins {
            Some(pins) if pins.always_out.contains(contact) => Some((false, "always out")),
            Some(pins) if pins.always_in.contains(contact) => Some((true, "always in")),
            Some(_) => None,
            None => {
                let is_in = found
                    .set_of(crate::model::Field::SEGMENTS)
                    .is_some_and(|set| set.contains(segment.into()));
                Some((is_in, if is_in { "put in by hand" } else { "not put in by hand" }))
            }
        };
        match (pinned, definition.and_then(crate::segment::DynamicSegment::filter)) {
            (None, Some(filter)) => self.explain(contact, filter),
            (pinned, _) => {
                let (verdict, why) = pinned.unwrap_or((false, "always out"));
                Ok(Explanation::by_hand(verdict, why))
            }
        }
    }
}
