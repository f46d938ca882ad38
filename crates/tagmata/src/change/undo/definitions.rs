//! Facts about definitions are turned round together, or not at all.

use super::undone::Undone;
use crate::change::fact::Fact;
use crate::change::renames::followed;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Uses;
use crate::model::{Field, NameSpace, Schema, SchemaEdit};
use crate::segment::Segments;
use crate::text::quoted;
use crate::value::{FieldId, KindId, SegmentId, Symbol};
use std::borrow::Cow;

impl Undone<'_> {
    /// Turns round definitions that were changed one after the other, the last one first.
    ///
    /// # Errors
    /// [`Code::ChangedSince`] for what is another by now, or is used by something that came later.
    pub(super) fn definitions<'f>(&mut self, run: impl DoubleEndedIterator<Item = &'f Fact>) -> Result<()> {
        let mut schema = self.schema.clone();
        let mut segments = self.segments.clone();
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
                    self.refuse_used(edit, &schema, &segments)?;
                    let edit = edit.inverse();
                    schema.to_mut().apply(&edit);
                    let followed = followed(&edit, &segments);
                    inverse.push(Fact::Schema(edit));
                    for fact in followed {
                        set(&fact, &mut segments);
                        inverse.push(fact);
                    }
                }
                // It followed a name, as those do that the inverse of the name brings along.
                Fact::Segment { old: Some(old), new: Some(new), .. } if old.means(new) => {}
                Fact::Segment { segment, old, new } => {
                    let name = schema.segment_name(*segment).to_owned();
                    if segments.shared(*segment) != *new {
                        return Err(changed(&format!("the segment {}", quoted(&name))));
                    }
                    if let Some(old) = old {
                        let uses = old.uses();
                        let gone =
                            schema.missing_of(&uses.fields, &uses.symbols, &uses.segments, &uses.kinds);
                        if let Some(gone) = gone {
                            return Err(changed(&format!("{gone} that the segment {} uses", quoted(&name))));
                        }
                        segments.check_definition(*segment, &name, old, &schema)?;
                    }
                    let fact = fact.inverse();
                    set(&fact, &mut segments);
                    inverse.push(fact);
                }
                _ => {}
            }
        }
        self.facts.extend(inverse);
        self.schema = schema;
        self.segments = segments;
        Ok(())
    }

    /// Whether nothing stands on a definition that goes away.
    fn refuse_used(&self, edit: &SchemaEdit, schema: &Schema, segments: &Segments) -> Result<()> {
        let is_in_filter = |uses_it: &dyn Fn(&Uses) -> bool| {
            segments.iter().any(|(_, definition)| uses_it(definition.uses()))
        };
        let is_symbol_used = |field: FieldId, symbol: Symbol| {
            self.state.table.live().iter().any(|contact| self.has(contact, field, symbol))
                || is_in_filter(&|uses| uses.symbols.contains(&(field, symbol)))
        };
        let used = match edit {
            SchemaEdit::Name { space, number, old: None, .. } => match *space {
                NameSpace::Tags => is_symbol_used(Field::TAGS, Symbol::new(*number)),
                NameSpace::StatusKeys => is_symbol_used(Field::STATUS, Symbol::new(*number)),
                NameSpace::OptionKeys(field) => is_symbol_used(field, Symbol::new(*number)),
                NameSpace::Segments => {
                    let segment = SegmentId::new(*number);
                    is_symbol_used(Field::SEGMENTS, segment.into())
                        || is_in_filter(&|uses| uses.segments.contains(&segment))
                }
                NameSpace::Kinds => {
                    let kind = KindId::new(*number);
                    let live = self.state.table.live();
                    is_in_filter(&|uses| uses.kinds.contains(&kind))
                        || live.iter().any(|id| self.interactions(id).iter().any(|one| one.kind == kind))
                }
                _ => false,
            },
            SchemaEdit::Field { id, old: None, .. } => {
                self.is_filled(*id) || is_in_filter(&|uses| uses.fields.contains(id))
            }
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

    /// Whether contacts have values in a field.
    fn is_filled(&self, field: FieldId) -> bool {
        let has_value = |contact| self.is_live(contact) && self.value(contact, field).is_some();
        self.state.table.column(field).is_some() && self.state.table.live().iter().any(has_value)
    }
}

/// Gives a segment the definition that a fact says.
fn set(fact: &Fact, segments: &mut Cow<'_, Segments>) {
    if let Fact::Segment { segment, new, .. } = fact {
        segments.to_mut().set(*segment, new.clone());
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
