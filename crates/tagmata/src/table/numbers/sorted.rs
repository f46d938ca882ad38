//! Rows in the order of their values, in blocks.
//!
//! Only the row numbers are kept, four bytes a row, and one entry for each block, by which the block is found; inside it
//! the column itself is asked. A change moves what is in one block or two, whatever the number of rows, and nothing is ever
//! sorted anew.

/// A value as a number, and its row: rows with equal values are in the order of their numbers.
pub(super) type Entry = (i64, u32);

/// The most rows in a block; few in tests, so that blocks are split and merged there.
pub(super) const BLOCK: usize = if cfg!(test) { 8 } else { 256 };

/// The rows of a new block: some are to find room in it before it is split.
const FILL: usize = BLOCK / 4 * 3;

/// Rows by value. `order` is always the column: the number of the value of a row.
#[derive(Debug, Clone)]
pub(super) struct Sorted {
    /// At least one.
    pub(super) blocks: Vec<Vec<u32>>,
    /// Nothing in a block is less than its fence, and nothing before the block is not.
    pub(super) fences: Vec<Entry>,
    /// The lengths of the blocks, side by side because they are added up.
    pub(super) lengths: Vec<usize>,
}

/// A place among the sorted rows. The end of a block and the beginning of the next one are the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    block: usize,
    at: usize,
}

/// The fence of the first block.
pub(super) const FIRST: Entry = (i64::MIN, 0);

/// Where the first row is whose entry is not less than this one.
///
/// The values of rows lie far apart in memory. Some are looked at side by side, so that all of them are waited for once; one after the
/// other, each would be waited for.
fn place_in(rows: &[u32], entry: Entry, order: &impl Fn(u32) -> i64) -> usize {
    const STEP: usize = if cfg!(test) { 2 } else { 16 };
    let is_less = |row: &&u32| {
        let value = order(**row);
        (value < entry.0) | ((value == entry.0) & (**row < entry.1))
    };
    let steps = rows.iter().step_by(STEP).filter(is_less).count();
    let start = steps.saturating_sub(1) * STEP;
    start + rows.iter().skip(start).take(STEP).filter(is_less).count()
}

