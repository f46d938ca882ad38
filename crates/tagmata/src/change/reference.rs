//! Things by their id or by their name.

use crate::automation::{DefaultRule, Rules};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Field, Schema, not_there, unknown_field, unknown_kind};
use crate::text::{did_you_mean, nearest, quoted};
use crate::value::{FieldId, KindId, OptionId, RuleId, SegmentId, StatusId, TagId};

/// A field, option, status, tag, segment or kind of interaction: by its id, or by a name that the schema knows.
///
/// ```
/// use tagmata::{Ref, SegmentId};
/// assert_eq!(Ref::from(SegmentId::new(3)), Ref::Id(SegmentId::new(3)));
/// assert_eq!(Ref::<SegmentId>::from("Nord"), Ref::Name("Nord".to_owned()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ref<T> {
    /// By its id.
    Id(T),
    /// By its key, label or name, in any case.
    Name(String),
}

impl<T> From<&str> for Ref<T> {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl<T> From<String> for Ref<T> {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}

macro_rules! refs {
    ($($id:ident)+) => {$(
        impl From<$id> for Ref<$id> {
            fn from(id: $id) -> Self {
                Self::Id(id)
            }
        }
    )+};
}

refs!(FieldId OptionId StatusId TagId SegmentId KindId RuleId);

impl Ref<FieldId> {
    /// The field.
    ///
    /// ```
    /// use tagmata::{Field, FieldId, Ref, Schema};
    /// let schema = Schema::default();
    /// assert_eq!(Ref::<FieldId>::from("E-mail").resolve(&schema)?.id(), Field::EMAIL);
    /// assert!(Ref::<FieldId>::from("emial").resolve(&schema).is_err());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownField`](crate::Code::UnknownField) for a name that is none, [`Code::NotFound`](crate::Code::NotFound)
    /// for an id that is no field's.
    pub fn resolve<'s>(&self, schema: &'s Schema) -> Result<&'s Field> {
        match self {
            Self::Id(id) => schema.field(*id).ok_or_else(not_there),
            Self::Name(name) => schema
                .field_by_key(name)
                .or_else(|| schema.field_by_label(name))
                .ok_or_else(|| unknown_field(name, schema).of_kind(ErrorKind::NotFound)),
        }
    }
}

macro_rules! symbol_refs {
    ($($(#[$example:meta])* $visibility:vis $id:ident $field:ident $has:ident;)+) => {$(
        impl Ref<$id> {
            /// What is meant.
            ///
            $(#[$example])*
            ///
            /// # Errors
            /// A near name is proposed for a name that is none; [`Code::NotFound`](crate::Code::NotFound) for an id that
            /// is nobody's.
            $visibility fn resolve(&self, schema: &Schema) -> Result<$id> {
                match self {
                    Self::Id(id) => schema.$has(*id).then_some(*id).ok_or_else(not_there),
                    Self::Name(name) => {
                        let field = schema.field(Field::$field).ok_or_else(not_there)?;
                        let symbol = schema.symbol(field, name).map_err(not_found)?;
                        Ok($id::new(symbol.get()))
                    }
                }
            }
        }
    )+};
}

symbol_refs! {
    pub(crate) StatusId STATUS has_status;
    pub(crate) TagId TAGS has_tag;
    /// ```
    /// use tagmata::{Ref, Schema, SegmentId};
    /// let mut schema = Schema::default();
    /// let north = schema.define_segment("Nord")?;
    /// assert_eq!(Ref::<SegmentId>::from("NORD").resolve(&schema)?, north);
    /// assert!(Ref::<SegmentId>::from("Sud").resolve(&schema).is_err());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub SegmentId SEGMENTS has_segment;
}

impl Ref<OptionId> {
    /// The option of a field.
    ///
    /// # Errors
    /// [`Code::UnknownOption`](crate::Code::UnknownOption) for a name that is none, [`Code::NotFound`](crate::Code::NotFound)
    /// for an id that is no option's.
    pub(crate) fn resolve(&self, field: &Field, schema: &Schema) -> Result<OptionId> {
        match self {
            Self::Id(id) => schema.has_option(field.id(), *id).then_some(*id).ok_or_else(not_there),
            Self::Name(name) => {
                schema.symbol(field, name).map(|symbol| OptionId::new(symbol.get())).map_err(not_found)
            }
        }
    }
}

impl Ref<KindId> {
    /// The kind of interaction.
    ///
    /// # Errors
    /// [`Code::UnknownKind`](crate::Code::UnknownKind) for a key that is none, [`Code::NotFound`](crate::Code::NotFound)
    /// for an id that is no kind's.
    pub(crate) fn resolve(&self, schema: &Schema) -> Result<KindId> {
        match self {
            Self::Id(id) => schema.has_kind(*id).then_some(*id).ok_or_else(not_there),
            Self::Name(key) => match schema.kind(key) {
                Some(kind) => Ok(kind.id),
                None => Err(not_found(unknown_kind(key, schema))),
            },
        }
    }
}

impl Ref<RuleId> {
    /// The rule.
    ///
    /// # Errors
    /// [`Code::UnknownRule`] if there is none, with a help of its own for a default rule.
    pub(crate) fn resolve(&self, rules: &Rules) -> Result<RuleId> {
        let name = match self {
            Self::Id(id) => return rules.get(*id).map(|_| *id).ok_or_else(not_there),
            Self::Name(name) => name,
        };
        rules.find(name).ok_or_else(|| {
            let unknown = Diagnostic::new(Code::UnknownRule, format!("there is no rule {}", quoted(name)));
            if DefaultRule::ALL.iter().any(|rule| rule.as_str() == name) {
                let help = "it is a default rule, which `set_automation` switches on and off";
                return Error::not_found(unknown.help(help));
            }
            let near = nearest(name, rules.iter().map(|(_, rule)| rule.name()));
            Error::not_found(unknown.help_if(did_you_mean(&near)).expecting(near))
        })
    }
}

fn not_found(error: Error) -> Error {
    error.of_kind(ErrorKind::NotFound)
}
