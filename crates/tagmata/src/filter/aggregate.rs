//! What aggregates make of interactions, wherever these are kept.

use super::ast::Function;
use super::bind::{Bound, BoundMeasure, BoundSet, BoundSource};
use super::plan::RangeTest;
use crate::model::{Contact, Interaction};
use crate::time::Timestamp;

/// What interactions that count come to: they are added one after the other, the earliest one first.
pub(crate) trait Tally: Default {
    /// Adds one, with its time in microseconds and its amount in millionths.
    fn add(&mut self, at: i64, amount: Option<i64>);
}

/// How many there are.
#[derive(Debug, Default)]
pub(crate) struct Count(usize);

/// The sum of the amounts, and how many have one.
#[derive(Debug, Default)]
pub(crate) struct Total {
    pub(super) sum: i128,
    pub(super) count: i128,
}

/// The least amount.
#[derive(Debug, Default)]
pub(crate) struct Least(Option<i64>);

/// The greatest amount.
#[derive(Debug, Default)]
pub(crate) struct Greatest(Option<i64>);

/// When the first one was.
#[derive(Debug, Default)]
pub(crate) struct Earliest(Option<i64>);

/// When the last one was.
#[derive(Debug, Default)]
pub(crate) struct Latest(Option<i64>);

impl Tally for Count {
    fn add(&mut self, _: i64, _: Option<i64>) {
        self.0 += 1;
    }
}

impl Tally for Total {
    fn add(&mut self, _: i64, amount: Option<i64>) {
        self.sum += i128::from(amount.unwrap_or_default());
        self.count += i128::from(amount.is_some());
    }
}

impl Tally for Least {
    fn add(&mut self, _: i64, amount: Option<i64>) {
        self.0 = self.0.into_iter().chain(amount).min();
    }
}

impl Tally for Greatest {
    fn add(&mut self, _: i64, amount: Option<i64>) {
        self.0 = self.0.max(amount);
    }
}

impl Tally for Earliest {
    fn add(&mut self, at: i64, _: Option<i64>) {
        self.0.get_or_insert(at);
    }
}

impl Tally for Latest {
    fn add(&mut self, at: i64, _: Option<i64>) {
        self.0 = Some(at);
    }
}

/// Where interactions are kept: those of one contact, or of everybody.
pub(crate) trait Source {
    /// Yes or no for one contact; those for whom it is yes.
    type Answer;

    /// Adds up the interactions that count, and asks what they come to.
    fn ask<T: Tally>(self, of: &BoundSet<'_>, holds: impl Fn(&T) -> bool) -> Self::Answer;
}

impl Source for &[Interaction] {
    type Answer = bool;

    fn ask<T: Tally>(self, of: &BoundSet<'_>, holds: impl Fn(&T) -> bool) -> bool {
        holds(&of.tally(self))
    }
}

impl Bound<'_> {
    /// Asks a source, if the question is about interactions and nothing else.
    pub(crate) fn ask<S: Source>(&self, source: S) -> Option<S::Answer> {
        Some(match self {
            Self::Measure(measure, test) => measure.ask(source, test),
            Self::MissingMeasure(measure) => match measure.function {
                Function::Count | Function::Sum => source.ask(&measure.of, |_: &Count| false),
                _ => source.ask(&measure.of, |amounts: &Total| amounts.count == 0),
            },
            Self::Instant(BoundSource::First(set), test) => source.ask(set, |first: &Earliest| {
                first.0.is_some_and(|at| test.holds_for_instant(Timestamp::at(at)))
            }),
            Self::Instant(BoundSource::Last(set), test) => source
                .ask(set, |last: &Latest| last.0.is_some_and(|at| test.holds_for_instant(Timestamp::at(at)))),
            Self::MissingInstant(BoundSource::First(set) | BoundSource::Last(set)) => {
                source.ask(set, |count: &Count| count.0 == 0)
            }
            _ => return None,
        })
    }
}

impl BoundSource<'_> {
    pub(super) fn get(&self, contact: &Contact) -> Option<Timestamp> {
        let interactions = contact.interactions();
        let at = match self {
            Self::Field(field) => return contact.instant(*field),
            Self::First(set) => set.tally::<Earliest>(interactions).0,
            Self::Last(set) => set.tally::<Latest>(interactions).0,
        };
        at.map(Timestamp::at)
    }
}

impl BoundSet<'_> {
    /// What those of some interactions that count come to.
    fn tally<T: Tally>(&self, interactions: &[Interaction]) -> T {
        let mut all = T::default();
        for interaction in interactions.iter().filter(|interaction| self.has(interaction)) {
            all.add(interaction.at.as_micros(), interaction.amount.map(|amount| amount.micros()));
        }
        all
    }

    fn has(&self, interaction: &Interaction) -> bool {
        let is_labelled = |label| interaction.label.as_ref().is_some_and(|has| has.folded() == label);
        interaction.kind == self.kind
            && self.during.as_ref().is_none_or(|range| range.contains(&interaction.at.as_micros()))
            && self.labelled.is_none_or(is_labelled)
    }
}

impl BoundMeasure<'_> {
    fn ask<S: Source>(&self, source: S, test: &RangeTest<i128>) -> S::Answer {
        let of = &self.of;
        let holds = |amount: Option<i64>| amount.is_some_and(|amount| test.holds(amount.into()));
        match self.function {
            Function::Sum => source.ask(of, |total: &Total| test.holds(total.sum)),
            Function::Min => source.ask(of, |least: &Least| holds(least.0)),
            Function::Max => source.ask(of, |greatest: &Greatest| holds(greatest.0)),
            // `avg op v` is `sum op v × count`: no rounding anywhere.
            Function::Avg => {
                source.ask(of, |total: &Total| total.count > 0 && test.scaled(total.count).holds(total.sum))
            }
            // No measure is an instant.
            Function::Count | Function::First | Function::Last => {
                source.ask(of, |count: &Count| test.holds_for_count(count.0))
            }
        }
    }

    /// How many interactions count.
    pub(super) fn count(&self, interactions: &[Interaction]) -> usize {
        self.of.tally::<Count>(interactions).0
    }

    /// A sum, or the least or greatest amount, in millionths.
    pub(super) fn amount(&self, interactions: &[Interaction]) -> Option<i128> {
        match self.function {
            Function::Sum => Some(self.total(interactions).sum),
            Function::Min => self.of.tally::<Least>(interactions).0.map(i128::from),
            Function::Max => self.of.tally::<Greatest>(interactions).0.map(i128::from),
            Function::Count | Function::Avg | Function::First | Function::Last => None,
        }
    }

    pub(super) fn total(&self, interactions: &[Interaction]) -> Total {
        self.of.tally(interactions)
    }
}
