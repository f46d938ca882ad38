//! What one change made true, complete enough to be stored, replayed and undone.

use super::fact::Fact;
use crate::state::{Cause, Origin};
use crate::time::Timestamp;
use crate::value::{MemberSet, RuleId};
use std::sync::Arc;

/// The facts of one change, and when, by whom and why they became true.
///
/// Applied to the state it was decided on, it cannot fail. The commits of a book, applied in order, make the same book again.
///
/// ```
/// use tagmata::{Book, Draft, Fact, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let mut replica = Book::builder().build(now);
/// let outcome = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.outcome;
/// assert_eq!(outcome.commit.number(), 1);
/// assert!(matches!(outcome.commit.facts()[0], Fact::Created(_)));
/// replica.replay(&outcome.commit)?;
/// assert_eq!(replica.count("first_name = zoé")?, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    pub(super) origin: Arc<Origin>,
    pub(super) facts: Vec<Fact>,
    /// What each fact does to the histories of its contacts.
    pub(super) entries: Vec<Entry>,
}

/// The entry that a fact puts into the histories of its contacts, or takes out of them: its own, or that of a fact which it
/// turns round.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) origin: Arc<Origin>,
    /// The place of the fact among those of its commit.
    pub(crate) place: u32,
    pub(crate) is_added: bool,
}

impl Entry {
    /// The entries of new facts, from a place among those of their commit on, with the rule by which each is, if it is one.
    pub(crate) fn own<'o>(
        origin: &'o Arc<Origin>,
        first: usize,
        by: &'o [Option<RuleId>],
    ) -> impl Iterator<Item = Self> + 'o {
        let mut by_rule: Option<(RuleId, Arc<Origin>)> = None;
        (first..).zip(by).map(move |(place, rule)| {
            let origin = match (rule, &by_rule) {
                (None, _) => Arc::clone(origin),
                (Some(rule), Some((last, origin))) if rule == last => Arc::clone(origin),
                (Some(rule), _) => {
                    let own = Arc::new(Origin { cause: Cause::Rule(*rule), ..(**origin).clone() });
                    Arc::clone(&by_rule.insert((*rule, own)).1)
                }
            };
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            Self { origin, place, is_added: true }
        })
    }

    /// What the inverse fact does.
    pub(super) fn inverse(&self) -> Self {
        Self { origin: Arc::clone(&self.origin), place: self.place, is_added: !self.is_added }
    }
}

impl Commit {
    pub(crate) fn new(origin: Arc<Origin>, facts: Vec<Fact>, entries: Vec<Entry>) -> Self {
        Self { origin, facts, entries }
    }

    /// Its place among the commits of the book, from 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.origin.commit
    }

    /// When it happened.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.origin.at
    }

    /// Who did it, in the host's words.
    #[must_use]
    pub fn actor(&self) -> Option<&str> {
        self.origin.actor.as_deref()
    }

    /// What made it happen.
    #[must_use]
    pub fn cause(&self) -> &Cause {
        &self.origin.cause
    }

    /// What became true, in order.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The contacts that it is about.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("status", "vip"), now)?.id;
    /// let leo = book.create_contact(Draft::new().set("first_name", "Léo"), now)?.id;
    /// let outcome = book.set_status([zoe, leo], "vip", now)?;
    /// assert_eq!(outcome.commit.contacts().to_numbers(), [leo.get()]); // Zoé was a VIP already
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn contacts(&self) -> MemberSet {
        let mut all = MemberSet::new();
        self.facts.iter().for_each(|fact| fact.add_contacts_to(&mut all));
        all
    }

    /// About how many bytes the commit takes.
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        size_of::<Self>() + self.facts.iter().map(Fact::size_in_bytes).sum::<usize>()
    }

    /// When, by whom and why it happened.
    pub(crate) fn origin(&self) -> &Arc<Origin> {
        &self.origin
    }

    /// What each fact does to the histories of its contacts.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
