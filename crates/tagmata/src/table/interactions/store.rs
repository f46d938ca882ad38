//! The interactions of all contacts.

use super::entry::{Entry, Mark};
use super::labels::{LabelCode, Labels};
use super::list::Interactions;
use super::log::Log;
use crate::model::Interaction;
use crate::time::Timestamp;
use crate::value::{ContactId, KindId, MemberSet};
use std::collections::BTreeMap;
use std::ops::Range;

/// What was recorded, in a log for each kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct InteractionStore {
    pub(super) logs: BTreeMap<KindId, Log>,
    pub(super) labels: Labels,
}

impl InteractionStore {
    pub(crate) fn is_empty(&self) -> bool {
        self.logs.is_empty()
    }

    /// How many interactions there are.
    pub(crate) fn len(&self) -> usize {
        self.logs.values().map(Log::len).sum()
    }

    /// How many interactions of a kind there are.
    pub(crate) fn count_of(&self, kind: KindId) -> usize {
        self.logs.get(&kind).map_or(0, Log::len)
    }

    /// The contacts with interactions of a kind in a range of time, in microseconds.
    pub(crate) fn contacts_within(&self, kind: KindId, range: &Range<i64>) -> MemberSet {
        self.logs.get(&kind).map_or_else(MemberSet::new, |log| log.times().contacts_within(range))
    }

    /// The first time of an interaction of a kind that is not before another one, with anybody or with one of some contacts.
    pub(crate) fn least_from(&self, kind: KindId, low: i64, among: Option<&MemberSet>) -> Option<i64> {
        self.logs.get(&kind)?.times().least_from(low, among)
    }

    /// The last time of an interaction of a kind.
    pub(crate) fn greatest(&self, kind: KindId) -> Option<i64> {
        self.logs.get(&kind)?.times().greatest()
    }

