//! One cell, read by the type of its field.

use super::dates::{day, instant};
use super::evidence::Reading;
use super::lists::items;
use super::memo::Memo;
use super::numbers::number;
use super::options::{Dates, Decimal};
use super::problem::sentence;
use super::words::yes_or_no;
use crate::diagnostic::Code;
use crate::error::Error;
use crate::model::{Catalog, Field, Schema};
use crate::text::{did_you_mean, list, nearest, quoted};
use crate::time::{Date, Timestamp};
use crate::value::{Country, Phone, Symbol, SymbolSet, Text, Value, ValueType, check_email};
use std::borrow::Cow;
use std::sync::Arc;

/// What a column of a file says about one contact.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{CellValue, CsvReader, Field, CsvOptions, Schema, Text, Value};
/// let (schema, options) = (Schema::default(), CsvOptions::new());
/// let file = Cursor::new("first name,tags,email\nZoé,vip; VIP,\n");
/// let row = CsvReader::open(file, &schema, &options)?.next().unwrap()?;
/// let zoe = Text::new("Zoé").map(|name| CellValue::Value(Value::Text(name)));
/// assert_eq!(row.get(Field::FIRST_NAME), zoe.as_ref());
/// assert_eq!(row.get(Field::TAGS), Some(&CellValue::Names(["vip".into()].into())));
/// assert_eq!(row.get(Field::EMAIL), Some(&CellValue::Blank));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// The cell is blank.
    Blank,
    /// A value of the field's type.
    Value(Value),
    /// The names of tags or segments as they are written, each once by its [`fold`](crate::fold); never empty.
    Names(Arc<[Arc<str>]>),
}

/// The country of a row, in which its phone number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowCountry {
    /// The row's own, else the default country, if there is one.
    Known(Option<Country>),
    /// The row has one that cannot be read.
    Unreadable,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) code: Code,
    pub(super) message: String,
    /// The item that is meant, where that is not the whole cell.
    pub(super) item: Option<String>,
}

impl Trouble {
    fn new(code: Code, message: String) -> Self {
        Self { code, message, item: None }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let diagnostic = error.into_diagnostic();
        Self::new(diagnostic.code(), sentence(&diagnostic))
    }
}

/// Reads cells by the names of a schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellReader<'s> {
    schema: &'s Schema,
}

impl<'s> CellReader<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        Self { schema }
    }

    /// The country of a row, from the cell of its country; without one, that cell is blank.
    pub(super) fn country(self, cell: &str) -> RowCountry {
        if cell.is_empty() {
            return RowCountry::Known(self.schema.settings().default_country);
        }
        cell.parse().map_or(RowCountry::Unreadable, |country| RowCountry::Known(Some(country)))
    }

    /// Reads a cell that is not empty and has neither guard nor space at its edges into `value`, where it says anything, and
    /// gives what is wrong with it. `names` are those of tags and segments so far.
    pub(super) fn read(
        self,
        cell: &str,
        field: &Field,
        reading: Reading,
        country: RowCountry,
        names: &mut Memo<Arc<str>>,
        value: &mut Option<CellValue>,
    ) -> Vec<Trouble> {
        let mut put = |read| *value = Some(read);
        let done = match field.value_type() {
            ValueType::MultiSelect => return self.options(cell, field, put),
            ValueType::Phone => return phone(cell, country, put),
            ValueType::Tags | ValueType::Segments => self::names(cell, names).map(put),
            ValueType::Country => {
                self.own_country(cell, country).map(|country| put(CellValue::Value(Value::One(country))))
            }
            // What most cells are is made in its place, not moved there.
            ValueType::Number => {
                self.number(cell, reading).map(|number| put(CellValue::Value(Value::Number(number))))
            }
            ValueType::Date => self.day(cell, reading).map(|day| put(CellValue::Value(Value::Date(day)))),
            ValueType::DateTime => {
                self.instant(cell, reading).map(|at| put(CellValue::Value(Value::DateTime(at))))
            }
            ValueType::Bool => self.yes_or_no(cell).map(|yes| put(CellValue::Value(Value::Bool(yes)))),
            ValueType::Select | ValueType::Status => {
                self.symbol(cell, field).map(|symbol| put(CellValue::Value(Value::One(symbol))))
            }
            ValueType::Email => check_email(cell)
                .map_err(Trouble::from)
                .and_then(|()| text(cell))
                .map(|text| put(CellValue::Value(Value::Text(text)))),
            ValueType::Text | ValueType::Id => {
                text(cell).map(|text| put(CellValue::Value(Value::Text(text))))
            }
        };
        done.err().into_iter().collect()
    }

    /// The country of a row, which was read already unless it cannot be.
    fn own_country(self, cell: &str, country: RowCountry) -> Result<Symbol, Trouble> {
        let country = match country {
            RowCountry::Known(Some(country)) => country,
            RowCountry::Known(None) | RowCountry::Unreadable => cell.parse()?,
        };
        Ok(country.into())
    }

    fn number(self, cell: &str, reading: Reading) -> Result<f64, Trouble> {
        let read = number(cell, reading.decimal).map(|number| number.value());
        read.ok_or_else(|| refused(cell, Code::BadNumber, "is not a number", numbers(reading.decimal)))
    }

    fn day(self, cell: &str, reading: Reading) -> Result<Date, Trouble> {
        let help = || days(reading.dates, "");
        day(cell, reading.dates).ok_or_else(|| refused(cell, Code::BadDate, "is not a date", &help()))
    }

    fn instant(self, cell: &str, reading: Reading) -> Result<Timestamp, Trouble> {
        let more = ", with ` 14:30` or nothing behind it, or as `2026-12-31T14:30:00Z`";
        let help = || days(reading.dates, more);
        instant(cell, reading.dates, self.schema.settings().calendar.zone)
            .ok_or_else(|| refused(cell, Code::BadDate, "is not a datetime", &help()))
    }

    fn yes_or_no(self, cell: &str) -> Result<bool, Trouble> {
        let help = "write `yes` or `no`, `oui` or `non`, `sí` or `no`, `sim` or `não`";
        yes_or_no(cell).ok_or_else(|| refused(cell, Code::BadValue, "is neither yes nor no", help))
    }

    fn options(self, cell: &str, field: &Field, put: impl FnOnce(CellValue)) -> Vec<Trouble> {
        let items = match items(cell) {
            Ok(items) => items,
            Err(error) => return vec![error.into()],
        };
        let (mut symbols, mut troubles) = (Vec::new(), Vec::new());
        for item in items {
            match self.symbol(&item, field) {
                Ok(symbol) => symbols.push(symbol),
                Err(trouble) => troubles.push(Trouble { item: Some(item.into_owned()), ..trouble }),
            }
        }
        let set: SymbolSet = symbols.into_iter().collect();
        match (set.is_empty(), troubles.is_empty()) {
            (false, _) => put(CellValue::Value(Value::Many(set))),
            (true, true) => put(CellValue::Blank),
            (true, false) => {}
        }
        troubles
    }

    /// The option or status of a name. What is near is told as it is written in the schema: people write labels.
    fn symbol(self, name: &str, field: &Field) -> Result<Symbol, Trouble> {
        self.schema.symbol(field, name).map_err(|error| {
            let catalog = match field.value_type() {
                ValueType::Status => self.schema.statuses(),
                _ => field.options(),
            };
            let diagnostic = error.into_diagnostic();
            let message = match choices(name, catalog) {
                Some(help) => format!("{}; {help}", diagnostic.message()),
                None => diagnostic.message().to_owned(),
            };
            Trouble::new(diagnostic.code(), message)
        })
    }
}

