//! How the progress of long work is shown: by a function of the host's, or as a bar of tqdm.

use crate::errors::{Result, wrong_type};
use pyo3::exceptions::{PyImportError, PyUserWarning};
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyErr, PyResult, Python};
use pyo3::types::{PyBool, PyBoolMethods, PyDict, PyDictMethods};
use std::sync::{Mutex, PoisonError};
use tagmata::Progress;

/// Who is told how far work has come.
pub(crate) enum Watcher {
    /// A function of the bytes done, all bytes and the rows.
    Function(Py<PyAny>),
    /// A bar of tqdm.
    Bar(Bar),
}

/// A bar of tqdm, which is there once something is told.
pub(crate) struct Bar {
    class: Py<PyAny>,
    bar: Mutex<Option<Py<PyAny>>>,
}

impl Watcher {
    /// What the keyword `progress` says: a function, or whether there is a bar. Without tqdm there is a warning instead of one.
    pub(crate) fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        const TAKES: &str =
            "`progress` is a function of the bytes done, all bytes and the rows, or True for a bar of tqdm";
        let py = value.py();
        match value.cast::<PyBool>() {
            Ok(is_wanted) if !is_wanted.is_true() => Ok(None),
            Ok(_) => match py.import("tqdm.auto") {
                Ok(tqdm) => {
                    let class = tqdm.getattr("tqdm")?.unbind();
                    Ok(Some(Self::Bar(Bar { class, bar: Mutex::new(None) })))
                }
                Err(error) if error.is_instance_of::<PyImportError>(py) => {
                    let message = c"progress=True shows a bar where tqdm is installed: `pip install tqdm`";
                    PyErr::warn(py, &py.get_type::<PyUserWarning>(), message, 1)?;
                    Ok(None)
                }
                Err(error) => Err(error.into()),
            },
            Err(_) if value.is_callable() => Ok(Some(Self::Function(value.clone().unbind()))),
            Err(_) => Err(wrong_type(TAKES, value)),
        }
    }

    /// Tells how far work has come.
    pub(crate) fn tell(&self, py: Python<'_>, at: Progress) -> PyResult<()> {
        match self {
            Self::Function(function) => {
                function.call1(py, (at.done_bytes, at.total_bytes, at.rows)).map(drop)
            }
            Self::Bar(bar) => bar.tell(py, at),
        }
    }

    /// Says that the work has ended, in whatever way.
    pub(crate) fn close(&self, py: Python<'_>) -> PyResult<()> {
        match self {
            Self::Function(_) => Ok(()),
            Self::Bar(bar) => bar.taken().map_or(Ok(()), |bar| bar.call_method0(py, "close").map(drop)),
        }
    }
}

impl Bar {
    fn taken(&self) -> Option<Py<PyAny>> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn tell(&self, py: Python<'_>, at: Progress) -> PyResult<()> {
        // The lock is not held while Python runs.
        let bar = match self.taken() {
            Some(bar) => bar.into_bound(py),
            None => {
                let options = PyDict::new(py);
                options.set_item("total", at.total_bytes)?;
                options.set_item("unit", "B")?;
                options.set_item("unit_scale", true)?;
                options.set_item("unit_divisor", 1024)?;
                self.class.bind(py).call((), Some(&options))?
            }
        };
        let told = (|| {
            let rows = PyDict::new(py);
            rows.set_item("rows", at.rows)?;
            rows.set_item("refresh", false)?;
            bar.call_method("set_postfix", (), Some(&rows))?;
            let before: u64 = bar.getattr("n")?.extract()?;
            bar.call_method1("update", (at.done_bytes.saturating_sub(before),)).map(drop)
        })();
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.unbind());
        told
    }
}
