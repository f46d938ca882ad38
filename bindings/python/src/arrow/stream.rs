//! Tables of other libraries that give themselves out as a stream of Arrow.

use super::capsule::batches;
use super::columns::{is_no_guess, takes};
use super::writing::text;
use crate::book::Book;
use crate::cells::TAKES;
use crate::columns::NAMES;
use crate::convert::{list, name};
use crate::errors::Result;
use arrow_array::RecordBatchReader;
use arrow_schema::extension::EXTENSION_TYPE_NAME_KEY;
use arrow_schema::{DataType, Field};
use pyo3::exceptions::{PyException, PyTypeError, PyValueError};
use pyo3::prelude::{Bound, PyAny, PyAnyMethods, PyResult, Python};
use pyo3::types::{PyDict, PyDictMethods, PySlice, PyStringMethods, PyType, PyTypeMethods};
use std::collections::HashMap;
use tagmata::TableText;

/// A table, and the columns of it that have objects of Python: what Arrow takes these for may be a guess.
struct Given<'py> {
    table: Bound<'py, PyAny>,
    /// By their names, with whether there are times among the objects: Arrow takes these for days where the first one is a day.
    objects: HashMap<String, bool>,
}

impl<'py> Given<'py> {
    fn new(table: &Bound<'py, PyAny>) -> Result<Self> {
        let Some(places) = table.getattr_opt("iloc")? else {
            return Ok(Self { table: without_nothing(table)?, objects: HashMap::new() });
        };
        // A table of pandas gives its index out as a column, and names that are no text as text.
        let py = table.py();
        let names = list(&table.getattr("columns")?, NAMES, name)?;
        let types = list(&table.getattr("dtypes")?, NAMES, |of_column| Ok(of_column.str()?.to_string()))?;
        let mut objects = HashMap::new();
        for (at, (name, of_column)) in names.into_iter().zip(types).enumerate() {
            if of_column == "object" {
                let has_times = has_times(&places.get_item((PySlice::full(py), at))?)?;
                objects.insert(name, has_times);
            }
        }
        let options = PyDict::new(py);
        options.set_item("drop", true)?;
        let table = table.call_method("reset_index", (), Some(&options))?;
        Ok(Self { table, objects })
    }

    /// Whether the cells of a column are in the stream what they are in Python.
    fn is_faithful(&self, field: &Field) -> bool {
        let of_column = field.data_type();
        let is_no_guess = match self.objects.get(field.name()) {
            None => true,
            Some(has_times) => is_no_guess(of_column) || *of_column == DataType::Date32 && !has_times,
        };
        takes(of_column) && !field.metadata().contains_key(EXTENSION_TYPE_NAME_KEY) && is_no_guess
    }
}

/// A table of polars with texts instead of columns of nothing but nulls, which it gives out with a buffer that they do not have in Arrow;
/// another one as it is.
fn without_nothing<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let module: String = table.get_type().module()?.to_cow()?.into_owned();
    if !module.starts_with("polars.") || !table.hasattr("columns")? {
        return Ok(table.clone());
    }
    let polars = table.py().import("polars")?;
    let (nothing, text, list) = (polars.getattr("Null")?, polars.getattr("String")?, polars.getattr("List")?);
    let types = PyDict::new(table.py());
    types.set_item(list.call1((&nothing,))?, list.call1((&text,))?)?;
    types.set_item(nothing, text)?;
    table.call_method1("cast", (types,))
}

/// Whether there are times among objects, by their types.
fn has_times(objects: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = objects.py();
    let (builtins, time) = (py.import("builtins")?, py.import("datetime")?.getattr("datetime")?);
    let types = builtins.call_method1("map", (builtins.getattr("type")?, objects))?;
    for different in builtins.call_method1("set", (types,))?.try_iter()? {
        if different?.cast::<PyType>()?.is_subclass(&time)? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Book {
    /// The text of a table that gives itself out as a stream of Arrow; none of another one, and of one with cells that have to be looked
    /// at in Python.
    pub(crate) fn text_of_stream(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
    ) -> Result<Option<TableText>> {
        if !table.hasattr("__arrow_c_stream__")? {
            return Ok(None);
        }
        let given = Given::new(table)?;
        let capsule = match given.table.call_method0("__arrow_c_stream__") {
            Ok(capsule) => capsule,
            Err(error) if error.is_instance_of::<PyException>(py) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let Ok(batches) = batches(&capsule) else { return Ok(None) };
        let schema = batches.schema();
        if let Some(field) = schema.fields().iter().find(|field| !given.is_faithful(field)) {
            // A stream that is nothing but that cannot be looked at in another way.
            if table.hasattr("columns")? || table.hasattr("column_names")? {
                return Ok(None);
            }
            let message = format!("`{}`: {TAKES}, not `{}`", field.name(), field.data_type());
            return Err(PyTypeError::new_err(message).into());
        }
        let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        if names.is_empty() {
            return Ok(Some(TableText::default()));
        }
        let written = self.stoppably(py, |stop| {
            let mut all = Vec::new();
            for batch in batches {
                all.push(batch.map_err(|error| error.to_string())?);
                if stop.is_asked() {
                    break;
                }
            }
            text(&names, &all, stop)
        })?;
        Ok(Some(written.map_err(PyValueError::new_err)?))
    }
}
