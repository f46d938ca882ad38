//! Defining, changing and deleting fields and their options; settings.

use super::decision::{Decided, Made};
use super::tags::facts;
use crate::change::changes::Changes;
use crate::change::fact::Fact;
use crate::change::reference::Ref;
use crate::change::reread::{reread_all, reread_rules};
use crate::error::Result;
use crate::model::{NewField, SchemaEdit, Settings};
use crate::state::State;
use crate::text::quoted;
use crate::time::Timestamp;
use crate::value::{FieldId, OptionId, Symbol, SymbolSet, Value, ValueType};

impl State {
    pub(super) fn decide_define_field(&self, field: &NewField) -> Result<Decided> {
        let (id, edits) = self.schema.edits_to_define_field(field)?;
        Ok(Decided { facts: facts(edits), made: Made::Definitions(vec![id.get()]), ..Decided::default() })
    }

    pub(super) fn decide_update_field(
        &self,
        field: &Ref<FieldId>,
        label: Option<&str>,
        add_options: &[(String, String)],
    ) -> Result<Decided> {
        let field = field.resolve(&self.schema)?.id();
        let mut edits = match label {
            Some(label) => self.schema.edits_to_relabel_field(field, label)?,
            None => Vec::new(),
        };
        if !add_options.is_empty() {
            edits.extend(self.schema.edits_to_define_options(field, add_options)?.1);
        }
        Ok(facts(edits).into())
    }

    pub(super) fn decide_delete_field(
        &self,
        field: &Ref<FieldId>,
        force: bool,
        now: Timestamp,
    ) -> Result<Decided> {
        let field = field.resolve(&self.schema)?.id();
        let edits = self.schema.edits_to_delete_field(field)?;
        let what = format!("the field {}", quoted(self.schema.field_key(field)));
        let broken = self.release(&what, force, |uses| uses.fields.contains(&field))?;
        let mut changes = Changes::new(self, now);
        changes.set_all(field, self.table.live(), None);
        Ok(broken.into_iter().chain(changes.finish()).chain(facts(edits)).collect::<Vec<_>>().into())
    }

    pub(super) fn decide_rename_option(
        &self,
        field: &Ref<FieldId>,
        option: &Ref<OptionId>,
        label: &str,
    ) -> Result<Decided> {
        let field = field.resolve(&self.schema)?;
        let option = option.resolve(field, &self.schema)?;
        Ok(facts(self.schema.edits_to_relabel_option(field.id(), option, label)?).into())
    }

    pub(super) fn decide_delete_option(
        &self,
        field: &Ref<FieldId>,
        option: &Ref<OptionId>,
        force: bool,
        now: Timestamp,
    ) -> Result<Decided> {
        let field = field.resolve(&self.schema)?;
        let option = option.resolve(field, &self.schema)?;
        let symbol = Symbol::from(option);
        let key = field.options().key(option.get());
        let what = format!("the option {} of {}", quoted(key), quoted(self.schema.field_key(field.id())));
        let broken = self.release(&what, force, |uses| uses.symbols.contains(&(field.id(), symbol)))?;
        let mut changes = Changes::new(self, now);
        match field.value_type() {
            ValueType::MultiSelect => {
                let without = |id| {
                    let kept = self.set_of(id, field.id()).iter().copied().filter(|other| *other != symbol);
                    let kept: SymbolSet = kept.collect();
                    (id, (!kept.is_empty()).then_some(Value::Many(kept)))
                };
                changes.set_each(field.id(), self.linked(field.id(), symbol).iter().map(without));
            }
            _ => {
                changes.set_all(field.id(), &self.linked(field.id(), symbol), None);
            }
        }
        let edits = self.schema.edits_to_delete_option(field.id(), option)?;
        Ok(broken.into_iter().chain(changes.finish()).chain(facts(edits)).collect::<Vec<_>>().into())
    }

    /// Filters are read by the settings: those of segments are read again.
    pub(super) fn decide_change_settings(&self, settings: Settings) -> Result<Decided> {
        let old = *self.schema.settings();
        if old == settings {
            return Ok(Decided::default());
        }
        let edit = SchemaEdit::Settings { old, new: settings };
        let mut schema = self.schema.clone();
        schema.apply(&edit);
        let again = reread_all(&self.segments, &self.schema, &schema)?;
        let rules = reread_rules(&self.rules, &self.schema, &schema)?;
        Ok(std::iter::once(Fact::Schema(edit)).chain(again).chain(rules).collect::<Vec<_>>().into())
    }
}
