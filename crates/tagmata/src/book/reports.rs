//! Reports: breakdowns, audiences, and what makes up a segment.

use super::book::Book;
use crate::change::Ref;
use crate::error::Result;
use crate::report::{self, Audience, AudienceQuery, BreakdownQuery, BreakdownRow, SegmentExplanation};
use crate::value::SegmentId;

impl Book {
    /// How contacts spread over the values of a field: a row for each value, how many have it and what their numbers come to.
    ///
    /// Every tag, segment, status and option has a row, in the order of definition, and so have no and yes; countries and texts
    /// have one if somebody has them, in the order of the alphabet. Those without a value come last, if there are any. Texts
    /// that differ in case alone are one value, spelled as the contact with the lowest id spells it. Who has several tags,
    /// segments or options is counted in each of their rows.
    ///
    /// ```
    /// use tagmata::{Book, BreakdownQuery, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// for source in ["Web", "fair", "web", ""] {
    ///     book.create_contact(Draft::new().set("first_name", "Zoé").set("source", source), now)?;
    /// }
    /// let rows = book.breakdown(&BreakdownQuery::by("source"))?;
    /// let rows: Vec<_> = rows.iter().map(|row| (row.value.as_deref(), row.count)).collect();
    /// assert_eq!(rows, [(Some("fair"), 1), (Some("Web"), 2), (None, 1)]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownField`](crate::Code::UnknownField); [`Code::NotGroupable`](crate::Code::NotGroupable) and
    /// [`Code::NotMeasurable`](crate::Code::NotMeasurable) with the fields that are; the errors of a filter;
    /// [`Code::BrokenSegment`](crate::Code::BrokenSegment) by `segments` if one is broken, since broken never means empty.
    pub fn breakdown(&self, query: &BreakdownQuery) -> Result<Vec<BreakdownRow>> {
        report::breakdown(query, &self.state, self.now)
    }

    /// Who gets a broadcast, and who of those that are included does not and why.
    ///
    /// ```
    /// use tagmata::{AudienceQuery, Book, Channel, Draft, SkipReason, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// for _ in ["Zoé", "her husband"] {
    ///     book.create_contact(Draft::new().set("email", "martin@example.com"), now)?;
    /// }
    /// let audience = book.audience(&AudienceQuery::new().include("everyone").channel(Channel::Email))?;
    /// assert_eq!(audience.recipients.to_numbers(), [0]);
    /// assert_eq!(audience.skipped[&SkipReason::SameAddress].to_numbers(), [1]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::EmptyList`](crate::Code::EmptyList) if nothing is included; those of a [`Selection`](crate::Selection);
    /// [`Code::BrokenSegment`](crate::Code::BrokenSegment) for a broken segment among inclusions or exclusions;
    /// [`Code::UnknownField`](crate::Code::UnknownField), [`Code::UnknownTag`](crate::Code::UnknownTag) and
    /// [`Code::BadOptOut`](crate::Code::BadOptOut) for an opt-out.
    pub fn audience(&self, query: &AudienceQuery) -> Result<Audience> {
        report::audience(query, &self.state, self.now)
    }

    /// Why a segment has as many members as it has: how many contacts match each condition of its filter by itself, how many
    /// each removes from its group or adds to it, and what its pins do.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// for (status, country) in [("vip", "FR"), ("vip", "BE"), ("lead", "FR"), ("lead", "FR")] {
    ///     book.create_contact(Draft::new().set("status", status).set("country", country), now)?;
    /// }
    /// book.create_segment(NewSegment::dynamic("VIP FR", "status = vip and country = FR"), now)?;
    /// let why = book.explain_segment("VIP FR")?;
    /// assert_eq!(why.count, Some(1));
    /// let [vip, french, _] = why.nodes() else { unreachable!() };
    /// assert_eq!((vip.count, vip.removes, vip.without), (2, Some(2), Some(3)));
    /// assert_eq!((french.count, french.removes, french.without), (3, Some(1), Some(2)));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownSegment`](crate::Code::UnknownSegment) for a name that is none,
    /// [`Code::NotFound`](crate::Code::NotFound) for an id that is no segment's. A broken segment is explained by its error.
    pub fn explain_segment(&self, segment: impl Into<Ref<SegmentId>>) -> Result<SegmentExplanation> {
        let segment = segment.into().resolve(&self.state.schema)?;
        Ok(report::explain_segment(segment, &self.state, self.now))
    }
}
