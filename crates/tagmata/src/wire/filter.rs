//! Filters, with what the names in them stand for.

use super::reader::Reader;
use super::wire::{Wire, record};
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::filter::{Filter, Portable, PortableField};
use crate::model::Field;
use crate::value::ValueType;

record! {
    Portable { json calendar fields kinds symbols lints }
}

/// The type of a standard field is its own.
impl Wire for PortableField {
    fn write(&self, out: &mut Writer) {
        self.id.write(out);
        self.key.write(out);
        self.value_type.write(out);
        self.names.write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let field = Self {
            id: Wire::read(input)?,
            key: Wire::read(input)?,
            value_type: Wire::read(input)?,
            names: Wire::read(input)?,
        };
        let is_right = match Field::STANDARD.get(field.id.index()) {
            Some((_, _, own)) => field.value_type == *own,
            None => ValueType::CUSTOM.contains(&field.value_type),
        };
        match is_right {
            true => Ok(field),
            false => Err(input.damaged("a field has a type that it cannot have")),
        }
    }
}

impl Wire for Filter {
    fn write(&self, out: &mut Writer) {
        self.to_portable().write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let portable = Portable::read(input)?;
        Self::from_portable(portable)
            .map_err(|error| input.damaged(&format!("a filter means nothing ({})", first_message(&error))))
    }
}

fn first_message(error: &Error) -> &str {
    error.diagnostics().first().map_or("", Diagnostic::message)
}
