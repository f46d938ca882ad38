//! Rows of a file of interactions: whose each is, and whether it is new.

use super::contacts::{Contacts, Who};
use super::matching::{Found, Match, several};
use super::options::{InteractionOptions, MatchKey};
use super::planned::Planned;
use super::told::Told;
use crate::change::Fact;
use crate::csv::{
    CellValue, CsvReader, CsvRow, Decimal, InteractionFields, InvalidValues, Problem, Progress, Subject,
    amount, plain_header, sentence,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{ErrorKind, Report, Result};
use crate::model::{Interaction, Schema, unknown_kind};
use crate::state::State;
use crate::table::Interactions;
use crate::text::list;
use crate::time::Timestamp;
use crate::value::{Amount, ContactId, FieldId, KindId, Value};
use std::collections::HashMap;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

impl State {
    /// What the import of a file of interactions comes to. Nothing changes.
    ///
    /// # Errors
    /// What is wrong with the file as a whole, and [`Code::Cancelled`].
    pub(crate) fn plan_interactions<'c>(
        &'c self,
        source: impl Read + Seek,
        options: &InteractionOptions,
        now: Timestamp,
        callback: impl FnMut(Progress) -> ControlFlow<()> + 'c,
    ) -> Result<Planned> {
        let (schema, fields) = InteractionFields::define(&self.schema)?;
        let reading = options.reading.clone().of(Subject::Interactions);
        let mut reader = CsvReader::open_watched(source, &schema, &reading, callback)?;
        require_columns(&reader, fields, &options.keys, &schema)?;
        let mut import = Import {
            state: self,
            options,
            schema: &schema,
            fields,
            decimal: reader.decimal_of(fields.amount),
            kinds: HashMap::new(),
            contacts: Contacts::new(self, now),
            found: Interactions::new(),
            told: Told::new(&reader),
        };
        reader.take_all(options.ahead.on_this_machine(), |rows| {
            rows.iter().for_each(|row| import.take(row));
            Ok(())
        })?;
        Ok(import.finish())
    }
}

/// What the rows so far came to.
struct Import<'s> {
    state: &'s State,
    options: &'s InteractionOptions,
    /// Of the file.
    schema: &'s Schema,
    fields: InteractionFields,
    decimal: Decimal,
    /// What the cells so far stand for.
    kinds: HashMap<Box<str>, KindId>,
    contacts: Contacts<'s>,
    found: Interactions,
    told: Told,
}

