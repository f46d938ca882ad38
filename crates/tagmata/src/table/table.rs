//! All contacts, in columns.

use super::column::Column;
use super::field_columns::FieldColumns;
use super::interactions::{InteractionStore, Interactions};
use super::parts::in_turn;
use super::rows::Rows;
use super::texts::RowsOfKey;
use super::values::Values;
use crate::model::{Field, Interaction};
use crate::value::{ContactId, FieldId, KindId, MemberSet, Symbol, Value, ValueType};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The fields by which a contact is found quickly.
pub(crate) const KEY_FIELDS: [FieldId; 4] =
    [Field::EXTERNAL_ID, Field::EMAIL, Field::MOBILE, Field::ACCOUNT_NUMBER];

/// The stored values of all contacts. The row of a contact is its id.
///
/// Invariant: a row that is not live has no values and no interactions. What is made from other values (`id`, `name`, a `last_interaction` that was recorded) is not stored.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// How many rows were ever given out.
    pub(super) rows: u32,
    pub(super) live: MemberSet,
    pub(super) columns: FieldColumns,
    pub(super) interactions: InteractionStore,
    /// When contacts were last heard of, as it is stored or was recorded; none while nothing is recorded.
    pub(super) heard: Option<Column>,
}

impl Table {
    /// The row of the next new contact.
    pub(crate) fn next_row(&self) -> u32 {
        self.rows
    }

    /// Everybody.
    pub(crate) fn live(&self) -> &MemberSet {
        &self.live
    }

    /// The stored value of a field.
    pub(crate) fn get(&self, contact: ContactId, field: FieldId) -> Option<Value> {
        self.columns.get(field)?.get(contact.get())
    }

    /// Whether a contact has a stored value in a field.
    pub(crate) fn has(&self, contact: ContactId, field: FieldId) -> bool {
        self.columns.get(field).is_some_and(|column| column.has(contact.get()))
    }

    /// Whether the stored value of a field is just this, or is missing where that is meant.
    pub(crate) fn holds(&self, contact: ContactId, field: FieldId, value: Option<&Value>) -> bool {
        match self.columns.get(field) {
            Some(column) => column.holds(contact.get(), value),
            None => value.is_none(),
        }
    }

    /// The stored set of a field, ascending; a missing one is empty.
    #[inline]
    pub(crate) fn set_of(&self, contact: ContactId, field: FieldId) -> &[Symbol] {
        self.columns.get(field).map_or(&[], |column| column.set_at(contact.get()))
    }

    /// The stored values of a field for some contacts, in their order.
    pub(crate) fn values_of(&self, contacts: &MemberSet, field: FieldId) -> Values {
        match self.columns.get(field) {
            Some(column) => column.values_at(contacts),
            None => Values::same(None, usize::try_from(contacts.len()).unwrap_or(usize::MAX)),
        }
    }

    /// Those among some contacts whose stored value is not just this one, or is there at all where none is meant.
    pub(crate) fn others_than(
        &self,
        value: Option<&Value>,
        field: FieldId,
        contacts: &MemberSet,
    ) -> MemberSet {
        match self.columns.get(field) {
            Some(column) => column.others_than(value, contacts),
            None if value.is_none() => MemberSet::new(),
            None => contacts.clone(),
        }
    }

    /// The contacts that have a symbol, alone or in a set; none if nobody has.
    pub(crate) fn having(&self, field: FieldId, symbol: Symbol) -> Option<&MemberSet> {
        self.columns.get(field)?.by_symbol()?.get(symbol)
    }

    /// The column of a field, where somebody ever had a value in it.
    pub(crate) fn column(&self, field: FieldId) -> Option<&Column> {
        self.columns.get(field)
    }

    /// The fields that have a column.
    pub(crate) fn fields(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.columns.iter().map(|(field, _)| field)
    }

    /// The interactions of a contact, in their order.
    pub(crate) fn interactions(
        &self,
        contact: ContactId,
    ) -> impl ExactSizeIterator<Item = Interaction> + DoubleEndedIterator + use<> {
        self.interactions.of(contact).into_iter()
    }

    /// The interactions of all contacts, in columns.
    pub(crate) fn recorded(&self) -> &InteractionStore {
        &self.interactions
    }

    /// The contacts whose folded text, or digits of a phone number, are this key, ascending.
    pub(crate) fn find(&self, field: FieldId, key: &str) -> impl ExactSizeIterator<Item = ContactId> {
        let rows = self.columns.get(field).map_or_else(RowsOfKey::none, |column| column.rows_of_key(key));
        rows.map(ContactId::new)
    }

    /// Gives contacts values of a field, in the order of the contacts.
    pub(crate) fn set(
        &mut self,
        field: FieldId,
        value_type: ValueType,
        contacts: &MemberSet,
        values: &Values,
    ) {
        if self.columns.get(field).is_none() && values.iter().all(|value| value.is_none()) {
            return;
        }
        self.columns.make(field, value_type);
        if let Some(column) = self.columns.get_mut(field) {
            column.set_each(contacts, values);
        }
        if field == Field::LAST_INTERACTION {
            self.hear(contacts);
        }
    }

