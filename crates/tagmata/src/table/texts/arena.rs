//! Texts in one piece of memory.

use super::ends::Ends;
use memchr::memmem::Finder;

/// Texts behind one another, numbered from 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Arena {
    text: String,
    ends: Ends,
}

impl Arena {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes all texts have.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u64);
    }

    pub(super) fn get(&self, entry: usize) -> Option<&str> {
        let start = match entry.checked_sub(1) {
            Some(before) => position(self.ends.get(before)?),
            None => 0,
        };
        self.text.get(start..position(self.ends.get(entry)?))
    }

    /// The texts that contain what a finder looks for, which is not empty, ascending.
    pub(super) fn containing(&self, finder: &Finder<'_>) -> impl Iterator<Item = usize> {
        let (mut at, mut entry) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let start = at + finder.find(self.text.as_bytes().get(at..)?)?;
                entry = self.ends.first_behind(entry, start as u64);
                // Where one place crosses the end of a text, all places from there to the end do.
                at = position(self.ends.get(entry)?);
                if start + finder.needle().len() <= at {
                    return Some(entry);
                }
            }
        })
    }

    /// Makes room for so many more texts, of the size of those that are there.
    pub(super) fn reserve(&mut self, more: usize) {
        let average = self.text.len() / self.len().max(1) + 1;
        self.text.reserve(more.saturating_mul(average));
        self.ends.reserve(more);
    }

    /// Gives back the room that was made for too many.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink();
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        self.text.capacity() + self.ends.size_in_bytes()
    }
}

/// What lies in memory has a position that fits.
fn position(end: u64) -> usize {
    usize::try_from(end).unwrap_or(usize::MAX)
}
