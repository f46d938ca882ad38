//! Changes of a contact as they come from outside: values by name, not yet read.

use super::Input;

/// New values of contacts by field key; a missing one clears the field.
///
/// ```
/// use tagmata::{Book, Draft, Input, Patch, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé").set("source", "fair"), now)?.id;
/// book.update_contacts(zoe, Patch::new().set("last_name", "Martin").clear("source"), now)?;
/// assert_eq!(book.count("name = \"zoé martin\" and source is empty")?, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct Patch {
    values: Vec<(String, Input)>,
}

impl Patch {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a field a value, by the field's key. Tags and segments become exactly those of the list.
    pub fn set(mut self, key: impl Into<String>, value: impl Into<Input>) -> Self {
        self.values.push((key.into(), value.into()));
        self
    }

    /// Clears a field.
    pub fn clear(self, key: impl Into<String>) -> Self {
        self.set(key, Input::Missing)
    }

    /// The values by key, in the order in which they were given.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, &Input)> {
        self.values.iter().map(|(key, input)| (key.as_str(), input))
    }
}
