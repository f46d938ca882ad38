//! How a book says that somebody does not want to be written to.

use crate::change::Ref;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::{Field, Schema};
use crate::state::State;
use crate::table::Column;
use crate::text::{did_you_mean, nearest, quoted};
use crate::value::{FieldId, MemberSet, TagId, ValueType};

/// What marks those who have opted out: a field of type `bool` that is true, or a tag.
///
/// A contact without a value in the field has not opted out. Where only those may be written to who agreed, put
/// `opt_in is true` into the filter of the audience.
///
/// ```
/// use tagmata::{FieldId, OptOut, Ref};
/// assert_eq!(OptOut::from("no_sms"), OptOut::Named("no_sms".to_owned()));
/// assert_eq!(OptOut::from(FieldId::new(18)), OptOut::Field(Ref::Id(FieldId::new(18))));
/// assert_eq!(OptOut::Tag("Stop".into()), OptOut::Tag(Ref::Name("Stop".to_owned())));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptOut {
    /// A field of type `bool`; true is opted out.
    Field(Ref<FieldId>),
    /// A tag; who has it has opted out.
    Tag(Ref<TagId>),
    /// Whichever of both has this name; an error if both have it.
    Named(String),
}

impl From<&str> for OptOut {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl From<String> for OptOut {
    fn from(name: String) -> Self {
        Self::Named(name)
    }
}

impl From<FieldId> for OptOut {
    fn from(field: FieldId) -> Self {
        Self::Field(field.into())
    }
}

impl From<TagId> for OptOut {
    fn from(tag: TagId) -> Self {
        Self::Tag(tag.into())
    }
}

impl OptOut {
    /// Those among some contacts who have opted out.
    ///
    /// # Errors
    /// [`Code::UnknownField`], [`Code::UnknownTag`] for a name that is none; [`Code::BadOptOut`] for a field of another type,
    /// and for a name that a field and a tag have.
    pub(super) fn among(&self, contacts: &MemberSet, state: &State) -> Result<MemberSet> {
        let schema = &state.schema;
        match self {
            Self::Field(field) => {
                let field = field.resolve(schema)?;
                match is_flag(field) {
                    true => Ok(flagged(field, contacts, state)),
                    false => Err(no_flag(field, schema)),
                }
            }
            Self::Tag(tag) => Ok(tagged(tag.resolve(schema)?, contacts, state)),
            Self::Named(name) => {
                let field = schema.field_by_key(name).or_else(|| schema.field_by_label(name));
                match (field.filter(|field| is_flag(field)), schema.tag(name)) {
                    (Some(field), None) => Ok(flagged(field, contacts, state)),
                    (None, Some(tag)) => Ok(tagged(tag, contacts, state)),
                    (Some(_), Some(_)) => Err(either(name)),
                    (None, None) => Err(match field {
                        Some(field) => no_flag(field, schema),
                        None => unknown(name, schema),
                    }),
                }
            }
        }
    }
}

fn is_flag(field: &Field) -> bool {
    field.value_type() == ValueType::Bool
}

fn flagged(field: &Field, contacts: &MemberSet, state: &State) -> MemberSet {
    match state.table.column(field.id()) {
        Some(Column::Bool(flags)) => {
            flags.by_symbol().get(true).map_or_else(MemberSet::new, |flagged| flagged & contacts)
        }
        _ => MemberSet::new(),
    }
}

fn tagged(tag: TagId, contacts: &MemberSet, state: &State) -> MemberSet {
    &state.linked(Field::TAGS, tag.into()) & contacts
}

fn flag_keys(schema: &Schema) -> impl Iterator<Item = &str> {
    schema.fields().filter(|field| is_flag(field)).map(|field| schema.field_key(field.id()))
}

fn no_flag(field: &Field, schema: &Schema) -> Error {
    let (key, value_type) = (quoted(schema.field_key(field.id())), field.value_type());
    let message = format!("{key} is of type `{value_type}` and does not say who has opted out");
    let help = "take a field of type `bool`, where true is opted out, or a tag";
    Error::value(Diagnostic::new(Code::BadOptOut, message).help(help).expecting(flag_keys(schema)))
}

fn either(name: &str) -> Error {
    let message =
        format!("{} is a field and a tag: which of them says who has opted out is not clear", quoted(name));
    let help = "rename the tag, or leave out those who have it by an exclusion";
    Error::conflict(Diagnostic::new(Code::BadOptOut, message).help(help))
}

fn unknown(name: &str, schema: &Schema) -> Error {
    let near = nearest(name, flag_keys(schema).chain(schema.tags()));
    let message = format!("there is no field and no tag {}", quoted(name));
    let help =
        did_you_mean(&near).or(Some("define a field of type `bool`, where true is opted out".to_owned()));
    Error::not_found(Diagnostic::new(Code::UnknownField, message).help_if(help).expecting(near))
}
