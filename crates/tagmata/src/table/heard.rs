//! When contacts were last heard of: the later of what is stored and what was recorded, kept for all of them.

use super::column::Column;
use super::numbers::Numbers;
use super::table::Table;
use crate::model::Field;
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet};

impl Table {
    /// The column of the last interactions as they are shown. It is the stored one while nothing is recorded.
    pub(crate) fn last_interactions(&self) -> Option<&Column> {
        self.heard.as_ref().or_else(|| self.columns.get(Field::LAST_INTERACTION))
    }

    /// Looks again when contacts were last heard of, after what is stored or recorded of them has changed.
    pub(super) fn hear(&mut self, contacts: &MemberSet) {
        /// Looking for one contact in all logs costs as much as so many interactions or contacts in passing.
        const SEARCH: u64 = 64;
        if self.interactions.is_empty() {
            self.heard = None;
            return;
        }
        let stored = stored(self.columns.get(Field::LAST_INTERACTION));
        let (interactions, rows) = (&self.interactions, self.rows);
        let Column::DateTime(heard) =
            self.heard.get_or_insert_with(|| Column::DateTime(stored.cloned().unwrap_or_else(Numbers::new)))
        else {
            return;
        };
        let passed = interactions.len() as u64 + u64::from(rows);
        let is_few = contacts.len().saturating_mul(SEARCH) < passed;
        let all = if is_few { Vec::new() } else { interactions.all_last_heard(rows) };
        let later = |row: u32| {
            let recorded = match is_few {
                true => interactions.last_heard(ContactId::new(row)),
                false => all.get(row as usize).filter(|at| **at != i64::MIN).map(|at| Timestamp::at(*at)),
            };
            recorded.max(stored.and_then(|stored| stored.get(row)))
        };
        match contacts.first() {
            Some(only) if contacts.len() == 1 => heard.set(only.get(), later(only.get())),
            _ => heard.set_each(contacts, contacts.numbers().map(later)),
        }
    }

    /// What does not hold that should of the last interactions.
    pub(super) fn check_heard(&self, found: &mut Vec<String>) {
        let stored = stored(self.columns.get(Field::LAST_INTERACTION));
        if self.heard.is_some() == self.interactions.is_empty() {
            found.push("last interactions are kept without need, or not where there is one".to_owned());
        }
        let heard = stored_or_heard(self);
        for contact in self.live.iter() {
            let row = contact.get();
            let recorded = self.interactions.last_heard(contact);
            if heard.and_then(|heard| heard.get(row))
                != recorded.max(stored.and_then(|stored| stored.get(row)))
            {
                found.push(format!("contact {row} was last heard of at another time than is kept"));
            }
        }
        if let Some(heard) = heard {
            found.extend(
                heard.violations().into_iter().map(|problem| format!("last interactions: {problem}")),
            );
        }
    }
}

fn stored(column: Option<&Column>) -> Option<&Numbers<Timestamp>> {
    match column {
        Some(Column::DateTime(instants)) => Some(instants),
        _ => None,
    }
}

fn stored_or_heard(table: &Table) -> Option<&Numbers<Timestamp>> {
    stored(table.last_interactions())
}
