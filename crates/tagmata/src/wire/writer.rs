//! Bytes, written behind one another.

/// Writes values of a few primitive forms, of which everything else is made.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// What was written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Bytes whose number is known to whoever reads them.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// A whole number: seven bits a byte, the lowest first; the highest bit says that more follow (LEB128).
    pub(super) fn number(&mut self, mut number: u64) {
        while let Some(low) = u8::try_from(number & 0x7f).ok().filter(|_| number > 0x7f) {
            self.bytes.push(low | 0x80);
            number >>= 7;
        }
        self.bytes.push(u8::try_from(number).unwrap_or_default());
    }

    /// How many things follow.
    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    /// Bytes with their number in front.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.raw(bytes);
    }

    /// Bits, the lowest of each byte first.
    pub(super) fn bits(&mut self, bits: impl Iterator<Item = bool>) {
        let (mut byte, mut place) = (0_u8, 0);
        for bit in bits {
            byte |= u8::from(bit) << place;
            place += 1;
            if place == 8 {
                self.bytes.push(byte);
                (byte, place) = (0, 0);
            }
        }
        if place > 0 {
            self.bytes.push(byte);
        }
    }
}
