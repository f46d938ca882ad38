//! The records of a file, with their lines.

use super::delimiter::each_place;
use super::encoding::refused;
use super::progress::Watch;
use super::source::Source;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::Read;

/// The most cells of a record: as many as the columns of a spreadsheet.
const MOST_CELLS: usize = 16_384;

/// One record, as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Record<'t> {
    /// The text of all cells, one behind the other.
    pub(super) text: &'t str,
    /// How many bytes stand between two cells in it.
    pub(super) gap: usize,
    /// Where in it each cell ends.
    pub(super) ends: &'t [usize],
    /// The line of the file on which it begins, counted from 1.
    pub(super) line: u64,
    /// Whether some of its bytes were no text in the encoding of the file.
    pub(super) is_damaged: bool,
}

impl<'t> Record<'t> {
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    pub(super) fn cells(self) -> impl Iterator<Item = &'t str> {
        (0..self.len()).map(move |at| self.cell(at))
    }

    pub(super) fn cell(self, at: usize) -> &'t str {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |before| before + self.gap);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// Whether a NUL character is in one of the cells.
    pub(super) fn has_nul(self) -> bool {
        memchr::memchr(0, self.text.as_bytes()).is_some()
    }

    /// Whether the line holds nothing but white space.
    fn is_blank_line(self) -> bool {
        self.ends.len() == 1 && !self.text.is_empty() && self.text.trim().is_empty()
    }
}

/// Where a record is that was cut off.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// How many bytes its text has.
    length: usize,
    /// How many cells it has.
    count: usize,
    line: u64,
    is_damaged: bool,
    /// How long the line break behind it is, where it is as it stands in the file, in one piece; else it is in the buffer.
    line_break: Option<usize>,
}

/// A record that is not cut into cells yet.
#[derive(Debug, Clone, Copy)]
pub(super) enum Uncut<'t> {
    /// Without quotes, so that every delimiter ends a cell.
    Line {
        /// As it stands in the file.
        text: &'t str,
        /// The line of the file on which it begins, counted from 1.
        line: u64,
    },
    /// One that had to be cut to find its end.
    Record(Record<'t>),
}

/// Cuts a file into records (RFC 4180). Blank lines are none.
pub(super) struct Records<R> {
    source: Source<R>,
    delimiter: u8,
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    plain_ends: Vec<usize>,
    limit: usize,
    line: u64,
    after_return: bool,
    is_first: bool,
}

impl<R: Read> Records<R> {
    pub(super) fn new(source: Source<R>, delimiter: u8, limit: usize) -> Self {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        let text = vec![0; limit.saturating_add(1).min(4096)];
        Self {
            source,
            delimiter,
            reader,
            text,
            ends: vec![0; 64],
            plain_ends: Vec::new(),
            limit,
            line: 1,
            after_return: false,
            is_first: true,
        }
    }

    /// The next record, unless the file is at its end. `rows` were handed out before, for the progress.
    pub(super) fn next(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<Option<Record<'_>>> {
        loop {
            let Some(cut) = self.cut(rows, watch)? else { return Ok(None) };
            if cut.count > 1 || !self.record(cut)?.is_blank_line() {
                return self.record(cut).map(Some);
            }
        }
    }

    /// The next record, where nobody needs all of its cells.
    pub(super) fn next_uncut(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<Option<Uncut<'_>>> {
        loop {
            if !self.skip_line_breaks(rows, watch)? {
                return Ok(None);
            }
            let line = self.line;
            if !self.is_first
                && let Some((length, line_break)) = self.plain(rows, watch)?
            {
                self.take_plain(length, line_break);
                if !self.is_blank(self.source.consumed(length, line_break)) {
                    return Ok(Some(Uncut::Line { text: self.source.consumed(length, line_break), line }));
                }
                continue;
            }
            return Ok(self.next(rows, watch)?.map(Uncut::Record));
        }
    }

    /// Whether a record without quotes has one cell, and nothing but white space in it.
    fn is_blank(&self, text: &str) -> bool {
        // Hardly any begins with white space.
        !text.as_bytes().first().is_some_and(u8::is_ascii_graphic)
            && text.trim().is_empty()
            && !text.as_bytes().contains(&self.delimiter)
    }

