//! What somebody asks of an audience.

use super::channel::Channel;
use super::opt_out::OptOut;
use crate::change::{Ref, Selection};
use crate::value::SegmentId;

/// Who is to get a broadcast: segments and selections, without others, over a channel, without those who opted out.
///
/// ```
/// use tagmata::{AudienceQuery, Book, Channel, Draft, NewField, NewSegment, SkipReason, Timestamp, ValueType};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.define_field(NewField::new("no_sms", ValueType::Bool), now)?;
/// book.create_segment(NewSegment::dynamic("Leads", "status = lead"), now)?;
/// let zoe = Draft::new().set("mobile", "+33 6 12 34 56 78");
/// let zoe = book.create_contact(zoe, now)?.id;
/// let leo = book.create_contact(Draft::new().set("mobile", "+33 6 12 34 56 79").set("no_sms", true), now)?.id;
/// let ana = book.create_contact(Draft::new().set("email", "ana@example.com"), now)?.id;
///
/// let query = AudienceQuery::new().include_segments(["Leads"]).channel(Channel::Sms).opt_out("no_sms");
/// let audience = book.audience(&query)?;
/// assert_eq!(audience.recipients.to_numbers(), [zoe.get()]);
/// assert_eq!(audience.skipped[&SkipReason::OptedOut].to_numbers(), [leo.get()]);
/// assert_eq!(audience.skipped[&SkipReason::NoMobile].to_numbers(), [ana.get()]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use]
pub struct AudienceQuery {
    pub(super) include: Vec<Selection>,
    pub(super) exclude: Vec<Selection>,
    pub(super) channel: Option<Channel>,
    pub(super) opt_outs: Vec<OptOut>,
}

impl AudienceQuery {
    /// Nobody so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// With the contacts of a selection.
    pub fn include(mut self, selection: impl Into<Selection>) -> Self {
        self.include.push(selection.into());
        self
    }

    /// With the members of segments, by their ids or names.
    pub fn include_segments(mut self, segments: impl IntoIterator<Item = impl Into<Ref<SegmentId>>>) -> Self {
        self.include.extend(segments.into_iter().map(Selection::segment));
        self
    }

    /// Without the contacts of a selection.
    pub fn exclude(mut self, selection: impl Into<Selection>) -> Self {
        self.exclude.push(selection.into());
        self
    }

    /// Without the members of segments, by their ids or names.
    pub fn exclude_segments(mut self, segments: impl IntoIterator<Item = impl Into<Ref<SegmentId>>>) -> Self {
        self.exclude.extend(segments.into_iter().map(Selection::segment));
        self
    }

    /// Only those whom the channel reaches, and each address once. Without a channel nobody is asked for an address.
    pub fn channel(mut self, channel: Channel) -> Self {
        self.channel = Some(channel);
        self
    }

    /// Without those who have opted out; said twice, without those of both.
    pub fn opt_out(mut self, opt_out: impl Into<OptOut>) -> Self {
        self.opt_outs.push(opt_out.into());
        self
    }
}
