//! Contacts in the order in which they were last heard of, which is stored for some and recorded for others.

use super::by_number::{by_entry, by_number};
use super::part::{Listed, Part};
use crate::model::Field;
use crate::state::State;
use crate::table::{Column, Numbers, Ordered};
use crate::time::Timestamp;
use crate::value::MemberSet;

/// When contacts were last heard of.
#[derive(Debug)]
pub(super) struct LastInteractions<'s> {
    stored: Option<&'s Numbers<Timestamp>>,
    /// For those of whom interactions that count were recorded; ascending by row.
    recorded: Vec<(u32, i64)>,
}

impl<'s> LastInteractions<'s> {
    pub(super) fn of(state: &'s State) -> Self {
        let stored = match state.table.column(Field::LAST_INTERACTION) {
            Some(Column::DateTime(instants)) => Some(instants),
            _ => None,
        };
        let recorded = state.recorded_last_interactions();
        Self { stored, recorded: recorded.map(|(contact, at)| (contact.get(), at.order())).collect() }
    }

    /// Those who were ever heard of.
    pub(super) fn present(&self) -> MemberSet {
        let mut present = MemberSet::from_ascending(self.recorded.iter().map(|(row, _)| *row));
        if let Some(stored) = self.stored {
            present.add_all(stored.present());
        }
        present
    }

    /// A part of those who were ever heard of.
    pub(super) fn part(&self, listed: &Listed<'_>, part: Part) -> Vec<u32> {
        match self.stored {
            Some(stored) if self.recorded.is_empty() => by_number(stored, listed, part),
            _ => by_entry(self.entries(listed), |row| self.get(row), part),
        }
    }

    fn stored(&self, row: u32) -> Option<i64> {
        Some(self.stored?.get(row)?.order())
    }

    fn get(&self, row: u32) -> Option<i64> {
        let place = self.recorded.binary_search_by_key(&row, |(row, _)| *row);
        let recorded = place.ok().and_then(|place| self.recorded.get(place));
        recorded.map(|(_, at)| *at).or_else(|| self.stored(row))
    }

    /// The instants of those on a list, by row: what was recorded is read beside the list.
    fn entries(&self, listed: &Listed<'_>) -> impl Iterator<Item = (i64, u32)> {
        let mut recorded = self.recorded.iter().peekable();
        listed.members.numbers().filter_map(move |row| {
            while recorded.next_if(|(other, _)| *other < row).is_some() {}
            let at = recorded.next_if(|(other, _)| *other == row).map(|(_, at)| *at);
            Some((at.or_else(|| self.stored(row))?, row))
        })
    }
}
