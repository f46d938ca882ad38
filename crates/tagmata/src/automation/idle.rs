//! Actions that never change anything.

use super::disjoint::excludes;
use super::says::Says;
use super::words::{link, value as shown};
use crate::filter::{Predicate, Quantifier, RangeTest, Subject, TimeTest};
use crate::model::{Field, Schema};
use crate::text::quoted;
use crate::time::Moment;
use crate::value::{FieldId, SegmentId, Symbol, Value};
use std::ops::Bound;

/// Something that a rule does for nothing, in words.
#[derive(Debug)]
pub(crate) struct Idle {
    /// Whether it is the status, which it keeps others from setting.
    pub(crate) is_status: bool,
    /// What it does.
    pub(crate) what: String,
}

/// What a rule does that is so already wherever it fires, because its filters demand it. Where that is not easy to see, it is said to
/// change something.
pub(crate) fn idle_actions(says: &Says, schema: &Schema) -> Vec<Idle> {
    let (actions, mut found) = (&says.actions, Vec::new());
    // What is so behind the action is excluded by nothing but its complement.
    let is_idle =
        |result: &Predicate, negated: bool| says.filters().any(|filter| excludes(filter, result, !negated));
    if let Some(status) = actions.status
        && is_idle(&is_one(Field::STATUS, status.into()), false)
    {
        let what = format!("sets the status {}", quoted(schema.status_key(status)));
        found.push(Idle { is_status: true, what });
    }
    for ((field, symbol), added) in &actions.links {
        if is_idle(&has(*field, *symbol), !added) {
            let verb = if *added { "gives" } else { "takes" };
            let what = format!("{verb} {}", link(*field, *symbol, schema));
            found.push(Idle { is_status: false, what });
        }
    }
    for (field, value) in &actions.values {
        if is(*field, value.as_ref()).is_some_and(|result| is_idle(&result, false)) {
            let key = quoted(schema.field_key(*field));
            let what = format!("sets {key} to {}", shown(*field, value.as_ref(), schema));
            found.push(Idle { is_status: false, what });
        }
    }
    found
}

fn is_one(field: FieldId, symbol: Symbol) -> Predicate {
    Predicate::OneOf { field, symbols: [symbol].into_iter().collect() }
}

/// That a contact has a tag, or is in a static segment.
fn has(field: FieldId, symbol: Symbol) -> Predicate {
    let quantifier = Quantifier::Any;
    match field {
        Field::SEGMENTS => {
            Predicate::Segments { quantifier, segments: Box::new([SegmentId::new(symbol.get())]) }
        }
        _ => Predicate::Set { field, quantifier, symbols: [symbol].into_iter().collect() },
    }
}

/// That a field has a value, if a filter can ask exactly that: a text may be written in several ways.
fn is(field: FieldId, value: Option<&Value>) -> Option<Predicate> {
    Some(match value {
        None => Predicate::Missing(Subject::Field(field)),
        Some(Value::Bool(value)) => Predicate::Bool { field, value: *value },
        Some(Value::One(symbol)) => is_one(field, *symbol),
        Some(Value::Number(number)) => {
            let end = Bound::Included(*number);
            Predicate::Number { field, test: RangeTest::Between(end, end) }
        }
        Some(Value::Date(day)) => Predicate::Date { field, test: TimeTest::On(Moment::Date(*day)) },
        Some(_) => return None,
    })
}
