//! Facts about contacts are turned round, as far as what they made is still so.

use super::undone::Undone;
use crate::change::commit::Entry;
use crate::change::fact::Fact;
use crate::change::history_edits::linked;
use crate::change::overlay::at;
use crate::model::{Field, Interaction};
use crate::state::Change;
use crate::table::{Interactions, Rows, Values};
use crate::value::{ContactId, FieldId, MemberSet, SegmentId, Symbol, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Times that follow from changes: where they are others by now, a later change has its own.
const FOLLOWING: [FieldId; 2] = [Field::STATUS_CHANGED_AT, Field::UPDATED_AT];

impl Undone<'_> {
    /// Gives contacts back what they had in a field.
    pub(super) fn set(
        &mut self,
        field: FieldId,
        contacts: &MemberSet,
        old: &Values,
        new: &Values,
        entry: Entry,
    ) {
        let trace = self.overlay.trace(field);
        let last = match field {
            Field::STATUS => {
                self.last_by_this(contacts, &entry, |change| matches!(change, Change::Status { .. }))
            }
            _ => contacts.clone(),
        };
        let free = self.free(&(&last & contacts), field, None);
        let mut turned = self.overlay.with_values(&free, (contacts, new), &trace);
        self.refuse(field, (contacts, old), &mut turned);
        let kept = contacts - &turned;
        if !FOLLOWING.contains(&field) {
            self.conflicts.add_all(&kept);
        }
        self.keep(field, None, &kept);
        if turned.is_empty() {
            return;
        }
        let part = |values: &Values| match kept.is_empty() {
            true => values.clone(),
            false => {
                let some = turned.iter().map(|contact| at(contacts, values, contact));
                Values::collect(self.state.type_of(field), some)
            }
        };
        let (old, new) = (part(new), part(old));
        self.push(Fact::Set { field, contacts: turned, old, new }, entry);
    }

    /// Leaves out those who may not have their values of a field again: what they name is not defined, an external id is another
    /// contact's, or times stay because something else of theirs does.
    fn refuse(&self, field: FieldId, (contacts, values): (&MemberSet, &Values), turned: &mut MemberSet) {
        if self.schema.field(field).is_none() {
            *turned = MemberSet::new();
            return;
        }
        for (symbol, having) in values.contacts_by_symbol(contacts) {
            if !self.can_be_had(field, symbol) {
                turned.remove_all(&having);
            }
        }
        if field == Field::EXTERNAL_ID {
            for (contact, value) in contacts.iter().zip(values.iter()) {
                if let Some(Value::Text(id)) = value
                    && turned.contains(contact)
                    && !self.is_free(id.folded(), contact)
                {
                    turned.remove(contact);
                }
            }
        }
        if FOLLOWING.contains(&field) {
            turned.remove_all(&self.left_out.partly);
        }
    }

    /// Takes a tag or segment away again, or gives it back.
    pub(super) fn link(
        &mut self,
        field: FieldId,
        symbol: Symbol,
        contacts: &MemberSet,
        was_added: bool,
        entry: Entry,
    ) {
        let trace = self.overlay.trace(field);
        let changes = [true, false].map(|is_added| linked(field, symbol, is_added));
        let last = self.last_by_this(contacts, &entry, |change| changes.contains(&change));
        let can_be = match was_added {
            true => {
                field != Field::SEGMENTS || !self.left_out.segments.contains(&SegmentId::new(symbol.get()))
            }
            false => self.can_be_had(field, symbol),
        };
        let mut turned = MemberSet::new();
        if can_be {
            turned = self.free(&(&last & contacts), field, Some(symbol));
            let having = self.overlay.having(symbol, &turned, &trace);
            if was_added { turned.keep_all(&having) } else { turned.remove_all(&having) }
        }
        let kept = contacts - &turned;
        self.conflicts.add_all(&kept);
        self.keep(field, Some(symbol), &kept);
        if !turned.is_empty() {
            let fact = match was_added {
                true => Fact::Unlinked { field, symbol, contacts: turned },
                false => Fact::Linked { field, symbol, contacts: turned },
            };
            self.push(fact, entry);
        }
    }

    /// Takes interactions back, or records them again.
    pub(super) fn interact(&mut self, all: &Interactions, was_recorded: bool, entry: Entry) {
        let there = if was_recorded { self.interactions().present(all) } else { Vec::new() };
        let turned = all.retained(|at, contact, kind| {
            let is_so = match was_recorded {
                true => there.get(at).copied().unwrap_or_default(),
                false => self.schema.has_kind(kind),
            };
            is_so && self.is_live(contact) && !self.left_out.wholly.contains(contact)
        });
        if turned.len() < all.len() {
            self.conflicts.add_all(&others_than(&turned, all));
        }
        if !turned.is_empty() {
            let fact = if was_recorded { Fact::Erased(turned) } else { Fact::Recorded(turned) };
            self.push(fact, entry);
        }
    }

    /// Deletes contacts that were made, if they are still as they were made.
    pub(super) fn delete(&mut self, rows: &Rows, entry: Entry) {
        let stored = self.state.table.fields();
        let fields: BTreeSet<FieldId> = stored.chain(rows.columns.iter().map(|(field, _)| *field)).collect();
        let others = fields.into_iter().filter(|field| !FOLLOWING.contains(field));
        let made: Vec<_> = others
            .map(|field| {
                let column = rows.columns.iter().find(|(of, _)| *of == field);
                (self.overlay.trace(field), column.map(|(_, values)| values))
            })
            .collect();
        let heirs = self.heirs();
        let mut turned = self.live_among(&rows.contacts);
        // What the same commit made of a contact behind its creation may be another's by now, even where that is what it was created with.
        turned.remove_all(&self.left_out.partly);
        turned.remove_all(&self.left_out.wholly);
        turned.remove_all(&heirs);
        let others = self.with_other_interactions(&turned, &rows.interactions);
        turned.remove_all(&others);
        let nothing = Values::same(None, usize::try_from(rows.contacts.len()).unwrap_or(usize::MAX));
        for (trace, values) in made {
            turned = self.overlay.with_values(&turned, (&rows.contacts, values.unwrap_or(&nothing)), &trace);
        }
        self.stick(&(&rows.contacts - &turned));
        if turned.is_empty() {
            return;
        }
        // What they hold by then: the times that follow from changes may be others than when they were made.
        let mut rows = self.part(rows, &turned);
        for (field, values) in rows.columns.iter_mut().filter(|(field, _)| FOLLOWING.contains(field)) {
            let trace = self.overlay.trace(*field);
            let now = turned.iter().map(|contact| self.overlay.value(contact, &trace));
            *values = Values::collect(self.state.type_of(*field), now);
        }
        self.push(Fact::Deleted(rows), entry);
    }

    /// Brings deleted contacts back, with the ids they had.
    pub(super) fn restore(&mut self, rows: &Rows, entry: Entry) {
        // Others are gone by a later commit, or because even their creation is undone by now.
        let mut turned = self.overlay.deleted();
        if let Some(gone) = self.state.histories.gone(entry.origin.commit, entry.place) {
            turned.add_all(gone);
        }
        turned.keep_all(&rows.contacts);
        turned.remove_all(&self.live_among(&rows.contacts));
        turned.remove_all(&self.left_out.wholly);
        for (contact, kind) in rows.interactions.contacts().iter().zip(rows.interactions.kinds()) {
            if !self.schema.has_kind(*kind) {
                turned.remove(*contact);
            }
        }
        for (field, values) in &rows.columns {
            self.refuse(*field, (&rows.contacts, values), &mut turned);
        }
        self.stick(&(&rows.contacts - &turned));
        if !turned.is_empty() {
            self.push(Fact::Created(self.part(rows, &turned)), entry);
        }
    }

    /// Those among some contacts whose interactions are not just these by then.
    fn with_other_interactions(&mut self, contacts: &MemberSet, as_made: &Interactions) -> MemberSet {
        let mut made: BTreeMap<ContactId, Vec<Interaction>> = BTreeMap::new();
        for (contact, interaction) in as_made.iter() {
            made.entry(contact).or_default().push(interaction);
        }
        let interactions = self.interactions();
        // Those without any, then and now, have the same.
        let with_some = &(&interactions.contacts() | &made.keys().copied().collect()) & contacts;
        let has_others = |contact: &ContactId| {
            let mut as_made = made.remove(contact).unwrap_or_default();
            as_made.sort_by(|one, other| one.order().cmp(&other.order()));
            interactions.of(*contact) != as_made
        };
        with_some.iter().filter(has_others).collect()
    }

    /// Leaves the existence of contacts as it is.
    fn stick(&mut self, contacts: &MemberSet) {
        self.conflicts.add_all(contacts);
        self.stuck.add_all(contacts);
    }

    /// The rows of some of the contacts.
    fn part(&self, rows: &Rows, kept: &MemberSet) -> Rows {
        if *kept == rows.contacts {
            return rows.clone();
        }
        let columns = rows.columns.iter().map(|(field, values)| {
            let values = kept.iter().map(|contact| at(&rows.contacts, values, contact));
            (*field, Values::collect(self.state.type_of(*field), values))
        });
        Rows {
            contacts: kept.clone(),
            columns: columns.filter(|(_, values)| values.iter().any(|value| value.is_some())).collect(),
            interactions: rows.interactions.retained(|_, contact, _| kept.contains(contact)),
        }
    }

    /// A key leads again where it led before.
    pub(super) fn alias(
        &mut self,
        field: FieldId,
        key: &str,
        (old, new): (Option<ContactId>, Option<ContactId>),
        entry: Entry,
    ) {
        let is_left_out = old.into_iter().chain(new).any(|contact| self.left_out.wholly.contains(contact));
        let can_lead = |contact: ContactId| {
            self.is_live(contact) && (field != Field::EXTERNAL_ID || self.is_only_of(key, contact))
        };
        if !is_left_out && self.heir(field, key) == new && old.is_none_or(can_lead) {
            self.push(Fact::Alias { field, key: key.into(), old: new, new: old }, entry);
        } else {
            self.conflicts.extend(new.or(old));
        }
    }

    /// That contacts were merged is no longer so, or is so again.
    pub(super) fn merged(&mut self, kept: ContactId, other: ContactId, entry: Entry) {
        // Nobody becomes part of a contact that is gone, and nobody is parted from it.
        if !self.is_live(kept) {
            self.stick(&std::iter::once(kept).collect());
        }
        if !self.left_out.wholly.contains(kept) {
            self.push(Fact::Merged { kept, other }, entry);
        }
    }
}

/// Whose interactions are in a list and not among those of it that were kept, in whatever order.
fn others_than(kept: &Interactions, all: &Interactions) -> MemberSet {
    let mut kept = kept.iter().peekable();
    let left_out = all.iter().filter(|one| kept.next_if_eq(one).is_none());
    left_out.map(|(contact, _)| contact).collect()
}