/// What may have been meant, else what there is, where that is not too much.
fn choices(name: &str, catalog: &Catalog) -> Option<String> {
    const FEW: usize = 12;
    let spellings = catalog.iter().flat_map(|entry| [entry.key, entry.label]);
    did_you_mean(&nearest(name, spellings)).or_else(|| {
        let labels: Vec<&str> = catalog.iter().map(|entry| entry.label).collect();
        (1..=FEW).contains(&labels.len()).then(|| format!("choose {}", list(&labels)))
    })
}

fn refused(cell: &str, code: Code, message: &str, help: &str) -> Trouble {
    Trouble::new(code, format!("{} {message}; {help}", quoted(cell)))
}

fn text(cell: &str) -> Result<Text, Trouble> {
    let blank = || Trouble::new(Code::BadValue, "there is nothing in it".to_owned());
    Text::new(cell).ok_or_else(blank)
}

fn names(cell: &str, known: &mut Memo<Arc<str>>) -> Result<CellValue, Trouble> {
    let mut name = |item: Cow<'_, str>| {
        known.get(&item).cloned().unwrap_or_else(|| {
            let name = Arc::from(&*item);
            known.put(&item, &name);
            name
        })
    };
    let items = items(cell)?;
    Ok(if items.is_empty() {
        CellValue::Blank
    } else {
        CellValue::Names(items.into_iter().map(&mut name).collect())
    })
}

/// A phone number in the country of its row. Where that cannot be read, only a number with `+` can.
fn phone(cell: &str, country: RowCountry, put: impl FnOnce(CellValue)) -> Vec<Trouble> {
    let dialled_in = match country {
        RowCountry::Known(country) => country,
        RowCountry::Unreadable if cell.starts_with('+') => None,
        RowCountry::Unreadable => {
            let message = format!("{} cannot be read, because the country of the row cannot", quoted(cell));
            return vec![Trouble::new(Code::CountryNeeded, message)];
        }
    };
    match Phone::parse(cell, dialled_in) {
        Ok(phone) => {
            let doubt = (!phone.is_assigned()).then(|| {
                let message = format!("no range of the country holds {}", quoted(phone.e164()));
                Trouble::new(Code::UnassignedPhone, message)
            });
            put(CellValue::Value(Value::Phone(phone)));
            doubt.into_iter().collect()
        }
        Err(error) => vec![error.into()],
    }
}

fn numbers(decimal: Decimal) -> &'static str {
    match decimal {
        Decimal::Comma => "the numbers of this column are written `1234,56`, `1 234,56` or `1.234,56`",
        Decimal::Point | Decimal::Detect => {
            "the numbers of this column are written `1234.56`, `1 234.56` or `1,234.56`"
        }
    }
}

fn days(dates: Dates, more: &str) -> String {
    let local = if dates == Dates::Mdy { "12/31/2026" } else { "31/12/2026" };
    format!("the days of this column are written `2026-12-31` or `{local}`{more}")
}
