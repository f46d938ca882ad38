//! Rows as plain bits, for work that touches nearly every word of them.

use crate::value::MemberSet;

/// A bit for each row, eight to a byte from the lowest on; a row beyond the end is not in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(Vec<u8>);

impl Bits {
    /// No row, with room for so many.
    pub(super) fn new(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(8)])
    }

    /// The rows whose cells pass a test. There is no branch for a row, so that the compiler tests many at a time.
    pub(super) fn where_cell<R: Copy>(cells: &[R], test: impl Fn(R) -> bool) -> Self {
        let (chunks, rest) = cells.as_chunks::<8>();
        let mut bytes: Vec<u8> =
            chunks.iter().map(|cells| gather(cells.map(|cell| u8::from(test(cell))))).collect();
        if !rest.is_empty() {
            bytes.push(rest.iter().rev().fold(0, |byte, cell| (byte << 1) | u8::from(test(*cell))));
        }
        Self(bytes)
    }

    /// Puts a row in if it is not, and takes it out if it is.
    pub(super) fn toggle(&mut self, row: u32) {
        let at = (row >> 3) as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(byte) = self.0.get_mut(at) {
            *byte ^= 1 << (row & 7);
        }
    }

    pub(super) fn toggle_all(&mut self, rows: &[u32]) {
        for row in rows {
            self.toggle(*row);
        }
    }

    /// The rows that are in one of two sets and not in the other.
    pub(super) fn difference(&self, other: &Self) -> Self {
        let (long, short) = if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        let mut result = long.clone();
        for (byte, other) in result.0.iter_mut().zip(&short.0) {
            *byte ^= other;
        }
        result
    }

    pub(super) fn to_members(&self) -> MemberSet {
        MemberSet::from_bit_bytes(&self.0)
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        self.0.len()
    }
}

/// Eight bytes of 0 or 1 as eight bits, the first one lowest: the product brings each byte to its bit of the highest byte.
fn gather(flags: [u8; 8]) -> u8 {
    let [.., highest] = u64::from_le_bytes(flags).wrapping_mul(0x0102_0408_1020_4080).to_le_bytes();
    highest
}
