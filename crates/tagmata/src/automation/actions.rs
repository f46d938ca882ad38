//! What a rule does.

use super::default_rule::ACTIVE;
use crate::filter::Uses;
use crate::model::Field;
use crate::value::{FieldId, SegmentId, StatusId, Symbol, Value};
use std::collections::BTreeMap;

/// What a rule does, all of it at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Actions {
    /// The status that contacts get.
    pub(crate) status: Option<StatusId>,
    /// Tags and static segments by their field: given, or taken.
    pub(crate) links: BTreeMap<(FieldId, Symbol), bool>,
    /// Values that fields get; none clears the field.
    pub(crate) values: BTreeMap<FieldId, Option<Value>>,
}

impl Actions {
    /// What the default rules do.
    pub(crate) fn of_default_rules() -> Self {
        Self { status: Some(ACTIVE), ..Self::default() }
    }

    /// Whether nothing is done.
    pub(crate) fn is_empty(&self) -> bool {
        self.status.is_none() && self.links.is_empty() && self.values.is_empty()
    }

    /// Tags, or segments, that are given or taken.
    pub(crate) fn linked(&self, field: FieldId, added: bool) -> impl Iterator<Item = Symbol> + '_ {
        let those = self.links.iter().filter(move |((of, _), is_added)| *of == field && **is_added == added);
        those.map(|((_, symbol), _)| *symbol)
    }

    /// What has to be there.
    pub(super) fn add_to(&self, uses: &mut Uses) {
        uses.symbols.extend(self.status.map(|status| (Field::STATUS, Symbol::from(status))));
        for (field, symbol) in self.links.keys() {
            match *field {
                Field::SEGMENTS => drop(uses.segments.insert(SegmentId::new(symbol.get()))),
                _ => drop(uses.symbols.insert((*field, *symbol))),
            }
        }
        for (field, value) in &self.values {
            uses.fields.insert(*field);
            match value {
                Some(Value::One(symbol)) => drop(uses.symbols.insert((*field, *symbol))),
                Some(Value::Many(set)) => uses.symbols.extend(set.iter().map(|symbol| (*field, symbol))),
                _ => {}
            }
        }
    }
}
