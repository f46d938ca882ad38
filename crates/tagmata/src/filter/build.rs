//! Asts are built node by node, within the limits.

use super::ast::{Ast, Node, NodeId, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Report;
use crate::model::Limits;

/// Collects nodes in post-order and keeps count of how many and how deep they are.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    limits: &'a Limits,
    nodes: Vec<Node>,
    /// How deep the groups below and including each node are.
    heights: Vec<usize>,
    refused: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, nodes: Vec::new(), heights: Vec::new(), refused: false }
    }

    /// Adds a node whose children are there already.
    pub(super) fn push(
        &mut self,
        kind: NodeKind,
        place: Place,
        id: Option<Box<str>>,
        report: &mut Report,
    ) -> NodeId {
        let node = NodeId::new(self.nodes.len());
        let below = |child: &NodeId| self.heights.get(child.index()).copied().unwrap_or_default();
        let height = match &kind {
            NodeKind::And(args) | NodeKind::Or(args) => 1 + args.iter().map(below).max().unwrap_or_default(),
            NodeKind::Not(arg) => 1 + below(arg),
            _ => 0,
        };
        if height > self.limits.nesting {
            self.refuse(self.limits.filter_too_deep().at(&place), report);
        }
        if self.nodes.len() >= self.limits.nodes {
            let most = self.limits.nodes;
            let message = format!("the filter has more than {most} conditions, `not`s and groups");
            let help = "use lists (`in`, `has any`), or save a part as a segment and use `segments has`";
            self.refuse(Diagnostic::new(Code::TooManyNodes, message).at(&place).help(help), report);
            return node;
        }
        self.nodes.push(Node { kind, place, id });
        self.heights.push(height);
        node
    }

    fn refuse(&mut self, diagnostic: Diagnostic, report: &mut Report) {
        if !std::mem::replace(&mut self.refused, true) {
            report.push(diagnostic);
        }
    }

    /// Whether a limit was passed, so that the rest need not be read.
    pub(super) fn is_over(&self) -> bool {
        self.refused
    }

    /// Sets the id of a node that has none.
    pub(super) fn name(&mut self, node: NodeId, id: Option<Box<str>>) {
        if let Some(node) = self.nodes.get_mut(node.index()).filter(|node| node.id.is_none()) {
            node.id = id;
        }
    }

    pub(super) fn finish(self) -> Ast {
        Ast::new(self.nodes)
    }
}
