//! Segments that have to be looked at.

use crate::value::SegmentId;

/// Segments in ascending order, each once: what is asked about them stands in that order in memory.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenSegments {
    /// A bit for each segment by its number: it has to be looked at.
    open: Vec<u64>,
    /// A bit for each: it was looked at.
    done: Vec<u64>,
    /// No bit is set in words before this one.
    first: usize,
}

const BITS: usize = 64;

impl OpenSegments {
    /// Begins with so many segments, of which none was looked at.
    pub(super) fn begin(&mut self, segments: usize) {
        let words = segments.div_ceil(BITS);
        self.open.clear();
        self.open.resize(words, 0);
        self.done.clear();
        self.done.resize(words, 0);
        self.first = words;
    }

    /// Notes segments to be looked at, unless they were.
    pub(super) fn add(&mut self, segments: impl IntoIterator<Item = SegmentId>) {
        for segment in segments {
            let (word, bit) = place(segment);
            if let (Some(open), Some(done)) = (self.open.get_mut(word), self.done.get(word)) {
                *open |= bit & !done;
                self.first = self.first.min(word);
            }
        }
    }

    /// A segment that has to be looked at, which it is by now.
    pub(super) fn next(&mut self) -> Option<SegmentId> {
        while let Some(word) = self.open.get_mut(self.first) {
            if *word == 0 {
                self.first += 1;
                continue;
            }
            let bit = word.trailing_zeros();
            *word &= *word - 1;
            if let Some(done) = self.done.get_mut(self.first) {
                *done |= 1 << bit;
            }
            return Some(SegmentId::new(u32::try_from(self.first * BITS).ok()? + bit));
        }
        None
    }

    /// Whether a segment was looked at.
    pub(super) fn is_done(&self, segment: SegmentId) -> bool {
        let (word, bit) = place(segment);
        self.done.get(word).is_some_and(|done| done & bit != 0)
    }
}

fn place(segment: SegmentId) -> (usize, u64) {
    let number = segment.index();
    (number / BITS, 1 << (number % BITS))
}
