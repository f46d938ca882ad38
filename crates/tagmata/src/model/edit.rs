//! Changes of a schema as facts: what was there before, and what is there after.

use super::Settings;
use crate::value::{FieldId, KindId, StatusId, ValueType};

/// Which list of names an edit is about.
///
/// ```
/// use tagmata::{Field, NameSpace};
/// assert_ne!(NameSpace::OptionKeys(Field::STATUS), NameSpace::StatusKeys);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameSpace {
    /// The keys of fields, by the numbers of the fields.
    FieldKeys,
    /// The labels of fields, by the numbers of the fields.
    FieldLabels,
    /// The keys of the options of one field.
    OptionKeys(FieldId),
    /// The labels of the options of one field.
    OptionLabels(FieldId),
    /// The keys of statuses.
    StatusKeys,
    /// The labels of statuses.
    StatusLabels,
    /// The keys of kinds of interaction.
    Kinds,
    /// The names of tags.
    Tags,
    /// The names of segments.
    Segments,
}

/// One change of the schema, with what was there before.
///
/// Nothing about it depends on the rest of the schema, so that a list of edits can be kept, applied, and undone.
///
/// ```
/// use tagmata::{NameSpace, SchemaEdit};
/// let new = Some("vip".into());
/// let edit = SchemaEdit::Name { space: NameSpace::Tags, number: 0, old: None, new };
/// let SchemaEdit::Name { old: None, new: Some(name), .. } = edit else { unreachable!() };
/// assert_eq!(&*name, "vip");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaEdit {
    /// A name is given, changed or removed.
    Name {
        /// The list of names.
        space: NameSpace,
        /// The number of what has the name.
        number: u32,
        /// The name before; `None` if there was none.
        old: Option<Box<str>>,
        /// The name after; `None` if there is none any more.
        new: Option<Box<str>>,
    },
    /// An old name starts to work, works for something else, or works no longer.
    Alias {
        /// The list of names.
        space: NameSpace,
        /// The old name, as [`fold`](crate::fold) makes it.
        folded: Box<str>,
        /// What it stood for.
        old: Option<u32>,
        /// What it stands for.
        new: Option<u32>,
    },
    /// A field is there or no longer there. Its key, label and options are edits of their own.
    Field {
        /// The field.
        id: FieldId,
        /// What it held; `None` if it was not there.
        old: Option<ValueType>,
        /// What it holds; `None` if it is no longer there.
        new: Option<ValueType>,
    },
    /// A kind of interaction is there or no longer there. Its key is an edit of its own.
    Kind {
        /// The kind.
        id: KindId,
        /// Whether it was outgoing; `None` if it was not there.
        old: Option<bool>,
        /// Whether it is outgoing; `None` if it is no longer there.
        new: Option<bool>,
    },
    /// The statuses are shown in another order, or there are others.
    StatusOrder {
        /// All statuses before.
        old: Box<[StatusId]>,
        /// All statuses after.
        new: Box<[StatusId]>,
    },
    /// The settings change.
    Settings {
        /// The settings before.
        old: Settings,
        /// The settings after.
        new: Settings,
    },
}

impl SchemaEdit {
    /// The edit that takes this one back.
    pub(crate) fn inverse(&self) -> Self {
        match self.clone() {
            Self::Name { space, number, old, new } => Self::Name { space, number, old: new, new: old },
            Self::Alias { space, folded, old, new } => Self::Alias { space, folded, old: new, new: old },
            Self::Field { id, old, new } => Self::Field { id, old: new, new: old },
            Self::Kind { id, old, new } => Self::Kind { id, old: new, new: old },
            Self::StatusOrder { old, new } => Self::StatusOrder { old: new, new: old },
            Self::Settings { old, new } => Self::Settings { old: new, new: old },
        }
    }
}
