//! Contacts as a CSV file.

use super::formulas::guarded;
use super::options::Delimiter;
use super::subject::Subject;
use super::written::{ExportNames, cell};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::{Contact, Field, Schema};
use crate::value::{FieldId, Value};
use csv::{Writer, WriterBuilder};
use std::borrow::Cow;
use std::fmt;
use std::io::Write;

/// Whether cells of text that a spreadsheet would run as a formula get one `'` before them.
///
/// ```
/// use tagmata::{CsvWriter, ExportOptions, Field, FormulaGuard, Schema, Text, Value};
/// let (schema, formula) = (Schema::default(), Text::new("=SUM(A1)").map(Value::Text));
/// let mut out = Vec::new();
/// let options = ExportOptions::new().formula_guard(FormulaGuard::Off);
/// let mut writer = CsvWriter::new(&mut out, &schema, &[Field::SOURCE], options)?;
/// writer.write_values([formula.as_ref()])?;
/// writer.finish()?;
/// assert_eq!(String::from_utf8_lossy(&out), "source\n=SUM(A1)\n");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FormulaGuard {
    /// They get one; the reader takes it off again.
    #[default]
    On,
    /// They stay as they are: for programs. Text that begins with `'=` loses its `'` when it is read again.
    Off,
}

/// How a file is written.
///
/// ```
/// use tagmata::{ExportNames, ExportOptions, FormulaGuard};
/// let for_people = ExportOptions::new().names(ExportNames::Labels);
/// let for_programs = ExportOptions::new().formula_guard(FormulaGuard::Off);
/// assert_ne!(for_people, for_programs);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[must_use]
pub struct ExportOptions {
    names: ExportNames,
    guard: FormulaGuard,
    delimiter: Delimiter,
}

impl ExportOptions {
    /// Keys, guarded formulas, `,` between cells.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says by what fields, options and statuses are called.
    pub fn names(mut self, names: ExportNames) -> Self {
        self.names = names;
        self
    }

    /// Says whether formulas are guarded.
    pub fn formula_guard(mut self, guard: FormulaGuard) -> Self {
        self.guard = guard;
        self
    }

    /// Says which sign stands between two cells; `Detect` is `,`.
    pub fn delimiter(mut self, delimiter: Delimiter) -> Self {
        self.delimiter = delimiter;
        self
    }
}

/// What an export holds if nothing else is asked for: the external id, all other standard and custom fields that can be
/// imported, status, tags, static segments, `created_at`.
///
/// ```
/// use tagmata::{Field, Schema, default_export_fields};
/// let fields = default_export_fields(&Schema::default());
/// assert_eq!(fields.first(), Some(&Field::EXTERNAL_ID));
/// assert_eq!(fields.last(), Some(&Field::CREATED_AT));
/// ```
#[must_use]
pub fn default_export_fields(schema: &Schema) -> Vec<FieldId> {
    const LAST: [FieldId; 4] = [Field::STATUS, Field::TAGS, Field::SEGMENTS, Field::CREATED_AT];
    let others = schema.fields().map(Field::id);
    let others = others.filter(|field| Subject::Contacts.takes(*field) && !LAST.contains(field));
    others.chain(LAST).collect()
}

/// Writes contacts as a CSV file that [`CsvReader`](super::CsvReader) reads back: UTF-8, a header line, lines that end in `\n`.
///
/// Numbers have a decimal point and nothing between thousands, days are ISO 8601, datetimes RFC 3339 in UTC, phone numbers
/// E.164; the items of a list stand between `;`.
///
/// ```
/// use tagmata::{ContactId, CsvWriter, Draft, ExportOptions, Field, Schema};
/// let schema = Schema::default();
/// let zoe = Draft::new().set("first_name", "Zoé").set("organization", "=SUM(A1)").read(ContactId::new(0), &schema)?;
/// let mut out = Vec::new();
/// let mut writer = CsvWriter::new(&mut out, &schema, &[Field::FIRST_NAME, Field::ORGANIZATION], ExportOptions::new())?;
/// writer.write(&zoe)?;
/// writer.finish()?;
/// assert_eq!(String::from_utf8_lossy(&out), "first_name,organization\nZoé,'=SUM(A1)\n");
/// # Ok::<(), tagmata::Error>(())
/// ```
pub struct CsvWriter<'s, W: Write> {
    csv: Writer<W>,
    schema: &'s Schema,
    fields: Vec<&'s Field>,
    options: ExportOptions,
    rows: u64,
}

