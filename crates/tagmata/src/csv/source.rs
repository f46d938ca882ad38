//! The text of a file, chunk by chunk.

use super::encoding::fill;
use super::progress::{Pass, Watch};
use crate::error::Result;
use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::io::Read;
use std::ops::Range;

const CHUNK: usize = 64 * 1024;
/// What stands for bytes that are no text.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// Decodes a file. Of the file it holds one chunk, never more.
pub(super) struct Source<R> {
    reader: R,
    decoder: Decoder,
    pass: Pass,
    raw: Vec<u8>,
    raw_rest: Range<usize>,
    text: Vec<u8>,
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
            text: vec![0; CHUNK],
            rest: 0..0,
            replaced: Vec::new(),
            bytes: 0,
            is_finished: false,
        }
    }

    /// The text that is decoded and not yet consumed; the next chunk if nothing is left, and empty at the end of the file.
    pub(super) fn text(&mut self, rows: u64, watch: &mut Watch<'_>) -> Result<&[u8]> {
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

    /// So many bytes as they were taken away last; they are there until the next text is asked for.
    pub(super) fn consumed(&self, count: usize) -> &[u8] {
        self.text.get(self.rest.start.saturating_sub(count)..self.rest.start).unwrap_or_default()
    }

    fn refill(&mut self) -> Result<()> {
        self.rest = 0..0;
        self.replaced.clear();
        // Room for one replacement is kept, so that it always fits.
        let room = self.text.len() - REPLACEMENT.len();
        let mut end = 0;
        while end < room && !self.is_finished {
            if self.raw_rest.is_empty() {
                let filled = fill(&mut self.reader, &mut self.raw, 0)?;
                self.raw_rest = 0..filled;
                self.bytes = self.bytes.saturating_add(filled as u64);
            }
            let is_last = self.raw_rest.is_empty();
            let raw = self.raw.get(self.raw_rest.clone()).unwrap_or_default();
            let space = self.text.get_mut(end..room).unwrap_or_default();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, space, is_last);
            self.raw_rest.start += read;
            end += written;
            match result {
                DecoderResult::InputEmpty => self.is_finished = is_last,
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(..) => {
                    self.replaced.push(end);
                    if let Some(space) = self.text.get_mut(end..end + REPLACEMENT.len()) {
                        space.copy_from_slice(REPLACEMENT);
                        end += REPLACEMENT.len();
                    }
                }
            }
        }
        self.rest = 0..end;
        Ok(())
    }
}
