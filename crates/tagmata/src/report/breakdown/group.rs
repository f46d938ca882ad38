//! By what contacts are grouped.

use crate::model::Field;
use crate::state::State;
use crate::text::accent_fold;
use crate::value::{ContactId, Symbol, Value, ValueType};

/// What contacts are grouped by. All groups of one field are of one kind; this order is that of rows which are not in the order
/// of their definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Bool(bool),
    Symbol(Symbol),
    Text { plain: String, folded: String },
}

impl Group {
    /// The groups that a contact is in by its own value.
    pub(super) fn of(contact: ContactId, by: &Field, state: &State) -> Vec<Self> {
        if by.value_type() == ValueType::Text {
            let text = state.comparable(contact, by.id()).map(|folded| Self::Text {
                plain: accent_fold(&folded).into_owned(),
                folded: folded.into_owned(),
            });
            return text.into_iter().collect();
        }
        match state.value(contact, by.id()) {
            Some(Value::Bool(yes)) => vec![Self::Bool(yes)],
            Some(Value::One(symbol)) => vec![Self::Symbol(symbol)],
            Some(Value::Many(set)) => set.iter().map(Self::Symbol).collect(),
            _ => Vec::new(),
        }
    }
}
