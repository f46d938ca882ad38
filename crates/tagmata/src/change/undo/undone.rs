//! The inverse facts that are decided so far, and what contacts hold once those are true.

use crate::change::fact::Fact;
use crate::model::{Field, Interaction, Schema};
use crate::segment::Segments;
use crate::state::State;
use crate::table::Values;
use crate::value::{ContactId, FieldId, MemberSet, Symbol, SymbolSet, Value};
use std::borrow::Cow;

/// Inverse facts in the order in which they will be applied.
///
/// A commit may change the same value twice: what the second change left is what the inverse of the first one finds.
#[derive(Debug)]
pub(super) struct Undone<'s> {
    pub(super) state: &'s State,
    pub(super) facts: Vec<Fact>,
    /// The names as they are by then.
    pub(super) schema: Cow<'s, Schema>,
    /// The segments as they are by then.
    pub(super) segments: Cow<'s, Segments>,
    /// Who stands in the way.
    pub(super) conflicts: MemberSet,
}

impl<'s> Undone<'s> {
    pub(super) fn new(state: &'s State) -> Self {
        let (schema, segments) = (Cow::Borrowed(&state.schema), Cow::Borrowed(&state.segments));
        Self { state, facts: Vec::new(), schema, segments, conflicts: MemberSet::new() }
    }

    /// Whether there is such a contact by then.
    pub(super) fn is_live(&self, contact: ContactId) -> bool {
        for fact in self.facts.iter().rev() {
            match fact {
                Fact::Created(rows) if rows.contacts.contains(contact) => return true,
                Fact::Deleted(rows) if rows.contacts.contains(contact) => return false,
                _ => {}
            }
        }
        self.state.table.live().contains(contact)
    }

    /// What a contact has in a field by then.
    pub(super) fn value(&self, contact: ContactId, field: FieldId) -> Option<Value> {
        let mut links: Vec<(Symbol, bool)> = Vec::new();
        let mut found = None;
        for fact in self.facts.iter().rev() {
            match fact {
                Fact::Set { field: of, contacts, new, .. } if *of == field && contacts.contains(contact) => {
                    found = Some(at(contacts, new, contact));
                    break;
                }
                Fact::Created(rows) if rows.contacts.contains(contact) => {
                    let column = rows.columns.iter().find(|(of, _)| *of == field);
                    found = Some(column.and_then(|(_, values)| at(&rows.contacts, values, contact)));
                    break;
                }
                Fact::Linked { field: of, symbol, contacts }
                    if *of == field && contacts.contains(contact) =>
                {
                    links.push((*symbol, true));
                }
                Fact::Unlinked { field: of, symbol, contacts }
                    if *of == field && contacts.contains(contact) =>
                {
                    links.push((*symbol, false));
                }
                _ => {}
            }
        }
        let value = found.unwrap_or_else(|| self.state.table.get(contact, field));
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

    /// Whether the set of a contact has a symbol by then.
    pub(super) fn has(&self, contact: ContactId, field: FieldId, symbol: Symbol) -> bool {
        let has_symbol = |value: Value| match value {
            Value::Many(set) => set.contains(symbol),
            Value::One(one) => one == symbol,
            _ => false,
        };
        self.is_live(contact) && self.value(contact, field).is_some_and(has_symbol)
    }

    /// The interactions of a contact by then, in the order of time.
    pub(super) fn interactions(&self, contact: ContactId) -> Vec<Interaction> {
        let mut all = self.state.table.interactions(contact).to_vec();
        for fact in &self.facts {
            match fact {
                Fact::Recorded(some) => {
                    all.extend(some.iter().filter(|(of, _)| *of == contact).map(|(_, one)| one.clone()));
                }
                Fact::Erased(some) => {
                    for (_, one) in some.iter().filter(|(of, _)| *of == contact) {
                        if let Some(place) = all.iter().rposition(|other| other == one) {
                            all.remove(place);
                        }
                    }
                }
                Fact::Created(rows) if rows.contacts.contains(contact) => {
                    let own = rows.interactions.iter().filter(|(of, _)| *of == contact);
                    all = own.map(|(_, one)| one.clone()).collect();
                }
                _ => {}
            }
        }
        all.sort_by_key(|interaction| interaction.at);
        all
    }

    /// Whether everything that a value names is defined by then.
    pub(super) fn is_defined(&self, field: FieldId, value: Option<&Value>) -> bool {
        let schema = &self.schema;
        let is_there = |symbol: &Symbol| schema.has_symbol(field, *symbol);
        schema.field(field).is_some()
            && match value {
                Some(Value::One(symbol)) if field != Field::COUNTRY => is_there(symbol),
                Some(Value::Many(set)) => set.iter().all(|symbol| is_there(&symbol)),
                _ => true,
            }
    }
}

/// The value of a contact in the values of several.
pub(super) fn at(contacts: &MemberSet, values: &Values, contact: ContactId) -> Option<Value> {
    values.get(contacts.position(contact)?)
}
