//! How texts are ordered: without accents, and among equals with them.

use crate::text::without_accents;
use std::cmp::Ordering;

/// A folded text, of one piece or of two with a space between them; its order is that of the alphabet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling<'s> {
    first: &'s str,
    rest: Option<&'s str>,
}

impl<'s> From<&'s str> for Spelling<'s> {
    fn from(folded: &'s str) -> Self {
        Self { first: folded, rest: None }
    }
}

impl<'s> Spelling<'s> {
    /// A name: the first name and the last name, or the one of them that is there.
    pub(super) fn of_name(first: Option<&'s str>, last: Option<&'s str>) -> Option<Self> {
        match (first, last) {
            (Some(first), last) => Some(Self { first, rest: last }),
            (None, last) => last.map(Self::from),
        }
    }

    /// The first eight bytes without accents, as a number: a text with a smaller one comes earlier. Most texts differ in
    /// it, and numbers are compared in no time.
    pub(super) fn head(self) -> u64 {
        if let Some(head) = self.first.as_bytes().first_chunk()
            && head.is_ascii()
        {
            return u64::from_be_bytes(*head);
        }
        let mut head = Head::default();
        head.fill(self.first.as_bytes());
        if let Some(rest) = self.rest {
            head.fill(b" ");
            head.fill(rest.as_bytes());
        }
        if !head.bytes.is_ascii() {
            head = Head::default();
            for letter in self.letters() {
                head.fill(letter.encode_utf8(&mut [0; 4]).as_bytes());
                if head.filled == head.bytes.len() {
                    break;
                }
            }
        }
        u64::from_be_bytes(head.bytes)
    }

    fn is_ascii(self) -> bool {
        self.first.is_ascii() && self.rest.is_none_or(str::is_ascii)
    }

    fn pieces(self) -> impl Iterator<Item = &'s str> {
        let rest = self.rest.into_iter().flat_map(|rest| [" ", rest]);
        std::iter::once(self.first).chain(rest)
    }

    fn bytes(self) -> impl Iterator<Item = u8> {
        self.pieces().flat_map(str::bytes)
    }

    /// Its letters without accents. A space takes no part in the marks around it.
    fn letters(self) -> impl Iterator<Item = char> {
        self.pieces().flat_map(without_accents)
    }
}

/// Up to eight bytes; what is not filled is less than every letter.
#[derive(Default)]
struct Head {
    bytes: [u8; 8],
    filled: usize,
}

impl Head {
    fn fill(&mut self, bytes: &[u8]) {
        for (slot, byte) in self.bytes.iter_mut().skip(self.filled).zip(bytes) {
            *slot = *byte;
            self.filled += 1;
        }
    }
}

impl Ord for Spelling<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.is_ascii() && other.is_ascii() {
            return match (self.rest, other.rest) {
                (None, None) => self.first.cmp(other.first),
                _ => self.bytes().cmp(other.bytes()),
            };
        }
        // The bytes of letters are in the order of the letters.
        self.letters().cmp(other.letters()).then_with(|| self.bytes().cmp(other.bytes()))
    }
}

impl PartialOrd for Spelling<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Spelling<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Spelling<'_> {}
