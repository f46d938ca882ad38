//! One condition: who meets it.

use super::columns::Columns;
use super::interactions;
use super::names;
use super::signed::Signed;
use super::spans::spans;
use crate::filter::{
    Bound, BoundTime, InstantSource, Matching, Measure, Predicate, Quantifier, StaticSegments,
    Subject, TextTest,
};
use crate::model::Field;
use crate::state::Needs;
use crate::time::{Calendar, Date, Timestamp};
use crate::value::{ContactId, FieldId, KindId, MemberSet, SegmentId, Symbol, SymbolSet};
use memchr::memmem::Finder;
use std::ops::Range;

/// A condition as of an instant.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    pub(super) predicate: &'a Predicate,
    bound: Bound<'a>,
    pub(super) index: Index<'a>,
}

/// How a condition is answered for everybody at once.
#[derive(Debug)]
pub(super) enum Index<'a> {
    /// All or nobody.
    Always(bool),
    /// These contacts.
    Ids(&'a [ContactId]),
    /// A text that is looked up, or looked for in each different text of a column.
    Text(FieldId, &'a TextTest),
    /// The same for names, part by part.
    Name(&'a TextTest),
    /// A phrase in the parts of the name or in the e-mail, digits in the phone number.
    Search(&'a str, Option<&'a str>),
    /// A bitmap for each symbol.
    AnySymbol(FieldId, &'a SymbolSet),
    AllSymbols(FieldId, &'a SymbolSet),
    OnlySymbols(FieldId, &'a SymbolSet),
    Bool(FieldId, bool),
    /// The size of each set.
    Size(FieldId),
    /// The bitmaps of segments, static and dynamic.
    Segments(Quantifier, &'a [SegmentId]),
    /// Ranges of the order of values in a column; no two of them meet.
    Spans(FieldId, Vec<Range<i64>>),
    /// Anniversaries of the days of a column.
    Days(FieldId),
    /// A bitmap of those who have a value.
    Missing(FieldId),
    MissingName,
    /// The log of a kind of interaction.
    Interactions(KindId),
    /// No index: a record of each contact is asked.
    Records,
}

impl<'a> Leaf<'a> {
    pub(super) fn new(predicate: &'a Predicate, now: Timestamp, calendar: &Calendar) -> Self {
        let bound = predicate.at(now, calendar);
        let index = Index::of(predicate, &bound);
        Self { predicate, bound, index }
    }

    /// The field whose values are to lie in one range, and the range.
    pub(super) fn range(&self) -> Option<(FieldId, &Range<i64>)> {
        match &self.index {
            Index::Spans(field, spans) => match spans.as_slice() {
                [span] => Some((*field, span)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Asks of values in ranges that they lie in another one too.
    pub(super) fn narrow(&mut self, other: &Range<i64>) {
        if let Index::Spans(_, spans) = &mut self.index {
            for span in spans {
                *span = span.start.max(other.start)..span.end.min(other.end);
            }
        }
    }

    /// The contacts that meet the condition, by its index. Those of segments are known to whoever evaluates segments.
    pub(super) fn members(&self, columns: Columns<'a>, now: Timestamp) -> Signed<'a> {
        match &self.index {
            Index::Always(verdict) => Signed::nobody().turned(*verdict),
            Index::Ids(ids) => {
                let everybody = columns.everybody();
                let there = ids.iter().copied().filter(|id| everybody.contains(*id));
                there.collect::<MemberSet>().into()
            }
            Index::Text(field, test) => texts_matching(columns, *field, test),
            Index::Name(test) => names::names_matching(columns, test),
            Index::Search(phrase, digits) => found(columns, phrase, *digits),
            Index::AnySymbol(field, symbols) => {
                let all = symbols.iter().map(|symbol| columns.rows_of_symbol(*field, symbol).into());
                all.fold(Signed::nobody(), Signed::or)
            }
            Index::AllSymbols(field, symbols) => {
                let all = symbols.iter().map(|symbol| columns.rows_of_symbol(*field, symbol).into());
                all.fold(Signed::everybody(), Signed::and)
            }
            Index::OnlySymbols(field, symbols) => columns.subset_of(*field, symbols).into(),
            Index::Bool(field, value) => columns.rows_of_bool(*field, *value).into(),
            Index::Size(field) => self.of_size(columns, *field),
            Index::Spans(field, spans) => {
                let all = spans.iter().map(|span| columns.rows_within(*field, span.clone()).into());
                all.fold(Signed::nobody(), Signed::or)
            }
            Index::Days(field) => columns.rows_where(*field, |order| self.holds_for_order(order)).into(),
            Index::Missing(field) => Signed::from(columns.present(*field)).turned(true),
            Index::MissingName => {
                let present = |field| Signed::from(columns.present(field));
                present(Field::FIRST_NAME).or(present(Field::LAST_NAME)).turned(true)
            }
            Index::Interactions(_) => interactions::matching(columns, &self.bound),
            Index::Segments(..) | Index::Records => self.among(columns, now, columns.everybody()).into(),
        }
    }

    /// How many contacts meet the condition, where that is known without finding them.
    pub(super) fn count(&self, columns: Columns<'a>) -> Option<u64> {
        match &self.index {
            // A contact has one value, so nobody is counted twice.
            Index::Text(field, TextTest::OneOf(keys)) => {
                Some(keys.iter().map(|key| columns.count_of_key(*field, key)).sum())
            }
            Index::AnySymbol(field, symbols) if matches!(self.predicate, Predicate::OneOf { .. }) => {
                Some(symbols.iter().map(|symbol| columns.count_of_symbol(*field, symbol)).sum())
            }
            Index::Spans(field, spans) => {
                Some(spans.iter().map(|span| columns.count_within(*field, span.clone())).sum())
            }
            Index::Interactions(_) => interactions::count(columns, &self.bound),
            _ => None,
        }
    }

    /// The segments whose members are asked about.
    pub(super) fn segments(&self) -> &'a [SegmentId] {
        match self.index {
            Index::Segments(_, segments) => segments,
            _ => &[],
        }
    }

    /// The contacts that meet the condition, each asked for itself.
    pub(super) fn scanned(&self, columns: Columns<'a>, now: Timestamp) -> Signed<'a> {
        match &self.index {
            Index::Spans(field, spans) => {
                let all = spans.iter().map(|span| columns.rows_within_by_scan(*field, span.clone()).into());
                all.fold(Signed::nobody(), Signed::or)
            }
            _ => self.among(columns, now, columns.everybody()).into(),
        }
    }

    /// Those among some contacts that meet the condition, each asked for itself.
    pub(super) fn among(&self, columns: Columns<'a>, now: Timestamp, contacts: &MemberSet) -> MemberSet {
        match &self.index {
            Index::Spans(field, spans) => {
                let retained = spans.iter().map(|span| columns.retain_within(*field, span.clone(), contacts));
                return retained.reduce(|all, more| &all | &more).unwrap_or_default();
            }
            Index::Days(field) => {
                return columns.retain_where(*field, |order| self.holds_for_order(order), contacts);
            }
            Index::Text(field, _) => {
                if let Bound::Text(_, test) | Bound::Phone(_, test) = &self.bound {
                    return columns.retain_matching(*field, |text| test.holds(text), contacts);
                }
            }
            _ if self.is_about_records() => {}
            _ => {
                let holds = |contact: &ContactId| columns.state.holds(&self.bound, *contact);
                return contacts.iter().filter(holds).collect();
            }
        }
        let (state, uses) = (columns.state, self.predicate.uses());
        let needs = Needs::of(&uses, &state.segments);
        let segments = state.segments.bound(uses.segments.iter().copied(), now);
        let holds = |contact: &ContactId| {
            let record = state.view(*contact, &needs);
            match uses.segments.is_empty() {
                true => self.bound.holds(&record, &StaticSegments),
                false => self.bound.holds(&record, &segments.membership()),
            }
        };
        contacts.iter().filter(holds).collect()
    }

    /// Whether more than one column has to be seen to ask one contact.
    fn is_about_records(&self) -> bool {
        matches!(
            self.index,
            Index::Name(_) | Index::Search(..) | Index::Segments(..) | Index::MissingName | Index::Records
        )
    }

    fn holds_for_order(&self, order: i64) -> bool {
        match &self.bound {
            Bound::Date(_, test) => test.holds_for_day(Date::from_epoch_days(order)),
            Bound::Instant(_, test) => test.holds_for_instant(Timestamp::at(order)),
            _ => false,
        }
    }

    /// A missing set has the size zero.
    fn of_size(&self, columns: Columns<'a>, field: FieldId) -> Signed<'a> {
        let Bound::Size(_, test) = &self.bound else { return Signed::nobody() };
        match test.holds_for_count(0) {
            false => columns.rows_with_size(field, |size| test.holds_for_count(size)).into(),
            true => {
                let others = columns.rows_with_size(field, |size| !test.holds_for_count(size));
                Signed::from(others).turned(true)
            }
        }
    }
}

impl<'a> Index<'a> {
    /// The name of the variant.
    #[cfg(feature = "testing")]
    pub(super) fn kind(&self) -> String {
        format!("{self:?}").chars().take_while(|c| c.is_alphabetic()).collect()
    }

    fn of(predicate: &'a Predicate, bound: &Bound<'a>) -> Self {
        match predicate {
            Predicate::Text { field: Field::NAME, test } => match names::is_about_whole_names(test) {
                true => Self::Records,
                false => Self::Name(test),
            },
            Predicate::Text { field, test } | Predicate::Phone { field, test } => Self::Text(*field, test),
            Predicate::Number { field, test } => Self::Spans(*field, spans(test)),
            Predicate::Bool { field, value } => Self::Bool(*field, *value),
            Predicate::OneOf { field, symbols } => Self::AnySymbol(*field, symbols),
            Predicate::Set { field, quantifier, symbols } => match quantifier {
                Quantifier::One | Quantifier::Any => Self::AnySymbol(*field, symbols),
                Quantifier::All => Self::AllSymbols(*field, symbols),
                Quantifier::Only => Self::OnlySymbols(*field, symbols),
            },
            Predicate::Segments { quantifier, segments } => Self::Segments(*quantifier, segments),
            Predicate::Id { ids } => Self::Ids(ids),
            Predicate::Date { field, .. }
            | Predicate::Instant { source: InstantSource::Field(field), .. } => match bound {
                Bound::Date(_, BoundTime::Within(range)) | Bound::Instant(_, BoundTime::Within(range)) => {
                    Self::Spans(*field, vec![range.clone()])
                }
                _ => Self::Days(*field),
            },
            Predicate::Size { field, .. } => Self::Size(*field),
            Predicate::Missing(Subject::Field(field) | Subject::Instant(InstantSource::Field(field))) => {
                match *field {
                    Field::ID => Self::Always(false),
                    Field::NAME => Self::MissingName,
                    field => Self::Missing(field),
                }
            }
            Predicate::Missing(Subject::Size(_)) => Self::Always(false),
            Predicate::Missing(
                Subject::Measure(Measure { of, .. })
                | Subject::Instant(InstantSource::First(of) | InstantSource::Last(of)),
            )
            | Predicate::Measure { measure: Measure { of, .. }, .. }
            | Predicate::Instant { source: InstantSource::First(of) | InstantSource::Last(of), .. } => {
                Self::Interactions(of.kind)
            }
            Predicate::Search { phrase, .. } if names::has_many_spaces(phrase) => Self::Records,
            Predicate::Search { phrase, digits } => Self::Search(phrase, digits.as_deref()),
        }
    }
}

/// The contacts whose folded text, or digits, pass a test.
fn texts_matching<'a>(columns: Columns<'a>, field: FieldId, test: &TextTest) -> Signed<'a> {
    match test {
        TextTest::OneOf(keys) => {
            let all = keys.iter().map(|key| columns.rows_of_key(field, key).into());
            all.fold(Signed::nobody(), Signed::or)
        }
        TextTest::Match(matching, text) => {
            columns.found(field, &Finder::new(text.as_bytes()), *matching).into()
        }
    }
}

/// Search results: in the name, the e-mail, the phone number.
fn found<'a>(columns: Columns<'a>, phrase: &str, digits: Option<&str>) -> Signed<'a> {
    let finder = Finder::new(phrase.as_bytes());
    let emails = columns.containing_without_accents(Field::EMAIL, &finder);
    let found = names::names_with(columns, phrase).or(emails.into());
    match digits {
        Some(digits) => {
            let finder = Finder::new(digits.as_bytes());
            found.or(columns.found(Field::MOBILE, &finder, Matching::Contains).into())
        }
        None => found,
    }
}

/// The contacts with a static segment.
pub(super) fn in_static_segment(columns: Columns<'_>, segment: SegmentId) -> Signed<'_> {
    columns.rows_of_symbol(Field::SEGMENTS, Symbol::from(segment)).into()
}
