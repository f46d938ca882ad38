//! A plan as it is evaluated: conditions, and "all of these", which with complements says everything.

use super::columns::Columns;
use super::costs::Estimate;
use super::leaf::Leaf;
use crate::filter::{NodeId, Plan, PlanNode};
use crate::time::Timestamp;
use crate::value::{FieldId, SegmentId};
use std::collections::BTreeMap;
use std::ops::Range;

/// A plan as of an instant. `a or b` is `not (not a and not b)`, so that there is one way to combine; `not` is a sign.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    nodes: Vec<(Node<'a>, Estimate)>,
    pub(super) root: Edge,
}

#[derive(Debug)]
pub(super) enum Node<'a> {
    /// True if all parts are; the parts in the order in which they are best evaluated.
    All(Vec<Edge>),
    Leaf(Box<Leaf<'a>>),
}

/// A node, or its complement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    node: usize,
    pub(super) negated: bool,
}

impl Edge {
    fn turned(self, negated: bool) -> Self {
        Self { node: self.node, negated: self.negated != negated }
    }
}

impl<'a> Tree<'a> {
    /// The tree of a plan. `cost_of` knows what it costs to find the members of a dynamic segment.
    pub(super) fn new(
        plan: &'a Plan,
        now: Timestamp,
        columns: Columns<'a>,
        cost_of: impl Fn(SegmentId) -> u64,
    ) -> Self {
        let mut tree = Self { nodes: Vec::new(), root: Edge { node: 0, negated: false } };
        let mut edges: Vec<Edge> = Vec::with_capacity(plan.nodes().len());
        for node in plan.nodes() {
            let edge = |id: &NodeId| edges.get(id.index()).copied().unwrap_or(tree.root);
            let edge = match node {
                PlanNode::Everyone => tree.all([].into_iter(), columns),
                PlanNode::Nobody => tree.all([].into_iter(), columns).turned(true),
                PlanNode::Not(part) => edge(part).turned(true),
                PlanNode::And(parts) => {
                    let parts: Vec<Edge> = parts.iter().map(edge).collect();
                    tree.all(parts.into_iter(), columns)
                }
                PlanNode::Or(parts) => {
                    let parts: Vec<Edge> = parts.iter().map(|part| edge(part).turned(true)).collect();
                    tree.all(parts.into_iter(), columns).turned(true)
                }
                PlanNode::Condition { predicate, negated } => {
                    let leaf = Leaf::new(predicate, now, plan.calendar());
                    let mut estimate = leaf.estimate(columns);
                    for segment in leaf.segments() {
                        estimate.whole = estimate.whole.saturating_add(cost_of(*segment));
                    }
                    tree.push(Node::Leaf(Box::new(leaf)), estimate).turned(*negated)
                }
            };
            edges.push(edge);
        }
        tree.root = edges.last().copied().unwrap_or(tree.root);
        tree
    }

    pub(super) fn node(&self, edge: Edge) -> Option<&(Node<'a>, Estimate)> {
        self.nodes.get(edge.node)
    }

    /// What it is expected to cost to find all members.
    pub(super) fn cost(&self) -> u64 {
        self.node(self.root).map_or(0, |(_, estimate)| estimate.whole)
    }

    fn push(&mut self, node: Node<'a>, estimate: Estimate) -> Edge {
        self.nodes.push((node, estimate));
        Edge { node: self.nodes.len() - 1, negated: false }
    }

    /// Makes one condition of those about the values of one column: `a >= 1 and a < 5` is one range.
    fn unite_ranges(&mut self, parts: &mut Vec<Edge>, columns: Columns<'a>) {
        let mut first_of: BTreeMap<FieldId, Edge> = BTreeMap::new();
        parts.retain(|part| {
            let Some((field, range)) = self.range(*part) else { return true };
            let first = *first_of.entry(field).or_insert(*part);
            if first.node == part.node {
                return true;
            }
            if let Some((Node::Leaf(leaf), estimate)) = self.nodes.get_mut(first.node) {
                leaf.narrow(&range);
                *estimate = leaf.estimate(columns);
            }
            false
        });
    }

    /// The one range in which values are to lie by a part that is a plain condition about them.
    fn range(&self, part: Edge) -> Option<(FieldId, Range<i64>)> {
        match self.node(part)? {
            (Node::Leaf(leaf), _) if !part.negated => {
                leaf.range().map(|(field, range)| (field, range.clone()))
            }
            _ => None,
        }
    }

    /// All of some parts; parts that are "all of these" themselves are taken in.
    fn all(&mut self, parts: impl Iterator<Item = Edge>, columns: Columns<'a>) -> Edge {
        let everybody = columns.len();
        let mut taken: Vec<Edge> = Vec::new();
        for part in parts {
            match self.nodes.get_mut(part.node) {
                Some((Node::All(inner), _)) if !part.negated => taken.append(inner),
                _ => taken.push(part),
            }
        }
        self.unite_ranges(&mut taken, columns);
        if let [only] = taken.as_slice() {
            return *only;
        }
        let estimate_of = |edge: &Edge| {
            let estimate = self.node(*edge).map(|(_, estimate)| *estimate).unwrap_or_default();
            estimate.turned(edge.negated, everybody)
        };
        taken.sort_by_cached_key(|edge| estimate_of(edge).order(everybody));
        let estimate = Estimate::all(taken.iter().map(estimate_of), everybody);
        self.push(Node::All(taken), estimate)
    }
}
