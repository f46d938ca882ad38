//! Facts about contacts are turned round, as far as what they made is still so.

use super::undone::Undone;
use crate::change::fact::Fact;
use crate::model::{Field, Interaction};
use crate::table::{Rows, Values};
use crate::value::{ContactId, FieldId, MemberSet, Symbol, Value};
use std::collections::BTreeMap;

/// Times that follow from changes: where they are others by now, a later change has its own.
const FOLLOWING: [FieldId; 2] = [Field::STATUS_CHANGED_AT, Field::UPDATED_AT];

impl Undone<'_> {
    /// Gives contacts back what they had in a field.
    pub(super) fn set(&mut self, field: FieldId, contacts: &MemberSet, old: &Values, new: &Values) {
        let mut kept = MemberSet::new();
        let mut positions = Vec::new();
        for ((at, contact), (old, new)) in contacts.iter().enumerate().zip(old.iter().zip(new.iter())) {
            let is_so = self.is_live(contact)
                && self.value(contact, field) == new
                && self.is_defined(field, old.as_ref())
                && self.is_free(contact, field, old.as_ref());
            if is_so {
                kept.insert(contact);
                positions.push(at);
            } else if !FOLLOWING.contains(&field) {
                self.conflicts.insert(contact);
            }
        }
        if kept.is_empty() {
            return;
        }
        let fact = if kept.len() == contacts.len() {
            Fact::Set { field, contacts: contacts.clone(), old: new.clone(), new: old.clone() }
        } else {
            let pick = |values: &Values| {
                Values::collect(self.schema.type_of(field), positions.iter().map(|at| values.get(*at)))
            };
            Fact::Set { field, contacts: kept, old: pick(new), new: pick(old) }
        };
        self.facts.push(fact);
    }

    /// Whether a contact may have an external id again.
    fn is_free(&self, contact: ContactId, field: FieldId, value: Option<&Value>) -> bool {
        match value {
            Some(Value::Text(text)) if field == Field::EXTERNAL_ID => {
                let others = self.state.find(field, text.folded());
                others.into_iter().all(|other| {
                    other == contact || !self.is_live(other) || self.value(other, field).as_ref() != value
                })
            }
            _ => true,
        }
    }

    /// Takes a tag or segment away again, or gives it back.
    pub(super) fn link(&mut self, field: FieldId, symbol: Symbol, contacts: &MemberSet, was_added: bool) {
        let can_be_had = self.schema.has_symbol(field, symbol);
        let is_so = |undone: &Self, contact| {
            undone.is_live(contact)
                && undone.has(contact, field, symbol) == was_added
                && (was_added || can_be_had)
        };
        let kept: MemberSet = contacts.iter().filter(|contact| is_so(self, *contact)).collect();
        self.conflicts.add_all(&(contacts - &kept));
        if !kept.is_empty() {
            self.facts.push(match was_added {
                true => Fact::Unlinked { field, symbol, contacts: kept },
                false => Fact::Linked { field, symbol, contacts: kept },
            });
        }
    }

    /// Takes interactions back, or records them again.
    pub(super) fn interact(&mut self, interactions: &[(ContactId, Interaction)], was_recorded: bool) {
        let (mut kept, mut open) = (Vec::new(), BTreeMap::new());
        for (contact, interaction) in interactions {
            let there = open.entry(*contact).or_insert_with(|| self.interactions(*contact));
            let place = there.iter().rposition(|other| other == interaction);
            let is_so = self.is_live(*contact) && (!was_recorded || place.is_some());
            if let (true, Some(place)) = (was_recorded, place) {
                there.remove(place);
            }
            if is_so {
                kept.push((*contact, interaction.clone()));
            } else {
                self.conflicts.insert(*contact);
            }
        }
        if !kept.is_empty() {
            self.facts.push(if was_recorded { Fact::Erased(kept) } else { Fact::Recorded(kept) });
        }
    }

    /// Deletes contacts that were made, if they are still as they were made.
    pub(super) fn delete(&mut self, rows: &Rows) {
        let all: Vec<FieldId> = self.state.table.fields().collect();
        let is_so = |undone: &Self, at: usize, contact: ContactId| {
            let made = |field: FieldId| {
                let column = rows.columns.iter().find(|(of, _)| *of == field);
                column.and_then(|(_, values)| values.get(at))
            };
            let is_same =
                |field: &FieldId| FOLLOWING.contains(field) || undone.value(contact, *field) == made(*field);
            let own = rows.interactions.iter().filter(|(of, _)| *of == contact).map(|(_, one)| one);
            undone.is_live(contact)
                && all.iter().all(is_same)
                && undone.interactions(contact).iter().eq(own)
                && !undone.state.aliases.values().any(|to| *to == contact)
        };
        let kept: MemberSet = rows
            .contacts
            .iter()
            .enumerate()
            .filter(|(at, contact)| is_so(self, *at, *contact))
            .map(|(_, contact)| contact)
            .collect();
        self.conflicts.add_all(&(&rows.contacts - &kept));
        if !kept.is_empty() {
            // What they hold by now: the times that follow from changes may be others than when they were made.
            let mut rows = self.part(rows, &kept);
            for (field, values) in &mut rows.columns {
                if FOLLOWING.contains(field) {
                    let now = kept.iter().map(|contact| self.value(contact, *field));
                    *values = Values::collect(self.schema.type_of(*field), now);
                }
            }
            self.facts.push(Fact::Deleted(rows));
        }
    }

    /// Brings deleted contacts back, with the ids they had.
    pub(super) fn restore(&mut self, rows: &Rows) {
        let is_so = |undone: &Self, at: usize, contact: ContactId| {
            !undone.is_live(contact)
                && rows.columns.iter().all(|(field, values)| {
                    let value = values.get(at);
                    undone.is_defined(*field, value.as_ref())
                        && undone.is_free(contact, *field, value.as_ref())
                })
        };
        let kept: MemberSet = rows
            .contacts
            .iter()
            .enumerate()
            .filter(|(at, contact)| is_so(self, *at, *contact))
            .map(|(_, contact)| contact)
            .collect();
        self.conflicts.add_all(&(&rows.contacts - &kept));
        if !kept.is_empty() {
            self.facts.push(Fact::Created(self.part(rows, &kept)));
        }
    }

    /// The rows of some of the contacts.
    fn part(&self, rows: &Rows, kept: &MemberSet) -> Rows {
        if *kept == rows.contacts {
            return rows.clone();
        }
        let positions: Vec<usize> =
            rows.contacts.iter().enumerate().filter(|(_, id)| kept.contains(*id)).map(|(at, _)| at).collect();
        let columns = rows.columns.iter().map(|(field, values)| {
            let values = positions.iter().map(|at| values.get(*at));
            (*field, Values::collect(self.schema.type_of(*field), values))
        });
        let interactions = rows.interactions.iter().filter(|(contact, _)| kept.contains(*contact));
        Rows {
            contacts: kept.clone(),
            columns: columns.collect(),
            interactions: interactions.cloned().collect(),
        }
    }

    /// A key leads again where it led before.
    pub(super) fn alias(
        &mut self,
        field: FieldId,
        key: &str,
        old: Option<ContactId>,
        new: Option<ContactId>,
    ) {
        if self.state.aliases.get(&(field, key.into())).copied() == new {
            self.facts.push(Fact::Alias { field, key: key.into(), old: new, new: old });
        } else {
            self.conflicts.extend(new.or(old));
        }
    }
}
