//! Where a question is found when something changes.

use crate::filter::{Bound, BoundSource, BoundTime, Predicate, Quantifier, TextTest};
use crate::model::Field;
use crate::select::spans;
use crate::time::{Calendar, Timestamp};
use crate::value::{FieldId, KindId, Symbol};
use std::ops::Range;

/// By what change an answer may become another one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// Any other value of a field.
    Field(FieldId),
    /// A value on the other side of a place in the order of a field, at which the answer changes.
    Cut(FieldId, i64),
    /// A value of a field on the other side of an edge that moves with time.
    Edge(FieldId),
    /// A symbol of a field comes or goes.
    Symbol(FieldId, Symbol),
    /// A folded text of a field, or the digits of a phone number, comes or goes.
    Key(FieldId, Box<str>),
    /// An interaction of a kind.
    Kind(KindId),
    /// Whether the contact is there at all.
    Presence,
}

/// The places of a question. One about segments has none: it is found by their members.
pub(super) fn places(predicate: &Predicate, calendar: &Calendar) -> Vec<Place> {
    let uses = predicate.uses();
    match predicate {
        Predicate::Segments { .. } => return Vec::new(),
        Predicate::Id { .. } => return vec![Place::Presence],
        Predicate::Text { field, test: TextTest::OneOf(keys) }
        | Predicate::Phone { field, test: TextTest::OneOf(keys) }
            if *field != Field::NAME =>
        {
            return keys.iter().map(|key| Place::Key(*field, key.clone())).collect();
        }
        Predicate::OneOf { field, symbols } => {
            return symbols.iter().map(|symbol| Place::Symbol(*field, symbol)).collect();
        }
        Predicate::Set { field, quantifier, symbols } if *quantifier != Quantifier::Only => {
            return symbols.iter().map(|symbol| Place::Symbol(*field, symbol)).collect();
        }
        Predicate::Number { field, test } => {
            return spans(test).into_iter().flat_map(|span| ends(*field, span)).collect();
        }
        _ => {}
    }
    if let Some((field, range)) = range_of_times(&predicate.at(Timestamp::MIN, calendar)) {
        return if uses.time { vec![Place::Edge(field)] } else { ends(field, range) };
    }
    let fields = uses.fields.into_iter().filter(|field| *field != Field::NAME);
    fields.map(Place::Field).chain(uses.kinds.into_iter().map(Place::Kind)).collect()
}

/// The range in which the days or instants of a field have to lie, if that is what a question asks.
pub(super) fn range_of_times(bound: &Bound<'_>) -> Option<(FieldId, Range<i64>)> {
    match bound {
        Bound::Date(field, BoundTime::Within(range))
        | Bound::Instant(BoundSource::Field(field), BoundTime::Within(range)) => {
            Some((*field, range.clone()))
        }
        _ => None,
    }
}

/// The ends of a range; none where nothing lies in it.
fn ends(field: FieldId, range: Range<i64>) -> Vec<Place> {
    let ends = if range.is_empty() { Vec::new() } else { vec![range.start, range.end] };
    ends.into_iter().map(|end| Place::Cut(field, end)).collect()
}
