//! Whether what was named once is still there.

use super::structure::Schema;
use crate::model::edit::{NameSpace, SchemaEdit};
use crate::model::field::Field;
use crate::model::names::Names;
use crate::text::{fold, quoted};
use crate::value::{Country, FieldId, KindId, OptionId, SegmentId, StatusId, Symbol, TagId, ValueType};
use std::collections::BTreeSet;

impl Schema {
    /// The type of a field; of one that is not there, some type.
    pub(crate) fn type_of(&self, field: FieldId) -> ValueType {
        self.field(field).map_or(ValueType::Text, Field::value_type)
    }

    /// Whether interactions of a kind say nothing about the contact's own activity.
    pub(crate) fn is_outgoing(&self, kind: KindId) -> bool {
        self.kinds.get(kind.get()).copied().unwrap_or_default()
    }

    /// Whether a symbol of a field stands for something.
    pub(crate) fn has_symbol(&self, field: FieldId, symbol: Symbol) -> bool {
        let number = symbol.get();
        match self.field(field).map(Field::value_type) {
            Some(ValueType::Tags) => self.has_tag(TagId::new(number)),
            Some(ValueType::Segments) => self.has_segment(SegmentId::new(number)),
            Some(ValueType::Status) => self.has_status(StatusId::new(number)),
            Some(ValueType::Country) => Country::from_symbol(symbol).is_some(),
            Some(_) => self.has_option(field, OptionId::new(number)),
            None => false,
        }
    }

    /// The first of these that is not there any more, in words; none if all are.
    pub(crate) fn missing_of(
        &self,
        fields: &BTreeSet<FieldId>,
        symbols: &BTreeSet<(FieldId, Symbol)>,
        segments: &BTreeSet<SegmentId>,
        kinds: &BTreeSet<KindId>,
    ) -> Option<String> {
        if fields.iter().any(|field| self.field(*field).is_none()) {
            return Some("a field".to_owned());
        }
        if let Some((field, _)) = symbols.iter().find(|(field, symbol)| !self.has_symbol(*field, *symbol)) {
            return Some(match *field {
                Field::TAGS => "a tag".to_owned(),
                Field::STATUS => "a status".to_owned(),
                field => format!("an option of {}", quoted(self.field_key(field))),
            });
        }
        match () {
            () if segments.iter().any(|segment| !self.has_segment(*segment)) => Some("a segment".to_owned()),
            () if kinds.iter().any(|kind| !self.has_kind(*kind)) => Some("a kind of interaction".to_owned()),
            () => None,
        }
    }

    /// Whether what an edit made is still so.
    pub(crate) fn is_so(&self, edit: &SchemaEdit) -> bool {
        match edit {
            SchemaEdit::Name { space, number, new, .. } => {
                self.names(*space).is_some_and(|names| names.get(*number) == new.as_deref())
            }
            SchemaEdit::Alias { space, folded, new, .. } => {
                self.names(*space).is_some_and(|names| names.alias(folded) == *new)
            }
            SchemaEdit::Field { id, new, .. } => self.field(*id).map(Field::value_type) == *new,
            SchemaEdit::Kind { id, new, .. } => self.kinds.get(id.get()).copied() == *new,
            SchemaEdit::StatusOrder { new, .. } => *self.status_order == **new,
            SchemaEdit::Settings { new, .. } => self.settings == *new,
        }
    }

    /// Whether something is known by old names too.
    pub(crate) fn has_old_names(&self, space: NameSpace, number: u32) -> bool {
        self.names(space).is_some_and(|names| names.has_aliases(number))
    }

    /// Whether what an edit gives cannot be had: a name that something else has, or an old name of what is not there.
    pub(crate) fn is_taken(&self, edit: &SchemaEdit) -> bool {
        match edit {
            SchemaEdit::Name { space, number, new: Some(name), .. } => {
                let has_it = |space: NameSpace| {
                    let owner = self.names(space).and_then(|names| names.find_current(name));
                    owner.is_some_and(|owner| owner != *number)
                };
                let was_its = |space: NameSpace| {
                    self.names(space).is_some_and(|names| names.alias(&fold(name)).is_some())
                };
                has_it(*space)
                    || was_its(*space)
                    || match *space {
                        NameSpace::FieldKeys => {
                            has_it(NameSpace::FieldLabels) || self.kind_names.find(name).is_some()
                        }
                        NameSpace::FieldLabels => has_it(NameSpace::FieldKeys),
                        NameSpace::OptionKeys(field) => has_it(NameSpace::OptionLabels(field)),
                        NameSpace::OptionLabels(field) => has_it(NameSpace::OptionKeys(field)),
                        NameSpace::StatusKeys => has_it(NameSpace::StatusLabels),
                        NameSpace::StatusLabels => has_it(NameSpace::StatusKeys),
                        NameSpace::Kinds => self.field_names.find_by_key(name).is_some(),
                        NameSpace::Tags | NameSpace::Segments => false,
                    }
            }
            SchemaEdit::Alias { space, folded, new: Some(number), .. } => self
                .names(*space)
                .is_none_or(|names| names.find_current(folded).is_some() || names.get(*number).is_none()),
            _ => false,
        }
    }

    /// The number of what has a name now.
    pub(crate) fn owner(&self, space: NameSpace, name: &str) -> Option<u32> {
        self.names(space).and_then(|names| names.find_current(name))
    }

    fn names(&self, space: NameSpace) -> Option<&Names> {
        Some(match space {
            NameSpace::FieldKeys => &self.field_names.keys,
            NameSpace::FieldLabels => &self.field_names.labels,
            NameSpace::OptionKeys(field) => &self.fields.get(field.get())?.options.keys,
            NameSpace::OptionLabels(field) => &self.fields.get(field.get())?.options.labels,
            NameSpace::StatusKeys => &self.statuses.keys,
            NameSpace::StatusLabels => &self.statuses.labels,
            NameSpace::Kinds => &self.kind_names,
            NameSpace::Tags => &self.tags,
            NameSpace::Segments => &self.segments,
        })
    }
}
