//! Interactions that somebody wants recorded, or deleted.

use super::parts::{InteractionParts, Refused};
use super::reference::Ref;
use crate::model::Interaction;
use crate::table::Interactions;
use crate::time::Timestamp;
use crate::value::{Amount, ContactId, KindId, Text};
use std::collections::HashMap;

/// Interactions to be recorded all at once, or not at all.
///
/// They are kept in columns, 28 bytes each, so that millions of them are one command.
///
/// ```
/// use tagmata::{ContactId, NewInteractions, Timestamp};
/// let at: Timestamp = "2026-11-20T15:00:00Z".parse()?;
/// let mut new = NewInteractions::new();
/// new.push(ContactId::new(0), "payment", at, Some("49.90".parse()?), Some("Invoice 7"));
/// new.push(ContactId::new(1), "message", at, None, None);
/// assert_eq!(new.len(), 2);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewInteractions {
    /// The kind of each is the place of its key.
    all: Interactions,
    kinds: Vec<Box<str>>,
    places: HashMap<Box<str>, KindId>,
    /// The label that was read last, which is often that of the next one.
    last_label: Option<(Box<str>, Option<Text>)>,
    /// What could not be read of any, in their order.
    refused: Vec<Refused>,
}

impl NewInteractions {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one behind the others. A blank label is none.
    pub fn push(
        &mut self,
        contact: ContactId,
        kind: &str,
        at: Timestamp,
        amount: Option<Amount>,
        label: Option<&str>,
    ) {
        let kind = self.kind(kind);
        let label = label.and_then(|label| self.label(label));
        self.all.push(contact, &Interaction { kind, at, amount, label });
    }

    /// Adds one behind the others whose parts a host has read; what has no time is at this instant.
    ///
    /// What of it could not be read is told by [`Book::record_many`](crate::Book::record_many), in its place.
    pub fn push_parts(&mut self, parts: InteractionParts, now: Timestamp) {
        let (interaction, refused) = parts.finish(self.all.len());
        self.refused.extend(refused);
        let InteractionParts { contact, kind, at, amount, label, .. } = interaction;
        let (contact, kind) = (contact.unwrap_or(ContactId::new(0)), kind.unwrap_or_default());
        self.push(contact, &kind, at.unwrap_or(now), amount, label.as_deref());
    }

    fn kind(&mut self, key: &str) -> KindId {
        if let Some(kind) = self.places.get(key) {
            return *kind;
        }
        let kind = KindId::new(u32::try_from(self.kinds.len()).unwrap_or(u32::MAX));
        self.kinds.push(key.into());
        self.places.insert(key.into(), kind);
        kind
    }

    fn label(&mut self, label: &str) -> Option<Text> {
        match &self.last_label {
            Some((last, text)) if **last == *label => text.clone(),
            _ => {
                let text = Text::new(label);
                self.last_label = Some((label.into(), text.clone()));
                text
            }
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What could not be read of any. Those have a contact and a kind that mean nothing where these are refused.
    pub(super) fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// All of them; the kind of each is the place of its key among [`kinds`](Self::kinds).
    pub(super) fn all(&self) -> &Interactions {
        &self.all
    }

    /// The keys of the kinds, as they were written.
    pub(super) fn kinds(&self) -> &[Box<str>] {
        &self.kinds
    }
}

/// Which interactions of some contacts are meant: all, unless something is asked of them.
///
/// ```
/// use tagmata::{Book, Draft, InteractionQuery, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// book.record(zoe, "payment", "2026-10-31T23:59:59Z".parse()?, None, None, now)?;
/// book.record(zoe, "payment", "2026-11-01T00:00:00Z".parse()?, None, None, now)?;
/// let november = InteractionQuery::new().kind("payment").since("2026-11-01T00:00:00Z".parse()?);
/// book.delete_interactions(zoe, november, now)?;
/// assert_eq!(book.count("count(payment) = 1")?, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct InteractionQuery {
    pub(super) kind: Option<Ref<KindId>>,
    pub(super) labelled: Option<String>,
    pub(super) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
}

impl InteractionQuery {
    /// All interactions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those of this kind only.
    pub fn kind(mut self, kind: impl Into<Ref<KindId>>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Those with this label only, whatever its case.
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.labelled = Some(label.into());
        self
    }

    /// Those at this instant or later only.
    pub fn since(mut self, at: Timestamp) -> Self {
        self.since = Some(at);
        self
    }

    /// Those before this instant only.
    pub fn until(mut self, at: Timestamp) -> Self {
        self.until = Some(at);
        self
    }
}
