//! Bytes, read from the front, none of them trusted.

use crate::error::{Error, Result};

/// Reads what a writer wrote. Nothing takes room before as many bytes are there as it was made of.
#[derive(Debug)]
pub(super) struct Reader<'b> {
    rest: &'b [u8],
    length: usize,
    /// What is read, for messages.
    what: &'static str,
}

impl<'b> Reader<'b> {
    pub(super) fn new(what: &'static str, bytes: &'b [u8]) -> Self {
        Self { rest: bytes, length: bytes.len(), what }
    }

    /// The error of bytes that mean nothing, with the place up to which they were read.
    pub(super) fn damaged(&self, why: &str) -> Error {
        let at = self.length - self.rest.len();
        Error::damaged(self.what, &format!("{why}, before byte {at} of {}", self.length))
    }

    /// Refuses bytes behind the last one that means something.
    pub(super) fn end(&self) -> Result<()> {
        match self.rest.len() {
            0 => Ok(()),
            more => Err(self.damaged(&format!("nothing belongs to the last {more} bytes"))),
        }
    }

    /// So many bytes.
    pub(super) fn raw(&mut self, count: usize) -> Result<&'b [u8]> {
        let Some((bytes, rest)) = self.rest.split_at_checked(count) else {
            return Err(self.damaged("there are too few bytes"));
        };
        self.rest = rest;
        Ok(bytes)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let Some((bytes, rest)) = self.rest.split_first_chunk() else {
            return Err(self.damaged("there are too few bytes"));
        };
        self.rest = rest;
        Ok(*bytes)
    }

    pub(super) fn byte(&mut self) -> Result<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A whole number of as few bytes as it needs.
    pub(super) fn number(&mut self) -> Result<u64> {
        let mut number = 0_u64;
        for place in 0..10 {
            let byte = self.byte()?;
            let low = u64::from(byte & 0x7f);
            let shifted = low << (7 * place);
            if shifted >> (7 * place) != low || (byte == 0 && place > 0) {
                break;
            }
            number |= shifted;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(self.damaged("a number is longer than it may be"))
    }

    /// A number of a smaller type.
    pub(super) fn small<T: TryFrom<u64>>(&mut self) -> Result<T> {
        let number = self.number()?;
        T::try_from(number).map_err(|_| self.damaged("a number is greater than it may be"))
    }

    /// How many things follow, each of which takes a byte at least.
    pub(super) fn count(&mut self) -> Result<usize> {
        let count: usize = self.small()?;
        match count <= self.rest.len() {
            true => Ok(count),
            false => Err(self.damaged("there are too few bytes")),
        }
    }

    /// Bytes with their number in front.
    pub(super) fn bytes(&mut self) -> Result<&'b [u8]> {
        let count = self.count()?;
        self.raw(count)
    }

    /// Text with the number of its bytes in front.
    pub(super) fn text(&mut self) -> Result<&'b str> {
        let bytes = self.bytes()?;
        str::from_utf8(bytes).map_err(|_| self.damaged("a text is no UTF-8"))
    }

    /// So many bits. Those that fill the last byte up are not set.
    pub(super) fn bits(&mut self, count: usize) -> Result<Bits<'b>> {
        let bytes = self.raw(count.div_ceil(8))?;
        let spare = match (count % 8, bytes.last()) {
            (1.., Some(last)) => last >> (count % 8),
            _ => 0,
        };
        match spare {
            0 => Ok(Bits { bytes, count }),
            _ => Err(self.damaged("there are more bits than values")),
        }
    }

    /// So many values of a fixed size, behind one another.
    pub(super) fn each<const N: usize>(&mut self, count: usize) -> Result<&'b [[u8; N]]> {
        let bytes = self.raw(count.saturating_mul(N))?;
        Ok(bytes.as_chunks().0)
    }
}

/// Bits, the lowest of each byte first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bits<'b> {
    bytes: &'b [u8],
    count: usize,
}

impl<'b> Bits<'b> {
    pub(super) fn iter(self) -> impl Iterator<Item = bool> + 'b {
        let bits = self.bytes.iter().flat_map(|byte| (0..8).map(move |place| byte >> place & 1 == 1));
        bits.take(self.count)
    }

    /// How many of them are set.
    pub(super) fn set(self) -> usize {
        self.bytes.iter().map(|byte| byte.count_ones() as usize).sum()
    }
}