    /// Puts a symbol into the sets of contacts, or takes it out of them.
    pub(crate) fn link(
        &mut self,
        field: FieldId,
        value_type: ValueType,
        symbol: Symbol,
        contacts: &MemberSet,
        added: bool,
    ) {
        self.columns.make(field, value_type);
        if let Some(column) = self.columns.get_mut(field) {
            column.link(symbol, contacts, added);
        }
    }

    /// Makes contacts, or brings deleted ones back. `type_of` knows the types of fields, `is_outgoing` the kinds of
    /// interaction that say nothing about when a contact was heard of.
    pub(crate) fn insert(
        &mut self,
        rows: &Rows,
        type_of: impl Fn(FieldId) -> ValueType,
        is_outgoing: impl Fn(KindId) -> bool,
    ) {
        let first = rows.contacts.first().map_or(self.rows, ContactId::get);
        let count = u32::try_from(rows.contacts.len()).unwrap_or(u32::MAX);
        let is_new = first >= self.rows;
        let (mut new, mut old): (BTreeMap<FieldId, &Values>, Vec<_>) = Default::default();
        for (field, values) in &rows.columns {
            match self.columns.get(*field).map(|column| column.len() <= first as usize) {
                // New rows are put in all at once.
                None | Some(true) if is_new => drop(new.insert(*field, values)),
                _ => old.push((*field, values)),
            }
        }
        self.append(first, &new, &type_of);
        for (field, values) in old {
            self.set(field, type_of(field), &rows.contacts, values);
        }
        self.live.add_all(&rows.contacts);
        if is_new {
            self.rows = first + count;
        }
        self.interactions.record(&rows.interactions, is_outgoing);
        self.hear(&rows.contacts);
    }

    /// Puts values behind those of columns. No column looks at another one: those of many rows are filled side by side.
    fn append(
        &mut self,
        first: u32,
        values: &BTreeMap<FieldId, &Values>,
        type_of: impl Fn(FieldId) -> ValueType,
    ) {
        /// So many values for all columns take about as long as to start a thread.
        const FEW: usize = if cfg!(test) { 64 } else { 1 << 14 };
        for field in values.keys() {
            self.columns.make(*field, type_of(*field));
        }
        let columns = self.columns.iter_mut();
        let mut jobs: Vec<(&mut Column, &Values)> =
            columns.filter_map(|(field, column)| Some((column, *values.get(&field)?))).collect();
        if jobs.iter().map(|(_, values)| values.len()).sum::<usize>() < FEW {
            jobs.into_iter().for_each(|(column, values)| column.append(first, values));
            return;
        }
        jobs.sort_by_key(|(_, values)| Reverse(values.work()));
        in_turn(jobs, |(column, values)| column.append(first, values));
    }

    /// Deletes contacts, all they hold included. Their ids are never given out again.
    pub(crate) fn remove(&mut self, rows: &Rows, type_of: impl Fn(FieldId) -> ValueType) {
        for (field, values) in &rows.columns {
            self.set(*field, type_of(*field), &rows.contacts, &Values::same(None, values.len()));
        }
        self.interactions.erase(&rows.interactions);
        self.hear(&rows.contacts);
        self.live.remove_all(&rows.contacts);
    }

    /// Says that rows which never had a value are those of deleted contacts.
    pub(crate) fn bury(&mut self, gone: &MemberSet) {
        self.live.remove_all(gone);
    }

    /// Forgets that rows from a number on were ever given out; they are deleted by now.
    pub(crate) fn forget_rows_from(&mut self, row: u32) {
        self.rows = row;
        for column in self.columns.iter_mut().map(|(_, column)| column).chain(&mut self.heard) {
            column.truncate(row);
        }
    }

    /// All that contacts hold, as it is taken from them when they are deleted.
    pub(crate) fn rows_of(&self, contacts: &MemberSet) -> Rows {
        let held = self.columns.iter().filter(|(_, column)| !column.present().is_disjoint(contacts));
        Rows {
            contacts: contacts.clone(),
            columns: held.map(|(field, column)| (field, column.values_at(contacts))).collect(),
            interactions: self.interactions.of_all(contacts),
        }
    }

    /// About how many bytes it takes, indexes included.
    pub(crate) fn size_in_bytes(&self) -> usize {
        let columns = self.columns.iter().map(|(_, column)| column).chain(&self.heard);
        columns.map(Column::size_in_bytes).sum::<usize>() + self.interactions.size_in_bytes()
    }

    /// Adds interactions. `is_outgoing` knows the kinds that say nothing about when a contact was heard of.
    pub(crate) fn record(&mut self, all: &Interactions, is_outgoing: impl Fn(KindId) -> bool) {
        self.interactions.record(all, is_outgoing);
        self.hear(&all.members());
    }

    /// Takes out interactions: for each of these one that is equal to it.
    pub(crate) fn erase(&mut self, all: &Interactions) {
        self.interactions.erase(all);
        self.hear(&all.members());
    }

    /// Drops the column of a field that is deleted.
    pub(crate) fn drop_column(&mut self, field: FieldId) {
        self.columns.remove(field);
    }
}
