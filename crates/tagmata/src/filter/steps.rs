//! Short-circuit evaluation as a list of conditions with jumps, so that it needs no stack.

use super::ast::NodeId;
use super::plan::{Plan, PlanNode};

/// The conditions of a plan in the order of evaluation. Jumps lead to later steps only.
#[derive(Debug, Clone)]
pub(crate) struct Steps<T> {
    /// At least one.
    pub(crate) all: Vec<Step<T>>,
    /// Where to begin.
    pub(crate) start: Jump,
}

/// One condition, and where to go from it.
#[derive(Debug, Clone)]
pub(crate) struct Step<T> {
    pub(crate) test: T,
    pub(crate) when_true: Jump,
    pub(crate) when_false: Jump,
}

/// A step, or the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jump {
    Step(u32),
    Verdict(bool),
}

impl Plan {
    /// The steps of the plan. `test` makes the tests of the nodes without children; whether a condition is negated is
    /// in the jumps already.
    pub(crate) fn steps<'p, T>(&'p self, mut test: impl FnMut(&'p PlanNode) -> T) -> Steps<T> {
        let count = self.nodes.len();
        // The first condition of each node: where its evaluation begins.
        let mut first = Vec::with_capacity(count);
        let mut conditions = 0_u32;
        for node in &self.nodes {
            let at = |child: &NodeId| first.get(child.index()).copied().unwrap_or_default();
            first.push(match node {
                PlanNode::And(args) | PlanNode::Or(args) => args.first().map(at).unwrap_or_default(),
                PlanNode::Not(arg) => at(arg),
                PlanNode::Everyone | PlanNode::Nobody | PlanNode::Condition { .. } => {
                    conditions += 1;
                    conditions - 1
                }
            });
        }
        // Where each node leads, from the root down: parents come after their children.
        let mut leads = vec![(Jump::Verdict(true), Jump::Verdict(false)); count];
        let mut all = Vec::with_capacity(conditions as usize);
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let Some(&(when_true, when_false)) = leads.get(at) else { continue };
            let mut lead = |child: NodeId, to: (Jump, Jump)| {
                if let Some(slot) = leads.get_mut(child.index()) {
                    *slot = to;
                }
            };
            let negated = match node {
                PlanNode::And(args) | PlanNode::Or(args) => {
                    for (i, arg) in args.iter().enumerate() {
                        let next = args
                            .get(i + 1)
                            .and_then(|next| first.get(next.index()))
                            .map(|step| Jump::Step(*step));
                        lead(
                            *arg,
                            match (node, next) {
                                (_, None) => (when_true, when_false),
                                (PlanNode::And(_), Some(next)) => (next, when_false),
                                (_, Some(next)) => (when_true, next),
                            },
                        );
                    }
                    continue;
                }
                PlanNode::Not(arg) => {
                    lead(*arg, (when_false, when_true));
                    continue;
                }
                PlanNode::Everyone | PlanNode::Nobody => false,
                PlanNode::Condition { negated, .. } => *negated,
            };
            let (when_true, when_false) =
                if negated { (when_false, when_true) } else { (when_true, when_false) };
            all.push(Step { test: test(node), when_true, when_false });
        }
        all.reverse();
        Steps { all, start: Jump::Step(first.last().copied().unwrap_or_default()) }
    }
}
