//! Filters and segments as SQL, for the host's own database.

use crate::book::Book;
use crate::convert::{When, list, utc, when};
use crate::errors::{Diagnostic, Result, wrong_type};
use crate::filters::Filter;
use crate::keywords::{Unknown, refuse_unknown};
use crate::segment::reference;
use chrono::{DateTime, Utc};
use pyo3::prelude::{Bound, IntoPyObject, PyAny, PyAnyMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyDictMethods, PyIterator, PyList, PyString, PyStringMethods};
use pyo3::{IntoPyObjectExt, pyclass, pymethods};
use tagmata::{Access, FilterSource, Ref, SegmentId};
use tagmata_sql::{Compiler, Dialect, Mapping, Output, Param, Placeholders, SegmentsFrom};

/// A statement or a condition with its parameters: `cursor.execute(*sql)`.
///
/// It is written for one instant: from `valid_until` on, write it anew.
///
/// ```python
/// sql = book.filter("country = FR").to_sql("sqlite", mapping)
/// connection.execute(*sql).fetchall()
/// ```
#[pyclass(frozen, eq, module = "tagmata")]
#[derive(Debug, PartialEq)]
pub(crate) struct Sql(tagmata_sql::Sql);

#[pymethods]
impl Sql {
    /// The text, with a mark for each parameter.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The parameters, in the order of their marks; those of ClickHouse are named `p1`, `p2` and so on.
    #[getter]
    fn params<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let params = self.0.params.iter().map(|param| match param {
            Param::Text(text) => text.into_bound_py_any(py),
            Param::Integer(number) => number.into_bound_py_any(py),
            Param::Number(number) => number.into_bound_py_any(py),
            Param::Bool(yes) => yes.into_bound_py_any(py),
            Param::Texts(texts) => texts.into_bound_py_any(py),
            Param::Integers(numbers) => numbers.into_bound_py_any(py),
            Param::Numbers(numbers) => numbers.into_bound_py_any(py),
        });
        PyList::new(py, params.collect::<PyResult<Vec<_>>>()?)
    }

    /// Until when text and parameters stay the same while time moves on; `None` for ever.
    #[getter]
    fn valid_until(&self) -> Option<DateTime<Utc>> {
        self.0.valid_until.map(utc)
    }

    /// What is worth knowing, such as texts that are compared as the database does it.
    #[getter]
    fn warnings(&self) -> Vec<Diagnostic> {
        Diagnostic::all(&self.0.warnings, None)
    }

    /// The text, then the parameters.
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        (self.text(), self.params(py)?).into_pyobject(py)?.try_iter()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Sql {}, {}>", self.0.text, self.params(py)?.repr()?.to_cow()?))
    }
}

/// How a table of members differs from the members of some segments.
#[pyclass(frozen, eq, module = "tagmata")]
#[derive(Debug, PartialEq)]
pub(crate) struct SqlDifference {
    segments: Vec<String>,
    statements: tagmata_sql::Difference,
}

#[pymethods]
impl SqlDifference {
    /// The names of the segments that the statements are about.
    #[getter]
    fn segments(&self) -> Vec<String> {
        self.segments.clone()
    }

    /// Finds who is to be added: rows of `segment_id` and `contact_id`.
    #[getter]
    fn entered(&self) -> Sql {
        Sql(self.statements.entered.clone())
    }

    /// Finds who is to be removed, in the same columns.
    #[getter]
    fn left(&self) -> Sql {
        Sql(self.statements.left.clone())
    }

    fn __repr__(&self) -> String {
        format!("<SqlDifference of {}>", self.segments.join(", "))
    }
}

/// How statements are written.
struct Writing {
    dialect: Dialect,
    mapping: Mapping,
    approximate_text: bool,
    segments_from: SegmentsFrom,
    placeholders: Placeholders,
    now: Option<When>,
}

impl Writing {
    fn read(
        dialect: &str,
        mapping: &Bound<'_, PyAny>,
        approximate_text: bool,
        segments_from: &str,
        placeholders: &str,
        now: Option<&Bound<'_, PyAny>>,
    ) -> Result<Self> {
        Ok(Self {
            dialect: dialect.parse()?,
            mapping: Mapping::from_json(&document(mapping)?)?,
            approximate_text,
            segments_from: segments_from.parse()?,
            placeholders: placeholders.parse()?,
            now: now.map(when).transpose()?,
        })
    }

    fn compiler<'a>(&'a self, book: &'a tagmata::Book) -> tagmata::Result<Compiler<'a>> {
        let compiler = Compiler::new(self.dialect, &self.mapping, book)
            .approximate_text(self.approximate_text)
            .segments_from(self.segments_from)
            .placeholders(self.placeholders);
        Ok(match &self.now {
            Some(now) => compiler.at(now.instant(book.schema().settings().calendar.zone)?),
            None => compiler,
        })
    }
}

/// A mapping as JSON: a dict, or the text itself.
fn document(mapping: &Bound<'_, PyAny>) -> Result<String> {
    if let Ok(text) = mapping.cast::<PyString>() {
        return Ok(text.to_cow()?.into_owned());
    }
    if !mapping.is_instance_of::<PyDict>() {
        return Err(wrong_type("a mapping is a dict or a JSON text", mapping));
    }
    let options = PyDict::new(mapping.py());
    options.set_item("allow_nan", false)?;
    Ok(mapping.py().import("json")?.call_method("dumps", (mapping,), Some(&options))?.extract()?)
}

/// The segments that are named: any iterable of names and segments.
fn named(book: &Book, segments: Option<&Bound<'_, PyAny>>) -> Result<Option<Vec<Ref<SegmentId>>>> {
    let takes = "segments are a list, such as ['Nord']";
    segments.map(|segments| list(segments, takes, |item| reference(book, item))).transpose()
}

