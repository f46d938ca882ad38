//! Warnings: filters that are right, but may not say what their author thinks.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::Report;
use crate::filter::ast::{Ast, Function, NodeId, NodeKind, Test};
use crate::filter::plan::{PlanNode, Predicate};
use crate::model::Schema;
use std::collections::HashSet;

/// Points out conditions that are true for contacts without a value, unless the filter speaks of missing values itself.
pub(super) fn lint(ast: &Ast, nodes: &[PlanNode], schema: &Schema, report: &mut Report) {
    let mut spoken_of: HashSet<String> = HashSet::new();
    for node in ast.nodes() {
        if let NodeKind::Condition(condition) = &node.kind
            && condition.test.it == Test::Empty
        {
            spoken_of.insert(condition.operand.to_string());
        }
    }
    let turned = turned_round(nodes);
    for ((node, planned), turned) in ast.nodes().iter().zip(nodes).zip(turned) {
        let (NodeKind::Condition(condition), PlanNode::Condition { predicate, negated }) =
            (&node.kind, planned)
        else {
            continue;
        };
        if negated == &turned || !can_be_missing(predicate, schema) {
            continue;
        }
        let operand = condition.operand.to_string();
        if spoken_of.contains(&operand) {
            continue;
        }
        let message = format!("this is also true for contacts without `{operand}`");
        let help = format!("add `and {operand} is not empty` to leave them out");
        report.push(
            Diagnostic::new(Code::TrueWhenMissing, message)
                .at(&node.place)
                .help(help)
                .of_node(node.id.as_deref()),
        );
    }
}

/// For each node whether an odd number of `not`s stands above it.
fn turned_round(nodes: &[PlanNode]) -> Vec<bool> {
    let mut turned = vec![false; nodes.len()];
    for (at, node) in nodes.iter().enumerate().rev() {
        let above = turned.get(at).copied().unwrap_or_default();
        let mut pass = |child: &NodeId, value| {
            if let Some(slot) = turned.get_mut(child.index()) {
                *slot = value;
            }
        };
        match node {
            PlanNode::And(args) | PlanNode::Or(args) => args.iter().for_each(|child| pass(child, above)),
            PlanNode::Not(arg) => pass(arg, !above),
            PlanNode::Everyone | PlanNode::Nobody | PlanNode::Condition { .. } => {}
        }
    }
    turned
}

/// Whether a predicate is about something that a contact of a book may lack, and is false then.
fn can_be_missing(predicate: &Predicate, schema: &Schema) -> bool {
    match predicate {
        Predicate::Segments { .. }
        | Predicate::Id { .. }
        | Predicate::Size { .. }
        | Predicate::Search { .. }
        | Predicate::Missing(_) => false,
        Predicate::Measure { measure, .. } => !matches!(measure.function, Function::Count | Function::Sum),
        // The first or last interaction, which there may not be, has no field.
        _ => predicate
            .field()
            .is_none_or(|id| schema.field(id).is_some_and(|field| !field.is_always_present())),
    }
}
