//! A table that a program holds, as a file that is read back as it was.

use super::formulas::guarded;
use super::lists::joined;
use csv::{Writer, WriterBuilder};
use std::borrow::Cow;
use std::fmt;

/// One cell of a table.
///
/// ```
/// use tagmata::{TableCell, TableWriter};
/// let mut table = TableWriter::new(["billed", "organization", "tags"]);
/// table.write([TableCell::Plain("-1".into()), TableCell::Text("-1".into()), TableCell::List(vec!["a;b".into(), "c".into()])]);
/// assert_eq!(String::from_utf8_lossy(&table.into_csv()), "billed,organization,tags\n-1,'-1,\"\"\"a;b\"\"; c\"\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableCell {
    /// There is nothing in it.
    Blank,
    /// A number with a point before its fraction, an ISO date, a datetime of RFC 3339, `true` or `false`: as it is.
    Plain(String),
    /// Text, which gets a `'` where a spreadsheet would run it.
    Text(String),
    /// The names of tags, segments or options.
    List(Vec<String>),
}

/// Writes a table as a CSV file, which [`CsvOptions::of_table`](crate::CsvOptions::of_table) reads.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{CsvOptions, CsvReader, Schema, TableCell, TableWriter};
/// let mut table = TableWriter::new(["Prénom", "country"]);
/// table.write([TableCell::Text("=1+1".into()), TableCell::Text("Utopia".into())]);
/// let (file, schema, options) = (Cursor::new(table.into_csv()), Schema::default(), CsvOptions::of_table());
/// let row = CsvReader::open(file, &schema, &options)?.next().unwrap()?;
/// assert_eq!(row.cells().collect::<Vec<_>>(), ["'=1+1", "Utopia"]);
/// assert_eq!(row.problems()[0].value, "Utopia");
/// # Ok::<(), tagmata::Error>(())
/// ```
pub struct TableWriter {
    csv: Writer<Vec<u8>>,
}

impl TableWriter {
    /// Starts a table with the names of its columns, which are headers as in any file.
    pub fn new<H: AsRef<[u8]>>(headers: impl IntoIterator<Item = H>) -> Self {
        let mut table = Self { csv: WriterBuilder::new().flexible(true).from_writer(Vec::new()) };
        table.line(headers);
        table
    }

    /// Writes a row.
    pub fn write(&mut self, cells: impl IntoIterator<Item = TableCell>) {
        self.line(cells.into_iter().map(|cell| written(cell).into_bytes()));
    }

    /// The file, in UTF-8.
    #[must_use]
    pub fn into_csv(self) -> Vec<u8> {
        // Memory takes all that is written.
        self.csv.into_inner().unwrap_or_default()
    }

    fn line<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let written = self.csv.write_record(cells);
        debug_assert!(written.is_ok(), "memory takes all that is written");
    }
}

fn written(cell: TableCell) -> String {
    match cell {
        TableCell::Blank => String::new(),
        TableCell::Plain(text) => text,
        // In a table with one column, a line with nothing but white space would be no row.
        TableCell::Text(text) if text.trim().is_empty() => String::new(),
        TableCell::Text(text) => guarded(Cow::Owned(text)).into_owned(),
        TableCell::List(items) => guarded(Cow::Owned(joined(items.iter().map(String::as_str)))).into_owned(),
    }
}

impl fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableWriter").finish_non_exhaustive()
    }
}
