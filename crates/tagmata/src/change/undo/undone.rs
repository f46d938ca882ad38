//! The inverse facts that are decided so far, and what is so once they are true.

use crate::automation::Rules;
use crate::change::commit::Entry;
use crate::change::fact::Fact;
use crate::change::overlay::Overlay;
use crate::model::{Field, Schema};
use crate::segment::Segments;
use crate::state::{Change, State};
use crate::table::{InteractionStore, Rows, Values};
use crate::value::{ContactId, FieldId, MemberSet, SegmentId, Symbol, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Whom an undo by force leaves out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct LeftOut {
    /// Contacts of which nothing is turned round.
    pub(super) wholly: MemberSet,
    /// Contacts of which something stays as it is, and with it the times of their last changes.
    pub(super) partly: MemberSet,
    /// Segments whose definition stays as it is, and with it who was put into them when they were made static.
    pub(super) segments: BTreeSet<SegmentId>,
}

/// Inverse facts in the order in which they will be applied.
///
/// A commit may change the same thing twice: what the second change left is what the inverse of the first one finds. Where
/// the second one stays, so does the first: otherwise the undo would overwrite what came later.
#[derive(Debug)]
pub(super) struct Undone<'s> {
    /// What is so by then.
    pub(super) overlay: Overlay<'s>,
    pub(super) state: &'s State,
    /// The number of the commit that is undone.
    pub(super) commit: u64,
    pub(super) left_out: &'s LeftOut,
    /// Definitions by then.
    pub(super) schema: Cow<'s, Schema>,
    pub(super) segments: Cow<'s, Segments>,
    pub(super) rules: Cow<'s, Rules>,
    entries: Vec<Entry>,
    /// Who stands in the way.
    pub(super) conflicts: MemberSet,
    /// Whose existence stays as it is.
    pub(super) stuck: MemberSet,
    /// Whose values of a field, or tag or segment, stay as they are.
    kept: BTreeMap<(FieldId, Option<Symbol>), MemberSet>,
    /// Segments whose definition stays as it is.
    pub(super) refused: BTreeSet<SegmentId>,
    /// The interactions by then, as far as the facts that change them are taken in.
    interactions: Cow<'s, InteractionStore>,
    /// The places of the facts that change interactions and are not taken in.
    not_taken_in: Vec<usize>,
    aliases: BTreeMap<(FieldId, Box<str>), Option<ContactId>>,
    /// Who gets external ids.
    external: BTreeMap<Box<str>, Vec<ContactId>>,
}

impl<'s> Undone<'s> {
    pub(super) fn new(state: &'s State, commit: u64, left_out: &'s LeftOut) -> Self {
        Self {
            overlay: Overlay::new(state),
            state,
            commit,
            left_out,
            schema: Cow::Borrowed(&state.schema),
            segments: Cow::Borrowed(&state.segments),
            rules: Cow::Borrowed(&state.rules),
            entries: Vec::new(),
            conflicts: MemberSet::new(),
            stuck: MemberSet::new(),
            kept: BTreeMap::new(),
            refused: BTreeSet::new(),
            interactions: Cow::Borrowed(state.table.recorded()),
            not_taken_in: Vec::new(),
            aliases: BTreeMap::new(),
            external: BTreeMap::new(),
        }
    }

    /// The inverse facts, and what they do to histories.
    pub(super) fn into_facts(self) -> (Vec<Fact>, Vec<Entry>) {
        (self.overlay.into_facts(), self.entries)
    }

    /// Adds an inverse fact.
    pub(super) fn push(&mut self, fact: Fact, entry: Entry) {
        let at = self.overlay.facts().len();
        match &fact {
            Fact::Created(rows) => {
                self.not_taken_in.push(at);
                for (_, values) in rows.columns.iter().filter(|(field, _)| *field == Field::EXTERNAL_ID) {
                    self.note_external_ids(&rows.contacts, values);
                }
            }
            Fact::Deleted(_) => self.not_taken_in.push(at),
            Fact::Set { field: Field::EXTERNAL_ID, contacts, new, .. } => {
                self.note_external_ids(contacts, new);
            }
            Fact::Recorded(_) | Fact::Erased(_) => self.not_taken_in.push(at),
            Fact::Alias { field, key, new, .. } => {
                self.aliases.insert((*field, key.clone()), *new);
            }
            Fact::Set { .. }
            | Fact::Linked { .. }
            | Fact::Unlinked { .. }
            | Fact::Merged { .. }
            | Fact::Schema(_)
            | Fact::Segment { .. }
            | Fact::Automation(_) => {}
        }
        self.overlay.push(fact);
        self.entries.push(entry);
    }

    fn note_external_ids(&mut self, contacts: &MemberSet, values: &Values) {
        for (contact, value) in contacts.iter().zip(values.iter()) {
            if let Some(Value::Text(id)) = value {
                self.external.entry(id.folded().into()).or_default().push(contact);
            }
        }
    }

    /// Keeps a value, tag or segment of contacts as it is, and with it whatever the commit did to it before.
    pub(super) fn keep(&mut self, field: FieldId, symbol: Option<Symbol>, contacts: &MemberSet) {
        self.kept.entry((field, symbol)).or_default().add_all(contacts);
    }

