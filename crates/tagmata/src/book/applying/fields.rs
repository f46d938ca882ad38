//! The fields of a document, and their options.

use super::applier::Applier;
use crate::change::{Command, Ref};
use crate::definitions::{FieldEntry, Labelled, Said, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::model::{Field, NewField};
use crate::text::quoted;
use crate::value::{FieldId, ValueType};

impl Applier<'_, '_> {
    /// Defines the fields and options that are not there. Labels of what is there are another step.
    pub(super) fn fields(&mut self, section: &Section<FieldEntry<'_>>) {
        for entry in &section.entries {
            let known =
                self.schema().field_by_key(entry.named.key).map(|field| (field.id(), field.value_type()));
            let found = match known {
                Some((field, value_type)) => self.same_type(entry, value_type).map(|()| (field, value_type)),
                None => self.define_field(entry),
            };
            match (found, &entry.options) {
                (Some((field, value_type)), Some(options)) => self.options(field, value_type, options),
                (Some(_), None) => {}
                (None, _) => self.note_refused(entry.named.key),
            }
        }
    }

    fn same_type(&mut self, entry: &FieldEntry<'_>, value_type: ValueType) -> Option<()> {
        let Some(Said { it: wanted, at }) = entry.value_type.filter(|said| said.it != value_type) else {
            return Some(());
        };
        let key = quoted(entry.named.key);
        let message = format!("the field {key} is of type `{value_type}`, not `{wanted}`");
        let help = match Field::standard_label(self.schema().field_by_key(entry.named.key)?.id()) {
            Some(_) => "it is a standard field, of which only the label can be another one",
            None => {
                "the type of a field never changes: take another key, or delete the field with its values first"
            }
        };
        self.conflict(Diagnostic::new(Code::Unchangeable, message).help(help), at)
    }

    fn define_field(&mut self, entry: &FieldEntry<'_>) -> Option<(FieldId, ValueType)> {
        let key = entry.named.key;
        let Some(Said { it: value_type, .. }) = entry.value_type else {
            let message = format!("the new field {} has no type", quoted(key));
            let diagnostic = Diagnostic::new(Code::MissingKey, message)
                .help("a field that the book does not have needs the key `type`")
                .expecting(ValueType::CUSTOM.map(ValueType::as_str));
            return self.refuse(&Error::value(diagnostic), entry.named.at);
        };
        let mut field = NewField::new(key, value_type);
        if let Some(label) = entry.named.label {
            field = field.label(label.it);
        }
        self.run(&Command::DefineField(field), entry.named.at)?;
        Some((self.schema().field_by_key(key)?.id(), value_type))
    }

    fn options(&mut self, field: FieldId, value_type: ValueType, options: &Section<Labelled<'_>>) {
        let takes_options = matches!(value_type, ValueType::Select | ValueType::MultiSelect);
        if !takes_options && !options.entries.is_empty() {
            let message = format!("a field of type `{value_type}` has no options");
            let help = "options belong to fields of type `select` and `multi_select`";
            let diagnostic = Diagnostic::new(Code::BadValue, message).help(help);
            self.refuse::<()>(&Error::value(diagnostic), options.at);
            return;
        }
        for option in &options.entries {
            let known = self.schema().field(field).map(Field::options);
            if known.is_some_and(|known| known.find_by_key(option.key).is_some()) {
                continue;
            }
            let label = option.label.map_or(option.key, |label| label.it);
            let add_options = vec![(option.key.to_owned(), label.to_owned())];
            let command = Command::UpdateField { field: Ref::Id(field), label: None, add_options };
            if self.run(&command, option.at).is_none() {
                self.note_refused(option.key);
            }
        }
    }
}
