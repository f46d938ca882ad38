//! What is asked of an import, and how it goes on.

use crate::book::Book;
use crate::convert::{list, name};
use crate::errors::{Result, wrong_type};
use crate::keywords::{Unknown, refuse_nothing, refuse_unknown};
use crate::outcome::Named;
use crate::progress::Watcher;
use pyo3::prelude::{Bound, PyAny, PyAnyMethods, PyErr, Python};
use pyo3::types::{PyDict, PyDictMethods};
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::str::FromStr;
use tagmata::{CsvOptions, FileImport, ImportOptions, MatchKey, Progress, Run};

/// How an import goes on, whatever it imports.
#[derive(Default)]
pub(crate) struct Importing {
    pub(crate) run: Run,
    progress: Option<Watcher>,
    actor: Option<String>,
}

/// What is asked of any import, from the keywords of Python.
#[derive(Default)]
pub(crate) struct Reading {
    csv: CsvOptions,
    keys: Option<Vec<MatchKey>>,
    importing: Importing,
}

/// A word that the core knows.
fn word<T: FromStr<Err = tagmata::Error>>(value: &Bound<'_, PyAny>) -> Result<T> {
    Ok(name(value)?.parse()?)
}

impl Reading {
    /// What is asked of an import of a table.
    pub(crate) fn of_table() -> Self {
        Self { csv: CsvOptions::of_table(), ..Self::default() }
    }

    /// Takes a keyword of a method, if it is one of any import.
    pub(crate) fn take(&mut self, method: &str, key: &str, value: &Bound<'_, PyAny>) -> Result<bool> {
        const ALL: [&str; 10] = [
            "match",
            "invalid_values",
            "dates",
            "decimal",
            "columns",
            "delimiter",
            "encoding",
            "dry_run",
            "progress",
            "actor",
        ];
        refuse_nothing(method, key, value)?;
        if value.is_none() || !ALL.contains(&key) {
            return Ok(ALL.contains(&key));
        }
        let csv = std::mem::take(&mut self.csv);
        self.csv = match key {
            "invalid_values" => csv.invalid_values(word(value)?),
            "dates" => csv.dates(word(value)?),
            "decimal" => csv.decimal(word(value)?),
            "columns" => columns(csv, value)?,
            "delimiter" => csv.delimiter(word(value)?),
            "encoding" => csv.encoding(name(value)?),
            _ => csv,
        };
        match key {
            "match" => {
                let takes = "`match` is a list, such as ['external_id', 'email']";
                self.keys = Some(list(value, takes, word)?);
            }
            "dry_run" if value.extract()? => self.importing.run = Run::Dry,
            "progress" => self.importing.progress = Watcher::read(value)?,
            "actor" => self.importing.actor = Some(name(value)?),
            _ => {}
        }
        Ok(true)
    }

    /// How the file is read, by which keys contacts are found, and the rest.
    pub(crate) fn into_parts(self) -> (CsvOptions, Option<Vec<MatchKey>>, Importing) {
        (self.csv, self.keys, self.importing)
    }
}

/// What is asked of an import of contacts.
pub(crate) fn of_contacts(
    py: Python<'_>,
    method: &str,
    mut reading: Reading,
    keywords: Option<&Bound<'_, PyDict>>,
) -> Result<(ImportOptions, Importing)> {
    let mut options = ImportOptions::new();
    for (key, value) in keywords.into_iter().flat_map(|keywords| keywords.iter()) {
        let key: String = key.extract()?;
        let is_given = !value.is_none();
        if reading.take(method, &key, &value)? {
            continue;
        }
        match key.as_str() {
            "replace_segments" if is_given => options = options.replace_segments(value.extract()?),
            "unknown_segments" if is_given => options = options.unknown_segments(word(&value)?),
            "update" if is_given => options = options.update(word(&value)?),
            "create" if is_given => options = options.create(value.extract()?),
            "replace_segments" | "unknown_segments" | "update" | "create" => {}
            _ => refuse_unknown::<Book>(py, method, Some(Unknown::new(key)))?,
        }
    }
    let (csv, keys, importing) = reading.into_parts();
    let options = keys.into_iter().fold(options.reading(csv), ImportOptions::match_by);
    Ok((options, importing))
}

/// Which columns are which fields, where the headers do not say so.
fn columns(mut reading: CsvOptions, columns: &Bound<'_, PyAny>) -> Result<CsvOptions> {
    let Ok(columns) = columns.cast::<PyDict>() else {
        return Err(wrong_type("`columns` is a dict from headers to the keys of fields", columns));
    };
    for (header, field) in columns.iter() {
        reading = match field.is_none() {
            true => reading.ignore_column(name(&header)?),
            false => reading.column(name(&header)?, name(&field)?),
        };
    }
    Ok(reading)
}

/// What an import came to, with the names of segments as it left them.
pub(crate) struct Imported {
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) unchanged: u64,
    pub(crate) rejected: u64,
    pub(crate) ignored_columns: Vec<String>,
    pub(crate) problems: Vec<tagmata::Problem>,
    pub(crate) problems_left_out: u64,
    pub(crate) rejected_csv: String,
    pub(crate) outcome: Named,
}

impl Imported {
    fn new(book: &tagmata::Book, report: tagmata::ImportReport) -> Self {
        Self {
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            rejected: report.rejected,
            ignored_columns: report.ignored_columns,
            problems: report.problems,
            problems_left_out: report.problems_left_out,
            rejected_csv: report.rejected_csv,
            outcome: Named::new(report.outcome, book.schema()),
        }
    }
}

impl Book {
    /// Imports while other threads of Python go on. An exception in the callback, or a signal, stops it and comes out.
    pub(crate) fn import(
        &self,
        py: Python<'_>,
        source: impl Read + Seek + Send,
        options: &impl FileImport,
        importing: &Importing,
    ) -> Result<Imported> {
        self.ask_clock(py)?;
        let Importing { run, progress, actor } = importing;
        let mut raised: Option<PyErr> = None;
        let mut tell = |at: Progress| {
            let told = Python::attach(|py| {
                py.check_signals()?;
                progress.as_ref().map(|progress| progress.tell(py, at)).transpose()
            });
            match told {
                Ok(_) => ControlFlow::Continue(()),
                Err(error) => {
                    raised = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        let report = py.detach(|| {
            let (actor, tell) = (actor.as_deref(), Some(&mut tell as &mut dyn FnMut(_) -> _));
            self.shared.import_then(self.access, source, options, *run, actor, tell, Imported::new)
        });
        let closed = progress.as_ref().map_or(Ok(()), |progress| progress.close(py));
        if let Some(error) = raised {
            return Err(error.into());
        }
        let imported = report?;
        closed?;
        Ok(imported)
    }
}
