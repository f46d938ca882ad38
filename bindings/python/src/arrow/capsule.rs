//! Streams and schemas in capsules, as libraries of Python hand them to each other (Arrow PyCapsule interface).

use crate::errors::{Result, wrong_type};
use arrow_array::RecordBatchReader;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_schema::{ArrowError, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::{Bound, PyAny, PyErr, PyResult, Python};
use pyo3::types::{PyCapsule, PyCapsuleMethods};
use std::ffi::CStr;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// What Python raises where Arrow refuses something.
pub(super) fn refused(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A stream for another library.
pub(super) fn stream(
    py: Python<'_>,
    batches: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(batches), STREAM)
}

/// A schema for another library.
pub(super) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|error| refused(&error))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

/// Takes the stream of batches of another library out of its capsule, which is empty afterwards.
#[expect(unsafe_code, reason = "the interface of Arrow between libraries is a pointer")]
pub(super) fn batches(capsule: &Bound<'_, PyAny>) -> Result<RecordBatchStreamReader> {
    let takes = "`__arrow_c_stream__` gives a capsule";
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| wrong_type(takes, capsule))?;
    let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name points to a stream (Arrow PyCapsule interface), which nobody else uses while the interpreter
    // is attached. It is moved out, and what is left says so.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr()) };
    RecordBatchStreamReader::try_new(stream).map_err(|error| refused(&error).into())
}
