//! Files of contacts: CSV into the book and out of it.

use crate::book::Book;
use crate::convert::names;
use crate::errors::{Result, wrong_type};
use crate::filters::source;
use crate::importing::{Imported, Importing, Reading, of_contacts};
use crate::keywords::{Unknown, refuse_unknown};
use crate::notebooks::shown;
use crate::outcome::Outcome;
use crate::signals::Stop;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::{
    Bound, Py, PyAny, PyAnyMethods, PyErr, PyModule, PyModuleMethods, PyResult, Python, wrap_pyfunction,
};
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict};
use pyo3::{pyclass, pyfunction, pymethods};
use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use tagmata::{ExportOptions, FieldId, FileImport, FilterSource, FormulaGuard, Ref, Run};
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
    /// How many problems there are besides the first 100,000, which `problems` are.
    #[pyo3(get)]
    problems_left_out: u64,
    outcome: Py<Outcome>,
    rejected_csv: String,
}

#[pymethods]
impl ImportReport {
    /// All that is wrong, row by row; of very many problems, the first 100,000.
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
        let Self { created, updated, unchanged, rejected, problems_left_out, .. } = self;
        let left_out = match problems_left_out {
            0 => String::new(),
            more => format!(", {more} problems left out"),
        };
        format!(
            "<ImportReport: {created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected{left_out}>"
        )
    }
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
            problems_left_out: imported.problems_left_out,
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
    /// `progress` is called with the bytes done, all bytes and the rows, or is true for a bar of tqdm; an exception that it raises stops
    /// the import, and so does Ctrl-C: nothing has changed then, unless the rows were being applied already.
    /// `update`, `create` and `dry_run` are left out, or say something: `None` is refused.
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
        // What would wait for itself is refused on this thread: the one that writes has no batch, and is in no callback.
        self.read(py, |_| Ok(()))?;
        // The whole text is made first: nobody waits for a slow disk, and what is refused leaves the file as it is.
        let write = |book: &tagmata::Book, stop: &Stop| {
            let field = |column: &String| {
                Ref::<FieldId>::from(column.as_str()).resolve(book.schema()).map(tagmata::Field::id)
            };
            let fields =
                columns.map(|columns| columns.iter().map(field).collect::<tagmata::Result<Vec<_>>>());
            let fields = fields.transpose()?;
            let options = ExportOptions::new().formula_guard(guard);
            let mut text = Vec::new();
            let rows = book.export_watched(&mut text, filter, fields.as_deref(), options, |_| stop.flow())?;
            Ok((rows, text))
        };
        let (rows, text) =
            self.stoppably(py, |stop| self.shared.read(self.access, |book| write(book, stop)))??;
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
