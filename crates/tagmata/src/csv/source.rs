//! The text of a file, chunk by chunk.

use super::encoding::fill;
use super::progress::{Pass, Watch};
use crate::error::Result;
use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::io::Read;
use std::ops::Range;

const CHUNK: usize = 64 * 1024;
/// What stands for bytes that are no text.
const REPLACEMENT: &str = "\u{fffd}";

/// Decodes a file. Of the file it holds one chunk, never more.
pub(super) struct Source<R> {
    reader: R,
    decoder: Decoder,
    pass: Pass,
    raw: Vec<u8>,
    raw_rest: Range<usize>,
    text: String,
    rest: Range<usize>,
    /// Where in the chunk of text bytes were replaced.
    replaced: Vec<usize>,
    bytes: u64,
    is_finished: bool,
}

impl<R: Read> Source<R> {
    /// The text of what a reader gives from here on; a mark of the encoding is dropped.
    pub(super) fn new(reader: R, encoding: &'static Encoding, pass: Pass) -> Self {
        Self {
            reader,
            decoder: encoding.new_decoder_with_bom_removal(),
            pass,
            raw: vec![0; CHUNK],
            raw_rest: 0..0,
            text: String::with_capacity(CHUNK),
            rest: 0..0,
            replaced: Vec::new(),
            bytes: 0,
            is_finished: false,
        }
    }

    /// The text that is decoded and not yet consumed; the next chunk if nothing is left, and empty at the end of the file.
    pub(super) fn text(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<&str> {
        if self.rest.is_empty() && !self.is_finished {
            self.refill()?;
            watch.at(self.pass, self.bytes, rows)?;
        }
        Ok(self.text.get(self.rest.clone()).unwrap_or_default())
    }

    /// Takes so many bytes away; whether some of them stand for bytes that were no text.
    pub(super) fn consume(&mut self, count: usize) -> bool {
        let taken = self.rest.start..self.rest.start + count;
        self.rest.start = taken.end.min(self.rest.end);
        self.replaced.iter().any(|at| taken.contains(at))
    }

    /// So many bytes as they were taken away, before the last few; they are there until the next text is asked for.
    pub(super) fn consumed(&self, count: usize, last: usize) -> &str {
        let end = self.rest.start.saturating_sub(last);
        self.text.get(end.saturating_sub(count)..end).unwrap_or_default()
    }

    fn refill(&mut self) -> Result<()> {
        self.text.clear();
        self.replaced.clear();
        while !self.is_finished {
            if self.raw_rest.is_empty() {
                let filled = fill(&mut self.reader, &mut self.raw, 0)?;
                self.raw_rest = 0..filled;
                self.bytes = self.bytes.saturating_add(filled as u64);
            }
            let is_last = self.raw_rest.is_empty();
            let raw = self.raw.get(self.raw_rest.clone()).unwrap_or_default();
            let (result, read) =
                self.decoder.decode_to_string_without_replacement(raw, &mut self.text, is_last);
            self.raw_rest.start += read;
            match result {
                DecoderResult::InputEmpty => self.is_finished = is_last,
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(..) => {
                    self.replaced.push(self.text.len());
                    // Where it does not fit, there is hardly more room afterwards.
                    self.text.reserve_exact(REPLACEMENT.len());
                    self.text.push_str(REPLACEMENT);
                }
            }
        }
        self.rest = 0..self.text.len();
        Ok(())
    }
}
