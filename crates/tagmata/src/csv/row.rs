//! One row: its values, and what is wrong with it.

use super::batch::Kept;
use super::cells::{CellReader, CellValue, RowCountry, Trouble};
use super::evidence::Reading;
use super::formulas::unguarded;
use super::header::{Header, is_why};
use super::memo::Memo;
use super::options::InvalidValues;
use super::problem::Problem;
use super::records::Record;
use super::written::{ExportNames, name_of};
use crate::diagnostic::Code;
use crate::model::{Draft, Field, Input, Schema};
use crate::text::trim;
use crate::value::{FieldId, Text, Value, ValueType};
use std::sync::Arc;

/// How the rows of a file are read.
#[derive(Debug)]
pub(super) struct Layout<'s> {
    header: Arc<Header>,
    schema: &'s Schema,
    columns: Vec<Column<'s>>,
    /// The place of the column of countries.
    country: Option<usize>,
    invalid: InvalidValues,
}

/// A column whose cells are read.
#[derive(Debug)]
struct Column<'s> {
    at: usize,
    field: &'s Field,
    reading: Reading,
}

impl<'s> Layout<'s> {
    pub(super) fn new(
        header: Header,
        readings: Vec<Reading>,
        schema: &'s Schema,
        invalid: InvalidValues,
    ) -> Self {
        let of_field = |(at, (field, reading)): (usize, (&Option<FieldId>, Reading))| {
            Some(Column { at, field: schema.field((*field)?)?, reading })
        };
        let columns = header.fields.iter().zip(readings).enumerate().filter_map(of_field).collect();
        let country = header.position(Field::COUNTRY);
        Self { header: Arc::new(header), schema, columns, country, invalid }
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }
}

/// Reads rows, and knows what cells came to before.
#[derive(Debug)]
pub(super) struct RowReader {
    /// By the columns of the layout.
    cells: Vec<Option<Memo<CellValue>>>,
    countries: Memo<RowCountry>,
    names: Memo<Arc<str>>,
}

impl RowReader {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let memo = |column: &Column<'_>| is_worth_a_memo(column.field.value_type()).then(Memo::default);
        let cells = layout.columns.iter().map(memo).collect();
        Self { cells, countries: Memo::default(), names: Memo::default() }
    }

    /// Reads a record.
    pub(super) fn read(&mut self, kept: Kept, number: u64, layout: &Layout<'_>) -> CsvRow {
        let header = Arc::clone(&layout.header);
        let (values, problems) = (Vec::new(), Vec::new());
        self.read_anew(CsvRow { header, number, kept, values, problems, is_rejected: false }, layout)
    }

    /// Reads a record into the room of a row of the same file that nobody needs any more.
    pub(super) fn read_into(
        &mut self,
        spent: CsvRow,
        kept: Kept,
        number: u64,
        layout: &Layout<'_>,
    ) -> CsvRow {
        let CsvRow { header, mut values, mut problems, .. } = spent;
        values.clear();
        problems.clear();
        self.read_anew(CsvRow { header, number, kept, values, problems, is_rejected: false }, layout)
    }

    fn read_anew(&mut self, mut row: CsvRow, layout: &Layout<'_>) -> CsvRow {
        row.check_shape();
        row.values.resize_with(layout.header.fields.len(), || None);
        if !row.is_rejected {
            self.read_values(&mut row, layout);
        }
        row
    }

    fn read_values(&mut self, row: &mut CsvRow, layout: &Layout<'_>) {
        let reader = CellReader::new(layout.schema);
        let CsvRow { kept, values, .. } = row;
        let record = kept.record();
        let country = layout.country.map_or("", |at| plain(record.cell(at)));
        let country = self.countries.get(country).copied().unwrap_or_else(|| {
            let known = reader.country(country);
            self.countries.put(country, &known);
            known
        });
        let mut troubles = Vec::new();
        for (Column { at, field, reading }, memo) in layout.columns.iter().zip(&mut self.cells) {
            let cell = plain(record.cell(*at));
            let Some(value) = values.get_mut(*at) else { continue };
            if cell.is_empty() {
                *value = Some(CellValue::Blank);
                continue;
            }
            if let Some(known) = memo.as_mut().and_then(|memo| memo.get(cell)) {
                *value = Some(known.clone());
                continue;
            }
            let wrong = reader.read(cell, field, *reading, country, &mut self.names, value);
            if let (Some(memo), Some(value), true) = (memo, &*value, wrong.is_empty()) {
                memo.put(cell, value);
            }
            troubles.extend(wrong.into_iter().map(|trouble| (trouble, *at)));
        }
        troubles.into_iter().for_each(|(trouble, at)| row.note(trouble, at, layout));
        debug_assert!(
            row.is_rejected || country != RowCountry::Unreadable || layout.invalid == InvalidValues::Skip
        );
    }
}

/// Whether what a cell comes to is kept. Others are read in less time than they are found, or hardly come twice; countries are
/// those of the rows, and phone numbers are read by them.
fn is_worth_a_memo(value_type: ValueType) -> bool {
    use ValueType::{Bool, MultiSelect, Segments, Select, Status, Tags, Text};
    matches!(value_type, Bool | MultiSelect | Segments | Select | Status | Tags | Text)
}

