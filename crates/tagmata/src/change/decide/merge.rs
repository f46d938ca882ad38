//! Several contacts become one.

use super::decision::Decided;
use crate::change::changes::Changes;
use crate::change::fact::Fact;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::Field;
use crate::segment::Pins;
use crate::state::State;
use crate::table::{Interactions, KEY_FIELDS};
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, MemberSet, SymbolSet, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

impl State {
    /// The contact that stays keeps its values and gets those of the others where it has none, in the order in which they
    /// are named. Tags, static segments, pins and interactions are united, `created_at` is the earliest, and the keys of the
    /// others keep leading to the one that stays.
    pub(super) fn decide_merge(
        &self,
        keep: ContactId,
        others: &[ContactId],
        now: Timestamp,
    ) -> Result<Decided> {
        self.require(keep)?;
        let gone: MemberSet = others.iter().copied().collect();
        self.require_all(&gone)?;
        if gone.contains(keep) {
            let message = format!("contact {} cannot be merged into itself", keep.get());
            let help = "name the contact that stays apart from those that become part of it";
            return Err(Error::value(Diagnostic::new(Code::BadId, message).help(help)));
        }
        if gone.is_empty() {
            return Ok(Decided::default());
        }
        let only: MemberSet = std::iter::once(keep).collect();
        let mut changes = Changes::new(self, now);
        let fields: Vec<FieldId> = self.table.fields().collect();
        for field in fields {
            match field {
                Field::TAGS | Field::SEGMENTS => {
                    let all = others.iter().flat_map(|other| self.set_of(*other, field)).copied();
                    for symbol in all.collect::<SymbolSet>().iter() {
                        changes.link(field, symbol, &only, true);
                    }
                }
                Field::STATUS | Field::STATUS_CHANGED_AT | Field::UPDATED_AT => {}
                _ => {
                    let all = std::iter::once(keep).chain(others.iter().copied());
                    let mut values = all.filter_map(|contact| self.table.get(contact, field));
                    let value = match field {
                        Field::CREATED_AT => values.reduce(earlier),
                        Field::LAST_INTERACTION => values.reduce(later),
                        _ => values.next(),
                    };
                    changes.set_all(field, &only, value.as_ref());
                }
            }
        }
        let interactions = gone.iter().flat_map(|other| self.table.interactions(other));
        let moved: Interactions = interactions.map(|interaction| (keep, interaction)).collect();
        // The others go first, so that their external ids are free for the one that stays; their keys lead to it last, so
        // that an undo, which goes the other way round, finds the ids free when it brings the others back.
        let mut all = self.aliases_led_on(keep, &gone);
        all.push(Fact::Deleted(self.table.rows_of(&gone)));
        all.extend(changes.finish());
        if !moved.is_empty() {
            all.push(Fact::Recorded(moved));
        }
        all.extend(self.united_pins(keep, &gone));
        all.extend(gone.iter().map(|other| Fact::Merged { kept: keep, other }));
        all.extend(self.aliases_to(keep, others));
        Ok(all.into())
    }

    /// What led to one of the others by an earlier merge leads on.
    fn aliases_led_on(&self, keep: ContactId, gone: &MemberSet) -> Vec<Fact> {
        let led = self.aliases.iter().filter(|(_, contact)| gone.contains(**contact));
        led.map(|((field, key), old)| Fact::Alias {
            field: *field,
            key: key.clone(),
            old: Some(*old),
            new: Some(keep),
        })
        .collect()
    }

    /// The facts by which the keys of contacts lead to another one. A key that it has itself by then needs none.
    fn aliases_to(&self, keep: ContactId, others: &[ContactId]) -> Vec<Fact> {
        let mut led: BTreeSet<(FieldId, Box<str>)> = BTreeSet::new();
        for field in KEY_FIELDS {
            let Some(column) = self.table.column(field) else { continue };
            let all = std::iter::once(&keep).chain(others);
            let keys: Vec<&str> = all.filter_map(|contact| column.key(contact.get())).collect();
            let Some((own, rest)) = keys.split_first() else { continue };
            led.extend(rest.iter().filter(|key| *key != own).map(|key| (field, (*key).into())));
        }
        let changed = led.into_iter().filter_map(|(field, key)| {
            let old = self.aliases.get(&(field, key.clone())).copied();
            let is_led = old.is_some_and(|old| old == keep || others.contains(&old));
            (!is_led).then_some(Fact::Alias { field, key, old, new: Some(keep) })
        });
        changed.collect()
    }

    /// Contacts are pinned in where one of them was; out, which is stronger, too.
    fn united_pins(&self, keep: ContactId, gone: &MemberSet) -> Vec<Fact> {
        let united = |set: &MemberSet| {
            let mut set = set.clone();
            if !set.is_disjoint(gone) {
                set.insert(keep);
            }
            set
        };
        let mut all = Vec::new();
        for (segment, definition) in self.segments.iter() {
            let pins = definition.pins();
            if pins.always_in.is_disjoint(gone) && pins.always_out.is_disjoint(gone) {
                continue;
            }
            let new = Pins { always_in: united(&pins.always_in), always_out: united(&pins.always_out) };
            if new != *pins {
                let old = Some(Arc::clone(definition));
                all.push(Fact::Segment { segment, old, new: Some(Arc::new(definition.with_pins(new))) });
            }
        }
        all
    }
}

fn earlier(a: Value, b: Value) -> Value {
    match (&a, &b) {
        (Value::DateTime(first), Value::DateTime(second)) if second < first => b,
        _ => a,
    }
}

fn later(a: Value, b: Value) -> Value {
    match (&a, &b) {
        (Value::DateTime(first), Value::DateTime(second)) if second > first => b,
        _ => a,
    }
}
