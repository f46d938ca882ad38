//! The names of tags and segments as they are now, in a filter that was read when they had others.

use super::ast::{Ast, At, LiteralKind, Node, NodeKind, Test};
use super::plan::{Plan, PlanNode, Predicate};
use crate::diagnostic::Place;
use crate::model::{Field, Schema};
use crate::value::{SegmentId, TagId};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The ast with current names. A renamed tag keeps its old name only until another one takes it, so a filter that is
/// written down by old names could come to mean something else. What is there no more keeps the name it had.
pub(super) fn with_current_names<'a>(ast: &'a Ast, plan: &Plan, schema: &Schema) -> Cow<'a, Ast> {
    let mut nodes: Option<Vec<Node>> = None;
    for (at, planned) in plan.nodes().iter().enumerate() {
        let PlanNode::Condition { predicate, .. } = planned else { continue };
        let Some(names) = names(predicate, schema) else { continue };
        let nodes_now = nodes.as_deref().unwrap_or(ast.nodes());
        if nodes_now.get(at).is_some_and(|node| !has_names(node, &names)) {
            let nodes = nodes.get_or_insert_with(|| ast.nodes().to_vec());
            if let Some(node) = nodes.get_mut(at) {
                give_names(node, &names);
            }
        }
    }
    nodes.map_or(Cow::Borrowed(ast), |nodes| Cow::Owned(Ast::new(nodes)))
}

/// The names in a condition on tags or segments, if all of them are still there.
fn names<'s>(predicate: &Predicate, schema: &'s Schema) -> Option<Vec<&'s str>> {
    let names: Vec<&str> = match predicate {
        Predicate::Set { field, symbols, .. } if *field == Field::TAGS => {
            symbols.iter().map(|tag| schema.tag_name(TagId::new(tag.get()))).collect()
        }
        Predicate::Set { field, symbols, .. } if *field == Field::SEGMENTS => {
            symbols.iter().map(|segment| schema.segment_name(SegmentId::new(segment.get()))).collect()
        }
        Predicate::Segments { segments, .. } => {
            segments.iter().map(|segment| schema.segment_name(*segment)).collect()
        }
        _ => return None,
    };
    names.iter().all(|name| !name.is_empty()).then_some(names)
}

fn has_names(node: &Node, names: &[&str]) -> bool {
    let NodeKind::Condition(condition) = &node.kind else { return true };
    let Test::Has(_, values) = &condition.test.it else { return true };
    let written = values.iter().map(|value| match &value.it {
        LiteralKind::Text(text) | LiteralKind::Word(text) => &**text,
        _ => "",
    });
    written.collect::<BTreeSet<_>>() == names.iter().copied().collect()
}

fn give_names(node: &mut Node, names: &[&str]) {
    if let NodeKind::Condition(condition) = &mut node.kind
        && let Test::Has(_, values) = &mut condition.test.it
    {
        let place = values.first().map_or(Place::Whole, |value| value.place.clone());
        *values =
            names.iter().map(|name| At::new(LiteralKind::Text((*name).into()), place.clone())).collect();
    }
}