    /// The kinds of which there are interactions.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = KindId> {
        self.logs.keys().copied()
    }

    /// The interactions of a contact, in their order.
    pub(crate) fn of(&self, contact: ContactId) -> Vec<Interaction> {
        let each = |(kind, log): (&KindId, &Log)| {
            let kind = *kind;
            log.of(contact.get()).map(move |entry| entry.interaction(kind, &self.labels)).collect::<Vec<_>>()
        };
        let mut all: Vec<Interaction> = self.logs.iter().flat_map(each).collect();
        all.sort_by(|one, other| one.order().cmp(&other.order()));
        all
    }

    /// All interactions of some contacts, ascending by contact.
    pub(crate) fn of_all(&self, contacts: &MemberSet) -> Interactions {
        if self.is_empty() {
            return Interactions::new();
        }
        contacts
            .iter()
            .flat_map(|contact| self.of(contact).into_iter().map(move |one| (contact, one)))
            .collect()
    }

    /// The contacts that have interactions.
    pub(crate) fn contacts(&self) -> MemberSet {
        let blocks = self.logs.values().flat_map(|log| &log.blocks);
        blocks.fold(MemberSet::new(), |mut all, block| {
            let mut rows = block.rows.clone();
            rows.dedup();
            all.add_all(&MemberSet::from_ascending(rows));
            all
        })
    }

    /// Adds interactions. `is_outgoing` knows the kinds that `last_interaction` does not look at.
    pub(crate) fn record(&mut self, all: &Interactions, is_outgoing: impl Fn(KindId) -> bool) {
        let labels = &mut self.labels;
        let numbers = all.numbered(|label, uses| Some(labels.take(label, uses)));
        for (kind, entries) in sorted_by_kind(all, &numbers, &self.labels) {
            let log = self.logs.entry(kind).or_insert_with(|| Log::new(!is_outgoing(kind)));
            log.insert_all(&entries, &self.labels);
        }
    }

    /// Takes out one interaction equal to each of these, where there is one.
    pub(crate) fn erase(&mut self, all: &Interactions) {
        let numbers = all.numbered(|label, _| self.labels.find(label));
        for (kind, entries) in sorted_by_kind(all, &numbers, &self.labels) {
            let Some(log) = self.logs.get_mut(&kind) else { continue };
            let taken = log.remove_all(&entries, &self.labels);
            if log.len() == 0 {
                self.logs.remove(&kind);
            }
            taken.iter().for_each(|entry| self.labels.release(entry.mark.label()));
        }
    }

    /// Which of some interactions are there: of equal ones as many as there are.
    pub(crate) fn present(&self, all: &Interactions) -> Vec<bool> {
        let mut present = vec![false; all.len()];
        if self.is_empty() {
            return present;
        }
        let mut open: Vec<(KindId, Entry, usize)> = Vec::with_capacity(all.len());
        let numbers = all.numbered(|label, _| self.labels.find(label));
        for (at, (kind, entry)) in all.kinds().iter().zip(all.entries()).enumerate() {
            open.extend(with_number(entry, &numbers).map(|entry| (*kind, entry, at)));
        }
        open.sort_unstable_by(|(kind, one, _), (other_kind, other, _)| {
            kind.cmp(other_kind).then_with(|| one.order(other, &self.labels))
        });
        for of_contact in
            open.chunk_by(|(kind, one, _), (other_kind, other, _)| (kind, one.row) == (other_kind, other.row))
        {
            let Some((kind, first, _)) = of_contact.first() else { continue };
            let mut open = of_contact.iter().peekable();
            for entry in self.logs.get(kind).into_iter().flat_map(|log| log.of(first.row)) {
                while open.next_if(|(_, other, _)| other.order(&entry, &self.labels).is_lt()).is_some() {}
                if let Some((_, _, at)) = open.next_if(|(_, other, _)| *other == entry)
                    && let Some(present) = present.get_mut(*at)
                {
                    *present = true;
                }
            }
        }
        present
    }

    /// Whether a contact has an interaction of a kind at just this instant.
    pub(crate) fn has_at(&self, contact: ContactId, kind: KindId, at: Timestamp) -> bool {
        let mut pieces = self.logs.get(&kind).into_iter().flat_map(|log| log.pieces_of(contact.get()));
        pieces.any(|(block, places)| {
            let times = block.times.get(places).unwrap_or_default();
            times.binary_search(&at.as_micros()).is_ok()
        })
    }

    /// When a contact was last heard of by what is recorded.
    pub(crate) fn last_heard(&self, contact: ContactId) -> Option<Timestamp> {
        let heard = self.logs.values().filter(|log| log.is_heard);
        let last = heard.filter_map(|log| {
            let (block, places) = log.pieces_of(contact.get()).next_back()?;
            block.times.get(places.end.checked_sub(1)?)
        });
        last.max().map(|at| Timestamp::at(*at))
    }

    /// The same for all contacts at once, by row; `i64::MIN` for those who were not heard of. There are so many rows.
    pub(crate) fn all_last_heard(&self, rows: u32) -> Vec<i64> {
        let mut last = vec![i64::MIN; rows as usize];
        for block in self.logs.values().filter(|log| log.is_heard).flat_map(|log| &log.blocks) {
            for (row, at) in block.rows.iter().zip(&block.times) {
                if let Some(slot) = last.get_mut(*row as usize) {
                    *slot = (*slot).max(*at);
                }
            }
        }
        last
    }

    /// About how many bytes they take.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.logs.values().map(Log::size_in_bytes).sum::<usize>() + self.labels.size_in_bytes()
    }
}

/// The interactions of each kind as entries in their order, with these numbers for the numbers of their labels; those for
/// whose labels nothing stands are left out.
fn sorted_by_kind(
    all: &Interactions,
    numbers: &[Option<LabelCode>],
    labels: &Labels,
) -> BTreeMap<KindId, Vec<Entry>> {
    let mut by_kind: BTreeMap<KindId, Vec<Entry>> = BTreeMap::new();
    for (kind, entry) in all.kinds().iter().zip(all.entries()) {
        by_kind.entry(*kind).or_default().extend(with_number(entry, numbers));
    }
    for entries in by_kind.values_mut() {
        entries.sort_unstable_by(|one, other| one.order(other, labels));
    }
    by_kind
}

/// An entry with the number that stands for that of its label, if one does.
fn with_number(entry: Entry, numbers: &[Option<LabelCode>]) -> Option<Entry> {
    let label = numbers.get(entry.mark.label() as usize).copied().flatten()?;
    Some(Entry { mark: Mark::new(label, entry.mark.has_amount()), ..entry })
}
