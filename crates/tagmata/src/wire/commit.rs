//! Whole commits.

use super::format::{from_bytes, to_bytes};
use super::reader::Reader;
use super::wire::{Wire, record, tagged};
use super::writer::Writer;
use crate::change::{Commit, Entry, Fact};
use crate::error::Result;
use crate::state::{Cause, Origin};
use std::sync::Arc;

tagged! {
    Cause, "cause" {
        0 => Call;
        1 => Import;
        2 => Undo(commit);
        3 => Rule(rule);
    }
}

record! {
    Origin { commit at actor cause }
}

/// The different origins, its own first; the facts; and for each of these its entry in histories: twice the position of its
/// origin, and one where it is added; then its place.
impl Wire for Commit {
    fn write(&self, out: &mut Writer) {
        let mut origins = vec![self.origin()];
        let place_of = |entry: &Entry, origins: &[&Arc<Origin>]| {
            origins.iter().position(|known| Arc::ptr_eq(known, &entry.origin) || **known == entry.origin)
        };
        for entry in self.entries() {
            if place_of(entry, &origins).is_none() {
                origins.push(&entry.origin);
            }
        }
        out.count(origins.len());
        origins.iter().for_each(|origin| origin.write(out));
        out.count(self.facts().len());
        self.facts().iter().for_each(|fact| fact.write(out));
        for entry in self.entries() {
            let origin = place_of(entry, &origins).unwrap_or_default();
            out.count(2 * origin + usize::from(entry.is_added));
            entry.place.write(out);
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let origins: Vec<Arc<Origin>> = Wire::read(input)?;
        let Some(origin) = origins.first() else {
            return Err(input.damaged("a commit has no origin"));
        };
        let facts: Vec<Fact> = Wire::read(input)?;
        let mut entries = Vec::with_capacity(facts.len());
        for _ in &facts {
            let (told, place): (usize, u32) = Wire::read(input)?;
            let Some(origin) = origins.get(told / 2) else {
                return Err(input.damaged("an entry has an origin that is not there"));
            };
            entries.push(Entry { origin: Arc::clone(origin), place, is_added: told % 2 == 1 });
        }
        Ok(Self::new(Arc::clone(origin), facts, entries))
    }
}

impl Commit {
    /// The commit as bytes, in format version 1 (`docs/commit-format.md`): complete, so that what is read is the same commit,
    /// whatever has been renamed or deleted since. They are not compressed.
    ///
    /// ```
    /// use tagmata::{Book, Commit, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let mut replica = Book::builder().build(now);
    /// let outcome = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.outcome;
    /// let commit = Commit::from_bytes(&outcome.commit.to_bytes())?;
    /// assert_eq!(commit, outcome.commit);
    /// replica.replay(&commit)?;
    /// assert_eq!(replica.count("first_name = zoé")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// The commit that was written as bytes.
    ///
    /// ```
    /// use tagmata::{Code, Commit};
    /// assert_eq!(Commit::from_bytes(b"").unwrap_err().code(), Code::StoreDamaged);
    /// assert_eq!(Commit::from_bytes(&[2]).unwrap_err().code(), Code::NewerFormat);
    /// ```
    ///
    /// # Errors
    /// [`Code::StoreDamaged`](crate::Code::StoreDamaged) for bytes that are not those of one commit,
    /// [`Code::NewerFormat`](crate::Code::NewerFormat) for those of a later format.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        from_bytes("commit", bytes)
    }
}
