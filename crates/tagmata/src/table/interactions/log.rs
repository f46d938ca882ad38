//! All interactions of one kind.

use super::block::{BLOCK, Block, FILL};
use super::entry::Entry;
use super::labels::Labels;
use super::times::Times;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::OnceLock;

/// The entries of a kind by contact, those of a contact in their order, in blocks.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    pub(super) blocks: Vec<Block>,
    /// The row of the first entry of each block, by which it is found.
    pub(super) fences: Vec<u32>,
    pub(super) count: usize,
    /// Whether `last_interaction` looks at them.
    pub(super) is_heard: bool,
    /// The same in the order of time; built when it is first asked, and follows all changes from then on.
    pub(super) times: OnceLock<Times>,
}

impl Log {
    pub(super) fn new(is_heard: bool) -> Self {
        Self { blocks: Vec::new(), fences: Vec::new(), count: 0, is_heard, times: OnceLock::new() }
    }

    /// How many interactions there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The interactions in the order of time.
    pub(super) fn times(&self) -> &Times {
        self.times.get_or_init(|| Times::build(&self.blocks))
    }

    /// The blocks in which the entries of a row can be.
    fn blocks_of(&self, row: u32) -> Range<usize> {
        let start = self.fences.partition_point(|fence| *fence < row).saturating_sub(1);
        let behind = self.fences.get(start..).unwrap_or_default();
        start..start + behind.partition_point(|fence| *fence <= row)
    }

    /// The entries of a row, in their order: pieces of blocks.
    pub(super) fn pieces_of(&self, row: u32) -> impl DoubleEndedIterator<Item = (&Block, Range<usize>)> {
        let blocks = self.blocks.get(self.blocks_of(row)).unwrap_or_default();
        blocks.iter().map(move |block| (block, block.places_of(row))).filter(|(_, places)| !places.is_empty())
    }

    /// The entries of a row, in their order.
    pub(super) fn of(&self, row: u32) -> impl DoubleEndedIterator<Item = Entry> {
        self.pieces_of(row).flat_map(|(block, places)| places.filter_map(|at| block.get(at)))
    }

    /// The block to which an entry belongs, if there is one.
    fn block_for(&self, entry: &Entry, labels: &Labels) -> usize {
        let around = self.blocks_of(entry.row);
        let blocks = self.blocks.get(around.clone()).unwrap_or_default();
        let is_before = |block: &Block| {
            block.first().is_some_and(|first| first.order(entry, labels) != Ordering::Greater)
        };
        around.start + blocks.partition_point(is_before).saturating_sub(1)
    }

    /// Puts an entry in.
    pub(super) fn insert(&mut self, entry: Entry, labels: &Labels) {
        self.count += 1;
        if let Some(times) = self.times.get_mut() {
            times.insert(&entry);
        }
        let number = self.block_for(&entry, labels);
        let Some(block) = self.blocks.get_mut(number) else {
            let mut block = Block::default();
            block.push(entry);
            self.blocks.push(block);
            self.fences.push(entry.row);
            return;
        };
        block.insert(block.place(&entry, labels), entry);
        if block.len() > BLOCK {
            // What is put in always at the end is to leave full blocks behind.
            let is_at_end = block.last() == Some(entry);
            let rest = block.split_off(if is_at_end { FILL } else { BLOCK / 2 });
            self.fences.insert(number + 1, rest.first().map_or(entry.row, |first| first.row));
            self.blocks.insert(number + 1, rest);
        }
        self.fence(number);
    }

    /// Takes out one entry that is equal to this one; whether there was one.
    pub(super) fn remove(&mut self, entry: &Entry, labels: &Labels) -> bool {
        let number = self.block_for(entry, labels);
        let Some(block) = self.blocks.get_mut(number) else { return false };
        // Of equal entries that stand in several blocks, one stands at the start of the block that was found.
        let place = block.place(entry, labels);
        if block.get(place) != Some(*entry) {
            return false;
        }
        block.remove(place);
        self.count -= 1;
        if let Some(times) = self.times.get_mut() {
            times.remove(entry);
        }
        if block.len() < BLOCK / 4 {
            self.unite(number);
            if let Some(before) = number.checked_sub(1) {
                self.unite(before);
            }
        } else {
            self.fence(number);
        }
        true
    }

    /// Makes a block and the next one a single one, where they fit, and drops it where it is empty.
    fn unite(&mut self, number: usize) {
        let length = |number: usize| self.blocks.get(number).map(Block::len);
        match (length(number), length(number + 1)) {
            (Some(here), Some(next)) if here + next <= FILL => {
                let rest = self.blocks.remove(number + 1);
                self.fences.remove(number + 1);
                if let Some(block) = self.blocks.get_mut(number) {
                    block.append(rest);
                }
            }
            (Some(0), _) => {
                self.blocks.remove(number);
                self.fences.remove(number);
                return;
            }
            _ => {}
        }
        self.fence(number);
    }

    fn fence(&mut self, number: usize) {
        let first = self.blocks.get(number).and_then(Block::first);
        if let (Some(first), Some(fence)) = (first, self.fences.get_mut(number)) {
            *fence = first.row;
        }
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        self.blocks.iter().map(Block::size_in_bytes).sum::<usize>()
            + self.fences.capacity() * size_of::<u32>()
            + self.times.get().map_or(0, Times::size_in_bytes)
    }
}
