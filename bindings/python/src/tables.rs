//! Tables of contacts: what a program holds, imported as a file is.

use crate::book::Book;
use crate::cells::{TAKES, cell};
use crate::columns::of_table;
use crate::convert::{breathe, is_one, items, name};
use crate::errors::{Result, wrong_type};
use crate::files::{ImportReport, Place};
use crate::importing::{Reading, of_contacts};
use crate::keywords::{Unknown, refuse_unknown};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::{Bound, PyAny, PyAnyMethods, Python};
use pyo3::pymethods;
use pyo3::types::{PyDict, PyDictMethods, PyList, PyListMethods};
use std::collections::HashSet;
use std::io::Cursor;
use tagmata::{TableCell, TableText, TableWriter};

/// The cells of a column.
enum Cells<'py> {
    /// One for all rows.
    Same(TableCell),
    /// One for each row.
    Each(Bound<'py, PyList>),
}

/// A table of contacts.
struct Table<'py> {
    names: Vec<String>,
    columns: Vec<Cells<'py>>,
    rows: usize,
}

impl<'py> Table<'py> {
    /// From a table by columns, or from rows.
    fn new(table: &Bound<'py, PyAny>) -> Result<Self> {
        const TABLE: &str = "contacts are a table with columns, or a list of dicts";
        let (names, columns) = match of_table(table)? {
            Some(columns) => columns.into_iter().unzip(),
            None if is_one(table) => return Err(wrong_type(TABLE, table)),
            None => match items(table) {
                Ok(rows) => turned(&rows.collect::<Result<Vec<_>, _>>()?, TABLE)?,
                Err(_) => return Err(wrong_type(TABLE, table)),
            },
        };
        Self::of_columns(names, columns)
    }

    fn of_columns(names: Vec<String>, values: Vec<Bound<'py, PyAny>>) -> Result<Self> {
        let mut columns = Vec::with_capacity(values.len());
        let mut longest: Option<(&String, usize)> = None;
        for (name, values) in names.iter().zip(&values) {
            let Some(list) = listed(values)? else {
                let refused = || wrong_type(&format!("`{name}`: {TAKES}"), values);
                columns.push(Cells::Same(cell(values)?.ok_or_else(refused)?));
                continue;
            };
            let (first, rows) = *longest.get_or_insert((name, list.len()));
            if list.len() != rows {
                let message = format!("`{name}` has the length {}, `{first}` the length {rows}", list.len());
                return Err(PyValueError::new_err(message).into());
            }
            columns.push(Cells::Each(list));
        }
        let rows = match longest {
            Some((_, rows)) => rows,
            None if columns.is_empty() => 0,
            None => {
                return Err(
                    PyTypeError::new_err("a table has a column with a list or an array of cells").into()
                );
            }
        };
        Ok(Self { names, columns, rows })
    }

    /// The table as a file, row by row: beside it, no more than a row is held.
    fn into_text(self, py: Python<'_>) -> Result<TableText> {
        let Self { names, columns, rows } = self;
        if names.is_empty() {
            return Ok(TableText::default());
        }
        let mut table = TableWriter::new(&names);
        for row in 0..rows {
            breathe(py, row)?;
            let cell = |(name, cells): (&String, &Cells<'_>)| match cells {
                Cells::Same(cell) => Ok(cell.clone()),
                Cells::Each(values) => {
                    let value = values.get_item(row)?;
                    let refused = || wrong_type(&format!("row {}, {name}: {TAKES}", row + 1), &value);
                    self::cell(&value)?.ok_or_else(refused)
                }
            };
            table.write(names.iter().zip(&columns).map(cell).collect::<Result<Vec<_>>>()?);
        }
        Ok(table.finish())
    }
}

