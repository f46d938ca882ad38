//! Which of many entries are marked.

/// A bit for each entry, and how many are marked before each word of 64.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marks {
    words: Vec<u64>,
    before: Vec<u32>,
    entries: usize,
    marked: u32,
}

impl Marks {
    pub(super) fn len(&self) -> usize {
        self.entries
    }

    /// Adds an entry.
    pub(super) fn push(&mut self, is_marked: bool) {
        let bit = self.entries % 64;
        if bit == 0 {
            self.words.push(0);
            self.before.push(self.marked);
        }
        if let Some(word) = self.words.last_mut() {
            *word |= u64::from(is_marked) << bit;
        }
        self.entries += 1;
        self.marked += u32::from(is_marked);
    }

    /// Whether each entry is marked.
    pub(super) fn iter(&self) -> impl Iterator<Item = bool> {
        let bits = self.words.iter().flat_map(|word| (0..u64::BITS).map(move |bit| word >> bit & 1 == 1));
        bits.take(self.entries)
    }

    /// The marked entries, ascending.
    pub(super) fn marked(&self) -> impl Iterator<Item = u32> {
        let words = self.words.iter().zip((0_u32..).step_by(64));
        words.flat_map(|(word, first)| {
            (0..u64::BITS).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        })
    }

    /// How many entries are marked before a marked one.
    pub(super) fn rank(&self, entry: usize) -> Option<u32> {
        let word = *self.words.get(entry / 64)?;
        let bit = 1_u64 << (entry % 64);
        let before = *self.before.get(entry / 64)?;
        (word & bit != 0).then(|| before + (word & (bit - 1)).count_ones())
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        self.words.capacity() * size_of::<u64>() + self.before.capacity() * size_of::<u32>()
    }
}
