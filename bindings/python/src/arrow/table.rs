//! Contacts as a table of Arrow.

use super::capsule::{schema, stream};
use super::snapshot::Snapshot;
use super::types::name_of;
use crate::book::Book;
use crate::convert::names;
use crate::errors::Result;
use crate::filters::source;
use crate::keywords::{Unknown, refuse_unknown};
use pyo3::prelude::{Bound, PyAny, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyCapsule, PyDict, PyDictMethods};
use pyo3::{pyclass, pymethods};
use std::sync::Arc;
use tagmata::{FieldId, FilterSource, Ref};

/// Contacts as a table of Arrow, as they were when they were asked for. polars, pandas, pyarrow, DuckDB and all that take the
/// stream of the Arrow PyCapsule interface read it without an object for each value, as often as they like.
///
/// ```python
/// vips = book.to_arrow("status = vip", columns=["id", "email", "billed"])
/// polars.DataFrame(vips)
/// pyarrow.table(vips)
/// pandas.DataFrame.from_arrow(vips)
/// duckdb.sql("SELECT sum(billed) FROM vips")
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct ArrowTable {
    contacts: Arc<Snapshot>,
}

#[pymethods]
impl ArrowTable {
    /// The rows as a stream of batches, for other libraries. The types are those of `schema`, whatever is requested.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A request that a table cannot meet is one for the taker to meet.
        let _ = requested_schema;
        stream(py, Box::new(self.contacts.batches()))
    }

    /// The names and types of the columns, for other libraries.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema(py, self.contacts.schema())
    }

    fn __len__(&self) -> usize {
        self.contacts.rows()
    }

    /// The names of the columns: keys of fields.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.contacts.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The types of the columns by their names, as pyarrow writes them.
    #[getter]
    fn schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let types = PyDict::new(py);
        for field in self.contacts.schema().fields() {
            types.set_item(field.name(), name_of(field.data_type()))?;
        }
        Ok(types)
    }

    fn __repr__(&self) -> String {
        let names = self.columns().join(", ");
        let rows = self.contacts.rows();
        format!("<ArrowTable: {rows} {}; {names}>", if rows == 1 { "row" } else { "rows" })
    }
}

#[pymethods]
impl Book {
    /// The contacts that match a filter, as a table that polars, pandas, pyarrow and DuckDB read without an object for each
    /// value. It stays as it is when the book changes.
    ///
    /// Columns are keys or labels of fields: without them `id` and those of `export_csv`. Numbers are floats, statuses and options
    /// their keys as a dictionary (a categorical), tags, segments and several options lists of text, times in UTC. `segments` are the
    /// static ones. What is missing is null; no tags are an empty list.
    ///
    /// ```python
    /// frame = polars.DataFrame(book.to_arrow())
    /// vips = pyarrow.table(book.to_arrow("status = vip", columns=["id", "email", "billed"]))
    /// ```
    #[pyo3(
        signature = (filter=None, columns=None, **unknown),
        text_signature = "($self, filter=None, columns=None)"
    )]
    fn to_arrow(
        &self,
        py: Python<'_>,
        filter: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<ArrowTable> {
        refuse_unknown::<Self>(py, "to_arrow", unknown)?;
        let filter = filter.map(|filter| source(self, filter)).transpose()?;
        let filter = filter.unwrap_or_else(|| FilterSource::from("everyone"));
        let columns = columns.map(names).transpose()?;
        let columns: Option<Vec<Ref<FieldId>>> =
            columns.map(|columns| columns.into_iter().map(Ref::Name).collect());
        let contacts = self.read(py, |book| book.columns(filter, columns.as_deref()).map(Snapshot::new))?;
        Ok(ArrowTable { contacts: Arc::new(contacts) })
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<ArrowTable>()
}
