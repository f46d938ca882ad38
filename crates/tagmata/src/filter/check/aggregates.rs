//! Aggregates: numbers and instants made from interactions, sizes of sets.

use super::checker::Checker;
use super::names::Aggregated;
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{Aggregate, At, Function, Name};
use crate::filter::plan::{InstantSource, InteractionSet, Measure};
use crate::model::{Field, Kind};
use crate::text::fold;
use crate::value::FieldId;

/// What an aggregate gives.
pub(super) enum Made {
    Measure(Measure),
    Instant(InstantSource),
    Size(FieldId),
}

impl Checker<'_> {
    pub(super) fn aggregate(&mut self, written: &At<Box<Aggregate>>) -> Option<(At<Box<Aggregate>>, Made)> {
        let aggregate = &written.it;
        let (of, name) = self.aggregated(&aggregate.of, aggregate.source)?;
        match of {
            Aggregated::Kind(kind) => self.of_interactions(written, kind, name),
            Aggregated::Field(field) => self.of_set(written, field, name),
        }
    }

    fn of_interactions(
        &mut self,
        written: &At<Box<Aggregate>>,
        kind: Kind,
        of: Name,
    ) -> Option<(At<Box<Aggregate>>, Made)> {
        let aggregate = &written.it;
        let labelled = match &aggregate.labelled {
            Some(label) if label.it.trim().is_empty() => {
                let diagnostic = Diagnostic::new(Code::EmptyOperand, "`labelled` is followed by blank text");
                return self.refuse(diagnostic.help("leave it out to count all labels"), &label.place);
            }
            Some(label) => Some(fold(&label.it).into()),
            None => None,
        };
        let (during, test) = match &aggregate.during {
            Some(during) => self.during(during).map(|(kept, test)| (Some(kept), Some(test)))?,
            None => (None, None),
        };
        let set = InteractionSet { kind: kind.id, labelled, during: test };
        let function = aggregate.function;
        let made = match function {
            Function::First => Made::Instant(InstantSource::First(set)),
            Function::Last => Made::Instant(InstantSource::Last(set)),
            Function::Count | Function::Sum | Function::Min | Function::Max | Function::Avg => {
                Made::Measure(Measure { function, of: set })
            }
        };
        let kept = Aggregate {
            function,
            of,
            source: aggregate.source,
            labelled: aggregate.labelled.clone(),
            during,
        };
        Some((At::new(Box::new(kept), written.place.clone()), made))
    }

    fn of_set(
        &mut self,
        written: &At<Box<Aggregate>>,
        field: &Field,
        of: Name,
    ) -> Option<(At<Box<Aggregate>>, Made)> {
        let aggregate = &written.it;
        if aggregate.function != Function::Count || !field.value_type().is_set() {
            let diagnostic = self.not_a_set(aggregate.function.as_str(), field);
            return self.refuse(diagnostic, &aggregate.of.place);
        }
        if aggregate.labelled.is_some() || aggregate.during.is_some() {
            let key = self.schema.field_key(field.id());
            let message = format!("`count({key})` takes neither a label nor a time");
            let help = "a set is counted as it is now; interactions have labels and times";
            return self
                .refuse(Diagnostic::new(Code::AggregateNotAllowed, message).help(help), &written.place);
        }
        let function = Function::Count;
        let kept = Aggregate { function, of, source: aggregate.source, labelled: None, during: None };
        Some((At::new(Box::new(kept), written.place.clone()), Made::Size(field.id())))
    }
}
