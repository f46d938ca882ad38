//! What rules do becomes facts: only what is really another value by then.

use super::engine::Engine;
use crate::automation::Actions;
use crate::change::fact::Fact;
use crate::model::Field;
use crate::table::Values;
use crate::value::{FieldId, MemberSet, RuleId, Symbol, Value};

impl Engine<'_> {
    /// Does to contacts what a rule does.
    pub(super) fn act(&mut self, rule: RuleId, actions: &Actions, contacts: &MemberSet) {
        let at = Some(Value::DateTime(self.records.now));
        let mut touched = MemberSet::new();
        if let Some(status) = actions.status {
            // The first one who sets the status of a contact has the last word.
            let open = contacts - &self.automated.settled;
            self.automated.settled.add_all(&open);
            let changed = self.set(rule, Field::STATUS, &open, Some(Value::One(status.into())));
            self.set(rule, Field::STATUS_CHANGED_AT, &changed, at.clone());
            touched.add_all(&changed);
        }
        for ((field, symbol), added) in &actions.links {
            touched.add_all(&self.link(rule, *field, *symbol, contacts, *added));
        }
        for (field, value) in &actions.values {
            touched.add_all(&self.set(rule, *field, contacts, value.clone()));
        }
        self.set(rule, Field::UPDATED_AT, &touched, at);
    }

    /// Gives contacts a value; those who had another one.
    fn set(&mut self, rule: RuleId, field: FieldId, contacts: &MemberSet, value: Option<Value>) -> MemberSet {
        let overlay = &self.records.overlay;
        let trace = overlay.trace(field);
        let mut changed: MemberSet = match trace.is_empty() {
            true => self.state.table.others_than(value.as_ref(), field, contacts),
            false => contacts.iter().filter(|contact| overlay.value(*contact, &trace) != value).collect(),
        };
        if changed.is_empty() {
            return changed;
        }
        changed.compact();
        let old = match trace.is_empty() {
            true => self.state.table.values_of(&changed, field),
            false => {
                let values = changed.iter().map(|contact| overlay.value(contact, &trace));
                Values::collect(self.state.type_of(field), values)
            }
        };
        let new = Values::same(value, old.len());
        self.push(rule, Fact::Set { field, contacts: changed.clone(), old, new });
        changed
    }

    /// Gives contacts a tag or puts them into a segment, or the other way round; those for whom that is new.
    fn link(
        &mut self,
        rule: RuleId,
        field: FieldId,
        symbol: Symbol,
        contacts: &MemberSet,
        added: bool,
    ) -> MemberSet {
        let trace = self.records.overlay.trace(field);
        let having = self.records.overlay.having(symbol, contacts, &trace);
        let mut changed = if added { contacts - &having } else { having };
        if changed.is_empty() {
            return changed;
        }
        changed.compact();
        let contacts = changed.clone();
        self.push(
            rule,
            match added {
                true => Fact::Linked { field, symbol, contacts },
                false => Fact::Unlinked { field, symbol, contacts },
            },
        );
        changed
    }

    fn push(&mut self, rule: RuleId, fact: Fact) {
        self.records.push(fact);
        self.by.push(Some(rule));
    }
}
