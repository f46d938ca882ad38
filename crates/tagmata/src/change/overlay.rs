//! What is so once facts are true that are decided and not applied.

use super::fact::Fact;
use crate::state::State;
use crate::table::Values;
use crate::value::{ContactId, FieldId, MemberSet, Symbol, SymbolSet, Value};
use std::collections::BTreeMap;

/// A state, and facts that come on top of it. Nothing is copied: what a fact says is looked up when it is asked for.
#[derive(Debug)]
pub(super) struct Overlay<'s> {
    state: &'s State,
    live: MemberSet,
    facts: Vec<Fact>,
    /// The places of the facts that change a field.
    by_field: BTreeMap<FieldId, Vec<usize>>,
    /// The places of those that make or delete contacts.
    rows: Vec<usize>,
}

impl<'s> Overlay<'s> {
    pub(super) fn new(state: &'s State) -> Self {
        Self {
            state,
            live: state.table.live().clone(),
            facts: Vec::new(),
            by_field: BTreeMap::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a fact behind the others.
    pub(super) fn push(&mut self, fact: Fact) {
        let at = self.facts.len();
        match &fact {
            Fact::Created(rows) => {
                self.rows.push(at);
                self.live.add_all(&rows.contacts);
            }
            Fact::Deleted(rows) => {
                self.rows.push(at);
                self.live.remove_all(&rows.contacts);
            }
            _ => {
                if let Some((field, _)) = fact.changed_values() {
                    self.by_field.entry(field).or_default().push(at);
                }
            }
        }
        self.facts.push(fact);
    }

    /// The facts so far.
    pub(super) fn facts(&self) -> &[Fact] {
        &self.facts
    }

    pub(super) fn into_facts(self) -> Vec<Fact> {
        self.facts
    }

    /// The contacts that are there by then.
    pub(super) fn live(&self) -> &MemberSet {
        &self.live
    }

    /// The contacts that one of the facts deletes.
    pub(super) fn deleted(&self) -> MemberSet {
        let mut deleted = MemberSet::new();
        for fact in self.rows.iter().filter_map(|at| self.facts.get(*at)) {
            if let Fact::Deleted(rows) = fact {
                deleted.add_all(&rows.contacts);
            }
        }
        deleted
    }

    /// The facts that change a field, the last one first.
    pub(super) fn trace(&self, field: FieldId) -> Trace {
        let own = self.by_field.get(&field).into_iter().flatten();
        let mut places: Vec<usize> = own.chain(&self.rows).copied().collect();
        places.sort_unstable_by(|a, b| b.cmp(a));
        Trace { field, places }
    }

    /// What a contact has in a field by then.
    pub(super) fn value(&self, contact: ContactId, trace: &Trace) -> Option<Value> {
        let mut links: Vec<(Symbol, bool)> = Vec::new();
        let mut found = None;
        for fact in trace.places.iter().filter_map(|at| self.facts.get(*at)) {
            match fact {
                Fact::Set { contacts, new, .. } if contacts.contains(contact) => {
                    found = Some(at(contacts, new, contact));
                    break;
                }
                Fact::Created(rows) if rows.contacts.contains(contact) => {
                    let column = rows.columns.iter().find(|(of, _)| *of == trace.field);
                    found = Some(column.and_then(|(_, values)| at(&rows.contacts, values, contact)));
                    break;
                }
                Fact::Deleted(rows) if rows.contacts.contains(contact) => {
                    found = Some(None);
                    break;
                }
                Fact::Linked { symbol, contacts, .. } if contacts.contains(contact) => {
                    links.push((*symbol, true));
                }
                Fact::Unlinked { symbol, contacts, .. } if contacts.contains(contact) => {
                    links.push((*symbol, false));
                }
                _ => {}
            }
        }
        let value = found.unwrap_or_else(|| self.state.table.get(contact, trace.field));
        if links.is_empty() {
            return value;
        }
        let mut set = match value {
            Some(Value::Many(set)) => set,
            _ => SymbolSet::default(),
        };
        // The facts were met from the last to the first.
        for (symbol, added) in links.into_iter().rev() {
            let _ = if added { set.insert(symbol) } else { set.remove(symbol) };
        }
        (!set.is_empty()).then_some(Value::Many(set))
    }

    /// Those among some contacts that have a symbol by then.
    pub(super) fn having(&self, symbol: Symbol, contacts: &MemberSet, trace: &Trace) -> MemberSet {
        let (mut open, mut having) = (contacts.clone(), MemberSet::new());
        let of_values = |contacts: &MemberSet, values: Option<&Values>| {
            let mut by_symbol = values.map(|values| values.contacts_by_symbol(contacts)).unwrap_or_default();
            by_symbol.remove(&symbol).unwrap_or_default()
        };
        for fact in trace.places.iter().filter_map(|at| self.facts.get(*at)) {
            let (told, have) = match fact {
                Fact::Linked { symbol: other, contacts, .. } if *other == symbol => {
                    (contacts, contacts.clone())
                }
                Fact::Unlinked { symbol: other, contacts, .. } if *other == symbol => {
                    (contacts, MemberSet::new())
                }
                Fact::Set { contacts, new, .. } => (contacts, of_values(contacts, Some(new))),
                Fact::Created(rows) => {
                    let column = rows.columns.iter().find(|(of, _)| *of == trace.field);
                    (&rows.contacts, of_values(&rows.contacts, column.map(|(_, values)| values)))
                }
                Fact::Deleted(rows) => (&rows.contacts, MemberSet::new()),
                _ => continue,
            };
            having.add_all(&(&open & &have));
            open.remove_all(told);
        }
        if let Some(stored) = self.state.table.having(trace.field, symbol) {
            having.add_all(&(&open & stored));
        }
        having
    }

    /// Those among some contacts that have such values by then, in the order of `contacts`.
    pub(super) fn with_values(
        &self,
        some: &MemberSet,
        (contacts, values): (&MemberSet, &Values),
        trace: &Trace,
    ) -> MemberSet {
        if let (true, Some(value)) = (trace.places.is_empty(), values.only()) {
            return some - &self.state.table.others_than(value, trace.field, some);
        }
        let all = contacts.iter().zip(values.iter());
        let have =
            all.filter(|(contact, value)| some.contains(*contact) && self.value(*contact, trace) == *value);
        MemberSet::from_ascending(have.map(|(contact, _)| contact.get()))
    }
}

/// The facts that change a field.
#[derive(Debug)]
pub(super) struct Trace {
    field: FieldId,
    places: Vec<usize>,
}

impl Trace {
    pub(super) fn field(&self) -> FieldId {
        self.field
    }

    /// Whether nothing but the stored value counts.
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// The value of a contact in the values of several, among whom it is.
pub(super) fn at(contacts: &MemberSet, values: &Values, contact: ContactId) -> Option<Value> {
    match values.only() {
        Some(same) => same.cloned(),
        None => values.get(contacts.position(contact)?),
    }
}
