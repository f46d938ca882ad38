//! The digits of numbers in plain form.

/// More digits than the longest number has with its prefixes.
const MOST: usize = 24;

/// A number as it is written: digits, perhaps a `+` before them, and spaces, dots, dashes, slashes and brackets.
#[derive(Debug)]
pub(super) struct Digits {
    pub(super) international: bool,
    digits: [u8; MOST],
    len: usize,
}

impl Digits {
    /// `None` for all other forms.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut read = Self { international: false, digits: [0; MOST], len: 0 };
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => {
                    *read.digits.get_mut(read.len)? = byte - b'0';
                    read.len += 1;
                }
                b'+' if read.len == 0 && !read.international => read.international = true,
                b' ' | b'.' | b'-' | b'/' | b'(' | b')' => {}
                _ => return None,
            }
        }
        Some(read)
    }

    /// As numbers from 0 to 9.
    pub(super) fn as_slice(&self) -> &[u8] {
        self.digits.get(..self.len).unwrap_or_default()
    }
}
