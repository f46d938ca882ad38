//! Facts about definitions are turned round together, or not at all.

use super::undone::Undone;
use crate::change::fact::Fact;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Uses;
use crate::model::{Field, NameSpace, Schema, SchemaEdit};
use crate::text::quoted;
use crate::value::{FieldId, KindId, SegmentId, Symbol};
use std::borrow::Cow;

impl Undone<'_> {
    /// Turns round definitions that were changed one after the other, the last one first.
    ///
    /// # Errors
    /// [`Code::ChangedSince`] for what is another by now, or is used by something that came later.
    pub(super) fn definitions<'f>(&mut self, run: impl DoubleEndedIterator<Item = &'f Fact>) -> Result<()> {
        let mut schema = self.schema.clone().into_owned();
        let mut inverse = Vec::new();
        for fact in run.rev() {
            match fact {
                Fact::Schema(edit) => {
                    if !schema.is_so(edit) {
                        return Err(changed(&named(edit, &schema)));
                    }
                    if let SchemaEdit::Name { space, old: Some(old), number, .. } = edit
                        && schema.owner(*space, old).is_some_and(|owner| owner != *number)
                    {
                        return Err(taken(old));
                    }
                    self.refuse_used(edit, &schema)?;
                    schema.apply(&edit.inverse());
                }
                Fact::Segment { segment, old, new } => {
                    let name = schema.segment_name(*segment).to_owned();
                    if self.state.segments.shared(*segment) != *new {
                        return Err(changed(&format!("the segment {}", quoted(&name))));
                    }
                    if let Some(old) = old {
                        let uses = old.uses();
                        let gone =
                            schema.missing_of(&uses.fields, &uses.symbols, &uses.segments, &uses.kinds);
                        if let Some(gone) = gone {
                            return Err(changed(&format!("{gone} that the segment {} uses", quoted(&name))));
                        }
                        self.state.segments.check_definition(*segment, &name, old, &schema)?;
                    }
                }
                _ => {}
            }
            inverse.push(fact.inverse());
        }
        self.facts.extend(inverse);
        self.schema = Cow::Owned(schema);
        Ok(())
    }

    /// Whether nothing stands on a definition that goes away.
    fn refuse_used(&self, edit: &SchemaEdit, schema: &Schema) -> Result<()> {
        let used = match edit {
            SchemaEdit::Name { space, number, old: None, .. } => match *space {
                NameSpace::Tags => self.is_symbol_used(Field::TAGS, Symbol::new(*number)),
                NameSpace::StatusKeys => self.is_symbol_used(Field::STATUS, Symbol::new(*number)),
                NameSpace::OptionKeys(field) => self.is_symbol_used(field, Symbol::new(*number)),
                NameSpace::Segments => {
                    let segment = SegmentId::new(*number);
                    self.is_symbol_used(Field::SEGMENTS, segment.into())
                        || self.is_in_filter(|uses| uses.segments.contains(&segment))
                }
                NameSpace::Kinds => {
                    let kind = KindId::new(*number);
                    let live = self.state.table.live();
                    self.is_in_filter(|uses| uses.kinds.contains(&kind))
                        || live.iter().any(|id| self.interactions(id).iter().any(|one| one.kind == kind))
                }
                _ => false,
            },
            SchemaEdit::Field { id, old: None, .. } => self.is_field_used(*id),
            _ => false,
        };
        match used {
            true => {
                let message = format!("{} is in use since then", named(edit, schema));
                let help = "undo what uses it first";
                Err(Error::conflict(Diagnostic::new(Code::ChangedSince, message).help(help)))
            }
            false => Ok(()),
        }
    }

    fn is_symbol_used(&self, field: FieldId, symbol: Symbol) -> bool {
        self.state.table.live().iter().any(|contact| self.has(contact, field, symbol))
            || self.is_in_filter(|uses| uses.symbols.contains(&(field, symbol)))
    }

    fn is_field_used(&self, field: FieldId) -> bool {
        let has_value = |contact| self.is_live(contact) && self.value(contact, field).is_some();
        self.state.table.column(field).is_some() && self.state.table.live().iter().any(has_value)
            || self.is_in_filter(|uses| uses.fields.contains(&field))
    }

    /// Whether a filter of a segment uses something, once what is decided so far is undone.
    fn is_in_filter(&self, uses_it: impl Fn(&Uses) -> bool) -> bool {
        let is_gone = |segment: SegmentId| {
            self.facts.iter().any(|fact| matches!(fact, Fact::Segment { segment: of, .. } if *of == segment))
        };
        self.state.segments.iter().any(|(id, definition)| !is_gone(id) && uses_it(definition.uses()))
    }
}

/// What an edit is about, as messages name it.
fn named(edit: &SchemaEdit, schema: &Schema) -> String {
    match edit {
        SchemaEdit::Name { space, old, new, .. } => {
            let what = match space {
                NameSpace::FieldKeys | NameSpace::FieldLabels => "the field",
                NameSpace::OptionKeys(_) | NameSpace::OptionLabels(_) => "the option",
                NameSpace::StatusKeys | NameSpace::StatusLabels => "the status",
                NameSpace::Kinds => "the kind of interaction",
                NameSpace::Tags => "the tag",
                NameSpace::Segments => "the segment",
            };
            let name = new.as_deref().or(old.as_deref()).unwrap_or_default();
            format!("{what} {}", quoted(name))
        }
        SchemaEdit::Field { id, .. } => format!("the field {}", quoted(schema.field_key(*id))),
        SchemaEdit::Kind { id, .. } => format!("the kind of interaction {}", quoted(schema.kind_key(*id))),
        SchemaEdit::Alias { folded, .. } => format!("what {} stands for", quoted(folded)),
        SchemaEdit::StatusOrder { .. } => "the order of the statuses".to_owned(),
        SchemaEdit::Settings { .. } => "a setting".to_owned(),
    }
}

fn changed(what: &str) -> Error {
    let message = format!("{what} has changed since then");
    let help = "undo the later change first";
    Error::conflict(Diagnostic::new(Code::ChangedSince, message).help(help))
}

fn taken(name: &str) -> Error {
    let message = format!("the name {} was given to something else since then", quoted(name));
    Error::conflict(Diagnostic::new(Code::ChangedSince, message).help("rename that first"))
}
