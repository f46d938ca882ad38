//! Which questions may be answered in another way when something changes.

use super::places::{Place, places};
use super::predicates::Asked;
use crate::change::Fact;
use crate::filter::Predicate;
use crate::model::Field;
use crate::table::{Interactions, Ordered, Values, key_of};
use crate::time::Calendar;
use crate::value::{FieldId, KindId, MemberSet, Symbol, Value};
use std::collections::{BTreeMap, HashMap};

/// Questions by what makes their answers flip.
#[derive(Debug, Clone, Default)]
pub(super) struct FlipIndex {
    fields: BTreeMap<FieldId, FieldFlips>,
    kinds: BTreeMap<KindId, Vec<Asked>>,
    /// Those that may flip where a contact comes or goes, whatever it has.
    presence: Vec<Asked>,
}

/// Questions about one field.
#[derive(Debug, Clone, Default)]
struct FieldFlips {
    /// Those that may flip by any other value.
    any: Vec<Asked>,
    /// Those that flip where a value passes a place in the order of values, ascending.
    cuts: Vec<(i64, Asked)>,
    symbols: HashMap<Symbol, Vec<Asked>>,
    keys: HashMap<Box<str>, Vec<Asked>>,
}

/// So many different changes of values are looked at one by one.
const FEW: usize = 256;

/// The place of a missing value: below all others, and below those that have no lower end.
const MISSING: i64 = i64::MIN;

impl FlipIndex {
    /// Takes in a question.
    pub(super) fn add(&mut self, asked: Asked, predicate: &Predicate, calendar: &Calendar) {
        for place in places(predicate, calendar) {
            match place {
                Place::Field(field) => self.fields.entry(field).or_default().any.push(asked),
                Place::Cut(field, cut) => {
                    let cuts = &mut self.fields.entry(field).or_default().cuts;
                    let entry = (above_missing(cut), asked);
                    if let Err(at) = cuts.binary_search(&entry) {
                        cuts.insert(at, entry);
                    }
                }
                Place::Symbol(field, symbol) => {
                    self.fields.entry(field).or_default().symbols.entry(symbol).or_default().push(asked);
                }
                Place::Key(field, key) => {
                    self.fields.entry(field).or_default().keys.entry(key).or_default().push(asked);
                }
                Place::Kind(kind) => self.kinds.entry(kind).or_default().push(asked),
                Place::Presence => self.presence.push(asked),
            }
        }
    }

    /// Leaves out a question that nobody asks any more.
    pub(super) fn remove(&mut self, asked: Asked, predicate: &Predicate, calendar: &Calendar) {
        let others = |all: &mut Vec<Asked>| all.retain(|other| *other != asked);
        for place in places(predicate, calendar) {
            match place {
                Place::Field(field) => self.change(field, |flips| others(&mut flips.any)),
                Place::Cut(field, cut) => self.change(field, |flips| {
                    if let Ok(at) = flips.cuts.binary_search(&(above_missing(cut), asked)) {
                        flips.cuts.remove(at);
                    }
                }),
                Place::Symbol(field, symbol) => {
                    self.change(field, |flips| drop(flips.symbols.entry(symbol).and_modify(others)));
                }
                Place::Key(field, key) => {
                    self.change(field, |flips| drop(flips.keys.entry(key).and_modify(others)));
                }
                Place::Kind(kind) => drop(self.kinds.entry(kind).and_modify(others)),
                Place::Presence => others(&mut self.presence),
            }
        }
    }

    fn change(&mut self, field: FieldId, change: impl FnOnce(&mut FieldFlips)) {
        self.fields.entry(field).and_modify(change);
    }

