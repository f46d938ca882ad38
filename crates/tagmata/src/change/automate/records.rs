//! Contacts as they are once the facts so far are true.

use super::happened::touched;
use crate::change::fact::Fact;
use crate::change::overlay::{Overlay, Trace};
use crate::filter::Filter;
use crate::model::{Contact, Interaction};
use crate::segment::Segments;
use crate::state::{Needs, State};
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

/// A state with facts on top of it, against which filters are held.
#[derive(Debug)]
pub(super) struct Records<'s> {
    state: &'s State,
    /// When whoever matches by the facts did not match.
    before: Timestamp,
    pub(super) now: Timestamp,
    pub(super) overlay: Overlay<'s>,
    segments: Cow<'s, Segments>,
    /// The interactions of those contacts whose interactions the facts change, once a filter asks for any.
    interactions: OnceCell<HashMap<ContactId, Vec<Interaction>>>,
}

impl<'s> Records<'s> {
    pub(super) fn new(state: &'s State, before: Timestamp, now: Timestamp) -> Self {
        Self {
            state,
            before,
            now,
            overlay: Overlay::new(state),
            segments: Cow::Borrowed(&state.segments),
            interactions: OnceCell::new(),
        }
    }

    /// Adds a fact behind the others.
    pub(super) fn push(&mut self, fact: Fact) {
        match &fact {
            Fact::Created(_) | Fact::Recorded(_) | Fact::Erased(_) => drop(self.interactions.take()),
            Fact::Segment { segment, new, .. } => self.segments.to_mut().set(*segment, new.clone()),
            _ => {}
        }
        self.overlay.push(fact);
    }

    /// The interactions of those contacts whose interactions the facts change.
    fn changed_interactions(&self) -> HashMap<ContactId, Vec<Interaction>> {
        let mut changed: HashMap<ContactId, Vec<Interaction>> = HashMap::new();
        let stored = |contact| self.state.table.interactions(contact).collect();
        for fact in self.overlay.facts() {
            let (all, is_erased) = match fact {
                Fact::Created(rows) => (&rows.interactions, false),
                Fact::Recorded(all) => (all, false),
                Fact::Erased(all) => (all, true),
                _ => continue,
            };
            for (contact, interaction) in all.iter() {
                let so_far = changed.entry(contact).or_insert_with(|| stored(contact));
                if !is_erased {
                    so_far.push(interaction);
                } else if let Some(place) = so_far.iter().position(|other| *other == interaction) {
                    so_far.remove(place);
                }
            }
        }
        changed
    }

    /// Whether a filter stands on segments that can be evaluated.
    pub(super) fn can_be_asked(&self, filter: &Filter) -> bool {
        self.segments.refuse_broken(filter.segments(), &self.state.schema).is_ok()
    }

    /// Those among contacts who matched a filter before the facts.
    pub(super) fn matched(&self, filter: &Filter, contacts: &MemberSet) -> MemberSet {
        self.stored_matching(filter, contacts, self.before)
    }

    fn stored_matching(&self, filter: &Filter, contacts: &MemberSet, at: Timestamp) -> MemberSet {
        let stored = contacts & self.state.table.live();
        match stored.is_empty()
            || self.state.segments.refuse_broken(filter.segments(), &self.state.schema).is_err()
        {
            true => MemberSet::new(),
            false => self.state.select_among(filter, &stored, at),
        }
    }

    /// Those among contacts who match a filter after the facts. Whoever is as before is looked up with many others at once.
    pub(super) fn matching(&self, filter: &Filter, contacts: &MemberSet) -> MemberSet {
        let uses = filter.plan().uses();
        let needs = Needs::of(&uses, &self.segments);
        let others = match &self.segments {
            Cow::Borrowed(_) => &touched(self.overlay.facts(), &needs) & contacts,
            Cow::Owned(_) => contacts.clone(),
        };
        let mut found = self.stored_matching(filter, &(contacts - &others), self.now);
        let segments = self.segments.bound(uses.segments, self.now);
        let matcher = filter.plan().at(self.now);
        let traces: Vec<Trace> = needs.stored().map(|field| self.overlay.trace(field)).collect();
        let matches =
            |id: &ContactId| matcher.matches(&self.record(*id, &needs, &traces), &segments.membership());
        found.extend(others.iter().filter(matches));
        found
    }

    /// A contact by then, as far as it is looked at.
    fn record(&self, id: ContactId, needs: &Needs, traces: &[Trace]) -> Contact {
        let values = traces.iter().filter_map(|of| Some((of.field(), self.overlay.value(id, of)?)));
        let mut contact = Contact::with(id, values);
        if needs.has_interactions() {
            let stored = || self.state.table.interactions(id).collect();
            let changed = self.interactions.get_or_init(|| self.changed_interactions());
            for interaction in changed.get(&id).cloned().unwrap_or_else(stored) {
                let is_outgoing = self.state.schema.is_outgoing(interaction.kind);
                contact.record(interaction, is_outgoing);
            }
        }
        contact
    }
}
