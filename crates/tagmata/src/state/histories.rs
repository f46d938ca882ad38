//! The histories of all contacts.

use super::history::{Change, HistoryEntry, Origin};
use crate::value::{ContactId, MemberSet};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The histories of all contacts.
///
/// A change of few contacts is kept with each of them, a change of many once for all: a bulk change of a million contacts
/// takes the room of one set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Histories {
    single: HashMap<ContactId, Vec<Placed>>,
    bulk: Vec<(Placed, MemberSet)>,
    /// Contacts that are gone, by the place of the fact by which they are.
    gone: BTreeMap<(u64, u32), MemberSet>,
    /// Into whom contacts were merged.
    heirs: BTreeMap<ContactId, ContactId>,
}

/// An entry at its place: behind those of earlier commits, and of earlier facts of its own commit.
#[derive(Debug, Clone)]
struct Placed {
    entry: HistoryEntry,
    place: u32,
}

impl Placed {
    fn order(&self) -> (u64, u32) {
        (self.entry.origin.commit, self.place)
    }
}

impl Histories {
    /// Adds an entry to the histories of contacts. One that was taken out comes back to its old place.
    pub(crate) fn add(&mut self, contacts: &MemberSet, change: Change, origin: &Arc<Origin>, place: u32) {
        const FEW: u64 = 16;
        let placed = Placed { entry: HistoryEntry { change, origin: Arc::clone(origin) }, place };
        let order = placed.order();
        if contacts.len() <= FEW {
            for contact in contacts.iter() {
                let entries = self.single.entry(contact).or_default();
                let at = entries.partition_point(|other| other.order() <= order);
                entries.insert(at, placed.clone());
            }
        } else {
            let at = self.bulk.partition_point(|(other, _)| other.order() <= order);
            self.bulk.insert(at, (placed, contacts.clone()));
        }
    }

    /// Takes an entry out of the histories of contacts. A fact makes at most one entry in each.
    pub(crate) fn remove(&mut self, contacts: &MemberSet, change: Change, origin: &Arc<Origin>, place: u32) {
        let order = (origin.commit, place);
        let is_it = |placed: &Placed| placed.order() == order && placed.entry.change == change;
        let mut rest = contacts.clone();
        let first = self.bulk.partition_point(|(placed, _)| placed.order() < order);
        let behind = self.bulk.iter_mut().skip(first).take_while(|(placed, _)| placed.order() == order);
        for (_, members) in behind.filter(|(placed, _)| is_it(placed)) {
            let taken = &*members & &rest;
            members.remove_all(&taken);
            rest.remove_all(&taken);
        }
        if rest.len() < contacts.len() {
            self.bulk.retain(|(_, members)| !members.is_empty());
        }
        for contact in self.with_entry(&rest, |entries| entries.iter().any(is_it)).iter() {
            if let Some(entries) = self.single.get_mut(&contact) {
                entries.retain(|placed| !is_it(placed));
                if entries.is_empty() {
                    self.single.remove(&contact);
                }
            }
        }
    }

    /// Those contacts in whose histories the entry of a fact is.
    pub(crate) fn having(&self, contacts: &MemberSet, commit: u64, place: u32) -> MemberSet {
        let order = (commit, place);
        let has_it = |entries: &[Placed]| entries.binary_search_by_key(&order, Placed::order).is_ok();
        let mut having = self.with_entry(contacts, has_it);
        let first = self.bulk.partition_point(|(placed, _)| placed.order() < order);
        for (_, members) in self.bulk.iter().skip(first).take_while(|(placed, _)| placed.order() == order) {
            having.add_all(&(members & contacts));
        }
        having
    }

    /// Those contacts in whose histories there is such a change by a commit after another one.
    pub(crate) fn changed_after(
        &self,
        contacts: &MemberSet,
        commit: u64,
        is_meant: impl Fn(Change) -> bool,
    ) -> MemberSet {
        let first =
            |entries: &[Placed]| entries.partition_point(|placed| placed.entry.origin.commit <= commit);
        let has_one = |entries: &[Placed]| {
            entries.iter().skip(first(entries)).any(|placed| is_meant(placed.entry.change))
        };
        let mut changed = self.with_entry(contacts, has_one);
        for (placed, members) in
            self.bulk.iter().rev().take_while(|(placed, _)| placed.entry.origin.commit > commit)
        {
            if is_meant(placed.entry.change) {
                changed.add_all(&(members & contacts));
            }
        }
        changed
    }

