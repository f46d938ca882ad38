//! Names of fields and kinds of interaction.

use super::checker::Checker;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::filter::ast::{Name, Source};
use crate::model::{Field, Kind, Schema, unknown_field, unknown_kind};
use crate::text::{did_you_mean, nearest, quoted};

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
        let (schema, text) = (self.schema, &*name.text);
        let is_json = matches!(name.place, Place::Json { .. });
        let diagnostic = unknown_field(text, schema).into_diagnostic();
        if schema.kind(text).is_some() {
            let help = match is_json {
                true => format!("`{text}` is a kind of interaction: use an aggregate of it"),
                false => format!("`{text}` is a kind of interaction: write `count({text}) >= 1`"),
            };
            return diagnostic.help(help).expecting::<&str>([]);
        }
        // A label without its backquotes, which for stored filters should be a key.
        if let Some(field) = schema.field_by_label(text) {
            let key = schema.field_key(field.id());
            let help = match is_json {
                true => format!("this is a label; its key is `{key}`"),
                false => format!("this is a label: write `` `{text}` ``, or its key `{key}`"),
            };
            return diagnostic.help(help).expecting([key]);
        }
        if diagnostic.help_text().is_some() {
            return diagnostic;
        }
        let labels = schema.fields().map(|field| schema.field_label(field.id()));
        match nearest(text, labels).first() {
            Some(label) if is_json => {
                let key = schema.field_by_label(label).map_or("", |field| schema.field_key(field.id()));
                diagnostic.help(format!("did you mean `{key}`, whose label is `{label}`?")).expecting([key])
            }
            Some(label) => {
                let label = format!("`{}`", label.replace('`', "``"));
                diagnostic.help(format!("did you mean the label `` {label} ``?")).expecting([label])
            }
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
            (Some(_), Source::Kind) => {
                let help = format!("{} is a field: write `field` for the size of a set", quoted(&name.text));
                self.refuse(unknown_kind(&name.text, schema).into_diagnostic().help(help), &name.place)
            }
            (None, Source::Kind) => {
                self.refuse(unknown_kind(&name.text, schema).into_diagnostic(), &name.place)
            }
            (None, Source::Either) => {
                let diagnostic = self.neither_kind_nor_set(&name.text);
                self.refuse(diagnostic, &name.place)
            }
        }
    }

    /// The problem of an aggregate over a name that is not known.
    fn neither_kind_nor_set(&self, name: &str) -> Diagnostic {
        let diagnostic = unknown_kind(name, self.schema).into_diagnostic();
        if self.schema.kind(name).is_some() {
            let help = format!("kinds have no labels: write `{name}` without backquotes");
            return diagnostic.help(help).expecting([name]);
        }
        let sets = self.schema.fields().filter(|field| field.value_type().is_set());
        let sets = sets.map(|field| self.schema.field_key(field.id()));
        let near = nearest(name, self.schema.kinds().chain(sets));
        match did_you_mean(&near) {
            Some(help) => diagnostic.help(help).expecting(near),
            None => diagnostic,
        }
    }

    /// The problem of an aggregate over a field that is no set.
    pub(super) fn not_a_set(&self, function: &str, field: &Field) -> Diagnostic {
        let key = self.schema.field_key(field.id());
        let (message, help) = match field.value_type().is_set() {
            true => (
                format!("`{function}` is not for sets such as `{key}`"),
                "`count` takes a set or a kind of interaction, the other functions a kind of interaction"
                    .to_owned(),
            ),
            false => (
                format!("`{key}` is neither a kind of interaction nor a set"),
                format!("`{function}` looks at many interactions; compare `{key}` itself"),
            ),
        };
        Diagnostic::new(Code::AggregateNotAllowed, message).help(help).expecting(self.schema.kinds())
    }
}

fn canonical(key: &str, name: &Name) -> Name {
    Name { text: key.into(), quoted: false, place: name.place.clone() }
}
