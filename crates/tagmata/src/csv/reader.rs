//! A file of contacts, row by row.

use super::ahead::{Ahead, read_ahead};
use super::batch::Kept;
use super::encoding::{detect, unreadable};
use super::header::Header;
use super::options::{CsvOptions, Decimal};
use super::progress::{Callback, Pass, Progress, Watch};
use super::records::Records;
use super::row::{CsvRow, Layout, RowReader};
use super::source::Source;
use super::survey::Survey;
use crate::error::Result;
use crate::model::Schema;
use crate::value::FieldId;
use encoding_rs::Encoding;
use std::fmt;
use std::io::{Read, Seek, SeekFrom};
use std::iter::FusedIterator;
use std::ops::ControlFlow;

/// Reads a file of contacts: an iterator over its rows.
///
/// A file is gone through three times: for its encoding, for what the whole of a column says about its dates and numbers,
/// and for its rows. It is never held: memory is that of one record, and whatever is wrong with the file as a whole is known
/// before the first row is handed out. What cannot seek is read into memory first: `Cursor::new(bytes)`.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{CellValue, CsvReader, Field, CsvOptions, Schema, Value};
/// let (schema, options) = (Schema::default(), CsvOptions::new());
/// let file = "Prénom;Nom;Pays;Téléphone portable\nZoé;Martin;FR;06 12 34 56 78\nLéo;Petit;+33;\n";
/// let mut rows = CsvReader::open(Cursor::new(file), &schema, &options)?;
///
/// let zoe = rows.next().unwrap()?;
/// let Some(CellValue::Value(Value::Phone(mobile))) = zoe.get(Field::MOBILE) else { unreachable!() };
/// assert_eq!(mobile.e164(), "+33612345678");
///
/// let leo = rows.next().unwrap()?;
/// assert!(leo.is_rejected());
/// assert_eq!(leo.problems()[0].to_string(), "row 2, line 3, Pays: there is no country `+33`; \
///     use the two letters of ISO 3166-1, such as `FR`, not the dial code [E0207]");
/// assert!(rows.next().is_none());
/// # Ok::<(), tagmata::Error>(())
/// ```
pub struct CsvReader<'a, R> {
    records: Records<R>,
    watch: Watch<'a>,
    layout: Layout<'a>,
    row_reader: RowReader,
    /// How the numbers of each column are written.
    decimals: Vec<Decimal>,
    encoding: &'static Encoding,
    total_rows: u64,
    rows: u64,
    is_done: bool,
}

impl<'a, R: Read + Seek> CsvReader<'a, R> {
    /// Opens a file from the reader's position to its end.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{Code, CsvReader, CsvOptions, Schema};
    /// let (schema, options) = (Schema::default(), CsvOptions::new());
    /// let rows = CsvReader::open(Cursor::new("email,country\nzoe@example.com,FR\n"), &schema, &options)?;
    /// assert_eq!(rows.row_count(), 1);
    /// let error = CsvReader::open(Cursor::new(""), &schema, &options).unwrap_err();
    /// assert_eq!(error.code(), Code::NoHeader);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of kind [`Csv`](crate::ErrorKind::Csv), for what is wrong with the file as a whole:
    /// [`NoHeader`](crate::Code::NoHeader), [`UnknownColumn`](crate::Code::UnknownColumn),
    /// [`ColumnTwice`](crate::Code::ColumnTwice), [`AmbiguousColumn`](crate::Code::AmbiguousColumn),
    /// [`AmbiguousDates`](crate::Code::AmbiguousDates), [`AmbiguousNumbers`](crate::Code::AmbiguousNumbers),
    /// [`OpenQuote`](crate::Code::OpenQuote), [`RecordTooLong`](crate::Code::RecordTooLong),
    /// [`BadEncoding`](crate::Code::BadEncoding) or [`NulCharacter`](crate::Code::NulCharacter) in the header,
    /// [`Unreadable`](crate::Code::Unreadable); [`UnknownField`](crate::Code::UnknownField) or
    /// [`ReadOnly`](crate::Code::ReadOnly) for a field of [`column`](CsvOptions::column), and of kind
    /// [`Value`](crate::ErrorKind::Value) [`BadSetting`](crate::Code::BadSetting) for an encoding that is none.
    pub fn open(source: R, schema: &'a Schema, options: &CsvOptions) -> Result<Self> {
        Self::start(source, schema, options, None)
    }

    /// Opens a file, and calls back while it is opened and read: about every 64 KiB, and at the end.
    ///
    /// ```
    /// use std::{io::Cursor, ops::ControlFlow};
    /// use tagmata::{Code, CsvReader, CsvOptions, Schema};
    /// let (schema, options) = (Schema::default(), CsvOptions::new());
    /// let file = Cursor::new("email\nzoe@example.com\n");
    /// let stopped = CsvReader::open_watched(file, &schema, &options, |_| ControlFlow::Break(()));
    /// assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`open`](Self::open); [`Cancelled`](crate::Code::Cancelled), also between rows, after the callback said
    /// `Break`.
    pub fn open_watched(
        source: R,
        schema: &'a Schema,
        options: &CsvOptions,
        callback: impl FnMut(Progress) -> ControlFlow<()> + 'a,
    ) -> Result<Self> {
        Self::start(source, schema, options, Some(Box::new(callback)))
    }