    /// Those among some contacts that are there by then, and of which nothing says that a value, tag or segment stays as it is.
    pub(super) fn free(&self, contacts: &MemberSet, field: FieldId, symbol: Option<Symbol>) -> MemberSet {
        let mut free = contacts & self.overlay.live();
        free.remove_all(&self.left_out.wholly);
        free.remove_all(&self.stuck);
        if let Some(kept) = self.kept.get(&(field, symbol)) {
            free.remove_all(kept);
        }
        free
    }

    /// Those contacts whose histories say that the commit made a change and no later one changed the same again.
    ///
    /// `entry` is what the inverse fact does: an entry that it takes out must be there, one that it puts in must not.
    pub(super) fn last_by_this(
        &self,
        contacts: &MemberSet,
        entry: &Entry,
        is_the_same: impl Fn(Change) -> bool,
    ) -> MemberSet {
        let histories = &self.state.histories;
        let mut having = histories.having(contacts, entry.origin.commit, entry.place);
        // In a batch, an entry can be put in and taken out again.
        let is_its_own = |of: &Entry| (of.origin.commit, of.place) == (entry.origin.commit, entry.place);
        for (fact, of) in self.overlay.facts().iter().zip(&self.entries).filter(|(_, of)| is_its_own(of)) {
            match fact {
                Fact::Set { contacts, .. }
                | Fact::Linked { contacts, .. }
                | Fact::Unlinked { contacts, .. } => {
                    if of.is_added {
                        having.add_all(contacts)
                    } else {
                        having.remove_all(contacts)
                    }
                }
                _ => {}
            }
        }
        let last = if entry.is_added { contacts - &having } else { having };
        &last - &histories.changed_after(contacts, self.commit, is_the_same)
    }

    /// Whether there is such a contact by then.
    pub(super) fn is_live(&self, contact: ContactId) -> bool {
        self.overlay.live().contains(contact)
    }

    /// Those among some contacts that are there by then.
    pub(super) fn live_among(&self, contacts: &MemberSet) -> MemberSet {
        contacts & self.overlay.live()
    }

    /// What contacts have in a field by then.
    pub(super) fn values(&self, field: FieldId) -> impl Iterator<Item = Value> + '_ {
        let trace = self.overlay.trace(field);
        let may_have_one = !trace.is_empty() || self.state.table.column(field).is_some();
        let live = self.overlay.live().iter().filter(move |_| may_have_one);
        live.filter_map(move |contact| self.overlay.value(contact, &trace))
    }

    /// All interactions by then.
    pub(super) fn interactions(&mut self) -> &InteractionStore {
        let state = self.state;
        for fact in self.not_taken_in.drain(..).filter_map(|at| self.overlay.facts().get(at)) {
            match fact {
                Fact::Created(Rows { interactions: all, .. }) | Fact::Recorded(all) if !all.is_empty() => {
                    self.interactions.to_mut().record(all, |kind| state.schema.is_outgoing(kind));
                }
                Fact::Deleted(Rows { interactions: all, .. }) | Fact::Erased(all) if !all.is_empty() => {
                    self.interactions.to_mut().erase(all);
                }
                _ => {}
            }
        }
        &self.interactions
    }

    /// Where a key of a merged contact leads by then.
    pub(super) fn heir(&self, field: FieldId, key: &str) -> Option<ContactId> {
        let place = (field, key.into());
        self.aliases.get(&place).copied().unwrap_or_else(|| self.state.aliases.get(&place).copied())
    }

    /// The contacts to which keys of merged ones lead by then.
    pub(super) fn heirs(&self) -> MemberSet {
        let unchanged = self.state.aliases.iter().filter(|(place, _)| !self.aliases.contains_key(*place));
        unchanged.map(|(_, contact)| *contact).chain(self.aliases.values().flatten().copied()).collect()
    }

    /// Whether nobody but a contact is found by an external id by then.
    pub(super) fn is_free(&self, folded: &str, contact: ContactId) -> bool {
        let heir = self.heir(Field::EXTERNAL_ID, folded);
        heir.is_none_or(|heir| heir == contact) && self.is_only_of(folded, contact)
    }

    /// Whether nobody but a contact has an external id by then.
    pub(super) fn is_only_of(&self, folded: &str, contact: ContactId) -> bool {
        let trace = self.overlay.trace(Field::EXTERNAL_ID);
        let has_it = |other: ContactId| match self.overlay.value(other, &trace) {
            Some(Value::Text(text)) => self.is_live(other) && text.folded() == folded,
            _ => false,
        };
        let stored = self.state.table.find(Field::EXTERNAL_ID, folded);
        let mut all = stored.into_iter().chain(self.external.get(folded).into_iter().flatten().copied());
        !all.any(|other| other != contact && has_it(other))
    }

    /// Whether there is such a tag, static segment, status or option by then.
    pub(super) fn can_be_had(&self, field: FieldId, symbol: Symbol) -> bool {
        let is_dynamic =
            || field == Field::SEGMENTS && self.segments.get(SegmentId::new(symbol.get())).is_some();
        self.schema.has_symbol(field, symbol) && !is_dynamic()
    }
}

/// The symbols of a value.
pub(super) fn symbols(value: &Value) -> Vec<Symbol> {
    match value {
        Value::One(symbol) => vec![*symbol],
        Value::Many(set) => set.iter().collect(),
        _ => Vec::new(),
    }
}
