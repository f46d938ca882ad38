//! Questions in a few bytes, side by side: a change asks many of them, and reading them is what takes time.

use super::flips::MISSING;
use super::lanes::{Bits, Lanes};
use super::link::Asked;
use super::places::range_of_times;
use super::predicates::Predicates;
use crate::filter::{Bound, Predicate, Quantifier};
use crate::select::spans;
use crate::time::{Calendar, Timestamp};
use crate::value::{FieldId, Symbol, SymbolSet};
use std::ops::Range;
use std::sync::Arc;

/// The short forms of questions, by number. One is found once for an instant, and once for ever where it does not depend on it.
#[derive(Debug, Clone, Default)]
pub(super) struct ShortForms {
    all: Vec<Option<ShortForm>>,
    /// Those of an instant alone.
    passing: Vec<Asked>,
    /// That instant.
    now: Option<Timestamp>,
}

/// A question as it is asked most often.
#[derive(Debug, Clone)]
enum ShortForm {
    /// Whether the value lies in a range of the order of its type.
    Within(FieldId, Span),
    /// Whether the value is this one.
    Is(FieldId, Symbol),
    /// Whether this one is in the set.
    Has(FieldId, Symbol),
    /// What it takes long to bind is kept bound.
    Bound(Arc<Bound<'static>>),
    /// There is no short form.
    Other,
}

/// A range that can be copied.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    start: i64,
    end: i64,
}

impl From<Range<i64>> for Span {
    fn from(range: Range<i64>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl Span {
    fn contains(&self, value: i64) -> bool {
        (self.start..self.end).contains(&value)
    }
}

impl ShortForms {
    /// For which of some contacts the answer to a question is yes.
    pub(super) fn ask(
        &mut self,
        asked: Asked,
        whom: Bits,
        predicates: &Predicates,
        lanes: Lanes<'_>,
    ) -> Bits {
        let state = lanes.state;
        match self.of(asked, predicates, lanes) {
            Some(ShortForm::Within(field, span)) => {
                lanes.each(whom, |contact| state.order(contact, *field).is_some_and(|it| span.contains(it)))
            }
            Some(ShortForm::Is(field, symbol)) => {
                lanes.each(whom, |contact| state.symbol(contact, *field) == Some(*symbol))
            }
            Some(ShortForm::Has(field, symbol)) => {
                lanes.each(whom, |contact| state.set_of(contact, *field).contains(symbol))
            }
            Some(ShortForm::Bound(bound)) => lanes.each(whom, |contact| state.holds(bound, contact)),
            Some(ShortForm::Other) | None => match predicates.get(asked) {
                Some(predicate) => ask_in_full(predicate, whom, lanes),
                None => 0,
            },
        }
    }

    /// Whether the answer to a question about times is another one for one value than for another.
    pub(super) fn differs(
        &mut self,
        asked: Asked,
        predicates: &Predicates,
        lanes: Lanes<'_>,
        (old, new): (i64, i64),
    ) -> bool {
        match self.of(asked, predicates, lanes) {
            Some(ShortForm::Within(_, span)) => {
                let holds = |value: i64| value != MISSING && span.contains(value);
                holds(old) != holds(new)
            }
            _ => true,
        }
    }

    #[inline]
    fn of(&mut self, asked: Asked, predicates: &Predicates, lanes: Lanes<'_>) -> Option<&ShortForm> {
        if self.now != Some(lanes.now) || !matches!(self.all.get(asked as usize), Some(Some(_))) {
            self.find(asked, predicates.get(asked)?, lanes);
        }
        self.all.get(asked as usize)?.as_ref()
    }

    /// Finds a form that is not known as of the instant.
    #[cold]
    fn find(&mut self, asked: Asked, predicate: &Predicate, lanes: Lanes<'_>) {
        if self.now != Some(lanes.now) {
            self.now = Some(lanes.now);
            for asked in std::mem::take(&mut self.passing) {
                self.forget(asked);
            }
        }
        let place = asked as usize;
        if self.all.len() <= place {
            self.all.resize(place + 1, None);
        }
        if let Some(slot @ None) = self.all.get_mut(place) {
            *slot = Some(ShortForm::of(predicate, lanes.now, &lanes.state.schema.settings().calendar));
            if predicate.is_relative() {
                self.passing.push(asked);
            }
        }
    }

    /// Forgets a question whose number may stand for another one.
    pub(super) fn forget(&mut self, asked: Asked) {
        if let Some(place) = self.all.get_mut(asked as usize) {
            *place = None;
        }
    }
}

impl ShortForm {
    /// The short form of a question as of an instant.
    fn of(predicate: &Predicate, now: Timestamp, calendar: &Calendar) -> Self {
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
            Predicate::Text { .. }
            | Predicate::Phone { .. }
            | Predicate::Date { .. }
            | Predicate::Instant { .. } => {
                let bound = predicate.at(now, calendar);
                match range_of_times(&bound) {
                    Some((field, range)) => Self::Within(field, range.into()),
                    None => bound.into_owned().map_or(Self::Other, |bound| Self::Bound(Arc::new(bound))),
                }
            }
            _ => Self::Other,
        }
    }
}

/// For which of some contacts the answer to a question is yes that has no short form.
fn ask_in_full(predicate: &Predicate, whom: Bits, lanes: Lanes<'_>) -> Bits {
    let state = lanes.state;
    match predicate {
        Predicate::OneOf { field, symbols } => lanes.each(whom, |contact| {
            state.symbol(contact, *field).is_some_and(|symbol| symbols.contains(symbol))
        }),
        Predicate::Set { field, quantifier, symbols } => lanes.each(whom, |contact| {
            let set = state.set_of(contact, *field);
            !set.is_empty() && quantifier.holds(set, symbols)
        }),
        _ => {
            let bound = predicate.at(lanes.now, &state.schema.settings().calendar);
            lanes.each(whom, |contact| state.holds(&bound, contact))
        }
    }
}

fn only(symbols: &SymbolSet) -> Option<Symbol> {
    match symbols.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
