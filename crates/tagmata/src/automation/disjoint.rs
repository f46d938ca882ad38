//! Whether two filters can be true of one contact, as far as that is easy to see.

use crate::filter::{Filter, PlanNode, Predicate};

/// Whether it is certain that no contact matches both filters: each demands something of one field, and the two cannot be had
/// together. Where it is not easy to see, they are said to go together.
pub(super) fn are_disjoint(ours: &Filter, theirs: &Filter) -> bool {
    let theirs = demands(theirs);
    demands(ours).iter().any(|our| theirs.iter().any(|their| exclude(our, their)))
}

/// The conditions that every match fulfils: the filter itself, or the parts of its `and`.
fn demands(filter: &Filter) -> Vec<(&Predicate, bool)> {
    let nodes = filter.plan().nodes();
    let mut open: Vec<&PlanNode> = nodes.last().into_iter().collect();
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        match node {
            PlanNode::Condition { predicate, negated } => found.push((predicate, *negated)),
            PlanNode::And(parts) => open.extend(parts.iter().filter_map(|part| nodes.get(part.index()))),
            _ => {}
        }
    }
    found
}

fn exclude((ours, our_not): &(&Predicate, bool), (theirs, their_not): &(&Predicate, bool)) -> bool {
    if ours == theirs {
        return our_not != their_not;
    }
    match (ours, theirs) {
        (
            Predicate::OneOf { field: our_field, symbols: our_symbols },
            Predicate::OneOf { field: their_field, symbols: their_symbols },
        ) if our_field == their_field => {
            let shared = our_symbols.iter().filter(|symbol| their_symbols.contains(*symbol)).count();
            match (our_not, their_not) {
                (false, false) => shared == 0,
                (false, true) => shared == our_symbols.len(),
                (true, false) => shared == their_symbols.len(),
                (true, true) => false,
            }
        }
        (Predicate::Bool { field: ours, value: our }, Predicate::Bool { field: theirs, value: their }) => {
            ours == theirs && our != their && !our_not && !their_not
        }
        _ => false,
    }
}
