//! How a file is to be read, where that is not found out from the file.

use super::subject::Subject;
use super::table::TableText;
use crate::text::words;

/// What becomes of a row with a value that cannot be read.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{CsvReader, CsvOptions, InvalidValues, Schema};
/// let (schema, options) = (Schema::default(), CsvOptions::new().invalid_values(InvalidValues::Skip));
/// let file = Cursor::new("first name,country\nZoé,Utopia\n");
/// let row = CsvReader::open(file, &schema, &options)?.next().unwrap()?;
/// assert_eq!((row.is_rejected(), row.problems().len()), (false, 1));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum InvalidValues {
    /// The row is rejected.
    #[default]
    Reject,
    /// The row is imported without the value, and the value is reported.
    Skip,
}

/// Which number of `31/12/2026` is the day.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Code, CsvReader, Dates, CsvOptions, NewField, Schema, ValueType};
/// let mut schema = Schema::default();
/// schema.define_field(NewField::new("birthday", ValueType::Date))?;
/// let file = Cursor::new("birthday\n03/04/1990\n");
/// let error = CsvReader::open(file.clone(), &schema, &CsvOptions::new()).unwrap_err();
/// assert_eq!(error.code(), Code::AmbiguousDates);
/// assert!(CsvReader::open(file, &schema, &CsvOptions::new().dates(Dates::Dmy)).is_ok());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dates {
    /// What the whole column leaves as the one reading.
    #[default]
    Detect,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// The sign before the fraction of a number.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{CellValue, CsvReader, Decimal, CsvOptions, NewField, Schema, Value, ValueType};
/// let mut schema = Schema::default();
/// let billed = schema.define_field(NewField::new("billed", ValueType::Number))?;
/// let options = CsvOptions::new().decimal(Decimal::Comma);
/// let row = CsvReader::open(Cursor::new("billed\n1.234\n"), &schema, &options)?.next().unwrap()?;
/// assert_eq!(row.get(billed), Some(&CellValue::Value(Value::Number(1234.0))));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Decimal {
    /// What the whole column leaves as the one reading.
    #[default]
    Detect,
    /// `1234.56`, `1 234.56` or `1,234.56`.
    Point,
    /// `1234,56`, `1 234,56` or `1.234,56`.
    Comma,
}

/// The sign between two cells.
///
/// ```
/// use tagmata::Delimiter;
/// assert_eq!(";".parse::<Delimiter>()?, Delimiter::Semicolon);
/// assert_eq!("\t".parse::<Delimiter>()?, Delimiter::Tab);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Delimiter {
    /// The one that the header line has most of, outside quotes.
    #[default]
    Detect,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

words! {
    InvalidValues "invalid_values" { "reject" => Reject, "skip" => Skip, }
    Dates "dates" { "dmy" => Dmy, "mdy" => Mdy, }
    Decimal "decimal" { "." => Point, "," => Comma, }
    Delimiter "delimiter" { "," => Comma, ";" => Semicolon, "\t" => Tab, }
}

/// How a file is to be read. What is not said is found out from the file, or is an error that asks for it.
///
/// ```
/// use tagmata::{Dates, CsvOptions, InvalidValues};
/// let options = CsvOptions::new()
///     .dates(Dates::Dmy)
///     .invalid_values(InvalidValues::Skip)
///     .column("Créé le", "created_at")
///     .ignore_column("Commentaire");
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct CsvOptions {
    pub(super) columns: Vec<(String, Option<String>)>,
    pub(crate) invalid_values: InvalidValues,
    pub(super) dates: Dates,
    pub(super) decimal: Decimal,
    pub(super) delimiter: Delimiter,
    pub(super) encoding: Option<String>,
    pub(super) record_limit: usize,
    pub(super) subject: Subject,
    /// Whether the guards of cells are the writer's, and not the host's.
    pub(super) is_table: bool,
    /// How many rows there are, if the way in which days and numbers are written is known as well.
    pub(super) known_rows: Option<u64>,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            invalid_values: InvalidValues::default(),
            dates: Dates::default(),
            decimal: Decimal::default(),
            delimiter: Delimiter::default(),
            encoding: None,
            record_limit: Self::RECORD_LIMIT,
            subject: Subject::default(),
            is_table: false,
            known_rows: None,
        }
    }
}

