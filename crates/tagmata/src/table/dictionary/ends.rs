//! Where texts end that lie behind one another.

/// Ascending positions, four bytes each; one more list says where they pass a multiple of 4 GiB, which hardly any does.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ends {
    /// The lower half of each position.
    low: Vec<u32>,
    /// The entries at which the upper half grows by one; an entry stands here twice if it grows by two.
    passes: Vec<usize>,
}

impl Ends {
    pub(crate) fn len(&self) -> usize {
        self.low.len()
    }

    /// Adds a position, which is not before the last one.
    pub(crate) fn push(&mut self, end: u64) {
        while (self.passes.len() as u64) < end >> u32::BITS {
            self.passes.push(self.low.len());
        }
        let low = end & u64::from(u32::MAX);
        self.low.push(u32::try_from(low).unwrap_or(u32::MAX));
    }

    pub(crate) fn get(&self, entry: usize) -> Option<u64> {
        let low = u64::from(*self.low.get(entry)?);
        if self.passes.is_empty() {
            return Some(low);
        }
        let passed = self.passes.partition_point(|pass| *pass <= entry) as u64;
        Some((passed << u32::BITS) + low)
    }

    /// A position in something that lies in memory.
    pub(crate) fn position(&self, entry: usize) -> Option<usize> {
        self.get(entry).map(|end| usize::try_from(end).unwrap_or(usize::MAX))
    }

    /// The first entry, from one on, that ends behind a position. The nearest ones are looked at first.
    pub(super) fn first_behind(&self, from: usize, position: u64) -> usize {
        let is_before = |entry: usize| self.get(entry).is_some_and(|end| end <= position);
        let (mut least, mut step) = (from, 1);
        while is_before(least + step - 1) {
            least += step;
            step *= 2;
        }
        let mut most = least + step - 1;
        while least < most {
            let middle = least + (most - least) / 2;
            match is_before(middle) {
                true => least = middle + 1,
                false => most = middle,
            }
        }
        least
    }

    pub(crate) fn shrink(&mut self) {
        self.low.shrink_to_fit();
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.low.capacity() * size_of::<u32>() + self.passes.capacity() * size_of::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::Ends;

    #[test]
    fn positions_may_pass_four_gibibytes() {
        const GIB: u64 = 1 << 30;
        let all = [0, 5, 5, 4 * GIB - 1, 4 * GIB, 4 * GIB + 7, 13 * GIB, 13 * GIB, 16 * GIB];
        let mut ends = Ends::default();
        all.iter().for_each(|end| ends.push(*end));
        assert_eq!((0..9).map(|entry| ends.get(entry).unwrap()).collect::<Vec<_>>(), all);
        assert_eq!((ends.len(), ends.get(9)), (9, None));
        // From an entry, the first one that ends behind a position.
        for (from, position, found) in [
            (0, 0, 1),
            (0, 4, 1),
            (0, 5, 3),
            (2, 4, 2),
            (0, 4 * GIB, 5),
            (4, 4 * GIB + 7, 6),
            (0, 13 * GIB - 1, 6),
            (0, 13 * GIB, 8),
            (8, 16 * GIB, 9),
            (0, 16 * GIB, 9),
        ] {
            assert_eq!(ends.first_behind(from, position), found, "from {from}, behind {position}");
        }
    }
}
