//! How a CSV file is written: its encoding, its delimiter, its numbers, dates and lists.

use std::error::Error;
use std::fs;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{UTF_8, WINDOWS_1252};
use tagmata::{Date, Number};

/// The header line, the rows, and in words how they were read.
pub(crate) fn read(path: &Path) -> Result<(StringRecord, Vec<StringRecord>, String), Box<dyn Error>> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    // What is not valid UTF-8 comes from a spreadsheet that writes Windows-1252. A byte order mark is dropped.
    let encoding = if std::str::from_utf8(&bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
    let (text, encoding, _) = encoding.decode(&bytes);

    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: &(u8, &str)| header.bytes().filter(|byte| *byte == delimiter.0).count();
    let delimiters = [(b'\t', "tab"), (b';', "`;`"), (b',', "`,`")];
    let (delimiter, shown) = delimiters.into_iter().max_by_key(count).unwrap_or((b',', "`,`"));

    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let (headers, records) = (reader.headers()?.clone(), reader.records().collect::<Result<_, _>>()?);
    Ok((headers, records, format!("{}, separator {shown}", encoding.name())))
}

/// Whether this is a number such as `1 234,56` or `1.234,5`: a single one says how those of its file are written.
pub(crate) fn has_decimal_comma(cell: &str) -> bool {
    let fraction = cell.trim().rsplit_once(',').map_or("", |(_, fraction)| fraction);
    matches!(fraction.len(), 1 | 2) && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number with a decimal point and nothing between thousands. What is no number stays as it is.
pub(crate) fn number(cell: &str, decimal_comma: bool) -> String {
    let (decimal, thousands) = if decimal_comma { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = cell.trim().split_once(decimal).unwrap_or((cell.trim(), "0"));
    let groups: Vec<&str> = whole.split(|c: char| c == thousands || c.is_whitespace()).collect();
    let plain = format!("{}.{fraction}", groups.concat());
    let is_number = groups.iter().skip(1).all(|group| group.len() == 3) && plain.parse::<Number>().is_ok();
    if is_number { plain } else { cell.to_owned() }
}

/// A day that is written `2026-12-31` or `31/12/2026`, if it exists.
pub(crate) fn day(cell: &str) -> Option<Date> {
    match cell.trim().split('/').collect::<Vec<_>>().as_slice() {
        [day, month, year] if year.len() == 4 => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => cell.trim().parse().ok(),
    }
}

/// The items between `;`. An item in double quotes may contain `;`, and double quotes that are doubled.
pub(crate) fn items(cell: &str) -> Vec<String> {
    let (mut items, mut item, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => item.push('"'),
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => items.push(std::mem::take(&mut item)),
            c => item.push(c),
        }
    }
    items.push(item);
    items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}
