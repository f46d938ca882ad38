//! A table that a program holds, as a file that is read back as it was.

use super::formulas::guarded;
use super::lists::join;
use csv::{Writer, WriterBuilder};
use memchr::memchr;
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
    rows: u64,
    has_slashes: bool,
    /// Room for a cell that is not written as it came.
    cell: String,
}

/// A table as a CSV file, and what is known of it without reading it.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Book, ImportOptions, TableWriter, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut table = TableWriter::new(["email", "first_name", "last_name", "country"]);
/// ["zoe@example.com", "Zoé", "Martin", "FR"].iter().for_each(|text| table.text(text));
/// table.end_row();
/// let text = table.finish();
/// let options = ImportOptions::new().reading_table(&text);
/// let mut book = Book::builder().build(now);
/// assert_eq!(book.import(Cursor::new(text.into_csv()), &options, now)?.created, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct TableText {
    csv: Vec<u8>,
    rows: u64,
    /// Whether a cell may be a day that is written in one of two ways.
    has_slashes: bool,
}

impl TableWriter {
    /// Starts a table with the names of its columns, which are headers as in any file.
    pub fn new<H: AsRef<[u8]>>(headers: impl IntoIterator<Item = H>) -> Self {
        let mut table = Self::part();
        for header in headers {
            table.field(header.as_ref());
        }
        table.end_row();
        Self { rows: 0, has_slashes: false, ..table }
    }

    /// Starts a part of a table, which has no headers: what several threads write is one table behind one another.
    ///
    /// ```
    /// use tagmata::TableWriter;
    /// let (mut table, mut part) = (TableWriter::new(["email"]).finish(), TableWriter::part());
    /// part.text("zoe@example.com");
    /// part.end_row();
    /// table.append(part.finish());
    /// assert_eq!(table.into_csv(), b"email\nzoe@example.com\n");
    /// ```
    #[must_use]
    pub fn part() -> Self {
        let csv = WriterBuilder::new().flexible(true).from_writer(Vec::new());
        Self { csv, rows: 0, has_slashes: false, cell: String::new() }
    }

    /// Writes a row.
    pub fn write(&mut self, cells: impl IntoIterator<Item = TableCell>) {
        for cell in cells {
            match cell {
                TableCell::Blank => self.blank(),
                TableCell::Plain(text) => self.plain(&text),
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
    /// table.plain("-0.5");
    /// table.text("-0.5");
    /// table.list(["a;b", "c"]);
    /// table.blank();
    /// table.end_row();
    /// let expected = "billed,organization,tags,source\n-0.5,'-0.5,\"\"\"a;b\"\"; c\",\n";
    /// assert_eq!(String::from_utf8_lossy(&table.into_csv()), expected);
    /// ```
    pub fn plain(&mut self, cell: &str) {
        self.field(cell.as_bytes());
    }

    /// Writes a cell of text, as [`TableCell::Text`] says.
    pub fn text(&mut self, text: &str) {
        // Most texts begin with what no formula begins with, and no white space is.
        if text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
            return self.field(text.as_bytes());
        }
        // In a table with one column, a line with nothing but white space would be no row.
        if text.trim_start().is_empty() {
            return self.blank();
        }
        self.field(guarded(Cow::Borrowed(text)).as_bytes());
    }

    /// Writes a cell with the names of tags, segments or options.
    pub fn list<'i>(&mut self, items: impl IntoIterator<Item = &'i str>) {
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        join(&mut cell, items.into_iter());
        self.field(guarded(Cow::Borrowed(&cell)).as_bytes());
        self.cell = cell;
    }

    /// Ends a row that was written cell by cell.
    pub fn end_row(&mut self) {
        let written = self.csv.write_record(None::<&[u8]>);
        debug_assert!(written.is_ok(), "memory takes all that is written");
        self.rows += 1;
    }

    /// The table as a file.
    #[must_use]
    pub fn finish(self) -> TableText {
        let Self { csv, rows, has_slashes, .. } = self;
        // Memory takes all that is written.
        TableText { csv: csv.into_inner().unwrap_or_default(), rows, has_slashes }
    }

    /// The file alone, in UTF-8.
    #[must_use]
    pub fn into_csv(self) -> Vec<u8> {
        self.finish().csv
    }

    fn field(&mut self, cell: &[u8]) {
        self.has_slashes |= memchr(b'/', cell).is_some();
        let written = self.csv.write_field(cell);
        debug_assert!(written.is_ok(), "memory takes all that is written");
    }
}

impl fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableWriter").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl TableText {
    /// Puts the rows of a part behind the others.
    pub fn append(&mut self, part: Self) {
        if self.csv.is_empty() {
            self.csv = part.csv;
        } else {
            self.csv.extend_from_slice(&part.csv);
        }
        self.rows += part.rows;
        self.has_slashes |= part.has_slashes;
    }

    /// The file, in UTF-8.
    #[must_use]
    pub fn into_csv(self) -> Vec<u8> {
        self.csv
    }

    /// How many rows there are, where they need not be looked at to know how their days are written.
    pub(super) fn known_rows(&self) -> Option<u64> {
        (!self.has_slashes).then_some(self.rows)
    }
}

impl fmt::Debug for TableText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableText").field("rows", &self.rows).finish_non_exhaustive()
    }
}
