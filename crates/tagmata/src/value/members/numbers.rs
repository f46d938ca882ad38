//! The numbers of a bitmap, block by block.
//!
//! A block holds the numbers that share their upper 16 bits. The iterator of the bitmap looks at its blocks anew for each
//! number; to write the bitmap down in its portable form is a copy of the blocks, and they are read from there eight numbers
//! at a time (format: github.com/RoaringBitmap/RoaringFormatSpec).

use roaring::RoaringBitmap;

/// The first bytes of a bitmap with and without runs.
const WITH_RUNS: u32 = 12_347;
const WITHOUT_RUNS: u32 = 12_346;
/// With fewer blocks, a bitmap that has runs does not say where each block begins.
const FEW_BLOCKS: usize = 4;
/// A block with more numbers is written as bits.
const MOST_NUMBERS: usize = 4096;
const BYTES_OF_BITS: usize = 8192;

/// All numbers, ascending.
pub(super) fn numbers(bitmap: &RoaringBitmap) -> Vec<u32> {
    let count = usize::try_from(bitmap.len()).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(bitmap.serialized_size());
    let read = match bitmap.serialize_into(&mut bytes) {
        Ok(()) => read(&bytes, count),
        Err(_) => None,
    };
    match read {
        Some(numbers) if numbers.len() == count => numbers,
        // Writing into memory does not fail, and what was written can be read.
        _ => bitmap.iter().collect(),
    }
}

fn read(bytes: &[u8], count: usize) -> Option<Vec<u32>> {
    let mut rest = bytes;
    let cookie = word(&mut rest)?;
    let (blocks, runs): (usize, &[u8]) = if cookie == WITHOUT_RUNS {
        (usize::try_from(word(&mut rest)?).ok()?, &[])
    } else if cookie & 0xffff == WITH_RUNS {
        let blocks = usize::try_from(cookie >> 16).ok()? + 1;
        (blocks, take(&mut rest, blocks.div_ceil(8))?)
    } else {
        return None;
    };
    let heads = take(&mut rest, blocks * 4)?;
    if runs.is_empty() || blocks >= FEW_BLOCKS {
        take(&mut rest, blocks * 4)?;
    }
    let mut out = Out::with_room_for(count);
    for (at, head) in heads.as_chunks::<4>().0.iter().enumerate() {
        let (upper, length) = (half([head[0], head[1]]) << 16, half([head[2], head[3]]) as usize + 1);
        if runs.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1) {
            let runs = take(&mut rest, 2)?.try_into().map(half).ok()? as usize;
            for run in take(&mut rest, runs * 4)?.as_chunks::<4>().0 {
                let first = upper | half([run[0], run[1]]);
                out.all(first..=first + half([run[2], run[3]]));
            }
        } else if length > MOST_NUMBERS {
            out.bits(upper, take(&mut rest, BYTES_OF_BITS)?);
        } else {
            out.all(take(&mut rest, length * 2)?.as_chunks::<2>().0.iter().map(|lower| upper | half(*lower)));
        }
    }
    Some(out.finish())
}

fn take<'b>(rest: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

fn word(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4)?.try_into().map(u32::from_le_bytes).ok()
}

fn half(bytes: [u8; 2]) -> u32 {
    u32::from(u16::from_le_bytes(bytes))
}

/// The numbers that are read so far.
struct Out {
    numbers: Vec<u32>,
    filled: usize,
}

impl Out {
    /// Eight numbers are written at a time, however many of them count.
    const AT_ONCE: usize = 8;

    fn with_room_for(count: usize) -> Self {
        Self { numbers: vec![0; count + Self::AT_ONCE], filled: 0 }
    }

    fn all(&mut self, numbers: impl Iterator<Item = u32>) {
        let free = self.numbers.get_mut(self.filled..).unwrap_or_default();
        for (slot, number) in free.iter_mut().zip(numbers) {
            *slot = number;
            self.filled += 1;
        }
    }

    fn bits(&mut self, upper: u32, bytes: &[u8]) {
        for (at, byte) in (0..).zip(bytes) {
            let place = upper | at << 3;
            let free = self.numbers.get_mut(self.filled..).unwrap_or_default();
            if let (Some(free), Some(ones)) = (free.first_chunk_mut(), ONES.get(usize::from(*byte))) {
                *free = ones.map(|one| place + u32::from(one));
                self.filled += byte.count_ones() as usize;
            }
        }
    }

    fn finish(mut self) -> Vec<u32> {
        self.numbers.truncate(self.filled);
        self.numbers
    }
}

/// The places of the ones in each byte; behind them what is overwritten.
static ONES: [[u8; Out::AT_ONCE]; 256] = ones();

#[expect(clippy::indexing_slicing, reason = "done by the compiler, which would not build otherwise")]
const fn ones() -> [[u8; Out::AT_ONCE]; 256] {
    let mut table = [[0; Out::AT_ONCE]; 256];
    let mut byte = 0;
    while byte < table.len() {
        let (mut place, mut filled) = (0, 0);
        while place < 8 {
            if byte >> place & 1 == 1 {
                table[byte][filled] = place;
                filled += 1;
            }
            place += 1;
        }
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::random::rows;
    use proptest::prelude::{Strategy, any, prop_assert_eq, prop_oneof, proptest};
    use roaring::RoaringBitmap;

    /// Numbers in ranges, at distances, and anywhere: all kinds of blocks.
    fn bitmaps() -> impl Strategy<Value = RoaringBitmap> {
        let starts = prop_oneof![0..300_000_u32, any::<u32>()];
        let parts = proptest::collection::vec((starts, 1..rows(70_000), 1..9_usize), 0..6);
        (parts, any::<bool>()).prop_map(|(parts, compact)| {
            let mut bitmap = RoaringBitmap::new();
            for (start, length, step) in parts {
                bitmap.extend((start..=u32::MAX).take(length).step_by(step));
            }
            if compact {
                bitmap.optimize();
            }
            bitmap
        })
    }

    proptest! {
        #[test]
        fn they_are_those_of_the_iterator(bitmap in bitmaps()) {
            prop_assert_eq!(numbers(&bitmap), bitmap.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "very many rows")]
    fn the_last_block_and_a_full_one_are_read() {
        for bitmap in [
            RoaringBitmap::new(),
            [0, u32::MAX].into_iter().collect(),
            (0..1 << 16).collect(),
            (u32::MAX - 100_000..=u32::MAX).collect(),
        ] {
            assert_eq!(numbers(&bitmap), bitmap.iter().collect::<Vec<_>>());
        }
    }
}
