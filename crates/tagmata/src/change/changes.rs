//! The facts of a change while it is decided: only what is really another value becomes a fact.

use super::fact::Fact;
use crate::model::Field;
use crate::state::State;
use crate::table::{Column, SymbolRows, Values};
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, MemberSet, StatusId, Symbol, SymbolSet, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Facts about contacts that exist already.
#[derive(Debug)]
pub(crate) struct Changes<'s> {
    state: &'s State,
    at: Timestamp,
    facts: Vec<Fact>,
    touched: MemberSet,
}

impl<'s> Changes<'s> {
    pub(crate) fn new(state: &'s State, at: Timestamp) -> Self {
        Self::behind(Vec::new(), state, at)
    }

    /// Behind facts that make what they use.
    pub(crate) fn behind(facts: Vec<Fact>, state: &'s State, at: Timestamp) -> Self {
        Self { state, at, facts, touched: MemberSet::new() }
    }

    /// Gives contacts one value of a field.
    pub(crate) fn set_all(&mut self, field: FieldId, contacts: &MemberSet, value: Option<&Value>) {
        let changed = self.state.table.others_than(value, field, contacts);
        let count = usize::try_from(changed.len()).unwrap_or(usize::MAX);
        self.set(field, changed, Values::same(value.cloned(), count));
    }

    /// Gives each contact a value of its own, in ascending order of contacts. Those whose value was another one before.
    pub(crate) fn set_each(
        &mut self,
        field: FieldId,
        values: impl IntoIterator<Item = (ContactId, Option<Value>)>,
    ) -> MemberSet {
        let differs =
            |(id, value): &(ContactId, Option<Value>)| !self.state.table.holds(*id, field, value.as_ref());
        let changed = values.into_iter().filter(differs);
        let (contacts, values): (Vec<_>, Vec<_>) = changed.unzip();
        let values = Values::collect(self.state.type_of(field), values);
        let contacts: MemberSet = contacts.into_iter().collect();
        self.set(field, contacts.clone(), values);
        contacts
    }

    fn set(&mut self, field: FieldId, mut contacts: MemberSet, new: Values) {
        if contacts.is_empty() {
            return;
        }
        contacts.compact();
        let old = self.state.table.values_of(&contacts, field);
        self.touched.add_all(&contacts);
        self.facts.push(Fact::Set { field, contacts, old, new });
    }

    /// Gives contacts a status, and notes when it changed.
    pub(crate) fn set_status(&mut self, contacts: &MemberSet, status: StatusId) {
        let value = Value::One(status.into());
        let changed = self.state.table.others_than(Some(&value), Field::STATUS, contacts);
        self.set_all(Field::STATUS, &changed, Some(&value));
        self.set_all(Field::STATUS_CHANGED_AT, &changed, Some(&Value::DateTime(self.at)));
    }

    /// Gives each contact a status of its own, in ascending order of contacts, and notes when it changed.
    pub(crate) fn set_statuses(&mut self, statuses: impl IntoIterator<Item = (ContactId, Value)>) {
        let statuses = statuses.into_iter().map(|(contact, status)| (contact, Some(status)));
        let changed = self.set_each(Field::STATUS, statuses);
        self.set_all(Field::STATUS_CHANGED_AT, &changed, Some(&Value::DateTime(self.at)));
    }

    /// Puts contacts into a static segment, or gives them a tag; or the other way round.
    pub(crate) fn link(&mut self, field: FieldId, symbol: Symbol, contacts: &MemberSet, added: bool) {
        let mut contacts = match (self.state.table.having(field, symbol), added) {
            (Some(having), true) => contacts - having,
            (Some(having), false) => contacts & having,
            (None, true) => contacts.clone(),
            (None, false) => return,
        };
        if contacts.is_empty() {
            return;
        }
        contacts.compact();
        self.touched.add_all(&contacts);
        self.facts.push(match added {
            true => Fact::Linked { field, symbol, contacts },
            false => Fact::Unlinked { field, symbol, contacts },
        });
    }

    /// Gives contacts exactly the tags or static segments of a set.
    pub(crate) fn link_all_exactly(&mut self, field: FieldId, contacts: &MemberSet, wanted: &SymbolSet) {
        /// So few contacts have fewer symbols than there are.
        const FEW: u64 = 64;
        if contacts.len() <= FEW {
            self.link_exactly(field, contacts.iter().map(|contact| (contact, wanted)));
            return;
        }
        let column = self.state.table.column(field);
        let had = column
            .and_then(Column::by_symbol)
            .into_iter()
            .flat_map(SymbolRows::iter)
            .map(|(symbol, _)| symbol);
        let symbols: BTreeSet<Symbol> = had.chain(wanted.iter()).collect();
        for symbol in symbols {
            self.link(field, symbol, contacts, wanted.contains(symbol));
        }
    }

    /// Gives each contact exactly the tags or static segments of a set of its own.
    pub(crate) fn link_exactly<'v>(
        &mut self,
        field: FieldId,
        sets: impl IntoIterator<Item = (ContactId, &'v SymbolSet)>,
    ) {
        let mut links: BTreeMap<Symbol, (MemberSet, MemberSet)> = BTreeMap::new();
        for (contact, wanted) in sets {
            for symbol in wanted.iter() {
                links.entry(symbol).or_default().0.insert(contact);
            }
            for symbol in self.state.set_of(contact, field).iter().copied() {
                if !wanted.contains(symbol) {
                    links.entry(symbol).or_default().1.insert(contact);
                }
            }
        }
        for (symbol, (added, removed)) in links {
            self.link(field, symbol, &added, true);
            self.link(field, symbol, &removed, false);
        }
    }

    /// How many contacts are others than they were.
    pub(crate) fn touched(&self) -> u64 {
        self.touched.len()
    }

    /// The facts, with the instant of the change at every contact that it touches.
    pub(crate) fn finish(mut self) -> Vec<Fact> {
        let touched = std::mem::take(&mut self.touched);
        self.set_all(Field::UPDATED_AT, &touched, Some(&Value::DateTime(self.at)));
        self.facts
    }
}