impl Sorted {
    /// Puts entries in order.
    pub(super) fn build(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        let (mut blocks, mut fences, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        for chunk in entries.chunks(FILL) {
            fences.push(if fences.is_empty() { FIRST } else { chunk.first().copied().unwrap_or(FIRST) });
            let mut block = Vec::with_capacity(BLOCK);
            block.extend(chunk.iter().map(|(_, row)| *row));
            lengths.push(block.len());
            blocks.push(block);
        }
        if blocks.is_empty() {
            return Self { blocks: vec![Vec::new()], fences: vec![FIRST], lengths: vec![0] };
        }
        Self { blocks, fences, lengths }
    }

    pub(super) fn len(&self) -> usize {
        self.lengths.iter().sum()
    }

    /// About how many rows there are, at once: as many as would fit, which is at most a few times more.
    pub(super) fn room(&self) -> usize {
        self.blocks.len() * BLOCK
    }

    pub(super) fn end(&self) -> Place {
        Place { block: self.blocks.len(), at: 0 }
    }

    /// Where the first entry is that is not less than this one.
    pub(super) fn place(&self, entry: Entry, order: &impl Fn(u32) -> i64) -> Place {
        let block = self.block_of(entry);
        let rows = self.blocks.get(block).map(Vec::as_slice).unwrap_or_default();
        Place { block, at: place_in(rows, entry, order) }
    }

    /// The block in which an entry is, or would be.
    fn block_of(&self, entry: Entry) -> usize {
        self.fences.partition_point(|fence| *fence <= entry).saturating_sub(1)
    }

    /// How many rows lie before a place.
    pub(super) fn rank(&self, place: Place) -> usize {
        self.lengths.iter().take(place.block).sum::<usize>() + place.at
    }

    /// The place before which so many rows lie, at most all.
    pub(super) fn place_of_rank(&self, rank: usize) -> Place {
        let mut at = rank;
        for (block, length) in self.lengths.iter().enumerate() {
            match at.checked_sub(*length) {
                Some(left) => at = left,
                None => return Place { block, at },
            }
        }
        self.end()
    }

    /// How many rows lie between two places, the first of which is not behind the second.
    pub(super) fn count_between(&self, from: Place, to: Place) -> usize {
        let lengths = self.lengths.get(from.block..to.block).unwrap_or_default();
        (lengths.iter().sum::<usize>() + to.at).saturating_sub(from.at)
    }

    /// The rows between two places, block by block.
    pub(super) fn slices(&self, from: Place, to: Place) -> impl Iterator<Item = &[u32]> {
        let blocks =
            self.blocks.iter().enumerate().skip(from.block).take((to.block + 1).saturating_sub(from.block));
        blocks.map(move |(at, rows)| {
            let start = if at == from.block { from.at } else { 0 };
            let end = if at == to.block { to.at } else { rows.len() };
            rows.get(start..end).unwrap_or_default()
        })
    }

    /// The last row before a place, and the place where it is.
    pub(super) fn before(&self, place: Place) -> Option<(u32, Place)> {
        let rows = self.blocks.get(place.block).map(Vec::as_slice).unwrap_or_default();
        if let Some(row) = rows.get(..place.at).and_then(<[u32]>::last) {
            return Some((*row, Place { block: place.block, at: place.at - 1 }));
        }
        let earlier = self.blocks.get(..place.block)?.iter().enumerate().rev();
        earlier.filter_map(|(block, rows)| Some((*rows.last()?, Place { block, at: rows.len() - 1 }))).next()
    }

    /// Puts in an entry that is not there; all other rows are where the column says.
    pub(super) fn insert(&mut self, entry: Entry, order: &impl Fn(u32) -> i64) {
        let Place { block, at } = self.place(entry, order);
        let Some(rows) = self.blocks.get_mut(block) else { return };
        if rows.len() < BLOCK {
            rows.insert(at, entry.1);
            self.measure(block);
            return;
        }
        // What is put in always at the end, such as instants of changes, is to leave full blocks behind.
        let (fence, rest) = if at == rows.len() {
            (Some(entry), vec![entry.1])
        } else {
            let mut rest = Vec::with_capacity(BLOCK);
            rest.extend(rows.drain(BLOCK / 2..));
            let fence = rest.first().map(|row| (order(*row), *row));
            match at.checked_sub(BLOCK / 2) {
                Some(at) if at > 0 => rest.insert(at, entry.1),
                _ => rows.insert(at, entry.1),
            }
            (fence, rest)
        };
        self.fences.insert(block + 1, fence.unwrap_or(entry));
        self.lengths.insert(block + 1, rest.len());
        self.blocks.insert(block + 1, rest);
        self.measure(block);
    }

    /// Takes out an entry that is there.
    pub(super) fn remove(&mut self, entry: Entry) {
        let block = self.block_of(entry);
        let Some(rows) = self.blocks.get_mut(block) else { return };
        // The rows lie side by side, their values do not: to look for the row is faster than to ask the column for some of them.
        let Some(at) = rows.iter().position(|row| *row == entry.1) else { return };
        rows.remove(at);
        let is_small = rows.len() < BLOCK / 4;
        self.measure(block);
        if is_small {
            self.merge(block);
            if let Some(before) = block.checked_sub(1) {
                self.merge(before);
            }
        }
    }

    /// Makes one block of two neighbours that are not full together.
    fn merge(&mut self, block: usize) {
        let length = |at: usize| self.lengths.get(at).copied();
        let (Some(here), Some(next)) = (length(block), length(block + 1)) else { return };
        if here + next > FILL {
            return;
        }
        let rows = self.blocks.remove(block + 1);
        self.fences.remove(block + 1);
        self.lengths.remove(block + 1);
        if let Some(block) = self.blocks.get_mut(block) {
            block.extend(rows);
        }
        self.measure(block);
    }

    fn measure(&mut self, block: usize) {
        if let (Some(length), Some(rows)) = (self.lengths.get_mut(block), self.blocks.get(block)) {
            *length = rows.len();
        }
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        let rows: usize = self.blocks.iter().map(Vec::capacity).sum();
        rows * size_of::<u32>()
            + self.blocks.len() * (size_of::<Vec<u32>>() + size_of::<Entry>() + size_of::<usize>())
    }
}
