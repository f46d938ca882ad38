//! Texts in one piece of memory.

use super::super::parts::in_parts;
use super::ends::Ends;
use crate::filter::Matching;
use memchr::memmem::Finder;
use std::ops::Range;

/// Texts behind one another, numbered from 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Arena {
    text: String,
    ends: Ends,
}

impl Arena {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes all texts have.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u64);
    }

    pub(crate) fn get(&self, entry: usize) -> Option<&str> {
        let start = self.start(entry)?;
        self.text.get(start..self.ends.position(entry)?)
    }

    /// All texts, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        (0..self.len()).map(move |entry| {
            let end = self.ends.position(entry).unwrap_or(start);
            self.text.get(std::mem::replace(&mut start, end)..end).unwrap_or_default()
        })
    }

    /// The texts that have what a finder looks for, which is not empty, at such a place; ascending.
    pub(crate) fn found(&self, finder: &Finder<'_>, matching: Matching) -> Vec<usize> {
        // A thread takes some ten microseconds to start, a scan of so many bytes a hundred.
        const LEAST: usize = if cfg!(test) { 64 } else { 2 << 20 };
        let average = self.text.len() / self.len().max(1) + 1;
        let parts =
            in_parts(self.len(), LEAST / average, |part| self.found_among(part, finder, matching).collect());
        let parts: Vec<Vec<usize>> = parts;
        parts.concat()
    }

    fn found_among(
        &self,
        entries: Range<usize>,
        finder: &Finder<'_>,
        matching: Matching,
    ) -> impl Iterator<Item = usize> {
        let length = finder.needle().len();
        let end = entries.end.checked_sub(1).and_then(|last| self.ends.position(last)).unwrap_or(0);
        let text = self.text.as_bytes().get(..end).unwrap_or_default();
        let (mut at, mut entry) = (self.start(entries.start).unwrap_or(end), entries.start);
        std::iter::from_fn(move || {
            loop {
                let place = at + finder.find(text.get(at..)?)?;
                entry = self.ends.first_behind(entry, place as u64);
                // Where one place crosses the end of a text, all places from there to the end do.
                at = self.ends.position(entry)?;
                let is_it = match matching {
                    Matching::Contains => true,
                    Matching::StartsWith => place == self.start(entry)?,
                    Matching::EndsWith => text.get(self.start(entry)?..at)?.ends_with(finder.needle()),
                };
                if is_it && place + length <= at {
                    return Some(entry);
                }
            }
        })
    }

    fn start(&self, entry: usize) -> Option<usize> {
        match entry.checked_sub(1) {
            Some(before) => self.ends.position(before),
            None => Some(0),
        }
    }

    /// Gives back the room that was made for too many.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink();
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.text.capacity() + self.ends.size_in_bytes()
    }
}
