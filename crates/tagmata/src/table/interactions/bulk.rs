//! Many entries at once: each block is written anew once, whatever goes into it or out of it.

use super::block::{Block, FILL};
use super::entry::Entry;
use super::labels::Labels;
use super::log::Log;
use super::times::Times;
use std::cmp::Ordering;
use std::iter::Peekable;
use std::sync::OnceLock;

/// So few entries go in or out one by one.
const FEW: usize = 16;

impl Log {
    /// Puts entries in, which are in their order.
    pub(super) fn insert_all(&mut self, added: &[Entry], labels: &Labels) {
        if added.len() <= FEW {
            added.iter().for_each(|entry| self.insert(*entry, labels));
            return;
        }
        self.follow(added, Times::insert);
        let mut made = Blocks::default();
        let mut rest = added;
        let mut old = std::mem::take(&mut self.blocks).into_iter().peekable();
        while let Some(block) = old.next() {
            let (own, later) = rest.split_at(before_the_next(rest, &mut old, labels));
            rest = later;
            match own {
                [] => made.push(block),
                _ => made.push_entries(&merged(&block, own, labels)),
            }
        }
        made.push_entries(rest);
        self.take(made);
    }

    /// Takes out one entry equal to each of these, which are in their order, where there is one. Gives those it took.
    pub(super) fn remove_all(&mut self, removed: &[Entry], labels: &Labels) -> Vec<Entry> {
        if removed.len() <= FEW {
            return removed.iter().copied().filter(|entry| self.remove(entry, labels)).collect();
        }
        let (mut made, mut taken) = (Blocks::default(), Vec::with_capacity(removed.len()));
        let mut open = removed.iter().copied().peekable();
        for block in std::mem::take(&mut self.blocks) {
            let Some(last) = block.last() else { continue };
            if open.peek().is_none_or(|entry| entry.order(&last, labels) == Ordering::Greater) {
                made.push(block);
                continue;
            }
            let mut kept = Block::with_room(block.len());
            for entry in block.entries() {
                while open.next_if(|other| other.order(&entry, labels) == Ordering::Less).is_some() {}
                match open.next_if(|other| *other == entry) {
                    Some(entry) => taken.push(entry),
                    None => kept.push(entry),
                }
            }
            made.push(kept);
        }
        self.take(made);
        self.follow(&taken, Times::remove);
        taken
    }

    /// Keeps the order of time up with many changes, or drops it where it is less work to build it anew.
    fn follow(&mut self, changes: &[Entry], change: fn(&mut Times, &Entry)) {
        if changes.len() > self.count / 16 {
            self.times = OnceLock::new();
        }
        if let Some(times) = self.times.get_mut() {
            changes.iter().for_each(|entry| change(times, entry));
        }
    }

    fn take(&mut self, made: Blocks) {
        self.count = made.0.iter().map(Block::len).sum();
        self.fences = made.0.iter().filter_map(Block::first).map(|first| first.row).collect();
        self.blocks = made.0;
    }
}

/// How many of some entries belong before the first one of the next block.
fn before_the_next(
    entries: &[Entry],
    blocks: &mut Peekable<impl Iterator<Item = Block>>,
    labels: &Labels,
) -> usize {
    match blocks.peek().and_then(Block::first) {
        Some(next) => entries.partition_point(|entry| entry.order(&next, labels) == Ordering::Less),
        None => entries.len(),
    }
}

/// The entries of a block and others, in their order.
fn merged(block: &Block, added: &[Entry], labels: &Labels) -> Vec<Entry> {
    let mut all = Vec::with_capacity(block.len() + added.len());
    let mut added = added.iter().copied().peekable();
    for entry in block.entries() {
        while let Some(new) = added.next_if(|new| new.order(&entry, labels) == Ordering::Less) {
            all.push(new);
        }
        all.push(entry);
    }
    all.extend(added);
    all
}

/// Blocks while they are made, none of them empty.
#[derive(Debug, Default)]
struct Blocks(Vec<Block>);

impl Blocks {
    fn push(&mut self, block: Block) {
        match self.0.last_mut() {
            Some(last) if last.len() + block.len() <= FILL => last.append(block),
            _ if block.len() == 0 => {}
            _ => self.0.push(block),
        }
    }

    /// Makes blocks of entries, all of about the same size.
    fn push_entries(&mut self, entries: &[Entry]) {
        let blocks = entries.len().div_ceil(FILL).max(1);
        for part in entries.chunks(entries.len().div_ceil(blocks).max(1)) {
            let mut block = Block::with_room(part.len());
            part.iter().for_each(|entry| block.push(*entry));
            self.push(block);
        }
    }
}
