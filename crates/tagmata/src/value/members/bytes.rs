//! Sets of contacts as bytes, in the portable format of Roaring bitmaps.

use super::set::MemberSet;
use crate::error::{Error, Result};
use roaring::RoaringBitmap;

impl MemberSet {
    /// The set as bytes, in the portable format of Roaring bitmaps (<https://github.com/RoaringBitmap/RoaringFormatSpec>).
    ///
    /// ```
    /// use tagmata::{ContactId, MemberSet};
    /// let set: MemberSet = [7, 9].map(ContactId::new).into_iter().collect();
    /// assert_eq!(MemberSet::from_bytes(&set.to_bytes())?, set);
    /// assert_eq!(set.to_bytes(), *b"\x3a\x30\0\0\x01\0\0\0\0\0\x01\0\x10\0\0\0\x07\0\x09\0");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let bitmap = self.bitmap();
        let mut bytes = Vec::with_capacity(bitmap.serialized_size());
        // Writing into memory has no errors.
        let _ = bitmap.serialize_into(&mut bytes);
        bytes
    }

    /// The set that was written as bytes.
    ///
    /// ```
    /// use tagmata::{Code, MemberSet};
    /// assert_eq!(MemberSet::from_bytes(b"no set").unwrap_err().code(), Code::StoreDamaged);
    /// ```
    ///
    /// # Errors
    /// [`Code::StoreDamaged`](crate::Code::StoreDamaged) for bytes that are not those of one set.
    pub fn from_bytes(mut bytes: &[u8]) -> Result<Self> {
        let damaged = || Error::damaged("set of contacts", "its bytes are those of no Roaring bitmap");
        if !has_descriptions(bytes) {
            return Err(damaged());
        }
        let bitmap = RoaringBitmap::deserialize_from(&mut bytes).map_err(|_| damaged())?;
        match bytes {
            [] => Ok(Self::of_bitmap(bitmap)),
            _ => Err(damaged()),
        }
    }
}

/// Whether there are bytes for the descriptions of as many blocks as are told: room is made for those before they are read.
fn has_descriptions(bytes: &[u8]) -> bool {
    const WITHOUT_RUNS: u32 = 12346;
    /// Its key and the number of its contacts.
    const DESCRIPTION: u32 = 4;
    let mut words = bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word));
    let blocks = match words.next() {
        Some(WITHOUT_RUNS) => words.next().unwrap_or_default(),
        Some(cookie) => (cookie >> 16) + 1,
        None => return false,
    };
    blocks.checked_mul(DESCRIPTION).is_some_and(|described| described as usize <= bytes.len())
}

#[cfg(test)]
mod tests {
    use super::MemberSet;
    use crate::random::rows;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(
            starts in proptest::collection::vec((any::<u32>(), 1..rows(70_000), 1..9_usize), 0..5),
            compact in any::<bool>(),
        ) {
            let mut set = MemberSet::new();
            for (start, length, step) in starts {
                let numbers = (start..=u32::MAX).take(length).step_by(step);
                set.add_all(&MemberSet::from_ascending(numbers));
            }
            if compact {
                set.compact();
            }
            let read = MemberSet::from_bytes(&set.to_bytes());
            prop_assert_eq!(read.as_ref(), Ok(&set));
            prop_assert_eq!(read.map(|read| read.to_numbers()), Ok(set.to_numbers()));
        }

        #[test]
        fn whatever_is_read_is_a_set_or_an_error(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..64),
            cookie in proptest::sample::select(vec![[0x3a, 0x30, 0, 0], [0x3b, 0x30, 0, 0]]),
        ) {
            bytes.splice(0..0, cookie);
            if let Ok(set) = MemberSet::from_bytes(&bytes) {
                let numbers = set.to_numbers();
                prop_assert!(numbers.is_sorted_by(|one, next| one < next));
                prop_assert_eq!(numbers.len() as u64, set.len());
            }
        }
    }

    #[test]
    fn bytes_that_are_not_those_of_one_set_are_refused() {
        let set = MemberSet::from_ascending([7, 9]).to_bytes();
        let longer = [set.as_slice(), &[0]].concat();
        let shorter = &set[..set.len() - 1];
        let descending = b"\x3a\x30\0\0\x01\0\0\0\0\0\x01\0\x10\0\0\0\x09\0\x07\0";
        // Blocks for 65,536 descriptions, of which none is there.
        let boasting = b"\x3a\x30\0\0\0\0\x01\0";
        for bytes in [&[][..], &longer, shorter, descending, boasting, b"\x3b\x30\xff\xff", b"\x3b\x30"] {
            assert_eq!(
                MemberSet::from_bytes(bytes).unwrap_err().to_string(),
                "error[E1505]: the stored set of contacts is damaged: its bytes are those of no Roaring bitmap; \
                 help: go back to a backup",
                "{bytes:?}",
            );
        }
    }
}
