//! CSV files, read by themselves and imported.

use crate::inputs::{BESIDES, FILE, Input, REPORT, now};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use tagmata::{Book, CsvOptions, CsvReader, ImportOptions, NewField, Schema, ValueType};

/// A file that is never in memory as a whole: something before, and something that is repeated.
struct Endless {
    before: &'static [u8],
    piece: Vec<u8>,
    length: u64,
    at: u64,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let (left, at) = (self.length - self.at, usize::try_from(self.at).unwrap());
        let next = match at.checked_sub(self.before.len()) {
            None => &self.before[at..],
            Some(at) => &self.piece[at % self.piece.len()..],
        };
        let count = next.len().min(into.len()).min(usize::try_from(left).unwrap());
        into[..count].copy_from_slice(&next[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.length.checked_add_signed(by).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

pub(crate) fn files() -> Vec<Input> {
    /// The most that a record may have.
    const RECORD: usize = CsvOptions::RECORD_LIMIT;
    const MIB: u64 = 1 << 20;
    // A stream that is larger than what may be in memory at once: its bound is that of a record.
    let stream = |name: &str, before: &'static [u8], piece: &str, length: u64| {
        let piece = piece.repeat(32 << 10).into_bytes();
        let run = move || {
            let source = Endless { before, piece: piece.clone(), length, at: 0 };
            let schema = Schema::default();
            if let Ok(rows) = CsvReader::open(source, &schema, &CsvOptions::new()) {
                for row in rows {
                    if row.is_err() {
                        break;
                    }
                }
            }
        };
        Input { name: format!("file: {name}"), bytes: RECORD, most: 5, besides: BESIDES, run: Box::new(run) }
    };
    let import = |name: &str, file: String| {
        let bytes = file.len();
        let run = move || {
            let mut book = Book::builder().build(now());
            for at in 0..40 {
                book.define_field(NewField::new(format!("n{at}"), ValueType::Number), now()).unwrap();
            }
            let watched = |_| ControlFlow::Continue(());
            let report =
                book.import_watched(Cursor::new(file.as_bytes()), &ImportOptions::new(), now(), watched);
            assert!(report.is_err() || report.is_ok_and(|report| report.problems.len() <= 100_000));
        };
        Input { name: format!("import: {name}"), bytes, most: FILE, besides: REPORT, run: Box::new(run) }
    };
    let numbers: Vec<String> = (0..40).map(|at| format!("n{at}")).collect();
    let lines =
        |header: &str, line: &str, length: usize| format!("{header}\n{}", line.repeat(length / line.len()));
    vec![
        stream("a quote that is not closed", b"Email,Country\n\"", "x", 24 * MIB),
        stream("a quote in the header that is not closed", b"\"", "x", 24 * MIB),
        stream("a cell without an end", b"Email,Country\n", "x", 24 * MIB),
        stream("a row without an end", b"Email,Country\n", "x,", 24 * MIB),
        stream("a header without an end", b"Email", ",x", 24 * MIB),
        stream("blank lines", b"Email,Country\n", "\n", 4 * MIB),
        stream("doubled quotes", b"Email,Country\n\"", "\"\"", 24 * MIB),
        import("a row of 100,000 columns", format!("Email\n{}\n", "x,".repeat(100_000))),
        import("a header of 100,000 columns", format!("{}\n", "Email,".repeat(100_000))),
        import("a header of 16,000 equal columns", format!("{}\nx\n", vec!["Email"; 16_000].join(","))),
        import("the longest cell", format!("Email,Note\nx@example.com,{}\n", "x".repeat(8 << 20))),
        import("rows that are rejected", lines("Email,Country", "x,y\n", 1 << 17)),
        import(
            "cells that are rejected",
            lines(&numbers.join(","), &format!("{}x\n", "x,".repeat(39)), 1 << 18),
        ),
        import("a cell of many tags", format!("Email,Tags\nx@example.com,{}\n", "a;".repeat(1 << 17))),
        import(
            "a cell of many segments",
            format!("Email,Segments\nx@example.com,{}\n", "a;".repeat(1 << 17)),
        ),
        import(
            "a cell of many unknown options",
            format!("Email,Status\nx@example.com,{}\n", "a;".repeat(1 << 17)),
        ),
    ]
}
