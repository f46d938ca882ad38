//! What always holds in the logs of interactions.

use super::block::{BLOCK, Block};
use super::labels::Labels;
use super::log::Log;
use super::store::InteractionStore;
use super::times::Times;
use std::cmp::Ordering;
use std::collections::BTreeMap;

impl InteractionStore {
    /// What does not hold that should, one line each; empty if the logs are sound.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut uses: BTreeMap<u32, u32> = BTreeMap::new();
        for (kind, log) in &self.logs {
            let problems = log.violations(&self.labels);
            found.extend(problems.into_iter().map(|problem| format!("kind {}: {problem}", kind.get())));
            let marks = log.blocks.iter().flat_map(|block| &block.marks);
            for label in marks.map(|mark| mark.label()).filter(|label| *label != 0) {
                *uses.entry(label).or_default() += 1;
            }
        }
        let noted: BTreeMap<u32, u32> = self.labels.iter().map(|(code, _, uses)| (code, uses)).collect();
        if noted != uses {
            found.push(format!("labels are used {uses:?} times, and {noted:?} times as noted"));
        }
        found
    }
}

impl Log {
    fn violations(&self, labels: &Labels) -> Vec<String> {
        let mut found = Vec::new();
        let lengths = self.blocks.iter().map(Block::len);
        if self.blocks.iter().any(|block| block.len() == 0 || block.len() > BLOCK) {
            found.push(format!("a block has no interactions, or more than {BLOCK}"));
        }
        if self.count == 0 || lengths.sum::<usize>() != self.count {
            found.push(format!("{} interactions are noted, and others are there", self.count));
        }
        let firsts = self.blocks.iter().filter_map(Block::first).map(|first| first.row);
        if !firsts.eq(self.fences.iter().copied()) {
            found.push("the blocks do not begin where it is noted".to_owned());
        }
        if self.times.get().is_some_and(|times| *times != Times::build(&self.blocks)) {
            found.push("the order of time is another one".to_owned());
        }
        let entries: Vec<_> = self.blocks.iter().flat_map(Block::entries).collect();
        if !entries.is_sorted_by(|one, other| one.order(other, labels) != Ordering::Greater) {
            found.push("the interactions are not in order".to_owned());
        }
        if entries.iter().any(|entry| entry.amount != 0 && !entry.mark.has_amount()) {
            found.push("there is an amount where none is noted".to_owned());
        }
        if entries.iter().any(|entry| entry.mark.label() != 0 && labels.get(entry.mark.label()).is_none()) {
            found.push("an interaction has a label that is not there".to_owned());
        }
        found
    }
}
