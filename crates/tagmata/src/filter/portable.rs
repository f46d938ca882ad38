//! Filters that are read again without the schema that checked them.

use super::ast::{Condition, LiteralKind, NodeKind, Operand, Test};
use super::compiled::Filter;
use super::json;
use super::plan::{InstantSource, InteractionSet, Measure, PlanNode, Predicate, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::{Field, Limits, NameSpace, Schema, SchemaEdit, Settings};
use crate::time::Calendar;
use crate::value::{FieldId, KindId, SegmentId, Symbol, SymbolSet, ValueType};
use std::collections::BTreeSet;

/// What a filter says, and what the names in it stand for.
///
/// Names may have been given to other things since the filter was read. So it is read again by a schema of just the names that
/// are in it, which numbers them by their order; then the numbers that they had take the place of these.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Portable {
    /// The canonical JSON, by the names that were when the filter was read.
    pub(crate) json: Box<str>,
    /// The calendar by which it was read.
    pub(crate) calendar: Calendar,
    /// The fields in it, each once.
    pub(crate) fields: Vec<PortableField>,
    /// The kinds of interaction in it, each once, with their keys.
    pub(crate) kinds: Vec<(KindId, Box<str>)>,
    /// The numbers of the options, statuses, tags or segments in each condition on such, in the order of the conditions.
    pub(crate) symbols: Vec<Vec<Symbol>>,
    /// Its warnings.
    pub(crate) lints: Vec<Diagnostic>,
}

/// A field in a filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PortableField {
    pub(crate) id: FieldId,
    pub(crate) key: Box<str>,
    /// A type by which the conditions on it are read.
    pub(crate) value_type: ValueType,
    /// The options, statuses, tags or segments that the filter names.
    pub(crate) names: BTreeSet<Box<str>>,
}

impl Filter {
    /// The filter with all that its names stand for.
    pub(crate) fn to_portable(&self) -> Portable {
        let mut portable = Portable {
            json: Box::default(),
            calendar: *self.plan().calendar(),
            fields: Vec::new(),
            kinds: Vec::new(),
            symbols: Vec::new(),
            lints: self.lints().to_vec(),
        };
        for (node, planned) in self.ast().nodes().iter().zip(self.plan().nodes()) {
            if let (NodeKind::Condition(condition), PlanNode::Condition { predicate, .. }) =
                (&node.kind, planned)
            {
                portable.note(condition, predicate);
            }
        }
        portable.json = json::write(self.ast(), &portable.schema()).into();
        portable
    }

    /// The filter that was written so.
    ///
    /// # Errors
    /// Those of a filter that means nothing.
    pub(crate) fn from_portable(portable: Portable) -> Result<Self> {
        let fields: BTreeSet<FieldId> = portable.fields.iter().map(|field| field.id).collect();
        let kinds: BTreeSet<KindId> = portable.kinds.iter().map(|(kind, _)| *kind).collect();
        if fields.len() < portable.fields.len() || kinds.len() < portable.kinds.len() {
            return Err(other_numbers());
        }
        let mut filter = Self::from_json(&portable.json, &portable.schema())?;
        let mut symbols = portable.symbols.iter();
        for predicate in filter.plan_mut().conditions_mut() {
            portable.renumber(predicate, &mut symbols).ok_or_else(other_numbers)?;
        }
        match symbols.next() {
            None => Ok(filter.with_lints(portable.lints)),
            Some(_) => Err(other_numbers()),
        }
    }
}

fn other_numbers() -> Error {
    Error::value(Diagnostic::new(Code::BadValue, "a filter has other names than numbers"))
}

impl Portable {
    /// Notes what a condition is about.
    fn note(&mut self, condition: &Condition, predicate: &Predicate) {
        let name = match &condition.operand {
            Operand::Field(name) => name,
            Operand::Aggregate(aggregate) => &aggregate.it.of,
        };
        if let Some(kind) = kind_of(predicate) {
            if self.kinds.iter().all(|(known, _)| *known != kind) {
                self.kinds.push((kind, name.text.clone()));
            }
            return;
        }
        let Some(id) = predicate.field() else { return };
        let (value_type, is_sure) = type_of(id, predicate);
        let at = self.fields.iter().position(|field| field.id == id).unwrap_or(self.fields.len());
        if at == self.fields.len() {
            let (key, names) = (name.text.clone(), BTreeSet::new());
            self.fields.push(PortableField { id, key, value_type, names });
        }
        let Some(field) = self.fields.get_mut(at) else { return };
        if is_sure {
            field.value_type = value_type;
        }
        if let Some(symbols) = symbols_of(predicate) {
            self.symbols.push(symbols);
            field.names.extend(names_in(&condition.test.it).cloned());
        }
    }

