//! Names of fields and kinds of interaction.

use super::checker::Checker;
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{Name, Source};
use crate::model::{Field, Kind, Schema, unknown_field, unknown_kind};
use crate::text::{nearest, quoted};

/// What an aggregate is made of.
pub(super) enum Aggregated<'a> {
    Kind(Kind),
    Field(&'a Field),
}

impl<'a> Checker<'a> {
    pub(super) fn field(&mut self, name: &Name) -> Option<(&'a Field, Name)> {
        let schema: &'a Schema = self.schema;
        let found = match name.quoted {
            true => schema.field_by_label(&name.text),
            false => schema.field_by_key(&name.text),
        };
        match found {
            Some(field) => Some((field, canonical(schema.field_key(field.id()), name))),
            None => {
                let diagnostic = self.unknown_field(name);
                self.refuse(diagnostic, &name.place)
            }
        }
    }

    fn unknown_field(&self, name: &Name) -> Diagnostic {
        let text = &*name.text;
        let diagnostic = unknown_field(text, self.schema).into_diagnostic();
        if self.schema.kind(text).is_some() {
            let help = format!("`{text}` is a kind of interaction: write `count({text}) >= 1`");
            return diagnostic.help(help);
        }
        if diagnostic.help_text().is_some() {
            return diagnostic;
        }
        // A label, written without its backquotes or mistyped inside them.
        let labels = self.schema.fields().map(|field| self.schema.field_label(field.id()));
        match nearest(text, labels).first() {
            Some(label) => diagnostic.help(format!("did you mean the label `` `{label}` ``?")),
            None => diagnostic,
        }
    }

    pub(super) fn aggregated(&mut self, name: &Name, source: Source) -> Option<(Aggregated<'a>, Name)> {
        let schema: &'a Schema = self.schema;
        let kind = schema.kind(&name.text).filter(|_| !name.quoted && !matches!(source, Source::Field));
        if let Some(kind) = kind {
            return Some((Aggregated::Kind(kind), canonical(schema.kind_key(kind.id), name)));
        }
        let field = match name.quoted {
            true => schema.field_by_label(&name.text),
            false => schema.field_by_key(&name.text),
        };
        match (field, source) {
            (Some(field), Source::Either | Source::Field) => {
                Some((Aggregated::Field(field), canonical(schema.field_key(field.id()), name)))
            }
            (None, Source::Field) => {
                let diagnostic = self.unknown_field(name);
                self.refuse(diagnostic, &name.place)
            }
            (field, _) => {
                let mut diagnostic = unknown_kind(&name.text, schema).into_diagnostic();
                if field.is_some() {
                    diagnostic = diagnostic.help(format!("{} is a field", quoted(&name.text)));
                }
                self.refuse(diagnostic, &name.place)
            }
        }
    }

    /// The problem of an aggregate over a field that is no set.
    pub(super) fn not_a_set(&self, function: &str, field: &Field) -> Diagnostic {
        let key = self.schema.field_key(field.id());
        let message = match field.value_type().is_set() {
            true => format!("`{function}` is not for the set `{key}`"),
            false => format!("`{key}` is neither a kind of interaction nor a set"),
        };
        Diagnostic::new(Code::AggregateNotAllowed, message)
            .help("`count` takes a kind of interaction or a set, the others take a kind of interaction")
            .expecting(self.schema.kinds())
    }
}

fn canonical(key: &str, name: &Name) -> Name {
    Name { text: key.into(), quoted: false, place: name.place.clone() }
}
