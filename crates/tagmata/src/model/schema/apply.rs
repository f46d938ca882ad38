//! Making edits, and taking them back.

use super::structure::Schema;
use crate::model::Settings;
use crate::model::catalog::Catalog;
use crate::model::edit::{NameSpace, SchemaEdit};
use crate::model::field::Field;
use crate::model::names::Names;
use crate::value::{FieldId, ValueType};

impl Schema {
    /// Makes an edit. It cannot fail: whether it should be made was decided when it was planned.
    ///
    /// With its inverse all that can be seen is as before, but new numbers stay used up. With the edits of all commits of a book, in their order, a schema follows that of the book.
    ///
    /// ```
    /// use tagmata::{Book, Fact, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let mut follower = book.schema().clone();
    /// let vip = book.define_tag("vip", now)?;
    /// for fact in vip.outcome.commit.facts() {
    ///     if let Fact::Schema(edit) = fact {
    ///         follower.apply(edit);
    ///     }
    /// }
    /// assert_eq!(follower.tag("VIP"), Some(vip.id));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn apply(&mut self, edit: &SchemaEdit) {
        match edit {
            SchemaEdit::Name { space, .. } | SchemaEdit::Alias { space, .. } => {
                self.names_mut(*space).apply(edit);
            }
            SchemaEdit::Field { id, new, .. } => {
                let field = new.map(|value_type| self.field_of_type(*id, value_type));
                let before = self.fields.set(id.get(), field);
                self.keep_options(before);
            }
            SchemaEdit::Kind { id, new, .. } => {
                self.kinds.set(id.get(), *new);
            }
            SchemaEdit::StatusOrder { new, .. } => self.status_order = new.to_vec(),
            SchemaEdit::Settings { new, .. } => self.settings = *new,
        }
    }

    /// A schema of what some edits put into it and nothing else, not even the standard fields.
    pub(crate) fn of_edits(settings: Settings, edits: &[SchemaEdit]) -> Self {
        let mut schema = Self::blank(settings);
        schema.apply_all(edits);
        schema
    }

    /// Makes edits in their order.
    pub(super) fn apply_all(&mut self, edits: &[SchemaEdit]) {
        edits.iter().for_each(|edit| self.apply(edit));
    }

    /// Takes back the last edit as if it had never been made: a number that it used up is given again.
    pub(crate) fn revert(&mut self, edit: &SchemaEdit) {
        match edit {
            SchemaEdit::Name { space, .. } | SchemaEdit::Alias { space, .. } => {
                self.names_mut(*space).revert(edit);
            }
            SchemaEdit::Field { id, old, .. } => {
                let field = old.map(|value_type| self.field_of_type(*id, value_type));
                let now = self.fields.revert(id.get(), field);
                // The options of a field that was never defined were never there either.
                if id.get() < self.fields.next() {
                    self.keep_options(now);
                }
            }
            SchemaEdit::Kind { id, old, .. } => {
                self.kinds.revert(id.get(), *old);
            }
            SchemaEdit::StatusOrder { old, .. } => self.status_order = old.to_vec(),
            SchemaEdit::Settings { old, .. } => self.settings = *old,
        }
    }

    fn names_mut(&mut self, space: NameSpace) -> &mut Names {
        match space {
            NameSpace::FieldKeys => &mut self.field_names.keys,
            NameSpace::FieldLabels => &mut self.field_names.labels,
            NameSpace::OptionKeys(field) => &mut self.options_mut(field).keys,
            NameSpace::OptionLabels(field) => &mut self.options_mut(field).labels,
            NameSpace::StatusKeys => &mut self.statuses.keys,
            NameSpace::StatusLabels => &mut self.statuses.labels,
            NameSpace::Kinds => &mut self.kind_names,
            NameSpace::Tags => &mut self.tags,
            NameSpace::Segments => &mut self.segments,
        }
    }

    /// The field, with the options that it has or had.
    fn field_of_type(&mut self, id: FieldId, value_type: ValueType) -> Field {
        let options = match self.fields.get_mut(id.get()) {
            Some(field) => std::mem::take(&mut field.options),
            None => self.deleted_options.remove(&id).unwrap_or_default(),
        };
        Field { id, value_type, options }
    }

    /// Keeps the options of what was a field until now, unless the field is still there.
    fn keep_options(&mut self, before: Option<Field>) {
        if let Some(Field { id, options, .. }) = before
            && self.fields.get(id.get()).is_none()
        {
            self.deleted_options.insert(id, options);
        }
    }

    fn options_mut(&mut self, field: FieldId) -> &mut Catalog {
        match self.fields.get_mut(field.get()) {
            Some(field) => &mut field.options,
            None => self.deleted_options.entry(field).or_default(),
        }
    }
}