/// One row of a file, read by the types of its fields.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{CellValue, CsvReader, Field, CsvOptions, Schema};
/// let (schema, options) = (Schema::default(), CsvOptions::new());
/// let file = Cursor::new("first name,tags,email\nZoé,vip; loyal,\n");
/// let row = CsvReader::open(file, &schema, &options)?.next().unwrap()?;
/// assert_eq!((row.number(), row.line(), row.is_rejected()), (1, 2, false));
/// assert_eq!(row.cells().collect::<Vec<_>>(), ["Zoé", "vip; loyal", ""]);
/// assert_eq!(row.get(Field::TAGS), Some(&CellValue::Names(["vip".into(), "loyal".into()].into())));
/// assert_eq!(row.get(Field::EMAIL), Some(&CellValue::Blank));
/// assert_eq!(row.get(Field::MOBILE), None);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CsvRow {
    header: Arc<Header>,
    number: u64,
    kept: Kept,
    /// What the cells say, in the order of the columns; nothing for columns that are not read and values that are skipped.
    values: Vec<Option<CellValue>>,
    problems: Vec<Problem>,
    is_rejected: bool,
}

impl CsvRow {
    /// The number of the row: data records are counted from 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The line of the file on which the row begins, counted from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.record().line
    }

    /// What the file says of a field: nothing if it has no column for it, or if the value was skipped.
    #[must_use]
    pub fn get(&self, field: FieldId) -> Option<&CellValue> {
        self.values.get(self.header.position(field)?)?.as_ref()
    }

    /// The text that the file says of a field.
    pub(crate) fn text(&self, field: FieldId) -> Option<&Text> {
        match self.get(field) {
            Some(CellValue::Value(Value::Text(text))) => Some(text),
            _ => None,
        }
    }

    /// What the file says, in the order of its columns.
    pub fn values(&self) -> impl Iterator<Item = (FieldId, &CellValue)> {
        let columns = self.header.fields.iter().zip(&self.values);
        columns.filter_map(|(field, value)| Some(((*field)?, value.as_ref()?)))
    }

    /// The cells as they are written, in the order of the columns; where their number is wrong, all that there are.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.record().cells()
    }

    /// All that is wrong with the row, warnings included, in the order of the columns.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether the row may not be imported.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.is_rejected
    }

    /// What the row lacks for a new contact: a country, a first name, a last name, a mobile number or an e-mail address
    /// (ExpertConnect: the required columns of its file). A row that updates a contact may lack all of them.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{CsvReader, CsvOptions, Schema};
    /// let (schema, options) = (Schema::default(), CsvOptions::new());
    /// let file = "country,first name,last name,mobile,email\nFR,Zoé,,,\n";
    /// let mut rows = CsvReader::open(Cursor::new(file), &schema, &options)?;
    /// let row = rows.next().unwrap()?;
    /// let lacks: Vec<_> = row.missing_for_new_contact().into_iter().map(|p| (p.column.unwrap(), p.message)).collect();
    /// assert_eq!(lacks[0], ("last name".to_owned(), "a new contact needs a last name".to_owned()));
    /// assert_eq!(lacks[1].0, "mobile");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn missing_for_new_contact(&self) -> Vec<Problem> {
        const NEEDED: [(&[FieldId], &str); 4] = [
            (&[Field::COUNTRY], "a country"),
            (&[Field::FIRST_NAME], "a first name"),
            (&[Field::LAST_NAME], "a last name"),
            (&[Field::MOBILE, Field::EMAIL], "a mobile number or an e-mail address"),
        ];
        let has = |field: &FieldId| matches!(self.get(*field), Some(CellValue::Value(_)));
        let missing = NEEDED.iter().filter(|(fields, _)| !fields.iter().any(has));
        missing
            .map(|(fields, what)| {
                let column = fields.iter().find_map(|field| self.header.name_of(*field));
                let message = format!("a new contact needs {what}");
                self.problem(column, Code::MissingValue, message, "")
            })
            .collect()
    }

    /// The row as a draft: blank and skipped values are left out, the names of tags and segments are lists.
    ///
    /// `schema` is the one that the row was read by.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{ContactId, CsvReader, Field, CsvOptions, Schema, Value};
    /// let (schema, options) = (Schema::default(), CsvOptions::new());
    /// let file = Cursor::new("first name,last name\nZoé,Martin\n");
    /// let row = CsvReader::open(file, &schema, &options)?.next().unwrap()?;
    /// let zoe = row.draft(&schema).read(ContactId::new(0), &schema)?;
    /// let Some(Value::Text(name)) = zoe.get(Field::NAME) else { unreachable!() };
    /// assert_eq!(name.as_str(), "Zoé Martin");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn draft(&self, schema: &Schema) -> Draft {
        let mut draft = Draft::new();
        for (field, value) in self.values() {
            let input = match value {
                CellValue::Blank => continue,
                CellValue::Names(names) => Input::List(names.iter().map(|name| name.to_string()).collect()),
                CellValue::Value(value) => match schema.field(field).and_then(|f| input(value, f, schema)) {
                    Some(input) => input,
                    None => continue,
                },
            };
            draft = draft.set(schema.field_key(field), input);
        }
        draft
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    fn record(&self) -> Record<'_> {
        self.kept.record()
    }

    /// A problem with what the file says of a field, or with the whole row. Its value is the item that is meant, else the
    /// whole cell.
    pub(crate) fn problem_with(
        &self,
        field: Option<FieldId>,
        code: Code,
        message: String,
        item: Option<&str>,
    ) -> Problem {
        let at = field.and_then(|field| self.header.position(field));
        let column = at.and_then(|at| self.header.names.get(at)).map(String::as_str);
        let value = item.unwrap_or_else(|| at.map_or("", |at| self.told(at)));
        self.problem(column, code, message, value)
    }

    /// A cell as its author wrote it.
    fn told(&self, at: usize) -> &str {
        let cell = self.record().cell(at);
        if self.header.is_table { unguarded(cell) } else { cell }
    }

    /// Whether the file has a column for a field.
    pub(crate) fn has_column(&self, field: FieldId) -> bool {
        self.header.position(field).is_some()
    }

    /// The cell of a field, without guard and space at its edges.
    pub(crate) fn cell_of(&self, field: FieldId) -> &str {
        self.header.position(field).map_or("", |at| plain(self.record().cell(at)))
    }

    /// Rejects a record whose cells cannot be told apart or are no text; its values are not looked at.
    fn check_shape(&mut self) {
        let record = self.record();
        let (cells, columns) = (record.len(), self.header.names.len());
        let (is_damaged, has_nul) = (record.is_damaged, record.has_nul());
        if cells != columns {
            let plural = |count: usize| if count == 1 { "" } else { "s" };
            // The column that says why a row was rejected is no part of what was written.
            let added = self.header.names.iter().filter(|name| is_why(name)).count();
            let (cells, named) = (cells.saturating_sub(added), columns.saturating_sub(added));
            let message = format!("the row has {cells} cell{}, the header {named}", plural(cells));
            let first_too_many = self.record().cell(columns).to_owned();
            self.reject(None, Code::WrongCellCount, message, &first_too_many);
        }
        let find = |wanted: char| self.record().cells().position(|cell| cell.contains(wanted));
        let damaged = if is_damaged { find(char::REPLACEMENT_CHARACTER) } else { None };
        let nul = if has_nul { find('\0') } else { None };
        for (at, code, message) in [
            (damaged, Code::BadEncoding, "some bytes are no text in the encoding of the file"),
            (nul, Code::NulCharacter, "there is a NUL character in it"),
        ] {
            if let Some(at) = at {
                let (column, cell) = (self.header.names.get(at).cloned(), self.told(at).to_owned());
                self.reject(column.as_deref(), code, message.to_owned(), &cell);
            }
        }
    }

    /// Takes in what is wrong with a cell.
    fn note(&mut self, trouble: Trouble, at: usize, layout: &Layout<'_>) {
        let Trouble { code, message, item } = trouble;
        // The country rejects the row already, and the number may be right once it is mended.
        if code == Code::CountryNeeded && layout.invalid == InvalidValues::Reject {
            return;
        }
        let name = layout.header.names.get(at).map(String::as_str);
        let value = item.unwrap_or_else(|| self.told(at).to_owned());
        let problem = self.problem(name, code, message, &value);
        self.is_rejected |= layout.invalid == InvalidValues::Reject && !problem.is_warning();
        self.problems.push(problem);
    }

    fn reject(&mut self, column: Option<&str>, code: Code, message: String, value: &str) {
        let problem = self.problem(column, code, message, value);
        self.problems.push(problem);
        self.is_rejected = true;
    }

    fn problem(&self, column: Option<&str>, code: Code, message: String, value: &str) -> Problem {
        Problem {
            row: self.number,
            line: self.record().line,
            column: column.map(str::to_owned),
            code,
            message,
            value: value.to_owned(),
        }
    }
}

/// A cell without its guard and the white space at its edges.
pub(super) fn plain(cell: &str) -> &str {
    if cell.as_bytes().first() == Some(&b'\'') { unguarded(cell).trim() } else { trim(cell) }
}

/// A value as a draft takes it.
fn input(value: &Value, field: &Field, schema: &Schema) -> Option<Input> {
    let name = |symbol| name_of(symbol, field, schema, ExportNames::Keys).into_owned();
    Some(match value {
        Value::Text(text) => Input::Text(text.as_str().to_owned()),
        Value::Phone(phone) => Input::Text(phone.e164().to_owned()),
        Value::Number(number) => Input::Number(*number),
        Value::Date(date) => Input::Date(*date),
        Value::DateTime(at) => Input::DateTime(*at),
        Value::Bool(yes) => Input::Bool(*yes),
        Value::One(symbol) => Input::Text(name(*symbol)),
        Value::Many(set) => Input::List(set.iter().map(name).collect()),
        Value::Id(_) => return None,
    })
}
