//! What a plan stands on: the names that may not be deleted under it, and what has to be looked at again when it changes.

use super::plan::{InstantSource, InteractionSet, Measure, Plan, Predicate, Subject};
use crate::model::Field;
use crate::value::{FieldId, KindId, SegmentId, Symbol};
use std::collections::BTreeSet;

/// All that a plan looks at.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Uses {
    /// Fields, those inside of others included: a search looks at names, e-mails and phone numbers.
    pub(crate) fields: BTreeSet<FieldId>,
    /// Options, statuses, countries and tags by their field. Segments are below.
    pub(crate) symbols: BTreeSet<(FieldId, Symbol)>,
    /// Segments, static and dynamic.
    pub(crate) segments: BTreeSet<SegmentId>,
    /// Kinds of interaction.
    pub(crate) kinds: BTreeSet<KindId>,
    /// Whether interactions are looked at, be it through `last_interaction`.
    pub(crate) interactions: bool,
    /// Whether the answer may change while only time moves on, segments left aside.
    pub(crate) time: bool,
}

impl Plan {
    /// What the plan looks at.
    pub(crate) fn uses(&self) -> Uses {
        let mut uses = Uses::default();
        for predicate in self.conditions() {
            uses.add(predicate);
        }
        uses
    }
}

impl Predicate {
    /// What the predicate looks at.
    pub(crate) fn uses(&self) -> Uses {
        let mut uses = Uses::default();
        uses.add(self);
        uses
    }
}

impl Uses {
    /// Adds what something else looks at.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.fields.extend(&other.fields);
        self.symbols.extend(&other.symbols);
        self.segments.extend(&other.segments);
        self.kinds.extend(&other.kinds);
        self.interactions |= other.interactions;
        self.time |= other.time;
    }

    fn add(&mut self, predicate: &Predicate) {
        if let Some(field) = predicate.field() {
            self.field(field);
        }
        self.time |= predicate.is_relative();
        match predicate {
            Predicate::OneOf { field, symbols } => {
                self.symbols.extend(symbols.iter().map(|symbol| (*field, symbol)));
            }
            Predicate::Set { field, symbols, .. } if *field == Field::SEGMENTS => {
                self.segments.extend(symbols.iter().map(|symbol| SegmentId::new(symbol.get())));
            }
            Predicate::Set { field, symbols, .. } => {
                self.symbols.extend(symbols.iter().map(|symbol| (*field, symbol)));
            }
            Predicate::Segments { segments, .. } => self.segments.extend(segments),
            Predicate::Instant { source, .. } => self.source(source),
            Predicate::Measure { measure, .. } | Predicate::Missing(Subject::Measure(measure)) => {
                self.measure(measure);
            }
            Predicate::Missing(Subject::Instant(source)) => self.source(source),
            Predicate::Search { .. } => {
                [Field::NAME, Field::EMAIL, Field::MOBILE].into_iter().for_each(|field| self.field(field));
            }
            Predicate::Text { .. }
            | Predicate::Phone { .. }
            | Predicate::Number { .. }
            | Predicate::Bool { .. }
            | Predicate::Id { .. }
            | Predicate::Date { .. }
            | Predicate::Size { .. }
            | Predicate::Missing(Subject::Field(_) | Subject::Size(_)) => {}
        }
    }

    fn field(&mut self, field: FieldId) {
        self.fields.insert(field);
        if field == Field::NAME {
            self.fields.extend([Field::FIRST_NAME, Field::LAST_NAME]);
        }
        self.interactions |= field == Field::LAST_INTERACTION;
    }

    fn source(&mut self, source: &InstantSource) {
        match source {
            InstantSource::Field(_) => {}
            InstantSource::First(set) | InstantSource::Last(set) => self.interactions_of(set),
        }
    }

    fn measure(&mut self, measure: &Measure) {
        self.interactions_of(&measure.of);
    }

    fn interactions_of(&mut self, set: &InteractionSet) {
        self.interactions = true;
        self.kinds.insert(set.kind);
    }
}
