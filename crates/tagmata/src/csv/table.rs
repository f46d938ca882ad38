//! A table that a program holds, as a file that is read back as it was.

use super::formulas::guarded;
use super::lists::join;
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
    /// Room for a cell that is not written as it came.
    cell: String,
}

impl TableWriter {
    /// Starts a table with the names of its columns, which are headers as in any file.
    pub fn new<H: AsRef<[u8]>>(headers: impl IntoIterator<Item = H>) -> Self {
        let mut table = Self::part();
        for header in headers {
            table.field(header.as_ref());
        }
        table.end_row();
        table
    }

    /// Starts a part of a table, which has no headers: what several threads write is one table behind one another.
    ///
    /// ```
    /// use tagmata::TableWriter;
    /// let (table, mut part) = (TableWriter::new(["email"]), TableWriter::part());
    /// part.text("zoe@example.com");
    /// part.end_row();
    /// assert_eq!([table.into_csv(), part.into_csv()].concat(), b"email\nzoe@example.com\n");
    /// ```
    #[must_use]
    pub fn part() -> Self {
        Self { csv: WriterBuilder::new().flexible(true).from_writer(Vec::new()), cell: String::new() }
    }

    /// Writes a row.
    pub fn write(&mut self, cells: impl IntoIterator<Item = TableCell>) {
        for cell in cells {
            match cell {
                TableCell::Blank => self.blank(),
                TableCell::Plain(text) => self.field(text.as_bytes()),
                TableCell::Text(text) => self.text(&text),
                TableCell::List(items) => self.list(items.iter().map(String::as_str)),
            }
        }
        self.end_row();
    }

    /// Writes a cell with nothing in it.
    pub fn blank(&mut self) {
        self.field(b"");
    }

    /// Writes a cell as it is, as [`TableCell::Plain`] says.
    ///
    /// ```
    /// use tagmata::TableWriter;
    /// let mut table = TableWriter::new(["billed", "organization", "tags", "source"]);
    /// table.plain(-0.5);
    /// table.text("-0.5");
    /// table.list(["a;b", "c"]);
    /// table.blank();
    /// table.end_row();
    /// let expected = "billed,organization,tags,source\n-0.5,'-0.5,\"\"\"a;b\"\"; c\",\n";
    /// assert_eq!(String::from_utf8_lossy(&table.into_csv()), expected);
    /// ```
    pub fn plain(&mut self, value: impl fmt::Display) {
        use fmt::Write as _;
        self.cell.clear();
        // A text takes all that is written.
        let _ = write!(self.cell, "{value}");
        self.cell();
    }

    /// Writes a cell of text, as [`TableCell::Text`] says.
    pub fn text(&mut self, text: &str) {
        // In a table with one column, a line with nothing but white space would be no row.
        if text.trim_start().is_empty() {
            return self.blank();
        }
        match guarded(Cow::Borrowed(text)) {
            Cow::Borrowed(text) => self.field(text.as_bytes()),
            Cow::Owned(text) => self.field(text.as_bytes()),
        }
    }

    /// Writes a cell with the names of tags, segments or options.
    pub fn list<'i>(&mut self, items: impl IntoIterator<Item = &'i str>) {
        self.cell.clear();
        join(&mut self.cell, items.into_iter());
        if let Cow::Owned(guarded) = guarded(Cow::Borrowed(&self.cell)) {
            self.cell = guarded;
        }
        self.cell();
    }

    /// Ends a row that was written cell by cell.
    pub fn end_row(&mut self) {
        let written = self.csv.write_record(None::<&[u8]>);
        debug_assert!(written.is_ok(), "memory takes all that is written");
    }

    /// The file, in UTF-8.
    #[must_use]
    pub fn into_csv(self) -> Vec<u8> {
        // Memory takes all that is written.
        self.csv.into_inner().unwrap_or_default()
    }

    /// Writes the cell that was made.
    fn cell(&mut self) {
        let written = self.csv.write_field(&self.cell);
        debug_assert!(written.is_ok(), "memory takes all that is written");
    }

    fn field(&mut self, cell: &[u8]) {
        let written = self.csv.write_field(cell);
        debug_assert!(written.is_ok(), "memory takes all that is written");
    }
}

impl fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableWriter").finish_non_exhaustive()
    }
}
