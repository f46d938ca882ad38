//! The second time through a file: where all that can be wrong with the whole of it is found.
//!
//! Whether `03/04/2026` is in March or in April is known only once the whole column has been seen. Going through the file
//! once more costs less than holding it: memory stays at one record, whatever the size of the file.

use super::encoding::refused;
use super::evidence::{Evidence, Kind, Reading};
use super::header::Header;
use super::options::{CsvOptions, Dates, Decimal};
use super::progress::Watch;
use super::records::{Record, Records, Uncut};
use super::row::plain;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{ErrorKind, Report, Result};
use crate::model::Schema;
use crate::text::quoted;
use std::io::Read;

/// What was found out about a file.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) header: Header,
    /// How each column is read.
    pub(super) readings: Vec<Reading>,
    /// How many rows there are.
    pub(super) rows: u64,
}

impl Survey {
    pub(super) fn of<R: Read>(
        records: &mut Records<R>,
        delimiter: u8,
        schema: &Schema,
        options: &CsvOptions,
        watch: &mut Watch<'_>,
    ) -> Result<Self> {
        let Some(first) = records.next(0, watch)? else {
            let empty = Diagnostic::new(Code::NoHeader, "there is nothing in the file");
            return Err(refused(empty.help("its first line names the columns")));
        };
        let header = Header::read(first, schema, options, delimiter)?;
        let evidence = |field| {
            let value_type = schema.field(field)?.value_type();
            Kind::of(value_type, options.dates, options.decimal).map(Evidence::new)
        };
        let mut columns: Vec<_> = header.fields.iter().map(|field| field.and_then(evidence)).collect();
        if let Some(rows) = options.known_rows {
            return Ok(Self { readings: readings(&header, &columns, options)?, header, rows });
        }
        let mut rows = 0;
        let signs = Signs::of(&columns, delimiter);
        while let Some(record) = records.next_uncut(0, watch)? {
            rows += 1;
            match (record, &signs) {
                (Uncut::Record(record), _) => observe(record, &mut columns),
                (Uncut::Line { text, line }, Some(signs)) => signs.observe(text, line, &mut columns),
                (Uncut::Line { .. }, None) => {}
            }
        }
        let readings = readings(&header, &columns, options)?;
        Ok(Self { header, readings, rows })
    }
}

/// The signs by which cells are found that may be read in two ways, in records without quotes.
struct Signs {
    signs: [u8; 3],
    delimiter: u8,
}

impl Signs {
    /// None if no cell without quotes can be evidence.
    fn of(columns: &[Option<Evidence>], delimiter: u8) -> Option<Self> {
        let kinds = columns.iter().flatten().map(Evidence::kind);
        let signs = kinds.flat_map(Kind::signs).copied().filter(|sign| *sign != delimiter);
        let mut signs: Vec<u8> = signs.collect();
        signs.sort_unstable();
        signs.dedup();
        let last = *signs.last()?;
        signs.resize(3, last);
        Some(Self { signs: signs.try_into().ok()?, delimiter })
    }

    /// Looks at the cells of a record that hold one of the signs, unless it is not known to which columns they belong.
    fn observe(&self, text: &str, line: u64, columns: &mut [Option<Evidence>]) {
        let [one, two, three] = self.signs;
        let (bytes, cells) = (text.as_bytes(), columns.len());
        let delimiters = |bytes| memchr::memchr_iter(self.delimiter, bytes).count();
        let (mut from, mut counted, mut column) = (0, 0, 0);
        let next = |from: usize| {
            let bytes = bytes.get(from..).unwrap_or_default();
            // In a file with commas between its cells, there are at most two signs.
            if two == three {
                memchr::memchr2(one, two, bytes)
            } else {
                memchr::memchr3(one, two, three, bytes)
            }
        };
        while let Some(at) = next(from) {
            let at = from + at;
            from = at + 1;
            // In a date and in a number, a digit follows; in most texts, none does.
            if !bytes.get(from).is_some_and(u8::is_ascii_digit) {
                continue;
            }
            let (before, after) = text.split_at_checked(at).unwrap_or_default();
            column += delimiters(before.as_bytes().get(counted..).unwrap_or_default());
            counted = at;
            let Some(Some(evidence)) = columns.get_mut(column) else { continue };
            // Cells of numbers and dates are short.
            let is_end = |byte: &u8| *byte == self.delimiter;
            let start = before.as_bytes().iter().rposition(is_end).map_or(0, |before| before + 1);
            let end = after.as_bytes().iter().position(is_end).map_or(text.len(), |after| at + after);
            let cell = plain(text.get(start..end).unwrap_or_default());
            from = end;
            if evidence.is_news(cell) {
                if delimiters(bytes) + 1 != cells {
                    return;
                }
                evidence.observe(line, cell);
            }
        }
    }
}

/// Looks at the cells of a record, unless it is not known to which columns they belong.
fn observe(record: Record<'_>, columns: &mut [Option<Evidence>]) {
    if record.len() == columns.len() {
        for (at, evidence) in columns.iter_mut().enumerate() {
            if let Some(evidence) = evidence {
                evidence.observe(record.line, plain(record.cell(at)));
            }
        }
    }
}

/// How each column is read; one error for all columns of dates that leave more than one reading, and one for the numbers.
fn readings(header: &Header, columns: &[Option<Evidence>], options: &CsvOptions) -> Result<Vec<Reading>> {
    let said = Reading { dates: options.dates, decimal: options.decimal };
    let (mut dates, mut numbers) = (Vec::new(), Vec::new());
    let mut readings = Vec::with_capacity(columns.len());
    for (name, evidence) in header.names.iter().zip(columns) {
        let found = match evidence {
            None => Ok(said),
            Some(evidence) => evidence.reading().map_err(|why| (evidence.kind(), why)),
        };
        match found {
            Ok(reading) => readings.push(reading),
            Err((Kind::Dates, why)) => dates.push(format!("{}, where {why}", quoted(name))),
            Err((Kind::Numbers, why)) => numbers.push(format!("{}, where {why}", quoted(name))),
        }
    }
    let mut report = Report::new(2);
    if !dates.is_empty() {
        let message = format!("it is not clear how dates are written in {}", dates.join("; in "));
        let help = "say `dates`: `dmy` for day/month/year, or `mdy` for month/day/year";
        let expected = ["dmy", "mdy"];
        debug_assert_eq!(options.dates, Dates::Detect);
        report.push(Diagnostic::new(Code::AmbiguousDates, message).help(help).expecting(expected));
    }
    if !numbers.is_empty() {
        let message = format!("it is not clear how numbers are written in {}", numbers.join("; in "));
        let help = "say `decimal`: `.` for a point before the fraction, or `,` for a comma";
        debug_assert_eq!(options.decimal, Decimal::Detect);
        report.push(Diagnostic::new(Code::AmbiguousNumbers, message).help(help).expecting([".", ","]));
    }
    if report.has_errors() { Err(report.into_error(ErrorKind::Csv, None)) } else { Ok(readings) }
}