/// The names and columns of rows, which are dicts: what a row does not have is missing.
fn turned<'py>(rows: &[Bound<'py, PyAny>], takes: &str) -> Result<(Vec<String>, Vec<Bound<'py, PyAny>>)> {
    let (mut names, mut known) = (Vec::new(), HashSet::new());
    for row in rows {
        let Ok(row) = row.cast::<PyDict>() else { return Err(wrong_type(takes, row)) };
        for key in row.keys() {
            let name = name(&key)?;
            if known.insert(name.clone()) {
                names.push(name);
            }
        }
    }
    let column = |name: &String| {
        let value = |(at, row): (usize, &Bound<'py, PyAny>)| {
            breathe(row.py(), at)?;
            row.call_method1("get", (name,))
        };
        let values = rows.iter().enumerate().map(value).collect::<Result<Vec<_>, _>>()?;
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(Some(PyList::new(row.py(), values)?.into_any()))
    };
    let columns = names.iter().filter_map(|name| column(name).transpose()).collect::<Result<Vec<_>>>()?;
    Ok((names, columns))
}

/// The items of a list, or of an array of NumPy, pandas, polars or Arrow; none of what is one value.
fn listed<'py>(values: &Bound<'py, PyAny>) -> Result<Option<Bound<'py, PyList>>> {
    if is_one(values) {
        return Ok(None);
    }
    if let Ok(list) = values.cast::<PyList>() {
        return Ok(Some(list.clone()));
    }
    for method in ["to_pylist", "to_list"] {
        if values.hasattr(method)? {
            return Ok(values.call_method0(method)?.cast_into().ok());
        }
    }
    if values.hasattr("__array__")? {
        // Masks stay, and times are told in a unit for which Python has objects.
        let mut array = values.py().import("numpy")?.call_method1("asanyarray", (values,))?;
        if array.getattr("dtype")?.getattr("kind")?.extract::<String>()? == "M" {
            array = array.call_method1("astype", ("datetime64[us]",))?;
        }
        return Ok(array.call_method0("tolist")?.cast_into().ok());
    }
    match items(values) {
        Ok(items) => Ok(Some(PyList::new(values.py(), items.collect::<Result<Vec<_>, _>>()?)?)),
        Err(_) => Ok(None),
    }
}

#[pymethods]
impl Book {
    /// Imports contacts from a table, as `import_csv` does from a file: a dict of lists or arrays, a table of pandas, polars, Arrow or
    /// DuckDB, or a list of dicts. The names of columns are read as headers are. What has `__arrow_c_stream__` is read without an
    /// object for each cell.
    ///
    /// A cell that is a list has the names of tags, segments or options. `None`, NaN and NaT are blank cells. Datetimes without a zone
    /// are those of the book's; one at midnight is as good as a day. A column may be one value for all rows. An index of pandas is
    /// no column.
    ///
    /// Rows of the report are counted from 1: `frame.iloc[problem.row - 1]`. They have no line.
    ///
    /// ```python
    /// report = book.import_table({"First name": ["Zoé", "Léo"], "E-mail": ["zoe@example.com", None], "tags": [["vip", "new"], []]})
    /// report = book.import_table(pandas.read_parquet("contacts.parquet"), columns={"Total": "billed"}, dry_run=True)
    /// report.created, report.problems, report.rejected_csv()
    /// ```
    #[pyo3(
        signature = (table, **options),
        text_signature = "($self, table, *, match=None, replace_segments=False, unknown_segments='skip', update='always', create=True, invalid_values='reject', dates=None, columns=None, dry_run=False, progress=None, actor=None)"
    )]
    fn import_table(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> Result<ImportReport> {
        const OF_FILES: [&str; 3] = ["decimal", "delimiter", "encoding"];
        for key in options.into_iter().flat_map(|options| options.keys()) {
            let key: String = key.extract()?;
            if OF_FILES.contains(&key.as_str()) {
                refuse_unknown::<Self>(py, "import_table", Some(Unknown::new(key)))?;
            }
        }
        let (options, importing) = of_contacts(py, "import_table", Reading::of_table(), options)?;
        let text = match self.text_of_stream(py, table)? {
            Some(text) => text,
            None => Table::new(table)?.into_text(py)?,
        };
        let options = options.reading_table(&text);
        let imported = self.import(py, Cursor::new(text.into_csv()), &options, &importing)?;
        self.report(py, imported, &importing, Place::Row)
    }
}
