//! Files of contacts: CSV into the book and out of it.

use crate::book::Book;
use crate::convert::{list, name, names};
use crate::errors::{Result, wrong_type};
use crate::filters::source;
use crate::keywords::{Unknown, refuse_unknown};
use crate::notebooks::shown;
use crate::outcome::{Named, Outcome};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::{
    Bound, Py, PyAny, PyAnyMethods, PyErr, PyModule, PyModuleMethods, PyResult, Python, wrap_pyfunction,
};
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict, PyDictMethods};
use pyo3::{pyclass, pyfunction, pymethods};
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tagmata::{
    CsvOptions, ExportOptions, FieldId, FileImport, FilterSource, FormulaGuard, ImportOptions, MatchKey,
    Progress, Ref, Run,
};
use tagmata_whole_file::write_whole;

/// Where the rows of an import are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On lines of a file.
    Line,
    /// In a table, which has no lines.
    Row,
}

/// Something that is wrong with a row of a file or table; as text, a sentence with its place.
#[pyclass(frozen, eq, module = "tagmata")]
#[derive(Debug, PartialEq)]
pub(crate) struct Problem(tagmata::Problem, Place);

#[pymethods]
impl Problem {
    /// The row, from 1.
    #[getter]
    fn row(&self) -> u64 {
        self.0.row
    }

    /// The line on which the row begins, from 1; `None` if it is that of a table.
    #[getter]
    fn line(&self) -> Option<u64> {
        (self.1 == Place::Line).then_some(self.0.line)
    }

    /// The header of the column; `None` if the row as a whole is wrong.
    #[getter]
    fn column(&self) -> Option<&str> {
        self.0.column.as_deref()
    }

    /// The code, which never changes; that of a warning begins with `W`.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code.as_str()
    }

    /// What is wrong, and what to do about it.
    #[getter]
    fn message(&self) -> &str {
        &self.0.message
    }

    /// What is said there.
    #[getter]
    fn value(&self) -> &str {
        &self.0.value
    }

    fn __str__(&self) -> String {
        let Self(problem, place) = self;
        match (place, &problem.column) {
            (Place::Line, _) => problem.to_string(),
            (Place::Row, Some(column)) => {
                format!("row {}, {column}: {} [{}]", problem.row, problem.message, problem.code)
            }
            (Place::Row, None) => format!("row {}: {} [{}]", problem.row, problem.message, problem.code),
        }
    }

    fn __repr__(&self) -> String {
        format!("<Problem {}>", self.__str__())
    }
}

/// What an import came to.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct ImportReport {
    /// How many contacts were made, or interactions recorded.
    #[pyo3(get)]
    created: u64,
    /// How many contacts were changed.
    #[pyo3(get)]
    updated: u64,
    /// How many contacts had all that the file says; how many interactions were recorded already.
    #[pyo3(get)]
    unchanged: u64,
    /// How many rows were not taken.
    #[pyo3(get)]
    rejected: u64,
    /// The headers of the columns that lead to no field.
    #[pyo3(get)]
    ignored_columns: Vec<String>,
    problems: Vec<Py<Problem>>,
    outcome: Py<Outcome>,
    rejected_csv: String,
}

#[pymethods]
impl ImportReport {
    /// All that is wrong, row by row.
    #[getter]
    fn problems(&self, py: Python<'_>) -> Vec<Py<Problem>> {
        self.problems.iter().map(|problem| problem.clone_ref(py)).collect()
    }

    /// What became true by it, and who entered and left segments.
    #[getter]
    fn outcome(&self, py: Python<'_>) -> Py<Outcome> {
        self.outcome.clone_ref(py)
    }

    /// The rejected rows as they were, with a column that says why: a file to correct and import again.
    fn rejected_csv(&self) -> &str {
        &self.rejected_csv
    }

    /// A small table for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf, "import_report")
    }

    fn __repr__(&self) -> String {
        let Self { created, updated, unchanged, rejected, .. } = self;
        format!(
            "<ImportReport: {created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected>"
        )
    }
}