impl CsvOptions {
    /// How many bytes of text a record may have if nothing else is said: 16 MiB.
    pub const RECORD_LIMIT: usize = 16 * 1024 * 1024;

    /// Everything is found out from the file, and a value that cannot be read rejects its row.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads what a [`TableWriter`](crate::TableWriter) wrote: nothing but how days are written in text is found out from
    /// the file, and the values of problems are those of the table, without what the writer put before them.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{CsvOptions, CsvReader, Schema, TableCell, TableWriter};
    /// let mut table = TableWriter::new(["email"]);
    /// table.write([TableCell::Text("@zoe".into())]);
    /// let (file, schema) = (Cursor::new(table.into_csv()), Schema::default());
    /// let row = CsvReader::open(file, &schema, &CsvOptions::of_table())?.next().unwrap()?;
    /// assert_eq!((row.cells().next(), row.problems()[0].value.as_str()), (Some("'@zoe"), "@zoe"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn of_table() -> Self {
        Self::default().into_table()
    }

    /// The same for what a [`TableWriter`](crate::TableWriter) wrote.
    fn into_table(self) -> Self {
        let options = self.delimiter(Delimiter::Comma).decimal(Decimal::Point).encoding("utf-8");
        Self { is_table: true, ..options }
    }

    /// Reads the column of a header as a field, by the key of the field. Other columns are still detected.
    pub fn column(mut self, header: impl Into<String>, field: impl Into<String>) -> Self {
        self.columns.push((header.into(), Some(field.into())));
        self
    }

    /// Ignores the column of a header.
    pub fn ignore_column(mut self, header: impl Into<String>) -> Self {
        self.columns.push((header.into(), None));
        self
    }

    /// Says what becomes of a row with a value that cannot be read.
    pub fn invalid_values(mut self, invalid_values: InvalidValues) -> Self {
        self.invalid_values = invalid_values;
        self
    }

    /// Says which number of `31/12/2026` is the day, for all columns.
    pub fn dates(mut self, dates: Dates) -> Self {
        self.dates = dates;
        self
    }

    /// Says which sign stands before the fraction of a number, for all columns.
    pub fn decimal(mut self, decimal: Decimal) -> Self {
        self.decimal = decimal;
        self
    }

    /// Says which sign stands between two cells.
    pub fn delimiter(mut self, delimiter: Delimiter) -> Self {
        self.delimiter = delimiter;
        self
    }

    /// Says how text is written in bytes, by a label of the WHATWG Encoding Standard: `utf-8`, `latin1`, `shift_jis`, ….
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{CsvReader, CsvOptions, Schema};
    /// let (schema, options) = (Schema::default(), CsvOptions::new().encoding("latin1"));
    /// let file = Cursor::new(b"Pr\xe9nom\nZo\xe9\n");
    /// let mut rows = CsvReader::open(file, &schema, &options)?;
    /// assert_eq!(rows.encoding(), "windows-1252");
    /// assert_eq!(rows.next().unwrap()?.cells().collect::<Vec<_>>(), ["Zoé"]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn encoding(mut self, label: impl Into<String>) -> Self {
        self.encoding = Some(label.into());
        self
    }

    /// Says how many bytes of text, in UTF-8, one record may have.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{Code, CsvReader, CsvOptions, Schema};
    /// let (schema, options) = (Schema::default(), CsvOptions::new().record_limit(16));
    /// let file = Cursor::new("first name\nZoé Zoé Zoé Zoé Zoé\n");
    /// assert_eq!(CsvReader::open(file, &schema, &options).unwrap_err().code(), Code::RecordTooLong);
    /// ```
    pub fn record_limit(mut self, bytes: usize) -> Self {
        self.record_limit = bytes;
        self
    }

    /// Reads this table, of which something is known.
    pub(crate) fn this_table(self, table: &TableText) -> Self {
        Self { known_rows: table.known_rows(), ..self.into_table() }
    }

    /// What the rows are.
    pub(crate) fn of(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }
}