#[pymethods]
impl Filter {
    /// The filter as SQL for a database of the host: a statement that finds the ids of those who match (`output="select"`), one
    /// that counts them (`"count"`), or a condition on the table of contacts (`"condition"`), which has the name `c` there.
    ///
    /// The `dialect` is `sqlite`, `postgres`, `mysql`, `duckdb`, `clickhouse` or `spark`. The `mapping` says where the database
    /// keeps what the filter asks for: a dict, or its JSON; `docs/sql.md` lists what it has. With `approximate_text`, texts without
    /// folds are compared as the database does it, which a warning says. Segments within the filter become part of the statement,
    /// or are read from the table of members with `segments_from="members"`. Parameters are marked as the database has them, or
    /// with `%s` by `placeholders="format"`. It is written as of `now`, the instant of the book if nothing is said.
    ///
    /// ```python
    /// sql = book.filter("country = FR").to_sql("postgres", mapping, placeholders="format")
    /// cursor.execute(*sql)
    /// ```
    #[pyo3(
        signature = (dialect, mapping, approximate_text=false, *, output="select", segments_from="filters", placeholders="native", now=None, **unknown),
        text_signature = "($self, dialect, mapping, approximate_text=False, *, output='select', segments_from='filters', placeholders='native', now=None)"
    )]
    fn to_sql(
        &self,
        py: Python<'_>,
        dialect: &str,
        mapping: &Bound<'_, PyAny>,
        approximate_text: bool,
        output: &str,
        segments_from: &str,
        placeholders: &str,
        now: Option<&Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Sql> {
        refuse_unknown::<Self>(py, "to_sql", unknown)?;
        let output: Output = output.parse()?;
        let writing = Writing::read(dialect, mapping, approximate_text, segments_from, placeholders, now)?;
        let sql = py.detach(|| {
            self.shared.read(Access::Direct, |book| {
                // What it names may have been deleted since.
                let filter = book.filter(FilterSource::from(&self.filter))?;
                writing.compiler(book)?.output(output, &filter)
            })
        })?;
        Ok(Sql(sql))
    }
}

#[pymethods]
impl Book {
    /// Statements that find the members of segments in a database of the host, of all segments if none are named: rows of
    /// `segment_id`, the number that a segment has as its `id`, and `contact_id`.
    ///
    /// Each passes over the contacts once, however many segments it is about; there is more than one only where there are more
    /// segments than a statement takes. A segment that is broken is an error. The other arguments are those of `Filter.to_sql`.
    ///
    /// ```python
    /// for sql in book.members_sql("sqlite", mapping, ["VIP FR"]):
    ///     rows = connection.execute(*sql).fetchall()
    /// ```
    #[pyo3(
        signature = (dialect, mapping, segments=None, *, approximate_text=false, segments_from="filters", placeholders="native", now=None, **unknown),
        text_signature = "($self, dialect, mapping, segments=None, *, approximate_text=False, segments_from='filters', placeholders='native', now=None)"
    )]
    fn members_sql(
        &self,
        py: Python<'_>,
        dialect: &str,
        mapping: &Bound<'_, PyAny>,
        segments: Option<&Bound<'_, PyAny>>,
        approximate_text: bool,
        segments_from: &str,
        placeholders: &str,
        now: Option<&Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Vec<Sql>> {
        refuse_unknown::<Self>(py, "members_sql", unknown)?;
        let writing = Writing::read(dialect, mapping, approximate_text, segments_from, placeholders, now)?;
        let segments = named(self, segments)?;
        self.read(py, |book| {
            let compiler = writing.compiler(book)?;
            let statements = compiler.members(&compiler.segments(segments.as_deref())?)?;
            Ok(statements.into_iter().map(Sql).collect())
        })
    }

    /// Statements that find how the table of members of the mapping differs from the members of segments, of all segments if none
    /// are named: who entered and who left since it was brought up to date. The arguments are those of `members_sql`.
    ///
    /// ```python
    /// for difference in book.differences_sql("sqlite", mapping):
    ///     text, params = difference.entered
    ///     connection.execute(f"INSERT INTO segment_members (segment_id, contact_id) {text}", params)
    /// ```
    #[pyo3(
        signature = (dialect, mapping, segments=None, *, approximate_text=false, segments_from="filters", placeholders="native", now=None, **unknown),
        text_signature = "($self, dialect, mapping, segments=None, *, approximate_text=False, segments_from='filters', placeholders='native', now=None)"
    )]
    fn differences_sql(
        &self,
        py: Python<'_>,
        dialect: &str,
        mapping: &Bound<'_, PyAny>,
        segments: Option<&Bound<'_, PyAny>>,
        approximate_text: bool,
        segments_from: &str,
        placeholders: &str,
        now: Option<&Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Vec<SqlDifference>> {
        refuse_unknown::<Self>(py, "differences_sql", unknown)?;
        let writing = Writing::read(dialect, mapping, approximate_text, segments_from, placeholders, now)?;
        let segments = named(self, segments)?;
        self.read(py, |book| {
            let compiler = writing.compiler(book)?;
            let differences = compiler.differences(&compiler.segments(segments.as_deref())?)?;
            let name = |segment: &SegmentId| book.schema().segment_name(*segment).to_owned();
            let named = |statements: tagmata_sql::Difference| SqlDifference {
                segments: statements.segments.iter().map(name).collect(),
                statements,
            };
            Ok(differences.into_iter().map(named).collect())
        })
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Sql>()?;
    module.add_class::<SqlDifference>()
}
