//! Which questions may be answered in another way when something changes.

use super::link::Asked;
use super::places::{Place, places};
use crate::change::Fact;
use crate::filter::Predicate;
use crate::model::Field;
use crate::table::{Hasher, Interactions, Ordered, Values, key_of};
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

/// Questions that may be answered in another way.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    /// Whether they are, somebody has to say.
    pub(super) perhaps: Vec<Asked>,
    /// Those whose answers flip, as often as they stand here, for all contacts of a fact.
    pub(super) flipped: Vec<Asked>,
    /// What edges that move with time may lie between: a field, and its value before and after.
    pub(super) edges: Vec<(FieldId, i64, i64)>,
}

impl Candidates {
    /// Whether nothing may flip.
    pub(super) fn is_empty(&self) -> bool {
        self.perhaps.is_empty() && self.flipped.is_empty() && self.edges.is_empty()
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.perhaps.clear();
        self.flipped.clear();
        self.edges.clear();
    }
}

/// Questions about one field.
#[derive(Debug, Clone, Default)]
struct FieldFlips {
    /// Those that may flip by any other value.
    any: Vec<Asked>,
    /// Those that flip where a value passes an edge that moves with time.
    edges: Vec<Asked>,
    /// Those that flip where a value passes a place in the order of values, ascending.
    cuts: Vec<(i64, Asked)>,
    symbols: HashMap<Symbol, Vec<Asked>, Hasher>,
    keys: HashMap<Box<str>, Vec<Asked>, Hasher>,
}

/// So many different changes of values are looked at one by one.
const FEW: u64 = 256;

/// The place of a missing value: below all others, and below those that have no lower end.
pub(super) const MISSING: i64 = i64::MIN;

impl FlipIndex {
    /// Takes in a question.
    pub(super) fn add(&mut self, asked: Asked, predicate: &Predicate, calendar: &Calendar) {
        for place in places(predicate, calendar) {
            match place {
                Place::Field(field) => self.fields.entry(field).or_default().any.push(asked),
                Place::Edge(field) => self.fields.entry(field).or_default().edges.push(asked),
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
                Place::Edge(field) => self.change(field, |flips| others(&mut flips.edges)),
                Place::Cut(field, cut) => self.change(field, |flips| {
                    if let Ok(at) = flips.cuts.binary_search(&(above_missing(cut), asked)) {
                        flips.cuts.remove(at);
                    }
                }),
                Place::Symbol(field, symbol) => {
                    self.change(field, |flips| {
                        flips.symbols.entry(symbol).and_modify(others);
                    });
                }
                Place::Key(field, key) => {
                    self.change(field, |flips| {
                        flips.keys.entry(key).and_modify(others);
                    });
                }
                Place::Kind(kind) => {
                    self.kinds.entry(kind).and_modify(others);
                }
                Place::Presence => others(&mut self.presence),
            }
        }
    }

    fn change(&mut self, field: FieldId, change: impl FnOnce(&mut FieldFlips)) {
        self.fields.entry(field).and_modify(change);
    }

    /// The questions that may flip by a fact about contacts, some of them several times. A contact that comes or goes is one
    /// that had nothing before, or has nothing after.
    pub(super) fn candidates(&self, fact: &Fact, found: &mut Candidates) {
        match fact {
            Fact::Created(rows) | Fact::Deleted(rows) => {
                found.perhaps.extend(&self.presence);
                let nothing = Values::same(None, usize::try_from(rows.contacts.len()).unwrap_or(usize::MAX));
                for (field, values) in &rows.columns {
                    self.of_values(*field, &rows.contacts, &nothing, values, found);
                }
                self.of_interactions(&rows.interactions, found);
            }
            Fact::Set { field, contacts, old, new } => self.of_values(*field, contacts, old, new, found),
            Fact::Linked { field, symbol, .. } | Fact::Unlinked { field, symbol, .. } => {
                if let Some(flips) = self.fields.get(field) {
                    found.perhaps.extend(&flips.any);
                    found.perhaps.extend(flips.symbols.get(symbol).into_iter().flatten());
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
        found: &mut Candidates,
    ) {
        if let Some(flips) = self.fields.get(&field) {
            flips.of_values(field, contacts, old, new, found);
        }
    }

    fn of_interactions(&self, all: &Interactions, found: &mut Candidates) {
        let mut kinds = all.kinds().to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        found.perhaps.extend(kinds.iter().filter_map(|kind| self.kinds.get(kind)).flatten());
        if let Some(flips) = self.fields.get(&Field::LAST_INTERACTION).filter(|_| !kinds.is_empty()) {
            flips.all(found);
        }
    }

    /// The fields that questions look at.
    pub(super) fn fields(&self) -> impl Iterator<Item = FieldId> {
        self.fields.keys().copied()
    }

    /// The questions about a field whose edges move with time.
    pub(super) fn edges(&self, field: FieldId) -> &[Asked] {
        self.fields.get(&field).map(|flips| &*flips.edges).unwrap_or_default()
    }
}

impl FieldFlips {
    fn all(&self, found: &mut Candidates) {
        let found = &mut found.perhaps;
        found.extend(self.any.iter().chain(&self.edges));
        found.extend(self.cuts.iter().map(|(_, asked)| asked));
        found.extend(self.symbols.values().chain(self.keys.values()).flatten());
    }

    fn of_values(
        &self,
        field: FieldId,
        contacts: &MemberSet,
        old: &Values,
        new: &Values,
        found: &mut Candidates,
    ) {
        // What is stored of the last interaction is not what is shown, where others were recorded.
        if field == Field::LAST_INTERACTION {
            return self.all(found);
        }
        match (old.only(), new.only()) {
            (Some(old), Some(new)) => self.of_value(field, old, new, found),
            _ if contacts.len() > FEW => return self.all(found),
            _ => {
                for (old, new) in old.iter().zip(new.iter()) {
                    self.of_value(field, old.as_ref(), new.as_ref(), found);
                }
            }
        }
        found.perhaps.extend(&self.any);
    }

    /// Those that may flip from one value to another, but for those that may by any.
    fn of_value(&self, field: FieldId, old: Option<&Value>, new: Option<&Value>, found: &mut Candidates) {
        if !self.cuts.is_empty() || !self.edges.is_empty() {
            let (old, new) = (order(old), order(new));
            let passed = |value: i64| self.cuts.partition_point(|(cut, _)| *cut <= value);
            let between = passed(old.min(new))..passed(old.max(new));
            found.flipped.extend(self.cuts.get(between).into_iter().flatten().map(|(_, asked)| asked));
            if !self.edges.is_empty() {
                found.edges.push((field, old, new));
            }
        }
        if !self.symbols.is_empty() {
            let of = |symbol: &Symbol| self.symbols.get(symbol).into_iter().flatten();
            if let Some(Value::Many(_)) = old.or(new) {
                let (old, new) = (symbols(old), symbols(new));
                found.perhaps.extend(old.iter().filter(|symbol| !new.contains(symbol)).flat_map(of));
                found.perhaps.extend(new.iter().filter(|symbol| !old.contains(symbol)).flat_map(of));
            } else {
                found.flipped.extend(symbols(old).iter().chain(symbols(new)).flat_map(of));
            }
        }
        if !self.keys.is_empty() {
            let keys = [old, new].into_iter().flatten().filter_map(key_of);
            found.flipped.extend(keys.filter_map(|key| self.keys.get(key)).flatten());
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
