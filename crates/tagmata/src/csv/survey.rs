//! The second time through a file: where all that can be wrong with the whole of it is found.
//!
//! Whether `03/04/2026` is in March or in April is known only once the whole column has been seen. Going through the file
//! once more costs less than holding it: memory stays at one record, whatever the size of the file.

use super::encoding::refused;
use super::evidence::{Evidence, Kind, Reading};
use super::header::Header;
use super::options::{CsvOptions, Dates, Decimal};
use super::progress::Watch;
use super::records::{Record, Records};
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
        let mut rows = 0;
        while let Some(record) = records.next(0, watch)? {
            rows += 1;
            observe(record, &mut columns);
        }
        let readings = readings(&header, &columns, options)?;
        Ok(Self { header, readings, rows })
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
