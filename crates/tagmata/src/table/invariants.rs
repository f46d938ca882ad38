//! What always holds in a table.

use super::column::Column;
use super::table::Table;
use crate::value::{FieldId, ValueType};
use std::mem::discriminant;

impl Table {
    /// What does not hold that should, one line each; empty if the table is sound.
    pub(crate) fn violations(&self, type_of: impl Fn(FieldId) -> Option<ValueType>) -> Vec<String> {
        let mut found = Vec::new();
        if self.live.iter().any(|contact| contact.get() >= self.rows) {
            found.push(format!("a contact lives beyond the {} rows that were given out", self.rows));
        }
        for (field, column) in self.columns.iter() {
            self.check_column(field, column, type_of(field), &mut found);
        }
        for contact in (&self.interactions.contacts() - &self.live).iter() {
            found.push(format!("row {}, which is no contact, has interactions", contact.get()));
        }
        found.extend(
            self.interactions.violations().into_iter().map(|problem| format!("interactions: {problem}")),
        );
        self.check_heard(&mut found);
        found
    }

    fn check_column(
        &self,
        field: FieldId,
        column: &Column,
        value_type: Option<ValueType>,
        found: &mut Vec<String>,
    ) {
        let number = field.get();
        if value_type.is_none_or(|value_type| discriminant(&Column::new(value_type)) != discriminant(column))
        {
            found.push(format!(
                "the column of field {number} is not of the type of the field, {value_type:?}"
            ));
        }
        for contact in (column.present() - &self.live).iter() {
            let row = contact.get();
            found.push(format!("row {row}, which is no contact, has a value in field {number}"));
        }
        found.extend(column.violations().into_iter().map(|problem| format!("field {number}: {problem}")));
    }
}