impl Import<'_> {
    fn take(&mut self, row: &CsvRow) {
        if row.is_rejected() {
            self.told.reject(row, &[]);
            return;
        }
        let (mut wrong, mut skipped) = (Vec::new(), Vec::new());
        let contact = self.contact(row).map_err(|problem| wrong.push(problem)).ok();
        let kind = self.kind(row).map_err(|problem| wrong.push(problem)).ok();
        let at = self.time(row).map_err(|problem| wrong.extend(problem)).ok();
        let amount = match self.amount(row) {
            Ok(amount) => Some(amount),
            Err(problem) if self.options.reading.invalid_values == InvalidValues::Skip => {
                skipped.push(problem);
                Some(None)
            }
            Err(problem) => {
                wrong.push(problem);
                None
            }
        };
        match (contact, kind, at, amount) {
            (Some(contact), Some(kind), Some(at), Some(amount)) => {
                self.told.accept(row, skipped);
                let label = row.text(self.fields.label).cloned();
                self.found.push(contact, &Interaction { kind, at, amount, label });
            }
            _ => self.told.reject(row, &wrong),
        }
    }

    /// Whose it is.
    fn contact(&mut self, row: &CsvRow) -> Result<ContactId, Problem> {
        let keys = self.options.keys.iter().map(|key| key.field());
        match Match::of(row, &self.options.keys, &mut self.contacts).found {
            Found::One(Who::Stored(contact), _) => Ok(contact),
            Found::Several(whom, field) => Err(several(row, &whom, field, &self.contacts, self.schema)),
            // The file makes no contacts.
            Found::Nobody | Found::One(Who::New(_), _) => {
                let given = keys.clone().find(|field| matches!(row.get(*field), Some(CellValue::Value(_))));
                Err(match given {
                    Some(field) => {
                        let message = "no contact matches the row; add the contact first".to_owned();
                        row.problem_with(Some(field), Code::NobodyMatches, message, None)
                    }
                    None => {
                        let message = format!(
                            "an interaction needs a contact: {}",
                            named(&self.options.keys, self.schema)
                        );
                        let column = keys.clone().find(|field| row.has_column(*field));
                        row.problem_with(column, Code::MissingValue, message, None)
                    }
                })
            }
        }
    }

    fn kind(&mut self, row: &CsvRow) -> Result<KindId, Problem> {
        let column = self.fields.kind;
        let Some(written) = row.text(column) else {
            let message = "an interaction needs a kind".to_owned();
            return Err(row.problem_with(Some(column), Code::MissingValue, message, None));
        };
        if let Some(kind) = self.kinds.get(written.as_str()) {
            return Ok(*kind);
        }
        match kind_called(written.as_str(), &self.state.schema) {
            Ok(kind) => {
                self.kinds.insert(written.as_str().into(), kind);
                Ok(kind)
            }
            Err(error) => {
                let message = sentence(&error.into_diagnostic());
                Err(row.problem_with(Some(column), Code::UnknownKind, message, None))
            }
        }
    }

    /// When it was; where it is missing because it cannot be read, that is told already.
    fn time(&self, row: &CsvRow) -> Result<Timestamp, Option<Problem>> {
        match row.get(self.fields.time) {
            Some(CellValue::Value(Value::DateTime(at))) => Ok(*at),
            Some(_) => {
                let message = "an interaction needs a time".to_owned();
                Err(Some(row.problem_with(Some(self.fields.time), Code::MissingValue, message, None)))
            }
            None => Err(None),
        }
    }

    /// The amount, exactly as it is written.
    fn amount(&self, row: &CsvRow) -> Result<Option<Amount>, Problem> {
        match row.get(self.fields.amount) {
            Some(CellValue::Value(_)) => {
                amount(row.cell_of(self.fields.amount), self.decimal).transpose().map_err(|error| {
                    let diagnostic = error.into_diagnostic();
                    let (code, message) = (diagnostic.code(), sentence(&diagnostic));
                    row.problem_with(Some(self.fields.amount), code, message, None)
                })
            }
            _ => Ok(None),
        }
    }

    /// Of rows that are equal, as many are new as the book lacks.
    fn finish(self) -> Planned {
        let there = self.state.table.recorded().present(&self.found);
        let found = self.found.len() as u64;
        let new = match there.contains(&true) {
            true => self.found.retained(|at, _, _| there.get(at) != Some(&true)),
            false => self.found,
        };
        let created = new.len() as u64;
        let facts = if new.is_empty() { Vec::new() } else { vec![Fact::Recorded(new)] };
        Planned { facts, summary: self.told.into_summary(created, 0, found - created) }
    }
}

/// The kind of a key, or of a key that differs in case, accents and signs only: `Email sent` is `email_sent`.
///
/// # Errors
/// [`Code::UnknownKind`] with near keys.
fn kind_called(written: &str, schema: &Schema) -> Result<KindId> {
    if let Some(kind) = schema.kind(written) {
        return Ok(kind.id);
    }
    let meant = plain_header(written);
    let mut called = schema.kind_entries().filter(|(_, key)| plain_header(key) == meant);
    match (called.next(), called.next()) {
        (Some((kind, _)), None) => Ok(kind.id),
        _ => Err(unknown_kind(written, schema)),
    }
}

/// The keys by which contacts are found, for a message.
fn named(keys: &[MatchKey], schema: &Schema) -> String {
    let named: Vec<&str> = keys.iter().map(|key| schema.field_key(key.field())).collect();
    list(&named)
}

/// What a file of interactions cannot do without: whose, what and when.
///
/// # Errors
/// [`Code::MissingColumn`] for each of these.
fn require_columns<R>(
    reader: &CsvReader<'_, R>,
    fields: InteractionFields,
    keys: &[MatchKey],
    schema: &Schema,
) -> Result<()> {
    let has = |field: FieldId| reader.columns().any(|(_, other)| other == Some(field));
    let missing = |what: &str, expected: Vec<&str>| {
        let message = format!("the file has no column that says {what}");
        let help = "say with `columns` which one does, or give it such a header";
        Diagnostic::new(Code::MissingColumn, message).help(help).expecting(expected)
    };
    let mut report = Report::new(schema.settings().limits.diagnostics);
    if !keys.iter().any(|key| has(key.field())) {
        report.push(missing(
            "whose interactions these are",
            keys.iter().map(|key| schema.field_key(key.field())).collect(),
        ));
    }
    if !has(fields.kind) {
        report.push(missing("of which kind they are", vec!["kind"]));
    }
    if !has(fields.time) {
        report.push(missing("when they were", vec!["time"]));
    }
    if report.has_errors() { Err(report.into_error(ErrorKind::Csv, None)) } else { Ok(()) }
}
