//! Errors of the core as exceptions.

use numpy::IntoPyArray;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyErr, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyDictMethods, PyStringMethods, PyTuple, PyType, PyTypeMethods};
use pyo3::{PyTypeInfo, exceptions, pyclass, pymethods};
use tagmata::{Error, ErrorKind};

/// Why a call did not come to an end: the core said no, or Python raised something.
pub(crate) enum Failure {
    Core(Error),
    Python(PyErr),
}

/// What a call of the binding comes to.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<pyo3::CastError<'_, '_>> for Failure {
    fn from(error: pyo3::CastError<'_, '_>) -> Self {
        Self::Python(error.into())
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Python(error) => error,
            Failure::Core(error) => {
                Python::attach(|py| exception(py, &error).map_or_else(|failed| failed, Self::from_value))
            }
        }
    }
}

/// A value of a type that is not taken.
pub(crate) fn wrong_type(takes: &str, got: &Bound<'_, PyAny>) -> Failure {
    let name = got.get_type().name().and_then(|name| Ok(name.to_cow()?.into_owned()));
    let name = name.unwrap_or_else(|_| "something else".to_owned());
    Failure::Python(exceptions::PyTypeError::new_err(format!("{takes}, not `{name}`")))
}

/// The classes of exceptions.
struct Classes {
    base: Py<PyType>,
    filter: Py<PyType>,
    value: Py<PyType>,
    not_found: Py<PyType>,
    conflict: Py<PyType>,
    csv: Py<PyType>,
    store: Py<PyType>,
    sql: Py<PyType>,
}

static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();

impl Classes {
    fn get(py: Python<'_>) -> PyResult<&Self> {
        CLASSES.get_or_try_init(py, || {
            let exception = py.get_type::<exceptions::PyException>();
            let base = class(py, "TagmataError", "Why tagmata refused a call.", &[exception])?;
            fill(&base, "", Vec::new(), &[])?;
            let new = |name, doc, further: Option<Bound<'_, PyType>>| {
                let bases: Vec<_> = [base.clone()].into_iter().chain(further).collect();
                class(py, name, doc, &bases).map(Bound::unbind)
            };
            let value = || Some(exceptions::PyValueError::type_object(py));
            let lookup = || Some(exceptions::PyLookupError::type_object(py));
            Ok(Self {
                filter: new("FilterError", "A filter is wrong; `diagnostics` say where.", value())?,
                value: new("InvalidValueError", "A value cannot be read.", value())?,
                not_found: new("NotFoundError", "Something that was named is not there.", lookup())?,
                conflict: new("ConflictError", "What was asked contradicts what is there.", None)?,
                csv: new("CsvError", "A CSV file cannot be read or written as a whole.", None)?,
                store: new("StoreError", "A stored book cannot be read or written.", None)?,
                sql: new("SqlError", "A filter cannot be asked in a database; `diagnostics` say why.", None)?,
                base: base.clone().unbind(),
            })
        })
    }

    fn of(&self, kind: ErrorKind) -> &Py<PyType> {
        match kind {
            ErrorKind::Filter => &self.filter,
            ErrorKind::Value => &self.value,
            ErrorKind::NotFound => &self.not_found,
            ErrorKind::Conflict => &self.conflict,
            ErrorKind::Csv => &self.csv,
            ErrorKind::Store => &self.store,
            ErrorKind::Sql => &self.sql,
            _ => &self.base,
        }
    }

    fn all(&self) -> [&Py<PyType>; 8] {
        let Self { base, filter, value, not_found, conflict, csv, store, sql } = self;
        [base, filter, value, not_found, conflict, csv, store, sql]
    }
}

/// A class of exceptions, which may have several bases.
fn class<'py>(
    py: Python<'py>,
    name: &str,
    doc: &str,
    bases: &[Bound<'py, PyType>],
) -> PyResult<Bound<'py, PyType>> {
    let members = PyDict::new(py);
    members.set_item("__module__", "tagmata")?;
    members.set_item("__doc__", doc)?;
    let bases = PyTuple::new(py, bases)?;
    Ok(PyType::type_object(py).call1((name, bases, members))?.cast_into()?)
}

