//! Questions about the interactions of one kind, of everybody or of one contact.

use super::block::{BLOCK, Block};
use super::entry::Mark;
use super::labels::LabelCode;
use super::list::Interactions;
use super::log::Log;
use super::store::InteractionStore;
use crate::value::{ContactId, KindId, MemberSet};
use std::ops::Range;

/// Which interactions are looked at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted<'a> {
    pub(crate) kind: KindId,
    /// With this label, folded.
    pub(crate) labelled: Option<&'a str>,
    /// In microseconds.
    pub(crate) during: Option<&'a Range<i64>>,
}

impl InteractionStore {
    /// Says of each contact with interactions that are wanted what these come to, ascending by contact: `add` is given the
    /// time and the amount of one after the other, the earliest one first.
    pub(crate) fn each_contact<T: Default>(
        &self,
        wanted: &Wanted<'_>,
        add: impl Fn(&mut T, i64, Option<i64>),
        done: impl FnMut(u32, T),
    ) {
        let Some(log) = self.logs.get(&wanted.kind) else { return };
        match (wanted.labelled.map(|label| self.labels.folding_to(label)), wanted.during) {
            (None, None) => log.each_contact_of_all(add, done),
            (None, Some(range)) => log.each_contact(|at, _| lies_in(range, at), add, done),
            (Some([]), _) => {}
            (Some(labels), range) => {
                let is_wanted = |at: i64, mark: Mark| {
                    labels.contains(&mark.label()) & range.is_none_or(|range| lies_in(range, at))
                };
                log.each_contact(is_wanted, add, done);
            }
        }
    }

    /// The contacts with interactions that are wanted.
    pub(crate) fn contacts_with(&self, wanted: &Wanted<'_>) -> MemberSet {
        let mut rows = Vec::new();
        self.each_contact(wanted, |(): &mut (), _, _| (), |row, ()| rows.push(row));
        MemberSet::from_sorted(&rows)
    }

    /// What the interactions of one contact that are wanted come to.
    pub(crate) fn of_contact<T: Default>(
        &self,
        contact: ContactId,
        wanted: &Wanted<'_>,
        add: impl Fn(&mut T, i64, Option<i64>),
    ) -> T {
        let mut all = T::default();
        let Some(log) = self.logs.get(&wanted.kind) else { return all };
        let labels = wanted.labelled.map(|label| self.labels.folding_to(label));
        for entry in log.of(contact.get()) {
            if is_wanted(labels, wanted.during, entry.at, entry.mark) {
                add(&mut all, entry.at, entry.mark.has_amount().then_some(entry.amount));
            }
        }
        all
    }

    /// The interactions of some contacts that pass a test, of a kind or of all, ascending by contact within each kind.
    pub(crate) fn among(
        &self,
        contacts: &MemberSet,
        kind: Option<KindId>,
        labelled: Option<&str>,
        during: &Range<i64>,
    ) -> Interactions {
        let labels = labelled.map(|label| self.labels.folding_to(label));
        let mut found = Interactions::new();
        for (of, log) in self.logs.iter().filter(|(of, _)| kind.is_none_or(|kind| kind == **of)) {
            let mut members = contacts.numbers().peekable();
            for entry in log.blocks.iter().flat_map(Block::entries) {
                while members.next_if(|member| *member < entry.row).is_some() {}
                if members.peek() == Some(&entry.row) && is_wanted(labels, Some(during), entry.at, entry.mark)
                {
                    found.push_other(*of, entry, &self.labels);
                }
            }
        }
        found
    }
}

fn is_wanted(labels: Option<&[LabelCode]>, during: Option<&Range<i64>>, at: i64, mark: Mark) -> bool {
    labels.is_none_or(|labels| labels.contains(&mark.label()))
        && during.is_none_or(|range| range.contains(&at))
}

/// Whether a number lies in a range, without a branch.
fn lies_in(range: &Range<i64>, at: i64) -> bool {
    (range.start <= at) & (at < range.end)
}

impl Log {
    /// One pass over the columns that are looked at: what `add` ignores is not read.
    fn each_contact_of_all<T: Default>(
        &self,
        add: impl Fn(&mut T, i64, Option<i64>),
        mut done: impl FnMut(u32, T),
    ) {
        let Some(first) = self.blocks.first().and_then(Block::first) else { return };
        let (mut current, mut all) = (first.row, T::default());
        for block in &self.blocks {
            let cells = block.rows.iter().zip(&block.times).zip(block.amounts.iter().zip(&block.marks));
            for ((row, at), (amount, mark)) in cells {
                if *row != current {
                    done(current, std::mem::take(&mut all));
                    current = *row;
                }
                add(&mut all, *at, mark.has_amount().then_some(*amount));
            }
        }
        done(current, all);
    }

    /// The same for those that are wanted. In each block these are found first, without a branch for each; then only these
    /// are looked at.
    fn each_contact<T: Default>(
        &self,
        is_wanted: impl Fn(i64, Mark) -> bool,
        add: impl Fn(&mut T, i64, Option<i64>),
        mut done: impl FnMut(u32, T),
    ) {
        let mut current: Option<(u32, T)> = None;
        let mut places = Places::new();
        for block in &self.blocks {
            places.find(block.times.iter().zip(&block.marks).map(|(at, mark)| is_wanted(*at, *mark)));
            for entry in places.found().iter().filter_map(|place| block.get(usize::from(*place))) {
                let (at, amount) = (entry.at, entry.mark.has_amount().then_some(entry.amount));
                match &mut current {
                    Some((row, all)) if *row == entry.row => add(all, at, amount),
                    _ => {
                        let mut all = T::default();
                        add(&mut all, at, amount);
                        if let Some((row, before)) = current.replace((entry.row, all)) {
                            done(row, before);
                        }
                    }
                }
            }
        }
        if let Some((row, all)) = current {
            done(row, all);
        }
    }
}

/// Places in a block.
struct Places {
    all: [u16; BLOCK],
    count: usize,
}

impl Places {
    fn new() -> Self {
        Self { all: [0; BLOCK], count: 0 }
    }

    /// Those of which it is said that they are wanted.
    fn find(&mut self, are_wanted: impl Iterator<Item = bool>) {
        self.count = 0;
        for (place, is_wanted) in (0..).zip(are_wanted) {
            if let Some(slot) = self.all.get_mut(self.count) {
                *slot = place;
            }
            self.count += usize::from(is_wanted);
        }
    }

    fn found(&self) -> &[u16] {
        self.all.get(..self.count).unwrap_or_default()
    }
}
