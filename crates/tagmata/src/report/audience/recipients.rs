//! Who gets a broadcast, and who does not.

use super::channel::Channel;
use super::query::AudienceQuery;
use super::reason::SkipReason;
use crate::change::Selection;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::state::State;
use crate::time::Timestamp;
use crate::value::MemberSet;
use std::collections::BTreeMap;

/// Who gets a broadcast, and who does not: everybody that is included is in exactly one of these sets.
///
/// ```
/// use tagmata::{AudienceQuery, Book, Channel, Draft, SkipReason, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.create_contact(Draft::new().set("email", "zoe@example.com"), now)?;
/// book.create_contact(Draft::new().set("mobile", "+33 6 12 34 56 78"), now)?;
/// let audience = book.audience(&AudienceQuery::new().include("everyone").channel(Channel::Email))?;
/// assert_eq!((audience.recipients.len(), audience.skipped.len()), (1, 1));
/// assert_eq!(audience.skipped[&SkipReason::NoEmail].to_numbers(), [1]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audience {
    /// Who gets it.
    pub recipients: MemberSet,
    /// Who is included and does not get it, by reason; reasons of nobody are left out.
    pub skipped: BTreeMap<SkipReason, MemberSet>,
}

impl Audience {
    /// Takes contacts out of the recipients.
    fn skip(&mut self, reason: SkipReason, contacts: &MemberSet) {
        let skipped = &self.recipients & contacts;
        if !skipped.is_empty() {
            self.recipients.remove_all(&skipped);
            self.skipped.insert(reason, skipped);
        }
    }

    /// Takes out whom a channel does not reach, and all but the first contact of each address.
    fn reach(&mut self, channel: Channel, state: &State) {
        let Some(addresses) = state.table.column(channel.address()) else {
            let all = self.recipients.clone();
            self.skip(SkipReason::no_address(channel), &all);
            return;
        };
        let unreachable = &self.recipients - addresses.present();
        let repeated = addresses.repeated_keys(&self.recipients);
        self.skip(SkipReason::no_address(channel), &unreachable);
        self.skip(SkipReason::SameAddress, &repeated);
    }
}

/// The audience that is asked for.
///
/// # Errors
/// [`Code::EmptyList`] if nothing is included; those of a [`Selection`]; [`Code::BrokenSegment`] for a broken segment among the
/// inclusions or exclusions, since broken never means empty; those of an [`OptOut`].
pub(crate) fn audience(query: &AudienceQuery, state: &State, now: Timestamp) -> Result<Audience> {
    if query.include.is_empty() {
        let help = "name a segment, or select contacts by a filter; `everyone` is one";
        let diagnostic = Diagnostic::new(Code::EmptyList, "the audience includes nothing").help(help);
        return Err(Error::value(diagnostic));
    }
    let recipients = union(&query.include, state, now)?;
    let excluded = union(&query.exclude, state, now)?;
    let mut opted_out = MemberSet::new();
    for opt_out in &query.opt_outs {
        opted_out.add_all(&opt_out.among(&recipients, state)?);
    }

    let mut audience = Audience { recipients, skipped: BTreeMap::new() };
    audience.skip(SkipReason::Excluded, &excluded);
    audience.skip(SkipReason::OptedOut, &opted_out);
    if let Some(channel) = query.channel {
        audience.reach(channel, state);
    }
    Ok(audience)
}

fn union(selections: &[Selection], state: &State, now: Timestamp) -> Result<MemberSet> {
    let mut all = MemberSet::new();
    for selection in selections {
        all.add_all(&selection.resolve(state, now)?);
    }
    Ok(all)
}
