//! Interactions in a commit.

use super::entry::{Entry, Mark};
use super::labels::{LabelCode, Labels};
use crate::model::Interaction;
use crate::time::Timestamp;
use crate::value::{Amount, ContactId, KindId, MemberSet, Text};

/// Interactions of contacts, in columns: 28 bytes each, and every different label once.
///
/// ```
/// use tagmata::{ContactId, Interaction, Interactions, KindId};
/// let at = "2026-11-20T15:00:00Z".parse()?;
/// let paid = Interaction { kind: KindId::new(2), at, amount: Some("49.90".parse()?), label: None };
/// let all: Interactions = [(ContactId::new(7), paid.clone())].into_iter().collect();
/// assert_eq!((all.len(), all.get(0)), (1, Some((ContactId::new(7), paid))));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Interactions {
    contacts: Vec<ContactId>,
    kinds: Vec<KindId>,
    times: Vec<i64>,
    amounts: Vec<i64>,
    marks: Vec<Mark>,
    labels: Labels,
}

impl Interactions {
    /// No interactions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.contacts.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.contacts.is_empty()
    }

    /// Adds one behind the others.
    pub fn push(&mut self, contact: ContactId, interaction: &Interaction) {
        let Interaction { kind, at, amount, label } = interaction;
        let label = label.as_ref().map_or(0, |label| self.labels.take(label, 1));
        self.push_entry(*kind, Entry::new(contact.get(), *at, *amount, label));
    }

    fn push_entry(&mut self, kind: KindId, entry: Entry) {
        self.contacts.push(ContactId::new(entry.row));
        self.kinds.push(kind);
        self.times.push(entry.at);
        self.amounts.push(entry.amount);
        self.marks.push(entry.mark);
    }

    /// The one at a position, and whose it is.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<(ContactId, Interaction)> {
        let (contact, kind) = (*self.contacts.get(at)?, *self.kinds.get(at)?);
        Some((contact, self.entry(at)?.interaction(kind, &self.labels)))
    }

    /// All of them, and whose each is.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ContactId, Interaction)> {
        let of = |((kind, entry), labels): ((&KindId, Entry), &Labels)| {
            (ContactId::new(entry.row), entry.interaction(*kind, labels))
        };
        self.kinds.iter().zip(self.entries()).map(move |one| of((one, &self.labels)))
    }

    /// Whose each is, in their order.
    #[must_use]
    pub fn contacts(&self) -> &[ContactId] {
        &self.contacts
    }

    /// Of which kind each is, in their order.
    #[must_use]
    pub fn kinds(&self) -> &[KindId] {
        &self.kinds
    }

    /// When each was, or will be, in their order.
    pub fn times(&self) -> impl ExactSizeIterator<Item = Timestamp> {
        self.times.iter().map(|at| Timestamp::at(*at))
    }

    /// The amount of each, in their order.
    pub(crate) fn amounts(&self) -> impl ExactSizeIterator<Item = Option<Amount>> {
        self.entries().map(Entry::amount)
    }

    /// The label of each, in their order.
    pub(crate) fn labels(&self) -> impl ExactSizeIterator<Item = Option<&Text>> {
        self.marks.iter().map(|mark| self.labels.get(mark.label()))
    }

    /// Whose each is, of which kind, and when.
    pub(crate) fn moments(&self) -> impl Iterator<Item = (ContactId, KindId, Timestamp)> {
        let whose = self.contacts.iter().zip(&self.kinds).zip(self.times());
        whose.map(|((contact, kind), at)| (*contact, *kind, at))
    }

    /// Whose they are.
    pub(crate) fn members(&self) -> MemberSet {
        if self.contacts.is_sorted() {
            let mut numbers: Vec<u32> = self.contacts.iter().map(|contact| contact.get()).collect();
            numbers.dedup();
            return MemberSet::from_sorted(&numbers);
        }
        self.contacts.iter().copied().collect()
    }

    /// Those at positions that pass a test.
    pub(crate) fn retained(&self, is_kept: impl Fn(usize, ContactId, KindId) -> bool) -> Self {
        let mut kept = Self::new();
        for (at, (contact, kind)) in self.contacts.iter().zip(&self.kinds).enumerate() {
            if let (true, Some(entry)) = (is_kept(at, *contact, *kind), self.entry(at)) {
                kept.push_other(*kind, entry, &self.labels);
            }
        }
        kept
    }

    /// Adds the entry of another list or log.
    pub(super) fn push_other(&mut self, kind: KindId, entry: Entry, labels: &Labels) {
        let label = labels.get(entry.mark.label()).map_or(0, |label| self.labels.take(label, 1));
        let mark = Mark::new(label, entry.mark.has_amount());
        self.push_entry(kind, Entry { mark, ..entry });
    }

    /// Gives each the kind that stands for its own.
    pub(crate) fn with_kinds(&self, stands_for: impl Fn(KindId) -> KindId) -> Self {
        let mut with = self.clone();
        for kind in &mut with.kinds {
            *kind = stands_for(*kind);
        }
        with
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        Some(Entry {
            row: self.contacts.get(at)?.get(),
            mark: *self.marks.get(at)?,
            at: *self.times.get(at)?,
            amount: *self.amounts.get(at)?,
        })
    }

    /// All of them as entries of logs, with labels of their own.
    pub(super) fn entries(&self) -> impl ExactSizeIterator<Item = Entry> {
        let columns = self.contacts.iter().zip(&self.marks).zip(self.times.iter().zip(&self.amounts));
        columns.map(|((contact, mark), (at, amount))| Entry {
            row: contact.get(),
            mark: *mark,
            at: *at,
            amount: *amount,
        })
    }

    /// For the number of each label, that of no label included, what stands for it elsewhere, if anything does.
    pub(super) fn numbered(
        &self,
        mut stands_for: impl FnMut(&Text, u32) -> Option<LabelCode>,
    ) -> Vec<Option<LabelCode>> {
        let mut numbers = vec![None; self.labels.uses.len() + 1];
        if let Some(none) = numbers.first_mut() {
            *none = Some(0);
        }
        for (code, text, uses) in self.labels.iter() {
            if let Some(slot) = numbers.get_mut(code as usize) {
                *slot = stands_for(text, uses);
            }
        }
        numbers
    }

    /// About how many bytes they take.
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        let each = size_of::<(ContactId, KindId, Mark)>() + 2 * size_of::<i64>();
        self.contacts.capacity() * each + self.labels.size_in_bytes()
    }
}

impl PartialEq for Interactions {
    /// Whether these are the same interactions in the same order.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl FromIterator<(ContactId, Interaction)> for Interactions {
    fn from_iter<T: IntoIterator<Item = (ContactId, Interaction)>>(all: T) -> Self {
        let mut list = Self::new();
        list.extend(all);
        list
    }
}

impl Extend<(ContactId, Interaction)> for Interactions {
    fn extend<T: IntoIterator<Item = (ContactId, Interaction)>>(&mut self, all: T) {
        for (contact, interaction) in all {
            self.push(contact, &interaction);
        }
    }
}
