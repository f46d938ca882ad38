//! Which segments use which, how long the chains are, and where they would close to a circle.

use crate::value::SegmentId;
use std::collections::{BTreeMap, BTreeSet};

/// The uses between segments; free of circles.
#[derive(Debug, Clone, Default)]
pub(super) struct Dependencies {
    uses: BTreeMap<SegmentId, Vec<SegmentId>>,
    used_by: BTreeMap<SegmentId, BTreeSet<SegmentId>>,
    /// How many uses follow each other below a segment; absent for 0.
    depths: BTreeMap<SegmentId, usize>,
}

impl Dependencies {
    /// How many uses follow each other from something that uses these segments.
    pub(super) fn depth_of(&self, uses: &[SegmentId]) -> usize {
        uses.iter().map(|used| 1 + self.depth(*used)).max().unwrap_or_default()
    }

    fn depth(&self, segment: SegmentId) -> usize {
        self.depths.get(&segment).copied().unwrap_or_default()
    }

    /// The circle that a segment would close by using others, from the segment to itself; empty if there is none.
    pub(super) fn circle(&self, segment: SegmentId, uses: &[SegmentId]) -> Vec<SegmentId> {
        let mut reached: BTreeMap<SegmentId, SegmentId> = BTreeMap::new();
        let mut open: Vec<(SegmentId, SegmentId)> = uses.iter().rev().map(|used| (*used, segment)).collect();
        while let Some((at, from)) = open.pop() {
            if at == segment {
                let mut path = vec![segment];
                let mut step = from;
                while step != segment {
                    path.push(step);
                    step = reached.get(&step).copied().unwrap_or(segment);
                }
                path.push(segment);
                path.reverse();
                return path;
            }
            if reached.contains_key(&at) {
                continue;
            }
            reached.insert(at, from);
            open.extend(self.uses.get(&at).into_iter().flatten().rev().map(|used| (*used, at)));
        }
        Vec::new()
    }

    /// What the depths would be if a segment used others: of the segment itself and of all that use it.
    pub(super) fn depths_with(&self, segment: SegmentId, uses: &[SegmentId]) -> BTreeMap<SegmentId, usize> {
        let mut changed = BTreeMap::from([(segment, self.depth_of(uses))]);
        let mut open = vec![segment];
        while let Some(at) = open.pop() {
            for user in self.used_by.get(&at).into_iter().flatten() {
                let below = self.uses.get(user).into_iter().flatten();
                let depth =
                    |used: &SegmentId| changed.get(used).copied().unwrap_or_else(|| self.depth(*used));
                let new = below.map(|used| 1 + depth(used)).max().unwrap_or_default();
                if changed.insert(*user, new) != Some(new) {
                    open.push(*user);
                }
            }
        }
        changed
    }

    /// The segments that use one of these, directly or through others, and these themselves.
    pub(super) fn users_of(&self, segments: impl IntoIterator<Item = SegmentId>) -> BTreeSet<SegmentId> {
        reach(segments, |at| self.used_by.get(&at).into_iter().flatten().copied())
    }

    /// The segments that these use, directly or through others, and these themselves.
    pub(super) fn used_by(&self, segments: impl IntoIterator<Item = SegmentId>) -> BTreeSet<SegmentId> {
        reach(segments, |at| self.uses.get(&at).into_iter().flatten().copied())
    }

    /// The segments for which something else is noted than for the same uses noted anew.
    pub(super) fn stale<'d>(
        &self,
        definitions: impl Iterator<Item = (SegmentId, &'d BTreeSet<SegmentId>)>,
    ) -> Vec<SegmentId> {
        let mut anew = Self::default();
        for (segment, uses) in definitions {
            anew.set(segment, uses.iter().copied().collect());
        }
        let is_stale = |id: &SegmentId| {
            let uses = |of: &Self| of.uses.get(id).cloned().unwrap_or_default();
            let users = |of: &Self| of.used_by.get(id).cloned().unwrap_or_default();
            uses(self) != uses(&anew) || users(self) != users(&anew) || self.depth(*id) != anew.depth(*id)
        };
        let all: BTreeSet<SegmentId> = [self, &anew]
            .into_iter()
            .flat_map(|of| of.uses.keys().chain(of.used_by.keys()).chain(of.depths.keys()))
            .copied()
            .collect();
        all.into_iter().filter(is_stale).collect()
    }

    /// Notes that a segment uses others, and nothing else any more.
    pub(super) fn set(&mut self, segment: SegmentId, uses: Vec<SegmentId>) {
        let depths = self.depths_with(segment, &uses);
        for old in self.uses.remove(&segment).unwrap_or_default() {
            if let Some(users) = self.used_by.get_mut(&old) {
                users.remove(&segment);
            }
        }
        for used in &uses {
            self.used_by.entry(*used).or_default().insert(segment);
        }
        self.uses.insert(segment, uses);
        self.depths.extend(depths);
    }
}

/// All that can be reached from some segments by steps, these included.
fn reach<I: Iterator<Item = SegmentId>>(
    from: impl IntoIterator<Item = SegmentId>,
    steps: impl Fn(SegmentId) -> I,
) -> BTreeSet<SegmentId> {
    let mut open: Vec<SegmentId> = from.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(at) = open.pop() {
        if reached.insert(at) {
            open.extend(steps(at));
        }
    }
    reached
}