    /// Those contacts that have entries of their own which pass a test.
    fn with_entry(&self, contacts: &MemberSet, test: impl Fn(&[Placed]) -> bool) -> MemberSet {
        if (self.single.len() as u64) < contacts.len() {
            let all =
                self.single.iter().filter(|(contact, entries)| contacts.contains(**contact) && test(entries));
            return all.map(|(contact, _)| *contact).collect();
        }
        contacts
            .iter()
            .filter(|contact| self.single.get(contact).is_some_and(|entries| test(entries)))
            .collect()
    }

    /// Notes by which fact contacts are gone, or that they are back.
    pub(crate) fn set_gone(&mut self, contacts: &MemberSet, commit: u64, place: u32, are_gone: bool) {
        if are_gone {
            self.gone.entry((commit, place)).or_default().add_all(contacts);
        } else if let Some(gone) = self.gone.get_mut(&(commit, place)) {
            gone.remove_all(contacts);
            if gone.is_empty() {
                self.gone.remove(&(commit, place));
            }
        }
    }

    /// Forgets contacts that were made by the facts of the last commit from a place on, and are taken back as if they had
    /// never been.
    pub(crate) fn forget_gone_from(&mut self, commit: u64, place: u32) {
        self.gone.split_off(&(commit, place));
    }

    /// Notes that a contact was merged into another one, or is no longer.
    pub(crate) fn set_heir(&mut self, other: ContactId, kept: ContactId, is_merged: bool) {
        match is_merged {
            true => self.heirs.insert(other, kept),
            false => self.heirs.remove(&other),
        };
    }

    /// The contacts that a merged one has become part of, one after the other.
    pub(crate) fn heirs(&self, contact: ContactId) -> impl Iterator<Item = ContactId> {
        let next = |contact: &ContactId| self.heirs.get(contact).copied();
        // An undo brings back both of two that were merged or neither, so that this does not go in a circle.
        std::iter::successors(next(&contact), next).take(self.heirs.len())
    }

    /// The contacts that are gone by a fact.
    pub(crate) fn gone(&self, commit: u64, place: u32) -> Option<&MemberSet> {
        self.gone.get(&(commit, place))
    }

    /// The history of a contact and of those that were merged into it, oldest first. Of what one fact did to several of them, that of
    /// whoever was merged first comes first; of those that one change merged, that of the smaller id.
    pub(crate) fn of(&self, contact: ContactId) -> Vec<HistoryEntry> {
        let mut all: Vec<&Placed> = Vec::new();
        let (mut open, mut met) = (vec![contact], BTreeSet::new());
        while let Some(contact) = open.pop() {
            if !met.insert(contact) {
                continue;
            }
            let bulk =
                self.bulk.iter().filter(|(_, members)| members.contains(contact)).map(|(placed, _)| placed);
            let own: Vec<&Placed> = bulk.chain(self.single.get(&contact).into_iter().flatten()).collect();
            open.extend(own.iter().rev().filter_map(|placed| match placed.entry.change {
                Change::Merged(other) => Some(other),
                _ => None,
            }));
            all.extend(own);
        }
        all.sort_by_key(|placed| placed.order());
        all.into_iter().map(|placed| placed.entry.clone()).collect()
    }

    /// What does not hold that should, one line each, in a book that has had so many commits and rows.
    pub(super) fn violations(&self, commits: u64, rows: u32, live: &MemberSet) -> Vec<String> {
        let mut found = Vec::new();
        let gone: u64 = self.gone.values().map(MemberSet::len).sum();
        if gone + live.len() != u64::from(rows) || !self.gone.values().all(|gone| gone.is_disjoint(live)) {
            found.push(format!("{gone} of {rows} contacts are gone, and {} live", live.len()));
        }
        let bulk = self.bulk.iter().map(|(placed, members)| (placed, members.to_numbers()));
        let single = self
            .single
            .iter()
            .flat_map(|(contact, entries)| entries.iter().map(|placed| (placed, vec![contact.get()])));
        for (placed, contacts) in bulk.chain(single) {
            let commit = placed.entry.origin.commit;
            if commit > commits {
                found.push(format!("commit {commit} is in the history of {contacts:?} and was never made"));
            }
            if contacts.is_empty() || contacts.iter().any(|contact| *contact >= rows) {
                found.push(format!("{contacts:?} have a history and were never made"));
            }
        }
        let is_sorted =
            |entries: &Vec<Placed>| !entries.is_empty() && entries.is_sorted_by_key(Placed::order);
        if !self.single.values().all(is_sorted) || !self.bulk.is_sorted_by_key(|(placed, _)| placed.order()) {
            found.push("a history is empty or not in order".to_owned());
        }
        found
    }
}