    /// The schema of the names in the filter. Standard fields have their numbers, all else is numbered by its place.
    fn schema(&self) -> Schema {
        let mut edits = Vec::new();
        let name = |space, number, name: &str| {
            let new = Some(name.into());
            SchemaEdit::Name { space, number, old: None, new }
        };
        for (field, number) in self.fields.iter().zip(0..) {
            let id = local(field.id, number);
            let space = match field.value_type {
                ValueType::Status => NameSpace::StatusKeys,
                ValueType::Tags => NameSpace::Tags,
                ValueType::Segments => NameSpace::Segments,
                _ => NameSpace::OptionKeys(id),
            };
            edits.push(name(NameSpace::FieldKeys, id.get(), &field.key));
            edits.push(SchemaEdit::Field { id, old: None, new: Some(field.value_type) });
            edits.extend(field.names.iter().zip(0..).map(|(option, number)| name(space, number, option)));
        }
        for ((_, key), number) in self.kinds.iter().zip(0..) {
            edits.push(name(NameSpace::Kinds, number, key));
            edits.push(SchemaEdit::Kind { id: KindId::new(number), old: None, new: Some(false) });
        }
        // The filter was within its limits once, and takes no more room than its JSON allows.
        let most = self.json.len().max(1);
        let limits = Limits {
            source: most,
            nesting: most,
            segment_depth: most,
            nodes: most,
            list_items: most,
            string: most,
            diagnostics: 1,
        };
        Schema::of_edits(Settings { calendar: self.calendar, default_country: None, limits }, &edits)
    }

    /// Gives a predicate the numbers that its names had, in the place of those of [`schema`](Self::schema).
    fn renumber<'s>(
        &self,
        predicate: &mut Predicate,
        symbols: &mut impl Iterator<Item = &'s Vec<Symbol>>,
    ) -> Option<()> {
        if let Some(kind) = kind_mut(predicate) {
            *kind = self.kinds.get(kind.index())?.0;
            return Some(());
        }
        if symbols_of(predicate).is_some() {
            set_symbols(predicate, symbols.next()?)?;
        }
        if let Some(field) = field_mut(predicate)
            && let Some(place) = field.index().checked_sub(Field::STANDARD.len())
        {
            *field = self.fields.get(place)?.id;
        }
        Some(())
    }
}

/// The number of a field in the schema of a filter, by its place among the fields in it.
fn local(id: FieldId, place: u32) -> FieldId {
    match Field::STANDARD.get(id.index()) {
        Some(_) => id,
        None => FieldId::new(u32::try_from(Field::STANDARD.len()).unwrap_or(u32::MAX).saturating_add(place)),
    }
}

/// A type by which a condition on a field can be read, and whether others on the same field can be, too.
fn type_of(id: FieldId, predicate: &Predicate) -> (ValueType, bool) {
    if let Some((_, _, value_type)) = Field::STANDARD.get(id.index()) {
        return (*value_type, true);
    }
    let value_type = match predicate {
        // Whether a field has a value is asked in the same way of all types.
        Predicate::Missing(Subject::Field(_)) => return (ValueType::Text, false),
        Predicate::Number { .. } => ValueType::Number,
        Predicate::Bool { .. } => ValueType::Bool,
        Predicate::OneOf { .. } => ValueType::Select,
        Predicate::Set { .. } | Predicate::Size { .. } | Predicate::Missing(Subject::Size(_)) => {
            ValueType::MultiSelect
        }
        Predicate::Date { .. } => ValueType::Date,
        Predicate::Instant { .. } | Predicate::Missing(Subject::Instant(_)) => ValueType::DateTime,
        Predicate::Text { .. }
        | Predicate::Phone { .. }
        | Predicate::Segments { .. }
        | Predicate::Id { .. }
        | Predicate::Measure { .. }
        | Predicate::Missing(Subject::Measure(_))
        | Predicate::Search { .. } => ValueType::Text,
    };
    (value_type, true)
}

