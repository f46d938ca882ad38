//! One contact with its values and interactions, as filters see it.

use super::{Field, Interaction};
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, SymbolSet, Text, Value};

/// A contact: the values of its fields, and its interactions in the order of time.
///
/// Invariant: `name` is made of the first and the last name, and `last_interaction` is never before an interaction that counts.
///
/// ```
/// use tagmata::{ContactId, Draft, Field, Schema, Value};
/// let draft = Draft::new().set("first_name", "Zoé").set("last_name", "Martin");
/// let draft = draft.interaction("payment", "2026-11-20T15:00:00Z".parse()?, Some("49.90".parse()?), None);
/// let zoe = draft.read(ContactId::new(7), &Schema::default())?;
/// assert_eq!(zoe.id().get(), 7);
/// let Some(Value::Text(name)) = zoe.get(Field::NAME) else { unreachable!() };
/// assert_eq!(name.as_str(), "Zoé Martin");
/// assert_eq!(zoe.get(Field::LAST_INTERACTION), Some(&Value::DateTime("2026-11-20T15:00:00Z".parse()?)));
/// assert_eq!(zoe.interactions()[0].amount, Some("49.9".parse()?));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    id: ContactId,
    values: Vec<Option<Value>>,
    interactions: Vec<Interaction>,
}

impl Contact {
    /// A contact without any value but its id.
    ///
    /// ```
    /// # use tagmata::{Contact, ContactId, Field, Value};
    /// let contact = Contact::new(ContactId::new(7));
    /// assert_eq!(contact.get(Field::ID), Some(&Value::Id(ContactId::new(7))));
    /// assert_eq!(contact.get(Field::EMAIL), None);
    /// ```
    #[must_use]
    pub fn new(id: ContactId) -> Self {
        let mut values = vec![None; Field::STANDARD.len()];
        if let Some(slot) = values.get_mut(Field::ID.index()) {
            *slot = Some(Value::Id(id));
        }
        Self { id, values, interactions: Vec::new() }
    }

    /// A contact with values of the types of their fields, and the name that they make.
    pub(crate) fn with(id: ContactId, values: impl Iterator<Item = (FieldId, Value)>) -> Self {
        let mut contact = Self::new(id);
        for (field, value) in values {
            contact.put(field, Some(value));
        }
        let name = contact.full_name();
        contact.put(Field::NAME, name.map(Value::Text));
        contact
    }

    /// The number of the contact.
    #[must_use]
    pub fn id(&self) -> ContactId {
        self.id
    }

    /// The value of a field; `None` if it is missing.
    #[must_use]
    pub fn get(&self, field: FieldId) -> Option<&Value> {
        self.values.get(field.index()).and_then(Option::as_ref)
    }

    /// The values that are there, by field.
    pub(crate) fn values(&self) -> impl Iterator<Item = (FieldId, &Value)> {
        (0_u32..).zip(&self.values).filter_map(|(field, value)| Some((FieldId::new(field), value.as_ref()?)))
    }

    /// The interactions, earliest first.
    #[must_use]
    pub fn interactions(&self) -> &[Interaction] {
        &self.interactions
    }

    /// Sets or removes the value of a field. The value is of the field's type; [`Draft`](super::Draft) sees to that.
    pub(crate) fn set(&mut self, field: FieldId, value: Option<Value>) {
        let value = value.filter(|value| !matches!(value, Value::Many(set) if set.is_empty()));
        self.put(field, value);
        if field == Field::FIRST_NAME || field == Field::LAST_NAME {
            let name = self.full_name();
            self.put(Field::NAME, name.map(Value::Text));
        }
    }

    fn put(&mut self, field: FieldId, value: Option<Value>) {
        if self.values.len() <= field.index() {
            self.values.resize(field.index() + 1, None);
        }
        if let Some(slot) = self.values.get_mut(field.index()) {
            *slot = value;
        }
    }

    fn full_name(&self) -> Option<Text> {
        match (self.text(Field::FIRST_NAME), self.text(Field::LAST_NAME)) {
            (Some(first), Some(last)) => Text::new(&format!("{} {}", first.as_str(), last.as_str())),
            (only, None) | (None, only) => only.cloned(),
        }
    }

    /// The text of a field, if it holds text.
    pub(crate) fn text(&self, field: FieldId) -> Option<&Text> {
        match self.get(field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The set of a field, if it holds one.
    pub(crate) fn set_of(&self, field: FieldId) -> Option<&SymbolSet> {
        match self.get(field) {
            Some(Value::Many(set)) => Some(set),
            _ => None,
        }
    }

    /// The instant of a field, if it holds one.
    pub(crate) fn instant(&self, field: FieldId) -> Option<Timestamp> {
        match self.get(field) {
            Some(Value::DateTime(at)) => Some(*at),
            _ => None,
        }
    }

    /// Adds an interaction. One that is not outgoing moves `last_interaction` on, never back.
    pub(crate) fn record(&mut self, interaction: Interaction, outgoing: bool) {
        let at = interaction.at;
        if !outgoing && self.instant(Field::LAST_INTERACTION).is_none_or(|last| last < at) {
            self.put(Field::LAST_INTERACTION, Some(Value::DateTime(at)));
        }
        let place = self.interactions.partition_point(|other| other.order() <= interaction.order());
        self.interactions.insert(place, interaction);
    }
}
