//! What notebooks show. The tables are written by `tagmata._notebook`, in Python: they need nothing but what everybody sees.

use pyo3::PyClass;
use pyo3::prelude::{Bound, IntoPyObject, PyAny, PyAnyMethods, PyResult, Python};

const MODULE: &str = "tagmata._notebook";

/// A table of an object, by the function that makes it.
pub(crate) fn shown<T: PyClass>(object: &Bound<'_, T>, function: &str) -> PyResult<String> {
    object.py().import(MODULE)?.call_method1(function, (object,))?.extract()
}

/// A list that is shown as a table, by its class.
pub(crate) fn list_of<'py>(
    py: Python<'py>,
    class: &str,
    items: impl IntoPyObject<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    py.import(MODULE)?.call_method1(class, (items,))
}
