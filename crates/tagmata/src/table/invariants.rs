//! What always holds in a table.

use super::cells::Cells;
use super::table::{KEY_FIELDS, Table};
use crate::model::Interaction;
use crate::value::{ContactId, FieldId, ValueType};
use std::mem::discriminant;

impl Table {
    /// What does not hold that should, one line each; empty if the table is sound.
    pub(crate) fn violations(&self, type_of: impl Fn(FieldId) -> Option<ValueType>) -> Vec<String> {
        let mut found = Vec::new();
        if self.live.iter().any(|contact| contact.get() >= self.rows) {
            found.push(format!("a contact lives beyond the {} rows that were given out", self.rows));
        }
        for (field, column) in &self.columns {
            self.check_column(*field, column, type_of(*field), &mut found);
        }
        for field in self.keys.keys().filter(|field| !self.columns.contains_key(field)) {
            found.push(format!("field {} has an index and no column", field.get()));
        }
        for (contact, interactions) in &self.interactions {
            let id = contact.get();
            if interactions.is_empty() || !self.live.contains(*contact) {
                found.push(format!(
                    "contact {id} has {} interactions and should not be listed",
                    interactions.len()
                ));
            }
            if !interactions.iter().map(Interaction::order).is_sorted() {
                found.push(format!("the interactions of contact {id} are not in order"));
            }
        }
        found
    }

    fn check_column(
        &self,
        field: FieldId,
        column: &Cells,
        value_type: Option<ValueType>,
        found: &mut Vec<String>,
    ) {
        let number = field.get();
        if value_type.is_none_or(|value_type| discriminant(&Cells::new(value_type)) != discriminant(column)) {
            found.push(format!(
                "the column of field {number} is not of the type of the field, {value_type:?}"
            ));
        }
        let rows = (0..u32::MAX).take(column.len());
        for row in rows.filter(|row| column.get(*row as usize).is_some()) {
            if !self.live.contains(ContactId::new(row)) {
                found.push(format!("row {row}, which is no contact, has a value in field {number}"));
            }
        }
        let keyed = (0..u32::MAX).take(column.len()).filter(|row| column.key(*row as usize).is_some());
        let expected: Vec<u32> = if KEY_FIELDS.contains(&field) { keyed.collect() } else { Vec::new() };
        let index = self.keys.get(&field);
        if index.map(|index| index.rows()).unwrap_or_default() != expected {
            found.push(format!("the index of field {number} does not have exactly the rows with a key"));
        }
        let is_lost = |row: &u32| {
            let key = column.key(*row as usize).unwrap_or_default();
            !self.find(field, key).any(|contact| contact == ContactId::new(*row))
        };
        if expected.iter().any(is_lost) {
            found.push(format!("a row is not found by its key in field {number}"));
        }
    }
}