    fn start(
        mut source: R,
        schema: &'a Schema,
        options: &CsvOptions,
        callback: Option<Callback<'a>>,
    ) -> Result<Self> {
        let seek = |source: &mut R, to| source.seek(to).map_err(|error| unreadable(&error));
        let start = seek(&mut source, SeekFrom::Current(0))?;
        let end = seek(&mut source, SeekFrom::End(0))?;
        let mut watch = Watch::new(callback, end.saturating_sub(start));

        seek(&mut source, SeekFrom::Start(start))?;
        let encoding = detect(&mut source, options.encoding.as_deref(), &mut watch)?;

        seek(&mut source, SeekFrom::Start(start))?;
        let mut text = Source::new(&mut source, encoding, Pass::Survey);
        let delimiter = options.delimiter.sign(text.text(0, &mut watch)?.as_bytes());
        let mut records = Records::new(text, delimiter, options.record_limit);
        let survey = Survey::of(&mut records, delimiter, schema, options, &mut watch)?;

        seek(&mut source, SeekFrom::Start(start))?;
        let text = Source::new(source, encoding, Pass::Rows);
        let mut records = Records::new(text, delimiter, options.record_limit);
        records.next(0, &mut watch)?;
        let decimals = survey.readings.iter().map(|reading| reading.decimal).collect();
        let layout = Layout::new(survey.header, survey.readings, schema, options.invalid_values);
        Ok(Self {
            records,
            watch,
            row_reader: RowReader::new(&layout),
            layout,
            decimals,
            encoding,
            total_rows: survey.rows,
            rows: 0,
            is_done: false,
        })
    }
}

impl<R: Read> CsvReader<'_, R> {
    fn read(&mut self) -> Result<Option<CsvRow>> {
        match self.records.next(self.rows, &mut self.watch)? {
            Some(record) => {
                self.rows += 1;
                let kept = Kept::alone(record);
                Ok(Some(self.row_reader.read(kept, self.rows, &self.layout)))
            }
            None => {
                self.watch.at(Pass::Rows, u64::MAX, self.rows)?;
                Ok(None)
            }
        }
    }
}

impl<R: Read> CsvReader<'_, R> {
    /// Hands out all rows that are left, in order, some at once. They are read ahead, on so many more threads as the machine
    /// gives.
    ///
    /// # Errors
    /// As those of the rows one by one; and the first one of `take`.
    pub(crate) fn take_all(
        &mut self,
        ahead: Ahead,
        mut take: impl FnMut(&[CsvRow]) -> Result<()>,
    ) -> Result<()> {
        self.is_done = true;
        // A thread for a batch that is not there would only cost time.
        let batches = usize::try_from(self.total_rows).unwrap_or(usize::MAX) / ahead.batch.max(1);
        let ahead = Ahead { threads: ahead.threads.min(batches), ..ahead };
        let Self { records, watch, layout, rows, .. } = self;
        read_ahead(records, watch, layout, ahead, |some| {
            *rows += some.len() as u64;
            take(some)
        })?;
        self.watch.at(Pass::Rows, u64::MAX, self.rows)
    }
}

impl<R> CsvReader<'_, R> {
    /// The headers as they are written, each with the field that its column is read as.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{CsvReader, Field, CsvOptions, Schema};
    /// let (schema, options) = (Schema::default(), CsvOptions::new().ignore_column("Note"));
    /// let rows = CsvReader::open(Cursor::new("Prénom;Note\nZoé;hors zone\n"), &schema, &options)?;
    /// let columns: Vec<_> = rows.columns().collect();
    /// assert_eq!(columns, [("Prénom", Some(Field::FIRST_NAME)), ("Note", None)]);
    /// assert_eq!((rows.encoding(), rows.delimiter(), rows.row_count()), ("UTF-8", ';', 1));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn columns(&self) -> impl ExactSizeIterator<Item = (&str, Option<FieldId>)> {
        let header = self.header();
        header.names.iter().zip(&header.fields).map(|(name, field)| (name.as_str(), *field))
    }

    /// The headers that are no field's, each once; those that [`CsvOptions::ignore_column`] names are not told again.
    #[must_use]
    pub fn ignored_columns(&self) -> &[String] {
        &self.header().ignored
    }

    /// The encoding of the file, as the WHATWG Encoding Standard names it: `UTF-8`, `windows-1252`, ….
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// The sign between two cells.
    #[must_use]
    pub fn delimiter(&self) -> char {
        char::from(self.header().delimiter)
    }

    /// How many rows the file has.
    #[must_use]
    pub fn row_count(&self) -> u64 {
        self.total_rows
    }

    /// How the numbers of a field are written.
    pub(crate) fn decimal_of(&self, field: FieldId) -> Decimal {
        let column = self.header().position(field);
        column.and_then(|at| self.decimals.get(at)).copied().unwrap_or_default()
    }

    pub(super) fn header(&self) -> &Header {
        self.layout.header()
    }
}

impl<R: Read> Iterator for CsvReader<'_, R> {
    type Item = Result<CsvRow>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let row = self.read().transpose();
        self.is_done = !matches!(row, Some(Ok(_)));
        row
    }
}

impl<R: Read> FusedIterator for CsvReader<'_, R> {}

impl<R> fmt::Debug for CsvReader<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CsvReader")
            .field("header", self.header())
            .field("encoding", &self.encoding.name())
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}
