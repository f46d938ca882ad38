//! Questions in a few bytes, side by side: a change asks many of them, and reading them is what takes time.

use super::places::range_of_times;
use crate::filter::{Predicate, Quantifier};
use crate::select::spans;
use crate::time::{Calendar, Timestamp};
use crate::value::{FieldId, Symbol, SymbolSet};
use std::ops::Range;

/// A question as it is asked most often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ShortForm {
    /// Whether the value lies in a range of the order of its type.
    Within(FieldId, Span),
    /// The same with edges that move with time, as of an instant.
    WithinAt(FieldId, Span, Timestamp),
    /// Whether the value is this one.
    Is(FieldId, Symbol),
    /// Whether this one is in the set.
    Has(FieldId, Symbol),
    /// There is no short form.
    Other,
}

/// A range that can be copied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    start: i64,
    end: i64,
}

impl From<Range<i64>> for Span {
    fn from(range: Range<i64>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl Span {
    pub(super) fn contains(&self, value: i64) -> bool {
        (self.start..self.end).contains(&value)
    }
}

impl ShortForm {
    /// The short form of a question as of an instant.
    pub(super) fn of(predicate: &Predicate, now: Timestamp, calendar: &Calendar) -> Self {
        match predicate {
            Predicate::Number { field, test } => match spans(test).as_slice() {
                [span] => Self::Within(*field, span.clone().into()),
                _ => Self::Other,
            },
            Predicate::OneOf { field, symbols } => {
                only(symbols).map_or(Self::Other, |one| Self::Is(*field, one))
            }
            Predicate::Set { field, quantifier, symbols } if *quantifier != Quantifier::Only => {
                only(symbols).map_or(Self::Other, |one| Self::Has(*field, one))
            }
            Predicate::Date { .. } | Predicate::Instant { .. } => {
                match range_of_times(predicate, now, calendar) {
                    Some((field, range)) if predicate.is_relative() => {
                        Self::WithinAt(field, range.into(), now)
                    }
                    Some((field, range)) => Self::Within(field, range.into()),
                    None => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }

    /// Whether it is the form of an instant, too.
    pub(super) fn is_of(&self, now: Timestamp) -> bool {
        !matches!(self, Self::WithinAt(_, _, since) if *since != now)
    }
}

fn only(symbols: &SymbolSet) -> Option<Symbol> {
    match symbols.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