    /// Cuts off a record; where its text and the ends of its cells are in the buffers.
    fn cut(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<Option<Cut>> {
        if !self.skip_line_breaks(rows, watch)? {
            return Ok(None);
        }
        // A second mark of the encoding before the first record is the reader's to drop.
        if !std::mem::take(&mut self.is_first)
            && let Some(cut) = self.cut_plain(rows, watch)?
        {
            return Ok(Some(cut));
        }
        let mut cut = Cut { length: 0, count: 0, line: self.line, is_damaged: false, line_break: None };
        loop {
            let text = self.source.text(rows, watch)?.as_bytes();
            let is_end = text.is_empty();
            // A line break after the end of the file closes the last record, unless a quote is open.
            let input = if is_end { b"\n" } else { text };
            let space = self.text.get_mut(cut.length..).unwrap_or_default();
            let ends = self.ends.get_mut(cut.count..).unwrap_or_default();
            let (result, read, written, cells) = self.reader.read_record(input, space, ends);
            cut.length += written;
            cut.count += cells;
            if !is_end {
                let taken = input.get(..read).unwrap_or_default();
                self.line += line_breaks(taken, &mut self.after_return);
                cut.is_damaged |= self.source.consume(read);
            }
            match result {
                ReadRecordResult::Record => return Ok(Some(cut)),
                ReadRecordResult::InputEmpty if is_end => return Err(open_quote(cut.line)),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if cut.length > self.limit => {
                    return Err(too_long(cut.line, &format!("has more than {} bytes", self.limit)));
                }
                ReadRecordResult::OutputFull => {
                    // One byte more than the limit, so that a record of just that length is taken.
                    let longer = self.text.len().saturating_mul(2).min(self.limit.saturating_add(1));
                    self.text.resize(longer, 0);
                }
                ReadRecordResult::OutputEndsFull if cut.count >= MOST_CELLS => {
                    return Err(too_long(cut.line, &format!("has more than {MOST_CELLS} cells")));
                }
                ReadRecordResult::OutputEndsFull => {
                    self.ends.resize(self.ends.len().saturating_mul(2).min(MOST_CELLS), 0);
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// How long the next record is, and the line break behind it, if it has no quotes and ends in what is decoded, as nearly
    /// all do.
    fn plain(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<Option<(usize, usize)>> {
        let text = self.source.text(rows, watch)?.as_bytes();
        let Some(length) = memchr::memchr3(b'"', b'\n', b'\r', text).filter(|at| *at <= self.limit) else {
            return Ok(None);
        };
        let (record, after) = text.split_at(length);
        let line_break = match after {
            [b'"', ..] => return Ok(None),
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            // What follows is not known yet.
            _ => 0,
        };
        // Each has less cells than bytes, but for the last cell.
        let has_too_many =
            length >= MOST_CELLS && memchr::memchr_iter(self.delimiter, record).count() >= MOST_CELLS;
        Ok((!has_too_many).then_some((length, line_break)))
    }

    /// Takes such a record away; whether some of its bytes stand for bytes that were no text.
    fn take_plain(&mut self, length: usize, line_break: usize) -> bool {
        self.after_return = false;
        self.line += u64::from(line_break > 0);
        self.source.consume(length + line_break)
    }

    /// Cuts off such a record. It is not copied.
    fn cut_plain(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<Option<Cut>> {
        let Some((length, line_break)) = self.plain(rows, watch)? else { return Ok(None) };
        let line = self.line;
        let is_damaged = self.take_plain(length, line_break);
        self.plain_ends.clear();
        let text = self.source.consumed(length, line_break);
        each_place(self.delimiter, text.as_bytes(), |end| self.plain_ends.push(end));
        self.plain_ends.push(length);
        let count = self.plain_ends.len();
        Ok(Some(Cut { length, count, line, is_damaged, line_break: Some(line_break) }))
    }

    fn record(&self, cut: Cut) -> Result<Record<'_>> {
        let Cut { length, count, line, is_damaged, line_break } = cut;
        if let Some(line_break) = line_break {
            let text = self.source.consumed(length, line_break);
            return Ok(Record { text, gap: 1, ends: &self.plain_ends, line, is_damaged });
        }
        // Cells are cut at ASCII signs, so that text stays text.
        let text = self.text.get(..length).unwrap_or_default();
        let text = str::from_utf8(text).map_err(|_| no_text(line))?;
        let ends = self.ends.get(..count).unwrap_or_default();
        Ok(Record { text, gap: 0, ends, line, is_damaged })
    }

    /// Goes to the start of the next record; false at the end of the file.
    fn skip_line_breaks(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<bool> {
        loop {
            let text = self.source.text(rows, watch)?.as_bytes();
            if text.is_empty() {
                return Ok(false);
            }
            let count = text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if count == 0 {
                return Ok(true);
            }
            self.line += line_breaks(text.get(..count).unwrap_or_default(), &mut self.after_return);
            self.source.consume(count);
        }
    }
}

/// How many lines end in some bytes: with `\n`, `\r\n` or `\r`.
fn line_breaks(bytes: &[u8], after_return: &mut bool) -> u64 {
    let mut breaks = 0;
    for at in memchr::memchr2_iter(b'\r', b'\n', bytes) {
        let is_return = bytes.get(at) == Some(&b'\r');
        let follows_return = match at.checked_sub(1) {
            Some(before) => bytes.get(before) == Some(&b'\r'),
            None => *after_return,
        };
        breaks += u64::from(is_return || !follows_return);
    }
    if let Some(last) = bytes.last() {
        *after_return = *last == b'\r';
    }
    breaks
}

fn no_text(line: u64) -> Error {
    refused(Diagnostic::new(Code::BadEncoding, format!("the record on line {line} is no text")))
}

fn open_quote(line: u64) -> Error {
    let message = format!("the record on line {line} has a quote that is not closed");
    let help = "a cell that begins with `\"` ends with `\"`, and a `\"` inside it is doubled";
    refused(Diagnostic::new(Code::OpenQuote, message).help(help))
}

fn too_long(line: u64, how: &str) -> Error {
    let help = "perhaps a quote is not closed, or the file is no CSV file";
    refused(Diagnostic::new(Code::RecordTooLong, format!("the record on line {line} {how}")).help(help))
}
