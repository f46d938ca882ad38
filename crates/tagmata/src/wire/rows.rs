//! Whole contacts.

use super::column;
use super::reader::Reader;
use super::wire::Wire;
use super::writer::Writer;
use crate::error::Result;
use crate::table::Rows;
use crate::value::FieldId;
use std::collections::BTreeSet;

/// Who they are, the columns with the numbers of their fields, and the interactions.
impl Wire for Rows {
    fn write(&self, out: &mut Writer) {
        self.contacts.write(out);
        out.count(self.columns.len());
        for (field, values) in &self.columns {
            field.write(out);
            column::write(values, out);
        }
        self.interactions.write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let mut rows = Self { contacts: Wire::read(input)?, ..Self::default() };
        let mut known = BTreeSet::new();
        for _ in 0..input.count()? {
            let field = FieldId::read(input)?;
            if !known.insert(field) {
                return Err(input.damaged("a field has two columns"));
            }
            rows.columns.push((field, column::read(input, rows.contacts.len())?));
        }
        rows.interactions = Wire::read(input)?;
        Ok(rows)
    }
}
