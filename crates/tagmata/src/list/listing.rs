//! The order of all contacts by a field: those who have a value, and then the others.

use super::by_id::by_id;
use super::by_number::by_number;
use super::by_spelling::by_spelling;
use super::by_symbol::by_symbol;
use super::by_text::by_text;
use super::part::{Listed, Part, Start};
use super::sort::SortOrder;
use super::spelling::Spelling;
use crate::model::Field;
use crate::state::State;
use crate::table::Column;
use crate::value::{ContactId, MemberSet, Symbol};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// By what contacts are sorted, and where that is found.
#[derive(Debug)]
pub(super) enum Listing<'s> {
    Ids(&'s MemberSet),
    /// Options and statuses have places where they are shown. Countries have none: their symbols are in the order of codes.
    Column(&'s Column, BTreeMap<Symbol, u32>),
    /// The first and the last names, which names are made of.
    Names(Option<&'s Column>, Option<&'s Column>),
    /// Nobody has a value.
    Nothing,
}

impl<'s> Listing<'s> {
    pub(super) fn new(state: &'s State, field: &Field) -> Self {
        let column = |field| state.table.column(field);
        match field.id() {
            Field::ID => Self::Ids(state.table.live()),
            Field::NAME => Self::Names(column(Field::FIRST_NAME), column(Field::LAST_NAME)),
            Field::LAST_INTERACTION => {
                let shown = state.table.last_interactions();
                shown.map_or(Self::Nothing, |column| Self::Column(column, BTreeMap::new()))
            }
            id => column(id).map_or(Self::Nothing, |column| {
                let shown = state.schema.symbols_in_order(field).into_iter().zip(0..);
                Self::Column(column, shown.collect())
            }),
        }
    }

    /// A part of a list: first those who have a value, then the others by id, whatever the direction.
    pub(super) fn part(&self, listed: &Listed<'_>, part: Part) -> Vec<ContactId> {
        let present = self.present();
        let (valued, others) = match part.start {
            Start::Offset(offset) => {
                let count = listed.count(&present);
                ((offset < count).then_some(part.start), Start::Offset(offset.saturating_sub(count)))
            }
            Start::Behind(contact) if present.contains(contact) => (Some(part.start), Start::Offset(0)),
            Start::Behind(_) => (None, part.start),
        };
        let mut found = valued.map_or_else(Vec::new, |_| self.valued(listed, part));
        if found.len() < part.limit {
            let missing = listed.members.as_ref() - &present;
            let limit = part.limit - found.len();
            found.extend(by_id(&missing, Part { start: others, limit, order: SortOrder::Ascending }));
        }
        found.into_iter().map(ContactId::new).collect()
    }

    /// The contacts that have a value.
    fn present(&self) -> Cow<'_, MemberSet> {
        match self {
            Self::Ids(everybody) => Cow::Borrowed(everybody),
            Self::Column(column, _) => Cow::Borrowed(column.present()),
            Self::Names(first, last) => match (first.map(Column::present), last.map(Column::present)) {
                (Some(first), Some(last)) => Cow::Owned(first | last),
                (only, None) | (None, only) => only.map_or_else(Cow::default, Cow::Borrowed),
            },
            Self::Nothing => Cow::default(),
        }
    }

    /// A part of those who have a value.
    fn valued(&self, listed: &Listed<'_>, part: Part) -> Vec<u32> {
        match self {
            Self::Ids(_) => by_id(&listed.members, part),
            Self::Column(column, shown) => match column {
                Column::Text(_) | Column::Phone(_) => by_text(column, listed, part),
                Column::Number(numbers) => by_number(numbers, listed, part),
                Column::Date(days) => by_number(days, listed, part),
                Column::DateTime(instants) => by_number(instants, listed, part),
                Column::Bool(flags) => {
                    let groups = [false, true].into_iter().filter_map(|flag| flags.by_symbol().get(flag));
                    by_symbol(groups.collect(), listed, part)
                }
                Column::One(symbols) => {
                    let mut all: Vec<(Symbol, &MemberSet)> = symbols.by_symbol().iter().collect();
                    all.sort_by_key(|(symbol, _)| shown.get(symbol).copied().unwrap_or(symbol.get()));
                    let groups = all.into_iter().map(|(_, rows)| rows);
                    by_symbol(groups.collect(), listed, part)
                }
                // A set has no order; no list is sorted by one.
                Column::Many(_) => Vec::new(),
            },
            Self::Names(first, last) => {
                let name = |row| {
                    let part = |column: &Option<&'s Column>| column.and_then(|column| column.key(row));
                    Spelling::of_name(part(first), part(last))
                };
                by_spelling(listed.members.numbers(), name, part)
            }
            Self::Nothing => Vec::new(),
        }
    }
}
