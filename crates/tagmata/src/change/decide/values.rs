//! Values from outside, read for contacts of the book.

use crate::change::fact::Fact;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::{Field, Input, NewNames};
use crate::state::State;
use crate::text::quoted;
use crate::value::{ContactId, Country, SegmentId, Symbol, SymbolSet, Text, Value};

/// Reads values by the types of their fields. Tags are made on first use.
pub(super) struct ValueReader<'s> {
    state: &'s State,
    tags: NewNames<'s>,
}

impl<'s> ValueReader<'s> {
    pub(super) fn new(state: &'s State) -> Self {
        Self { state, tags: state.schema.new_tags() }
    }

    /// The value, or none where it is missing.
    ///
    /// # Errors
    /// Those of reading a value; a dynamic segment is one, since nobody is put into it by hand.
    pub(super) fn read(
        &mut self,
        field: &Field,
        input: &Input,
        country: Option<Country>,
    ) -> Result<Option<Value>> {
        match (field.id(), input) {
            (Field::TAGS, Input::List(names)) => {
                let names = names.iter().filter(|name| !name.trim().is_empty());
                let set = names.map(|name| self.tag(name)).collect::<Result<SymbolSet>>()?;
                Ok((!set.is_empty()).then_some(Value::Many(set)))
            }
            (Field::SEGMENTS, _) => {
                let value = self.state.schema.read_value(field, input, country)?;
                if let Some(Value::Many(set)) = &value {
                    set.iter()
                        .try_for_each(|symbol| require_static(self.state, SegmentId::new(symbol.get())))?;
                }
                Ok(value)
            }
            _ => self.state.schema.read_value(field, input, country),
        }
    }

    /// The tag of a name, which is made if it is new.
    ///
    /// # Errors
    /// [`Code::BadName`] if the name is blank or too long.
    pub(super) fn tag(&mut self, name: &str) -> Result<Symbol> {
        self.tags.find_or_add(name).map(Symbol::new)
    }

    /// The tag of a name: one that is there, or a new one.
    pub(super) fn find_tag(&self, name: &str) -> Option<Symbol> {
        self.tags.find(name).map(Symbol::new)
    }

    /// The facts that make the new tags.
    pub(super) fn into_facts(self) -> impl Iterator<Item = Fact> {
        self.tags.into_edits().into_iter().map(Fact::Schema)
    }
}

/// Whether contacts can be put into a segment by hand.
///
/// # Errors
/// [`Code::WrongSegmentKind`] if it is dynamic.
pub(crate) fn require_static(state: &State, segment: SegmentId) -> Result<()> {
    if state.segments.get(segment).is_none() {
        return Ok(());
    }
    let message =
        format!("{} is a dynamic segment: its filter decides", quoted(state.schema.segment_name(segment)));
    let help = "to have a contact in or out all the same, pin it as always in or always out";
    Err(Error::conflict(Diagnostic::new(Code::WrongSegmentKind, message).help(help)))
}

/// Whether an external id is free for a contact, or for a new one.
///
/// # Errors
/// [`Code::ExternalIdTaken`] if another contact has it.
pub(crate) fn require_free_external_id(state: &State, own: Option<ContactId>, id: &Text) -> Result<()> {
    let others = state.find(Field::EXTERNAL_ID, id.folded());
    match others.into_iter().find(|other| Some(*other) != own) {
        Some(other) => {
            let taken = external_id_taken(id, &format!("contact {}", other.get()));
            Err(Error::conflict(taken).of_contacts([other.get()]))
        }
        None => Ok(()),
    }
}

/// Somebody has an external id already.
pub(crate) fn external_id_taken(id: &Text, owner: &str) -> Diagnostic {
    let message = format!("the external id {} is taken", quoted(id.as_str()));
    Diagnostic::new(Code::ExternalIdTaken, message)
        .help(format!("{owner} has it; an external id is one contact's"))
}
