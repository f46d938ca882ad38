//! Interactions as hosts in other languages read them from values of all types.

use crate::diagnostic::Place;
use crate::error::{Error, Result};
use crate::json::pointer_step;
use crate::time::Timestamp;
use crate::value::{Amount, ContactId};

/// The parts of an interaction, in the order in which problems with them are told.
const PARTS: [&str; 5] = ["contact", "kind", "at", "amount", "label"];

/// An interaction as a host reads it, part by part, with what could not be read.
///
/// All problems of many interactions are told at once then, those of their values and those with what the book has.
///
/// ```
/// use tagmata::{Book, ContactId, InteractionParts, NewInteractions, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let mut parts = InteractionParts::new();
/// parts.contact(Ok(ContactId::new(7)));
/// parts.kind(Ok("payment".to_owned()));
/// parts.amount("1,5".parse());
/// let mut new = NewInteractions::new();
/// new.push_parts(parts, now);
/// let error = book.record_many(new, now).unwrap_err();
/// let told: Vec<_> = error.diagnostics().iter().map(|one| (one.place().pointer(), one.message())).collect();
/// assert_eq!(told, [
///     (Some("/0/contact"), "there is no contact 7"),
///     (Some("/0/amount"), "`1,5` is not a number"),
/// ]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InteractionParts {
    pub(super) contact: Option<ContactId>,
    pub(super) kind: Option<String>,
    pub(super) at: Option<Timestamp>,
    pub(super) amount: Option<Amount>,
    pub(super) label: Option<String>,
    /// By the key at which it stands; the whole interaction if there is none.
    refused: Vec<(Option<Box<str>>, Error)>,
}

/// A problem with one of several interactions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refused {
    pub(super) row: usize,
    key: Option<Box<str>>,
    pub(super) error: Error,
}

impl InteractionParts {
    /// None yet. An interaction needs a contact and a kind.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With whom it happened.
    pub fn contact(&mut self, read: Result<ContactId>) {
        self.contact = self.read("contact", read);
    }

    /// The key of its kind.
    pub fn kind(&mut self, read: Result<String>) {
        self.kind = self.read("kind", read);
    }

    /// When it happened; now if nothing is said.
    pub fn at(&mut self, read: Result<Timestamp>) {
        self.at = self.read("at", read);
    }

    /// How much was paid, invoiced, …
    pub fn amount(&mut self, read: Result<Amount>) {
        self.amount = self.read("amount", read);
    }

    /// What it is called.
    pub fn label(&mut self, read: Result<String>) {
        self.label = self.read("label", read);
    }

    /// What stands at a key at which an interaction has nothing.
    pub fn refuse_key(&mut self, key: &str, error: Error) {
        self.refused.push((Some(key.into()), error));
    }

    /// What is no interaction at all.
    pub fn refuse(&mut self, error: Error) {
        self.refused.push((None, error));
    }

    fn read<T>(&mut self, key: &str, read: Result<T>) -> Option<T> {
        read.map_err(|error| self.refuse_key(key, error)).ok()
    }

    /// What can be recorded, and what is wrong with it as the one at a place among others.
    pub(super) fn finish(mut self, row: usize) -> (Self, impl Iterator<Item = Refused>) {
        let is_told = |key: &str| self.refused.iter().any(|(of, _)| of.as_deref().is_none_or(|of| of == key));
        let needed = [
            ("contact", "the id of a contact", self.contact.is_none()),
            ("kind", "the key of a kind", self.kind.is_none()),
        ];
        let missing = needed.into_iter().filter(|(key, _, is_missing)| *is_missing && !is_told(key));
        let missing: Vec<_> = missing
            .map(|(key, takes, _)| (Some(key.into()), Error::wrong_type(key, takes, "nothing")))
            .collect();
        let refused = std::mem::take(&mut self.refused).into_iter().chain(missing);
        (self, refused.map(move |(key, error)| Refused { row, key, error }))
    }
}

impl Refused {
    /// Whether it leaves nothing to be said about a part.
    pub(super) fn is_about(&self, part: &str) -> bool {
        self.key.as_deref().is_none_or(|key| key == part)
    }

    pub(super) fn place(&self) -> Place {
        place(self.row, self.key.as_deref())
    }
}

/// The place of a part of an interaction among others, or of the interaction.
pub(super) fn place(row: usize, key: Option<&str>) -> Place {
    let pointer = key.map_or_else(|| format!("/{row}"), |key| format!("/{row}/{}", pointer_step(key)));
    let part = key.map_or(0, |key| PARTS.iter().position(|part| *part == key).unwrap_or(PARTS.len()));
    let order = row.saturating_mul(PARTS.len() + 1).saturating_add(part);
    Place::Json { pointer: pointer.into(), order: u32::try_from(order).unwrap_or(u32::MAX) }
}
