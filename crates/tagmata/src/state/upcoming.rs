//! Interactions that were recorded ahead of their time.

use crate::time::Timestamp;
use crate::value::{ContactId, KindId, MemberSet};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// Interactions whose time had not come when they were recorded, in the order in which it comes: rules fire then.
///
/// It follows from the interactions. Those whose time has come may be here until they are forgotten.
#[derive(Debug, Clone, Default)]
pub(crate) struct Upcoming {
    open: BTreeSet<(Timestamp, ContactId, KindId)>,
}

/// Whose time comes at one instant, by the kind of interaction.
pub(crate) type Due = BTreeMap<KindId, MemberSet>;

impl Upcoming {
    /// Notes an interaction that was recorded at an instant, if its time had not come by then.
    pub(crate) fn add(&mut self, (contact, kind, at): (ContactId, KindId, Timestamp), recorded: Timestamp) {
        if at > recorded {
            self.open.insert((at, contact, kind));
        }
    }

    /// Forgets an interaction that is taken back, unless there is another one of its kind at its instant.
    pub(crate) fn remove(
        &mut self,
        (contact, kind, at): (ContactId, KindId, Timestamp),
        is_another_there: impl FnOnce() -> bool,
    ) {
        let key = (at, contact, kind);
        if self.open.contains(&key) && !is_another_there() {
            self.open.remove(&key);
        }
    }

    /// Forgets those whose time has come.
    pub(crate) fn forget_until(&mut self, now: Timestamp) {
        while self.open.first().is_some_and(|(at, ..)| *at <= now) {
            self.open.pop_first();
        }
    }

    /// The first instant after another one at which the time of an interaction comes.
    pub(crate) fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let last_of = (after, ContactId::new(u32::MAX), KindId::new(u32::MAX));
        let mut later = self.open.range((Bound::Excluded(last_of), Bound::Unbounded));
        later.next().map(|(at, ..)| *at)
    }

    /// Whose time comes at an instant.
    pub(crate) fn at(&self, at: Timestamp) -> Due {
        let first = (at, ContactId::new(0), KindId::new(0));
        let those = self.open.range(first..).take_while(|(other, ..)| *other == at);
        let mut due = Due::new();
        for (_, contact, kind) in those {
            due.entry(*kind).or_default().insert(*contact);
        }
        due
    }

    /// What is noted and is not there, or is to come and is not noted, one line each. `is_there` tells whether a contact has an
    /// interaction of a kind at an instant, `coming` all those to come.
    pub(super) fn violations(
        &self,
        is_there: impl Fn(ContactId, KindId, Timestamp) -> bool,
        coming: impl Iterator<Item = (ContactId, KindId, Timestamp)>,
    ) -> Vec<String> {
        let noted = self.open.iter().filter(|(at, contact, kind)| !is_there(*contact, *kind, *at));
        let told = |contact: ContactId, at: Timestamp, what: &str| {
            format!("an interaction of contact {} at {at} is {what}", contact.get())
        };
        let mut found: Vec<String> =
            noted.map(|(at, contact, _)| told(*contact, *at, "awaited, and is not there")).collect();
        let missed = coming.filter(|(contact, kind, at)| !self.open.contains(&(*at, *contact, *kind)));
        found.extend(missed.map(|(contact, _, at)| told(contact, at, "to come, and is not awaited")));
        found
    }
}
