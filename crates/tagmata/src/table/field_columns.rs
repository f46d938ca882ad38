//! Columns by field.

use super::column::Column;
use crate::value::{FieldId, ValueType};

/// The columns of fields in which somebody ever had a value. Numbers of fields are small: a column is found by its place.
#[derive(Debug, Clone, Default)]
pub(super) struct FieldColumns {
    all: Vec<Option<Column>>,
}

impl FieldColumns {
    pub(super) fn get(&self, field: FieldId) -> Option<&Column> {
        self.all.get(field.index())?.as_ref()
    }

    pub(super) fn get_mut(&mut self, field: FieldId) -> Option<&mut Column> {
        self.all.get_mut(field.index())?.as_mut()
    }

    /// Makes the column of a field where there is none.
    pub(super) fn make(&mut self, field: FieldId, value_type: ValueType) {
        let place = field.index();
        if self.all.len() <= place {
            self.all.resize_with(place + 1, || None);
        }
        if let Some(column) = self.all.get_mut(place) {
            column.get_or_insert_with(|| Column::new(value_type));
        }
    }

    pub(super) fn remove(&mut self, field: FieldId) {
        if let Some(column) = self.all.get_mut(field.index()) {
            *column = None;
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (FieldId, &Column)> {
        let numbered = (0..).zip(&self.all);
        numbered.filter_map(|(number, column)| Some((FieldId::new(number), column.as_ref()?)))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (FieldId, &mut Column)> {
        let numbered = (0..).zip(&mut self.all);
        numbered.filter_map(|(number, column)| Some((FieldId::new(number), column.as_mut()?)))
    }
}
