//! Which sign stands between two cells.

use super::options::Delimiter;

impl Delimiter {
    /// The sign, found out from the text at the start of a file if it is not said.
    pub(super) fn sign(self, start: &[u8]) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Detect => detect(start),
        }
    }
}

/// The sign that the first line with text has most of outside quotes.
///
/// Of two that are there equally often, tab wins over `;` and `;` over `,`: words hold commas, but hardly the others.
fn detect(start: &[u8]) -> u8 {
    const SIGNS: [u8; 3] = [b',', b';', b'\t'];
    let mut counts = [0_usize; 3];
    let mut is_quoted = false;
    for byte in start.iter().copied().skip_while(|byte| matches!(byte, b'\r' | b'\n')) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'\r' | b'\n' => break,
            _ => {
                for (count, sign) in counts.iter_mut().zip(SIGNS) {
                    *count += usize::from(byte == sign);
                }
            }
        }
    }
    let most = counts.into_iter().max().unwrap_or_default();
    let mut found = SIGNS.into_iter().zip(counts).filter(|(_, count)| *count == most && most > 0);
    found.next_back().map_or(b',', |(sign, _)| sign)
}

/// Every place of a sign in some bytes, in order. Cells are short: eight bytes at a time cost less than a search for each.
pub(super) fn each_place(sign: u8, bytes: &[u8], mut found: impl FnMut(usize)) {
    const LOW_BITS: u64 = u64::from_ne_bytes([0x7f; 8]);
    let signs = u64::from_ne_bytes([sign; 8]);
    let (words, rest) = bytes.as_chunks();
    let mut start = 0;
    for word in words {
        let differing = u64::from_le_bytes(*word) ^ signs;
        // The highest bit of every byte that does not differ, and no other.
        let mut places = !(((differing & LOW_BITS) + LOW_BITS) | differing | LOW_BITS);
        while places != 0 {
            found(start + (places.trailing_zeros() / 8) as usize);
            places &= places - 1;
        }
        start += word.len();
    }
    for (at, _) in rest.iter().enumerate().filter(|(_, byte)| **byte == sign) {
        found(start + at);
    }
}
