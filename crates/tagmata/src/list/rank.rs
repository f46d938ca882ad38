//! Which place a contact has in a list.

use super::sort::SortOrder;
use crate::model::Field;
use crate::state::State;
use crate::text::accent_fold;
use crate::time::{Date, Timestamp};
use crate::value::{ContactId, Symbol, Value, ValueType};
use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

/// The order of a list, as its places are found in a state.
#[derive(Debug)]
pub(super) struct Ranking<'s> {
    state: &'s State,
    field: &'s Field,
    order: SortOrder,
    /// Where options and statuses are shown. Countries have no place of their own: their symbols are in the order of codes.
    shown: BTreeMap<Symbol, u32>,
}

/// The place of a contact: what comes earlier in a list is less.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place<'s> {
    rank: Directed<'s>,
    /// Decides between equals, in every direction.
    pub(super) contact: ContactId,
}

/// A rank in the direction of the list. Who has none comes last in both directions.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Directed<'s> {
    Up(Rank<'s>),
    Down(Reverse<Rank<'s>>),
    Missing,
}

/// What values are sorted by. All ranks of one field are of one kind.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank<'s> {
    /// Without accents; among equals, with them.
    Text {
        plain: Cow<'s, str>,
        folded: Cow<'s, str>,
    },
    Digits(Cow<'s, str>),
    Number(Finite),
    Date(Date),
    DateTime(Timestamp),
    Bool(bool),
    Whole(u32),
}

/// A number, which is neither NaN nor -0, so that this order is the usual one.
#[derive(Debug, Clone, Copy)]
struct Finite(f64);

impl PartialEq for Finite {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Finite {}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finite {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl<'s> Ranking<'s> {
    pub(super) fn new(state: &'s State, field: &'s Field, order: SortOrder) -> Self {
        let shown = state.schema.symbols_in_order(field).into_iter().zip(0..).collect();
        Self { state, field, order, shown }
    }

    /// The place of a contact.
    pub(super) fn place(&self, contact: ContactId) -> Place<'s> {
        let rank = match (self.rank(contact), self.order) {
            (None, _) => Directed::Missing,
            (Some(rank), SortOrder::Ascending) => Directed::Up(rank),
            (Some(rank), SortOrder::Descending) => Directed::Down(Reverse(rank)),
        };
        Place { rank, contact }
    }

    fn rank(&self, contact: ContactId) -> Option<Rank<'s>> {
        let field = self.field.id();
        match self.field.value_type() {
            ValueType::Text | ValueType::Email => self.state.comparable(contact, field).map(Rank::of_text),
            ValueType::Phone => self.state.comparable(contact, field).map(Rank::Digits),
            _ => self.state.value(contact, field).and_then(|value| self.rank_of(&value)),
        }
    }

    fn rank_of(&self, value: &Value) -> Option<Rank<'s>> {
        match value {
            Value::Number(number) => Some(Rank::Number(Finite(*number))),
            Value::Date(date) => Some(Rank::Date(*date)),
            Value::DateTime(at) => Some(Rank::DateTime(*at)),
            Value::Bool(yes) => Some(Rank::Bool(*yes)),
            Value::One(symbol) => Some(Rank::Whole(self.shown.get(symbol).copied().unwrap_or(symbol.get()))),
            Value::Id(id) => Some(Rank::Whole(id.get())),
            // Texts and phones have ranks of their own, and a set has no order.
            Value::Text(_) | Value::Phone(_) | Value::Many(_) => None,
        }
    }
}

impl<'s> Rank<'s> {
    fn of_text(folded: Cow<'s, str>) -> Self {
        let plain = match &folded {
            Cow::Borrowed(text) => accent_fold(text),
            Cow::Owned(text) => Cow::Owned(accent_fold(text).into_owned()),
        };
        Self::Text { plain, folded }
    }
}
