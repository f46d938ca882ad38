//! Questions about the interactions of one kind, of everybody or of one contact.

use super::block::Block;
use super::entry::Mark;
use super::labels::LabelCode;
use super::list::Interactions;
use super::log::Log;
use super::store::InteractionStore;
use crate::model::Interaction;
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
            (None, None) => log.each_contact(|_, _| true, add, done),
            (None, Some(range)) => log.each_contact(|at, _| range.contains(&at), add, done),
            (Some([]), _) => {}
            (Some(labels), range) => {
                let is_wanted = |at: i64, mark: Mark| {
                    labels.contains(&mark.label()) && range.is_none_or(|range| range.contains(&at))
                };
                log.each_contact(is_wanted, add, done);
            }
        }
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

    /// Whether a contact has an interaction that is equal to this one.
    pub(crate) fn has(&self, contact: ContactId, interaction: &Interaction) -> bool {
        let wanted = Wanted { kind: interaction.kind, labelled: None, during: None };
        let Some(log) = self.logs.get(&wanted.kind) else { return false };
        log.of(contact.get()).any(|entry| entry.interaction(interaction.kind, &self.labels) == *interaction)
    }
}

fn is_wanted(labels: Option<&[LabelCode]>, during: Option<&Range<i64>>, at: i64, mark: Mark) -> bool {
    labels.is_none_or(|labels| labels.contains(&mark.label()))
        && during.is_none_or(|range| range.contains(&at))
}

impl Log {
    /// One pass over all columns that are looked at: what `add` ignores is not read.
    fn each_contact<T: Default>(
        &self,
        is_wanted: impl Fn(i64, Mark) -> bool,
        add: impl Fn(&mut T, i64, Option<i64>),
        mut done: impl FnMut(u32, T),
    ) {
        let (mut current, mut any, mut all) = (0, false, T::default());
        for block in &self.blocks {
            let cells = block.rows.iter().zip(&block.times).zip(block.amounts.iter().zip(&block.marks));
            for ((row, at), (amount, mark)) in cells {
                if *row != current {
                    if any {
                        done(current, std::mem::take(&mut all));
                        any = false;
                    }
                    current = *row;
                }
                if is_wanted(*at, *mark) {
                    any = true;
                    add(&mut all, *at, mark.has_amount().then_some(*amount));
                }
            }
        }
        if any {
            done(current, all);
        }
    }
}