/// The options, statuses, tags or segments that a predicate asks for. Countries are no names of a schema.
fn symbols_of(predicate: &Predicate) -> Option<Vec<Symbol>> {
    match predicate {
        Predicate::OneOf { field, .. } if *field == Field::COUNTRY => None,
        Predicate::OneOf { symbols, .. } | Predicate::Set { symbols, .. } => Some(symbols.iter().collect()),
        Predicate::Segments { segments, .. } => {
            Some(segments.iter().map(|segment| Symbol::from(*segment)).collect())
        }
        _ => None,
    }
}

/// Puts as many symbols into a predicate as it has; a set has each of them once.
fn set_symbols(predicate: &mut Predicate, new: &[Symbol]) -> Option<()> {
    match predicate {
        Predicate::OneOf { symbols, .. } | Predicate::Set { symbols, .. } => {
            *symbols = Some(new.into()).filter(|set: &SymbolSet| set.len() == symbols.len())?;
        }
        Predicate::Segments { segments, .. } => {
            if segments.len() != new.len() {
                return None;
            }
            *segments = new.iter().map(|symbol| SegmentId::new(symbol.get())).collect();
        }
        _ => {}
    }
    Some(())
}

/// The names of options, statuses, tags or segments in a canonical test.
fn names_in(test: &Test) -> impl Iterator<Item = &Box<str>> {
    let values = match test {
        Test::Compare(_, value) => std::slice::from_ref(value),
        Test::In(values) | Test::Has(_, values) => values,
        _ => &[],
    };
    values.iter().filter_map(|value| match &value.it {
        LiteralKind::Text(text) | LiteralKind::Word(text) => Some(text),
        _ => None,
    })
}

/// The kind of the interactions that a predicate asks for.
fn kind_of(predicate: &Predicate) -> Option<KindId> {
    match predicate {
        Predicate::Measure { measure: Measure { of, .. }, .. }
        | Predicate::Missing(Subject::Measure(Measure { of, .. }))
        | Predicate::Instant { source: InstantSource::First(of) | InstantSource::Last(of), .. }
        | Predicate::Missing(Subject::Instant(InstantSource::First(of) | InstantSource::Last(of))) => {
            Some(of.kind)
        }
        _ => None,
    }
}

/// The same, to be changed.
fn kind_mut(predicate: &mut Predicate) -> Option<&mut KindId> {
    match predicate {
        Predicate::Measure { measure: Measure { of, .. }, .. }
        | Predicate::Missing(Subject::Measure(Measure { of, .. }))
        | Predicate::Instant { source: InstantSource::First(of) | InstantSource::Last(of), .. }
        | Predicate::Missing(Subject::Instant(InstantSource::First(of) | InstantSource::Last(of))) => {
            let InteractionSet { kind, .. } = of;
            Some(kind)
        }
        _ => None,
    }
}

/// The one field that a predicate looks at, to be changed; where that is a custom one.
fn field_mut(predicate: &mut Predicate) -> Option<&mut FieldId> {
    match predicate {
        Predicate::Text { field, .. }
        | Predicate::Phone { field, .. }
        | Predicate::Number { field, .. }
        | Predicate::Bool { field, .. }
        | Predicate::OneOf { field, .. }
        | Predicate::Set { field, .. }
        | Predicate::Date { field, .. }
        | Predicate::Size { field, .. }
        | Predicate::Instant { source: InstantSource::Field(field), .. }
        | Predicate::Missing(
            Subject::Field(field) | Subject::Size(field) | Subject::Instant(InstantSource::Field(field)),
        ) => Some(field),
        Predicate::Segments { .. }
        | Predicate::Id { .. }
        | Predicate::Instant { .. }
        | Predicate::Measure { .. }
        | Predicate::Missing(_)
        | Predicate::Search { .. } => None,
    }
}