    /// The questions that may flip by a fact about contacts, some of them several times. A contact that comes or goes is one
    /// that had nothing before, or has nothing after.
    pub(super) fn candidates(&self, fact: &Fact, found: &mut Vec<Asked>) {
        match fact {
            Fact::Created(rows) | Fact::Deleted(rows) => {
                found.extend(&self.presence);
                let nothing = Values::same(None, usize::try_from(rows.contacts.len()).unwrap_or(usize::MAX));
                for (field, values) in &rows.columns {
                    self.of_values(*field, &rows.contacts, &nothing, values, found);
                }
                self.of_interactions(&rows.interactions, found);
            }
            Fact::Set { field, contacts, old, new } => self.of_values(*field, contacts, old, new, found),
            Fact::Linked { field, symbol, .. } | Fact::Unlinked { field, symbol, .. } => {
                if let Some(flips) = self.fields.get(field) {
                    found.extend(&flips.any);
                    found.extend(flips.symbols.get(symbol).into_iter().flatten());
                }
            }
            Fact::Recorded(all) | Fact::Erased(all) => self.of_interactions(all, found),
            Fact::Alias { .. }
            | Fact::Merged { .. }
            | Fact::Schema(_)
            | Fact::Segment { .. }
            | Fact::Automation(_) => {}
        }
    }

    fn of_values(
        &self,
        field: FieldId,
        contacts: &MemberSet,
        old: &Values,
        new: &Values,
        found: &mut Vec<Asked>,
    ) {
        if let Some(flips) = self.fields.get(&field) {
            flips.of_values(contacts, old, new, found);
        }
    }

    fn of_interactions(&self, all: &Interactions, found: &mut Vec<Asked>) {
        let mut kinds = all.kinds().to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        found.extend(kinds.iter().filter_map(|kind| self.kinds.get(kind)).flatten());
        if let Some(flips) = self.fields.get(&Field::LAST_INTERACTION).filter(|_| !kinds.is_empty()) {
            flips.all(found);
        }
    }
}

impl FieldFlips {
    fn all(&self, found: &mut Vec<Asked>) {
        found.extend(&self.any);
        found.extend(self.cuts.iter().map(|(_, asked)| asked));
        found.extend(self.symbols.values().chain(self.keys.values()).flatten());
    }

    fn of_values(&self, contacts: &MemberSet, old: &Values, new: &Values, found: &mut Vec<Asked>) {
        match (old.only(), new.only()) {
            (Some(old), Some(new)) => self.of_value(old, new, found),
            _ if contacts.len() > FEW as u64 => return self.all(found),
            _ => {
                for (old, new) in old.iter().zip(new.iter()) {
                    self.of_value(old.as_ref(), new.as_ref(), found);
                }
            }
        }
        found.extend(&self.any);
    }

    /// Those that may flip from one value to another, but for those that may by any.
    fn of_value(&self, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<Asked>) {
        if !self.cuts.is_empty() {
            let (old, new) = (order(old), order(new));
            let passed = |value: i64| self.cuts.partition_point(|(cut, _)| *cut <= value);
            let between = passed(old.min(new))..passed(old.max(new));
            found.extend(self.cuts.get(between).into_iter().flatten().map(|(_, asked)| asked));
        }
        if !self.symbols.is_empty() {
            let of = |symbol: &Symbol| self.symbols.get(symbol).into_iter().flatten();
            let (old, new) = (symbols(old), symbols(new));
            found.extend(old.iter().filter(|symbol| !new.contains(symbol)).flat_map(of));
            found.extend(new.iter().filter(|symbol| !old.contains(symbol)).flat_map(of));
        }
        if !self.keys.is_empty() {
            let keys = [old, new].into_iter().flatten().filter_map(key_of);
            found.extend(keys.filter_map(|key| self.keys.get(key)).flatten());
        }
    }
}

/// A place that a value passes which comes from nothing.
fn above_missing(cut: i64) -> i64 {
    cut.max(MISSING + 1)
}

/// The place of a value in the order of its type.
fn order(value: Option<&Value>) -> i64 {
    match value {
        Some(Value::Number(number)) => number.order(),
        Some(Value::Date(day)) => day.order(),
        Some(Value::DateTime(at)) => at.order(),
        _ => MISSING,
    }
}

fn symbols(value: Option<&Value>) -> &[Symbol] {
    match value {
        Some(Value::One(symbol)) => std::slice::from_ref(symbol),
        Some(Value::Many(set)) => set.as_slice(),
        _ => &[],
    }
}