/// An error as an instance of the class of its kind.
fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let class = Classes::get(py)?.of(error.kind()).bind(py);
    let exception = class.call1((error.render(),))?;
    let diagnostics = error.diagnostics().iter();
    let diagnostics = diagnostics.map(|problem| Diagnostic::new(problem, error.source_of(problem))).collect();
    fill(&exception, error.code().as_str(), diagnostics, error.contacts())?;
    Ok(exception)
}

/// Gives an exception, or its class, what every exception has.
fn fill(
    exception: &Bound<'_, PyAny>,
    code: &str,
    diagnostics: Vec<Diagnostic>,
    contacts: &[u32],
) -> PyResult<()> {
    exception.setattr("code", code)?;
    exception.setattr("diagnostics", diagnostics)?;
    exception.setattr("contacts", contacts.to_vec().into_pyarray(exception.py()))
}

/// One problem: what is wrong, where, what to do about it, and what is allowed instead.
///
/// `start` and `end` count code points of the filter text; `pointer` is a JSON Pointer into a filter that came as a dict or
/// JSON, or to a part of a rule, such as `/condition`; `field` is the field of a value; `id` that of the node or rule.
#[pyclass(frozen, eq, get_all, module = "tagmata")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Diagnostic {
    /// What kind of problem it is; a code never changes its meaning.
    code: String,
    /// `error` or `warning`.
    severity: String,
    /// What is wrong, in one line.
    message: String,
    /// Where in the text of a filter it begins, in code points; `None` where there is no text.
    start: Option<usize>,
    /// Where it ends: the first code point behind it.
    end: Option<usize>,
    /// Where it is in a filter that came as a dict or JSON, or in a rule, as a JSON Pointer.
    pointer: Option<String>,
    /// The key of the field whose value is wrong.
    field: Option<String>,
    /// What to do about it.
    help: Option<String>,
    /// What is allowed instead.
    expected: Vec<String>,
    /// The id that the host gave the node or rule.
    id: Option<String>,
}

impl Diagnostic {
    /// Problems, with their places in a text.
    pub(crate) fn all(problems: &[tagmata::Diagnostic], source: Option<&str>) -> Vec<Self> {
        problems.iter().map(|problem| Self::new(problem, source)).collect()
    }

    fn new(problem: &tagmata::Diagnostic, source: Option<&str>) -> Self {
        let place = problem.place();
        let (start, end) = match (place.span(), source) {
            (Some(span), Some(source)) => {
                let points = |byte: usize| source.get(..byte).map(|before| before.chars().count());
                (points(span.start), points(span.end))
            }
            _ => (None, None),
        };
        Self {
            code: problem.code().to_string(),
            severity: problem.severity().to_string(),
            message: problem.message().to_owned(),
            start,
            end,
            pointer: place.pointer().map(str::to_owned),
            field: place.field().map(str::to_owned),
            help: problem.help_text().map(str::to_owned),
            expected: problem.expected().to_vec(),
            id: problem.node().map(str::to_owned),
        }
    }
}

/// All that a diagnostic says, as it goes through a pickle.
type Parts = (
    String,
    String,
    String,
    Option<usize>,
    Option<usize>,
    Option<String>,
    Option<String>,
    Option<String>,
    Vec<String>,
    Option<String>,
);

#[pymethods]
impl Diagnostic {
    #[new]
    fn from_parts(
        code: String,
        severity: String,
        message: String,
        start: Option<usize>,
        end: Option<usize>,
        pointer: Option<String>,
        field: Option<String>,
        help: Option<String>,
        expected: Vec<String>,
        id: Option<String>,
    ) -> Self {
        Self { code, severity, message, start, end, pointer, field, help, expected, id }
    }

    fn __getnewargs__(&self) -> Parts {
        let Self { code, severity, message, start, end, pointer, field, help, expected, id } = self.clone();
        (code, severity, message, start, end, pointer, field, help, expected, id)
    }

    fn __repr__(&self) -> String {
        format!("<Diagnostic {} {}: {}>", self.severity, self.code, self.message)
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    for class in Classes::get(py)?.all() {
        module.add(&*class.bind(py).name()?.to_cow()?, class)?;
    }
    module.add_class::<Diagnostic>()
}
