//! tagmata for Python: translates between the objects of Python and the core, and decides nothing.
//!
//! The interpreter lock is given up before the book is called, and nothing of the book is locked while Python is called.
//! Each file is about one noun, says what of it Python sees, and registers it at its end.

mod errors;
mod notebooks;
mod keywords;
mod fold;
mod convert;
mod columns;
mod cells;
mod explain;
mod contact;
mod outcome;
mod clock;
mod settings;
mod stored;
mod book;
mod signals;
mod progress;
mod trees;
mod filters;
mod segment;
mod explain_segment;
mod selection;
mod segments;
mod contacts;
mod bulk;
mod definitions;
mod rules;
mod questions;
mod lists;
mod reports;
mod importing;
mod files;
mod arrow;
mod tables;
mod rows;
mod interactions;
mod sql;
mod time;
mod batch;
mod durable;

use pyo3::exceptions::PyImportError;
use pyo3::prelude::{Bound, PyAnyMethods, PyModule, PyModuleMethods, PyResult};
use pyo3::pymodule;

#[pymodule(gil_used = false)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    py.import("numpy").map_err(|error| {
        let missing = PyImportError::new_err("tagmata needs NumPy: `pip install numpy`");
        missing.set_cause(py, Some(error));
        missing
    })?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    errors::register(module)?;
    outcome::register(module)?;
    explain::register(module)?;
    explain_segment::register(module)?;
    filters::register(module)?;
    segment::register(module)?;
    selection::register(module)?;
    contact::register(module)?;
    definitions::register(module)?;
    rules::register(module)?;
    lists::register(module)?;
    reports::register(module)?;
    files::register(module)?;
    arrow::register(module)?;
    fold::register(module)?;
    sql::register(module)?;
    batch::register(module)?;
    book::register(module)?;
    // What is public, the package says.
    module.delattr("__all__")
}
