//! What a condition was decided on, in words.

use crate::filter::aggregate::Total;
use crate::filter::ast::Function;
use crate::filter::bind::BoundMeasure;
use crate::filter::evaluate::Membership;
use crate::filter::plan::{InstantSource, Measure, Predicate, Subject};
use crate::model::{Contact, Field, Schema};
use crate::time::{Calendar, Timestamp};
use crate::value::{Amount, FieldId, SegmentId, Symbol, Value};

/// Where values are looked up and named.
pub(super) struct Viewer<'a> {
    pub(super) schema: &'a Schema,
    pub(super) contact: &'a Contact,
    pub(super) now: Timestamp,
    pub(super) calendar: &'a Calendar,
    pub(super) membership: &'a dyn Membership,
}

impl Viewer<'_> {
    /// The value that a predicate looks at.
    pub(super) fn subject(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Text { field, .. }
            | Predicate::Phone { field, .. }
            | Predicate::Number { field, .. }
            | Predicate::Bool { field, .. }
            | Predicate::OneOf { field, .. }
            | Predicate::Set { field, .. }
            | Predicate::Date { field, .. }
            | Predicate::Missing(Subject::Field(field)) => self.field(*field),
            Predicate::Size { field, .. } | Predicate::Missing(Subject::Size(field)) => {
                self.contact.set_of(*field).map_or(0, crate::value::SymbolSet::len).to_string()
            }
            Predicate::Segments { segments, .. } => self.segments(segments),
            Predicate::Id { .. } => self.field(Field::ID),
            Predicate::Instant { source, .. } | Predicate::Missing(Subject::Instant(source)) => {
                self.instant(source)
            }
            Predicate::Measure { measure, .. } | Predicate::Missing(Subject::Measure(measure)) => {
                self.measure(measure)
            }
            Predicate::Search { .. } => {
                let shown = [Field::NAME, Field::EMAIL, Field::MOBILE].map(|field| self.field(field));
                shown.join(", ")
            }
        }
    }

    fn field(&self, field: FieldId) -> String {
        match self.contact.get(field) {
            Some(value) => self.value(field, value),
            None => "missing".to_owned(),
        }
    }

    fn value(&self, field: FieldId, value: &Value) -> String {
        match value {
            Value::Text(text) => format!("\"{}\"", text.as_str()),
            Value::Phone(phone) => phone.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::DateTime(at) => at.to_string(),
            Value::Bool(value) => value.to_string(),
            Value::One(symbol) => self.symbol(field, *symbol),
            Value::Many(symbols) => {
                let names: Vec<_> = symbols.iter().map(|symbol| self.symbol(field, symbol)).collect();
                names.join(", ")
            }
            Value::Id(id) => id.get().to_string(),
        }
    }

    fn symbol(&self, field: FieldId, symbol: Symbol) -> String {
        format!("\"{}\"", self.schema.symbol_key(field, symbol))
    }

    /// Which of the segments that are asked for the contact is in.
    fn segments(&self, segments: &[SegmentId]) -> String {
        let of = segments.iter().filter(|segment| self.membership.contains(**segment, self.contact));
        let names: Vec<_> = of.map(|segment| format!("\"{}\"", self.schema.segment_name(*segment))).collect();
        if names.is_empty() { "in none of them".to_owned() } else { format!("in {}", names.join(", ")) }
    }

    fn instant(&self, source: &InstantSource) -> String {
        let at = source.at(self.now, self.calendar).get(self.contact);
        at.map_or_else(|| "missing".to_owned(), |at| at.to_string())
    }

    fn measure(&self, measure: &Measure) -> String {
        let bound = measure.at(self.now, self.calendar);
        match measure.function {
            Function::Count => bound.count(self.contact.interactions()).to_string(),
            Function::Avg => self.average(&bound),
            _ => match bound.amount(self.contact.interactions()) {
                Some(micros) => i64::try_from(micros).map_or_else(
                    |_| format!("about {}e12", micros / 1_000_000_000_000_000_000),
                    |micros| Amount::from_micros(micros).to_string(),
                ),
                None => "missing".to_owned(),
            },
        }
    }

    fn average(&self, measure: &BoundMeasure<'_>) -> String {
        match measure.total(self.contact.interactions()) {
            Total { count: 0, .. } => "missing".to_owned(),
            Total { sum, count } => {
                let micros = i64::try_from(sum / count).unwrap_or(i64::MAX);
                let exactly = if sum % count == 0 { "" } else { "about " };
                format!("{exactly}{}", Amount::from_micros(micros))
            }
        }
    }
}