/// How an import goes on, whatever it imports.
#[derive(Default)]
pub(crate) struct Importing {
    run: Run,
    progress: Option<Py<PyAny>>,
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

    /// Takes a keyword, if it is one of any import.
    pub(crate) fn take(&mut self, key: &str, value: &Bound<'_, PyAny>) -> Result<bool> {
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
            "progress" if value.is_callable() => self.importing.progress = Some(value.clone().unbind()),
            "progress" => {
                return Err(wrong_type(
                    "`progress` is a function of the bytes done, all bytes and the rows",
                    value,
                ));
            }
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
        if reading.take(&key, &value)? {
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

/// Where a file comes from.
enum Origin {
    File(File),
    Bytes(PyBackedBytes),
}

/// A file as an argument: its path, an open binary file, which is read whole, or its bytes.
fn origin(source: &Bound<'_, PyAny>) -> Result<Origin> {
    if let Ok(bytes) = source.extract() {
        Ok(Origin::Bytes(bytes))
    } else if source.hasattr("read")? {
        let content = source.call_method0("read")?;
        let not_bytes = |_| wrong_type("a file is opened for bytes, as by open(path, 'rb')", &content);
        content.extract().map(Origin::Bytes).map_err(not_bytes)
    } else if let Ok(path) = source.extract::<PathBuf>() {
        Ok(Origin::File(File::open(&path).map_err(|error| failed(source.py(), &path, error))?))
    } else {
        Err(wrong_type("a file is its path, an open binary file or bytes", source))
    }
}

/// What Python raises where a file cannot be opened or written.
fn failed(py: Python<'_>, path: &Path, error: std::io::Error) -> PyErr {
    let Some(number) = error.raw_os_error() else { return error.into() };
    let reason = py.import("os").and_then(|os| os.call_method1("strerror", (number,)));
    match reason.and_then(|reason| reason.extract::<String>()) {
        Ok(reason) => PyOSError::new_err((number, reason, path.as_os_str().to_owned())),
        Err(_) => error.into(),
    }
}

/// What an import came to, with the names of segments as it left them.
pub(crate) struct Imported {
    created: u64,
    updated: u64,
    unchanged: u64,
    rejected: u64,
    ignored_columns: Vec<String>,
    problems: Vec<tagmata::Problem>,
    rejected_csv: String,
    outcome: Named,
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
                let call =
                    |progress: &Py<PyAny>| progress.call1(py, (at.done_bytes, at.total_bytes, at.rows));
                progress.as_ref().map(call).transpose()
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
        match raised {
            Some(error) => Err(error.into()),
            None => Ok(report?),
        }
    }
}

impl Book {
    /// Imports from a path, a file or bytes.
    pub(crate) fn import_from(
        &self,
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        options: &impl FileImport,
        importing: &Importing,
    ) -> Result<ImportReport> {
        let imported = match origin(source)? {
            Origin::File(file) => self.import(py, file, options, importing)?,
            Origin::Bytes(bytes) => self.import(py, Cursor::new(bytes), options, importing)?,
        };
        self.report(py, imported, importing, Place::Line)
    }

    /// What an import came to, as Python sees it.
    pub(crate) fn report(
        &self,
        py: Python<'_>,
        imported: Imported,
        importing: &Importing,
        place: Place,
    ) -> Result<ImportReport> {
        let outcome = match importing.run {
            Run::Really => self.remember(py, imported.outcome)?,
            Run::Dry => Outcome::new(py, imported.outcome, &self.shared)?,
        };
        let problems = imported.problems.into_iter().map(|problem| Py::new(py, Problem(problem, place)));
        Ok(ImportReport {
            created: imported.created,
            updated: imported.updated,
            unchanged: imported.unchanged,
            rejected: imported.rejected,
            ignored_columns: imported.ignored_columns,
            problems: problems.collect::<PyResult<_>>()?,
            outcome,
            rejected_csv: imported.rejected_csv,
        })
    }
}

#[pymethods]
impl Book {
    /// Imports contacts from a CSV file: its path, an open binary file, or bytes. Rows that are wrong are left out and
    /// reported; the others are one change.
    ///
    /// `match` are the keys by which contacts are found, `columns` says which columns are which fields (`None` for none),
    /// `progress` is called with the bytes done, all bytes and the rows; an exception that it raises stops the import.
    ///
    /// ```python
    /// report = book.import_csv("contacts.csv", unknown_segments="create", columns={"Créé le": "created_at"})
    /// report.created, report.problems, report.rejected_csv()
    /// ```
    #[pyo3(
        signature = (source, **options),
        text_signature = "($self, source, *, match=None, replace_segments=False, unknown_segments='skip', update='always', create=True, invalid_values='reject', dates=None, decimal=None, columns=None, delimiter=None, encoding=None, dry_run=False, progress=None, actor=None)"
    )]
    fn import_csv(
        &self,
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> Result<ImportReport> {
        let (options, importing) = of_contacts(py, "import_csv", Reading::default(), options)?;
        self.import_from(py, source, &options, &importing)
    }

    /// Writes contacts as CSV to a path or into an open binary file; how many. Columns are keys or labels of fields.
    ///
    /// Text that a spreadsheet would take for a formula gets an apostrophe, which an import takes off again, unless
    /// `guard_formulas` is false.
    ///
    /// ```python
    /// book.export_csv("vips.csv", "status = vip", columns=["first_name", "mobile"])
    /// ```
    #[pyo3(
        signature = (target, filter=None, columns=None, *, guard_formulas=true, **unknown),
        text_signature = "($self, target, filter=None, columns=None, *, guard_formulas=True)"
    )]
    fn export_csv(
        &self,
        py: Python<'_>,
        target: &Bound<'_, PyAny>,
        filter: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyAny>>,
        guard_formulas: bool,
        unknown: Option<Unknown>,
    ) -> Result<u64> {
        refuse_unknown::<Self>(py, "export_csv", unknown)?;
        let path = match target.hasattr("write")? {
            true => None,
            false => match target.extract::<PathBuf>() {
                Ok(path) => Some(path),
                Err(_) => return Err(wrong_type("a file is its path or an open binary file", target)),
            },
        };
        let filter = filter.map(|filter| source(self, filter)).transpose()?;
        let filter = filter.unwrap_or_else(|| FilterSource::from("everyone"));
        let columns = columns.map(names).transpose()?;
        let guard = if guard_formulas { FormulaGuard::On } else { FormulaGuard::Off };
        // The whole text is made first: nobody waits for a slow disk, and what is refused leaves the file as it is.
        let mut text = Vec::new();
        let rows = self.read(py, |book| {
            let field = |column: &String| {
                Ref::<FieldId>::from(column.as_str()).resolve(book.schema()).map(tagmata::Field::id)
            };
            let fields =
                columns.map(|columns| columns.iter().map(field).collect::<tagmata::Result<Vec<_>>>());
            let fields = fields.transpose()?;
            let options = ExportOptions::new().formula_guard(guard);
            book.export(&mut text, filter, fields.as_deref(), options)
        })?;
        match path {
            Some(path) => {
                py.detach(|| write_whole(&path, &text)).map_err(|error| failed(py, &path, error))?;
            }
            None => {
                target.call_method1("write", (PyBytes::new(py, &text),))?;
            }
        }
        Ok(rows)
    }
}

/// A file to fill in, with one row as an example: in `en`, `fr`, `es` or `pt`.
///
/// ```python
/// tg.import_template("fr")
/// ```
#[pyfunction]
#[pyo3(signature = (language, /))]
fn import_template(language: &str) -> Result<String> {
    Ok(tagmata::import_template(language.parse()?))
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Problem>()?;
    module.add_class::<ImportReport>()?;
    module.add_function(wrap_pyfunction!(import_template, module)?)
}
