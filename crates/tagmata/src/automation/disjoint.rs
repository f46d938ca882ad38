//! Whether two filters can be true of one contact, as far as that is easy to see.

use super::ranges;
use crate::filter::{BoundTime, Filter, NodeId, PlanNode, Predicate, Quantifier, RangeTest};
use crate::time::{Calendar, Cut, Timestamp};
use std::ops::Bound;

/// Whether it is certain that no contact matches both filters: each demands something of one field, and the two cannot be had
/// together. Where it is not easy to see, they are said to go together.
pub(super) fn are_disjoint(ours: &Filter, theirs: &Filter) -> bool {
    let theirs = demands(theirs);
    demands(ours).iter().any(|our| theirs.iter().any(|their| exclude(our, their)))
}

/// Whether it is certain that a predicate, or its complement if it is negated, is true of nobody who matches a filter.
pub(super) fn excludes(filter: &Filter, predicate: &Predicate, negated: bool) -> bool {
    let other = Demand { predicate, negated, calendar: filter.plan().calendar() };
    demands(filter).iter().any(|demand| exclude(demand, &other))
}

/// A condition that every match fulfils.
struct Demand<'f> {
    predicate: &'f Predicate,
    negated: bool,
    calendar: &'f Calendar,
}

/// The conditions that every match fulfils: the filter itself, the parts of its `and`, those of a `not` of an `or` turned round.
fn demands(filter: &Filter) -> Vec<Demand<'_>> {
    let (nodes, calendar) = (filter.plan().nodes(), filter.plan().calendar());
    let mut open: Vec<(&PlanNode, bool)> = nodes.last().map(|root| (root, false)).into_iter().collect();
    let mut found = Vec::new();
    while let Some((node, is_not)) = open.pop() {
        let at = |id: &NodeId| nodes.get(id.index());
        match node {
            PlanNode::Condition { predicate, negated } => {
                found.push(Demand { predicate, negated: *negated != is_not, calendar });
            }
            PlanNode::And(parts) if !is_not => {
                open.extend(parts.iter().filter_map(at).map(|part| (part, false)))
            }
            PlanNode::Or(parts) if is_not => {
                open.extend(parts.iter().filter_map(at).map(|part| (part, true)))
            }
            PlanNode::Not(part) => open.extend(at(part).map(|part| (part, !is_not))),
            PlanNode::And(_) | PlanNode::Or(_) | PlanNode::Everyone | PlanNode::Nobody => {}
        }
    }
    found
}

/// Whether no value fulfils both.
fn exclude(ours: &Demand<'_>, theirs: &Demand<'_>) -> bool {
    let (our_not, their_not) = (ours.negated, theirs.negated);
    if ours.predicate == theirs.predicate {
        return our_not != their_not;
    }
    match (ours.predicate, theirs.predicate) {
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
        (Predicate::Set { .. }, Predicate::Set { .. }) if our_not != their_not => {
            let (having, lacking) = if their_not { (ours, theirs) } else { (theirs, ours) };
            is_had(having.predicate, lacking.predicate)
        }
        (
            Predicate::Number { field: our_field, test: ours },
            Predicate::Number { field: their_field, test: theirs },
        ) if our_field == their_field => ranges::exclude((ours, our_not), (theirs, their_not)),
        (
            Predicate::Measure { measure: our_measure, test: ours },
            Predicate::Measure { measure: their_measure, test: theirs },
        ) if our_measure == their_measure => ranges::exclude((ours, our_not), (theirs, their_not)),
        (
            Predicate::Size { field: our_field, test: ours },
            Predicate::Size { field: their_field, test: theirs },
        ) if our_field == their_field => ranges::exclude((ours, our_not), (theirs, their_not)),
        (Predicate::Date { field: our, .. }, Predicate::Date { field: their, .. }) if our == their => {
            exclude_times(ours, theirs)
        }
        (Predicate::Instant { source: our, .. }, Predicate::Instant { source: their, .. })
            if our == their =>
        {
            exclude_times(ours, theirs)
        }
        _ => false,
    }
}

/// Whether every set that fulfils the first predicate has one of the symbols of the second one.
fn is_had(having: &Predicate, one_of: &Predicate) -> bool {
    let (
        Predicate::Set { field: our_field, quantifier, symbols: ours },
        Predicate::Set { field: their_field, quantifier: Quantifier::One | Quantifier::Any, symbols: theirs },
    ) = (having, one_of)
    else {
        return false;
    };
    let shared = ours.iter().filter(|symbol| theirs.contains(*symbol)).count();
    our_field == their_field
        && match quantifier {
            Quantifier::All => shared > 0,
            Quantifier::One | Quantifier::Any | Quantifier::Only => shared == ours.len(),
        }
}

/// Whether no day or instant passes both tests, of which neither moves with time.
fn exclude_times(ours: &Demand<'_>, theirs: &Demand<'_>) -> bool {
    let (Some(our), Some(their)) = (constant_range(ours), constant_range(theirs)) else { return false };
    ranges::exclude((&our, ours.negated), (&their, theirs.negated))
}

/// The days or instants of a test that does not move with time.
fn constant_range(demand: &Demand<'_>) -> Option<RangeTest<Cut>> {
    let (is_day, test) = match demand.predicate {
        Predicate::Date { test, .. } => (true, test),
        Predicate::Instant { test, .. } => (false, test),
        _ => return None,
    };
    if test.is_relative() {
        return None;
    }
    // What does not move is the same at every instant.
    let at = Timestamp::MIN;
    let time = if is_day { test.days(at, demand.calendar) } else { test.instants(at, demand.calendar) };
    match time {
        BoundTime::Within(range) => {
            Some(RangeTest::Between(Bound::Included(range.start), Bound::Excluded(range.end)))
        }
        BoundTime::Anniversary(_) => None,
    }
}
