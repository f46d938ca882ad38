//! What is wrong, as data.

use super::reader::Reader;
use super::wire::{Wire, tagged};
use super::writer::Writer;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{Error, ErrorKind, Result};

/// A code is the text that it has in every release.
impl Wire for Code {
    fn write(&self, out: &mut Writer) {
        out.bytes(self.as_str().as_bytes());
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let text = input.text()?;
        let code = Self::ALL.iter().find(|code| code.as_str() == text);
        code.copied().ok_or_else(|| input.damaged("there is no such code of a problem"))
    }
}

tagged! {
    Place, "place" {
        0 => Whole;
        1 => Text { start end };
        2 => Field(key);
        3 => Json { pointer order };
        4 => Part { pointer order start end };
    }

    ErrorKind, "kind of error" {
        0 => Filter;
        1 => Value;
        2 => NotFound;
        3 => Conflict;
        4 => Definitions;
        5 => Csv;
        6 => Store;
        7 => Sql;
    }
}

impl Wire for Diagnostic {
    fn write(&self, out: &mut Writer) {
        self.code().write(out);
        out.bytes(self.message().as_bytes());
        self.place().write(out);
        self.help_text().map(Box::<str>::from).write(out);
        out.count(self.expected().len());
        self.expected().iter().for_each(|word| word.write(out));
        self.node().map(Box::<str>::from).write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let diagnostic = Self::new(Wire::read(input)?, input.text()?).at(&Wire::read(input)?);
        let diagnostic = diagnostic.help_if(Wire::read(input)?).expecting(Vec::<String>::read(input)?);
        Ok(diagnostic.of_node(Option::<Box<str>>::read(input)?.as_deref()))
    }
}

/// The kind, the problems, the source, the texts of its parts, and the numbers of contacts.
impl Wire for Error {
    fn write(&self, out: &mut Writer) {
        self.kind().write(out);
        out.count(self.diagnostics().len());
        self.diagnostics().iter().for_each(|diagnostic| diagnostic.write(out));
        self.source_text().map(Box::<str>::from).write(out);
        self.parts().to_vec().write(out);
        self.contacts().to_vec().write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let error = Self::of_all(Wire::read(input)?, Wire::read(input)?, Wire::read(input)?);
        let error = error.ok_or_else(|| input.damaged("an error says nothing"))?;
        Ok(error.of_parts(Wire::read(input)?).of_contacts(Vec::<u32>::read(input)?))
    }
}
