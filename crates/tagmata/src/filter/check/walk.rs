//! All nodes of an ast, one after the other.

use super::checker::Checker;
use super::lints::lint;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Report;
use crate::filter::ast::{Ast, At, Node, NodeKind};
use crate::filter::plan::{Plan, PlanNode, Predicate};
use crate::model::Schema;
use crate::text::{accent_fold, collapse_spaces, digits};

/// The canonical ast and the plan of a filter; `None`, with the problems in the report, if it means nothing.
///
/// Both have a node for each node of the ast, at the same position.
pub(in crate::filter) fn check(ast: &Ast, schema: &Schema, report: &mut Report) -> Option<(Ast, Plan)> {
    let mut checker = Checker { schema, report, node: None };
    let mut kept = Vec::with_capacity(ast.nodes().len());
    let mut planned = Vec::with_capacity(ast.nodes().len());
    for node in ast.nodes() {
        if checker.is_full_at(&node.place) {
            continue;
        }
        checker.node.clone_from(&node.id);
        if let Some((kind, plan)) = checker.node(node) {
            kept.push(Node { kind, place: node.place.clone(), id: node.id.clone() });
            planned.push(plan);
        }
    }
    if kept.is_empty() || kept.len() != ast.nodes().len() || report.has_errors() {
        return None;
    }
    let kept = Ast::new(kept);
    lint(&kept, &planned, schema, report);
    Some((kept, Plan { nodes: planned, calendar: schema.settings().calendar }))
}

impl Checker<'_> {
    fn node(&mut self, node: &Node) -> Option<(NodeKind, PlanNode)> {
        let plan = match &node.kind {
            NodeKind::Everyone => PlanNode::Everyone,
            NodeKind::Nobody => PlanNode::Nobody,
            NodeKind::And(args) => PlanNode::And(args.as_slice().into()),
            NodeKind::Or(args) => PlanNode::Or(args.as_slice().into()),
            NodeKind::Not(arg) => PlanNode::Not(*arg),
            NodeKind::Search(phrase) => {
                PlanNode::Condition { predicate: self.search(phrase)?, negated: false }
            }
            NodeKind::Condition(condition) => {
                let checked = self.condition(condition)?;
                let negated = condition.negated;
                let plan = PlanNode::Condition { predicate: checked.predicate, negated };
                return Some((NodeKind::Condition(Box::new(checked.condition)), plan));
            }
            NodeKind::Invalid => return None,
        };
        Some((node.kind.clone(), plan))
    }

    fn search(&mut self, phrase: &At<Box<str>>) -> Option<Predicate> {
        let spaced = collapse_spaces(&phrase.it);
        let folded = accent_fold(&spaced);
        if folded.is_empty() {
            return self.empty_search(&phrase.place);
        }
        let is_number = spaced.chars().all(|c| c.is_ascii_digit() || "+-.()/ ".contains(c));
        let digits = digits(&spaced);
        let significant = digits.trim_start_matches('0');
        let digits = (is_number && digits.len() >= 3 && !significant.is_empty()).then(|| significant.into());
        Some(Predicate::Search { phrase: folded.into(), digits })
    }

    fn empty_search<T>(&mut self, place: &Place) -> Option<T> {
        let diagnostic =
            Diagnostic::new(Code::EmptyOperand, "`search` is followed by a string with nothing in it");
        self.refuse(diagnostic.help("`everyone` is the filter that every contact matches"), place)
    }
}