impl<'s, W: Write> CsvWriter<'s, W> {
    /// Starts a file with its header line.
    ///
    /// ```
    /// use tagmata::{Code, CsvWriter, ExportOptions, FieldId, Schema};
    /// let schema = Schema::default();
    /// let writer = CsvWriter::new(Vec::new(), &schema, &[FieldId::new(99)], ExportOptions::new());
    /// assert_eq!(writer.unwrap_err().code(), Code::UnknownField);
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownField`] for an id that is no field's; [`Code::Unwritable`] if the sink refuses.
    pub fn new(sink: W, schema: &'s Schema, fields: &[FieldId], options: ExportOptions) -> Result<Self> {
        let unknown = || Error::value(Diagnostic::new(Code::UnknownField, "there is no such field"));
        let fields =
            fields.iter().map(|id| schema.field(*id).ok_or_else(unknown)).collect::<Result<Vec<_>>>()?;
        let delimiter = options.delimiter.sign(b"");
        let csv = WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(sink);
        let mut writer = Self { csv, schema, fields, options, rows: 0 };
        let headers: Vec<Cow<'s, str>> = writer.fields.iter().map(|field| writer.header(field)).collect();
        writer.record(headers)?;
        Ok(writer)
    }

    fn header(&self, field: &Field) -> Cow<'s, str> {
        match self.options.names {
            ExportNames::Keys => Cow::Borrowed(self.schema.field_key(field.id())),
            ExportNames::Labels => self.guarded(Cow::Borrowed(self.schema.field_label(field.id()))),
        }
    }

    /// Writes a contact as one row.
    ///
    /// # Errors
    /// [`Code::Unwritable`] if the sink refuses.
    pub fn write(&mut self, contact: &Contact) -> Result<()> {
        let values: Vec<_> = self.fields.iter().map(|field| contact.get(field.id())).collect();
        self.write_values(values)
    }

    /// Writes values as one row, in the order of the fields. Missing values at the end may be left out.
    ///
    /// ```
    /// use tagmata::{CsvWriter, Delimiter, ExportOptions, Field, Schema, Text, Value};
    /// let (schema, zoe) = (Schema::default(), Text::new("Zoé").map(Value::Text));
    /// let mut out = Vec::new();
    /// let options = ExportOptions::new().delimiter(Delimiter::Semicolon);
    /// let mut writer = CsvWriter::new(&mut out, &schema, &[Field::FIRST_NAME, Field::EMAIL], options)?;
    /// writer.write_values([zoe.as_ref()])?;
    /// assert_eq!(writer.finish()?, 1);
    /// assert_eq!(String::from_utf8_lossy(&out), "first_name;email\nZoé;\n");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::Unwritable`] if the sink refuses.
    pub fn write_values<'v>(&mut self, values: impl IntoIterator<Item = Option<&'v Value>>) -> Result<()> {
        let mut values = values.into_iter();
        let (schema, options) = (self.schema, self.options);
        let cells: Vec<Cow<'_, str>> = self
            .fields
            .iter()
            .map(|field| {
                let Some(value) = values.next().flatten() else { return Cow::Borrowed("") };
                // The names of a value are the schema's, its text is the value's own: both outlive the row.
                match cell(value, field, schema, options.names) {
                    (text, true) if options.guard == FormulaGuard::On => guarded(text),
                    (text, _) => text,
                }
            })
            .collect();
        let result = self.csv.write_record(cells.iter().map(|cell| cell.as_bytes()));
        self.rows += 1;
        result.map_err(|error| Error::unwritable(&error))
    }

    fn guarded(&self, text: Cow<'s, str>) -> Cow<'s, str> {
        if self.options.guard == FormulaGuard::On { guarded(text) } else { text }
    }

    fn record(&mut self, cells: Vec<Cow<'s, str>>) -> Result<()> {
        let result = self.csv.write_record(cells.iter().map(|cell| cell.as_bytes()));
        result.map_err(|error| Error::unwritable(&error))
    }

    /// Ends the file; how many rows it has.
    ///
    /// # Errors
    /// [`Code::Unwritable`] if the sink refuses.
    pub fn finish(mut self) -> Result<u64> {
        self.csv.flush().map_err(|error| Error::unwritable(&error))?;
        Ok(self.rows)
    }
}

impl<W: Write> fmt::Debug for CsvWriter<'_, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CsvWriter").field("rows", &self.rows).finish_non_exhaustive()
    }
}
