//! Row after row: matched, then made or changed, or rejected.

use super::contacts::{Contacts, Who};
use super::matching::{Found, Match, several};
use super::names::Names;
use super::options::{ImportOptions, Update};
use super::planned::Planned;
use super::told::Told;
use super::update::update;
use crate::change::external_id_taken;
use crate::csv::{CellValue, CsvReader, CsvRow, Problem, Progress, sentence};
use crate::diagnostic::Code;
use crate::error::Result;
use crate::model::Field;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{FieldId, Value};
use std::io::{Read, Seek};
use std::ops::ControlFlow;

impl State {
    /// What the import of a file comes to. Nothing changes.
    ///
    /// # Errors
    /// What is wrong with the file as a whole, and [`Code::Cancelled`].
    pub(crate) fn plan_import<'c>(
        &'c self,
        source: impl Read + Seek,
        options: &ImportOptions,
        now: Timestamp,
        callback: impl FnMut(Progress) -> ControlFlow<()> + 'c,
    ) -> Result<Planned> {
        let mut reader = CsvReader::open_watched(source, &self.schema, &options.reading, callback)?;
        let mut import = Import {
            state: self,
            options,
            names: Names::new(self, options),
            contacts: Contacts::new(self, now),
            told: Told::new(&reader),
        };
        reader.take_all(options.ahead.on_this_machine(), |rows| import.take_all(rows))?;
        Ok(import.finish())
    }
}

/// What the rows so far came to.
struct Import<'s> {
    state: &'s State,
    options: &'s ImportOptions,
    names: Names<'s>,
    contacts: Contacts<'s>,
    told: Told,
}

impl Import<'_> {
    fn take_all(&mut self, rows: &[CsvRow]) -> Result<()> {
        /// So many rows are looked for together.
        const TOGETHER: usize = 32;
        for rows in rows.chunks(TOGETHER) {
            Match::look_ahead(rows, &self.options.keys, &mut self.contacts);
            rows.iter().try_for_each(|row| self.take(row))?;
        }
        Ok(())
    }

    fn take(&mut self, row: &CsvRow) -> Result<()> {
        if row.is_rejected() {
            self.told.reject(row, &[]);
            return Ok(());
        }
        let names = self.names.check(row);
        let matched = Match::of(row, &self.options.keys, &mut self.contacts);
        match self.target(row, &matched) {
            Ok(target) if names.refused.is_empty() => {
                self.told.accept(row, names.skipped);
                match target {
                    Some((who, key)) => self.update(row, who, key),
                    None => self.create(row),
                }
            }
            target => {
                let wrong = [names.refused, target.err().unwrap_or_default()].concat();
                self.told.reject(row, &wrong);
                self.told.note(names.skipped);
                Ok(())
            }
        }
    }

    /// The contact that a row is for, and the key that led to it; none if the row makes one.
    ///
    /// # Errors
    /// What stands against the row as a whole.
    fn target(&self, row: &CsvRow, matched: &Match) -> Result<Option<(Who, FieldId)>, Vec<Problem>> {
        let (target, mut wrong) = match &matched.found {
            Found::Several(whom, field) => {
                return Err(vec![several(row, whom, *field, &self.contacts, &self.state.schema)]);
            }
            Found::Nobody if !self.options.create => return Err(vec![nobody(row)]),
            Found::Nobody => (None, row.missing_for_new_contact()),
            Found::One(who, key) => (Some((*who, *key)), Vec::new()),
        };
        let is_given_id = target.is_none() || self.options.update != Update::Never;
        if let (true, Some(rival), Some(id)) = (is_given_id, matched.rival(), row.text(Field::EXTERNAL_ID)) {
            let message = sentence(&external_id_taken(id, &self.contacts.named(rival)));
            wrong.push(row.problem_with(Some(Field::EXTERNAL_ID), Code::ExternalIdTaken, message, None));
        }
        if wrong.is_empty() { Ok(target) } else { Err(wrong) }
    }

    fn create(&mut self, row: &CsvRow) -> Result<()> {
        let mut new = self.contacts.add(row.number());
        for (field, cell) in row.values() {
            match cell {
                CellValue::Blank => {}
                CellValue::Value(value) => new.give(field, value),
                CellValue::Names(written) => {
                    let set = self.names.set(field, written)?;
                    if !set.is_empty() {
                        new.give(field, &Value::Many(set));
                    }
                }
            }
        }
        new.finish();
        Ok(())
    }

    fn update(&mut self, row: &CsvRow, who: Who, key: FieldId) -> Result<()> {
        if let Some(first) = self.contacts.enter(who, row.number()) {
            let message = format!("the row is for the same contact as row {first}");
            self.told.note([row.problem_with(Some(key), Code::ContactTwice, message, None)]);
        }
        match self.options.update {
            Update::Never => Ok(()),
            Update::Always | Update::FillEmpty => {
                update(&mut self.contacts, &mut self.names, who, row.values(), self.options)
            }
        }
    }

    fn finish(self) -> Planned {
        let total = self.contacts.finish();
        // Names come first: what follows uses them.
        let facts = self.names.into_facts().chain(total.facts).collect();
        Planned { facts, summary: self.told.into_summary(total.created, total.updated, total.unchanged) }
    }
}

/// A row without a contact, where none may be made.
fn nobody(row: &CsvRow) -> Problem {
    let message = "no contact matches the row, and the import makes none; add the contact first, or let it make contacts";
    row.problem_with(None, Code::NobodyMatches, message.to_owned(), None)
}
