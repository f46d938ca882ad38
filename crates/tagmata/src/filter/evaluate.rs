//! A plan over one contact: the reference meaning of a filter.

use super::ast::{Function, Quantifier};
use super::bind::{Bound, BoundMeasure, BoundSet, BoundSource, BoundText, BoundTime, Jump, Matcher};
use super::plan::RangeTest;
use crate::model::{Contact, Field, Interaction};
use crate::text::accent_fold;
use crate::time::Timestamp;
use crate::value::{FieldId, SegmentId, Symbol, SymbolSet, Value};

/// Says which segments a contact is in, dynamic ones included.
///
/// ```
/// use tagmata::{Contact, ContactId, Filter, Membership, Schema, SegmentId, Timestamp};
/// /// Every segment has the first hundred contacts.
/// struct FirstHundred;
/// impl Membership for FirstHundred {
///     fn contains(&self, _: SegmentId, contact: &Contact) -> bool {
///         contact.id().get() < 100
///     }
///     fn valid_until(&self, _: SegmentId, _: &Contact) -> Option<Timestamp> {
///         None
///     }
/// }
/// # let mut schema = Schema::default();
/// # schema.define_segment("Nord")?;
/// # let now = "2026-11-22T09:30:00Z".parse()?;
/// let filter = Filter::parse("segments has Nord", &schema)?;
/// assert!(filter.matches_among(&Contact::new(ContactId::new(7)), now, &FirstHundred));
/// assert!(!filter.matches_among(&Contact::new(ContactId::new(100)), now, &FirstHundred));
/// # Ok::<(), tagmata::Error>(())
/// ```
pub trait Membership {
    /// Whether the contact is in the segment.
    fn contains(&self, segment: SegmentId, contact: &Contact) -> bool;

    /// An instant before which that certainly stays so, if the contact does not change; `None` if it stays so for ever.
    fn valid_until(&self, segment: SegmentId, contact: &Contact) -> Option<Timestamp>;
}

/// The membership of contacts that are in static segments only.
///
/// ```
/// use tagmata::{ContactId, Draft, Membership, Schema, StaticSegments};
/// let mut schema = Schema::default();
/// let (north, south) = (schema.define_segment("Nord")?, schema.define_segment("Sud")?);
/// let zoe = Draft::new().set("segments", ["Nord"]).read(ContactId::new(0), &schema)?;
/// assert!(StaticSegments.contains(north, &zoe) && !StaticSegments.contains(south, &zoe));
/// assert_eq!(StaticSegments.valid_until(north, &zoe), None);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct StaticSegments;

impl Membership for StaticSegments {
    fn contains(&self, segment: SegmentId, contact: &Contact) -> bool {
        contact.set_of(Field::SEGMENTS).is_some_and(|segments| segments.contains(segment.into()))
    }

    fn valid_until(&self, _: SegmentId, _: &Contact) -> Option<Timestamp> {
        None
    }
}

impl Matcher<'_> {
    /// Whether a contact matches.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, Filter, Schema, StaticSegments};
    /// let schema = Schema::default();
    /// let filter = Filter::parse("country = FR", &schema)?;
    /// let matcher = filter.plan().at("2026-11-22T09:30:00Z".parse()?);
    /// let from = |country, id| Draft::new().set("country", country).read(ContactId::new(id), &schema);
    /// let contacts = [from("FR", 0)?, from("ES", 1)?];
    /// assert_eq!(contacts.map(|contact| matcher.matches(&contact, &StaticSegments)), [true, false]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn matches(&self, contact: &Contact, membership: &dyn Membership) -> bool {
        let mut jump = self.start;
        loop {
            let step = match jump {
                Jump::Verdict(verdict) => return verdict,
                Jump::Step(step) => match self.steps.get(step as usize) {
                    Some(step) => step,
                    None => return false,
                },
            };
            jump = if step.test.holds(contact, membership) { step.when_true } else { step.when_false };
        }
    }
}

impl Bound<'_> {
    pub(super) fn holds(&self, contact: &Contact, membership: &dyn Membership) -> bool {
        let get = |field: &FieldId| contact.get(*field);
        match self {
            Self::Always(verdict) => *verdict,
            Self::Text(field, test) => {
                matches!(get(field), Some(Value::Text(text)) if test.holds(text.folded()))
            }
            Self::Phone(field, test) => {
                matches!(get(field), Some(Value::Phone(phone)) if test.holds(phone.digits()))
            }
            Self::Number(field, test) => {
                matches!(get(field), Some(Value::Number(number)) if test.holds(*number))
            }
            Self::Bool(field, value) => matches!(get(field), Some(Value::Bool(is)) if is == value),
            Self::OneOf(field, symbols) => {
                matches!(get(field), Some(Value::One(symbol)) if symbols.contains(*symbol))
            }
            Self::Set(field, quantifier, symbols) => {
                matches!(get(field), Some(Value::Many(set)) if quantifier.holds(set, symbols))
            }
            Self::Segments(Quantifier::All, segments) => {
                segments.iter().all(|segment| membership.contains(*segment, contact))
            }
            Self::Segments(_, segments) => {
                segments.iter().any(|segment| membership.contains(*segment, contact))
            }
            Self::Id(ids) => matches!(get(&Field::ID), Some(Value::Id(id)) if ids.binary_search(id).is_ok()),
            Self::Date(field, test) => match get(field) {
                Some(Value::Date(date)) => match test {
                    BoundTime::Within(range) => range.contains(&i64::from(date.days_since_epoch())),
                    BoundTime::Anniversary(days) => days.holds(*date),
                },
                _ => false,
            },
            Self::Instant(source, test) => source.get(contact).is_some_and(|at| match test {
                BoundTime::Within(range) => range.contains(&at.as_micros()),
                BoundTime::Anniversary(days) => days.holds_for_instant(at),
            }),
            Self::Measure(measure, test) => measure.holds(contact, test),
            Self::Size(field, test) => {
                let size = contact.set_of(*field).map_or(0, SymbolSet::len);
                test.holds(whole(size))
            }
            Self::MissingField(field) => get(field).is_none(),
            Self::MissingMeasure(measure) => measure.is_missing(contact),
            Self::MissingInstant(source) => source.get(contact).is_none(),
            Self::Search(phrase, digits) => {
                let found = |field| {
                    let text = contact.text(field);
                    text.is_some_and(|text| phrase.find(accent_fold(text.as_str()).as_bytes()).is_some())
                };
                found(Field::NAME)
                    || found(Field::EMAIL)
                    || match (digits, contact.get(Field::MOBILE)) {
                        (Some(digits), Some(Value::Phone(phone))) => {
                            digits.find(phone.digits().as_bytes()).is_some()
                        }
                        _ => false,
                    }
            }
        }
    }
}

impl BoundText<'_> {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::OneOf([only]) => **only == *text,
            Self::OneOf(texts) => texts.binary_search_by(|other| (**other).cmp(text)).is_ok(),
            Self::Contains(finder) => finder.find(text.as_bytes()).is_some(),
            Self::StartsWith(start) => text.starts_with(start),
            Self::EndsWith(end) => text.ends_with(end),
        }
    }
}

impl Quantifier {
    /// Whether a set, which is not empty, has as many of the symbols as it must.
    fn holds(self, set: &SymbolSet, symbols: &SymbolSet) -> bool {
        let has = |symbol: Symbol| set.contains(symbol);
        match self {
            Self::One | Self::Any => symbols.iter().any(has),
            Self::All => symbols.iter().all(has),
            Self::Only => set.iter().all(|symbol| symbols.contains(symbol)),
        }
    }
}

impl BoundSource<'_> {
    pub(super) fn get(&self, contact: &Contact) -> Option<Timestamp> {
        match self {
            Self::Field(field) => contact.instant(*field),
            Self::First(set) => set.of(contact).next().map(|interaction| interaction.at),
            Self::Last(set) => set.of(contact).next_back().map(|interaction| interaction.at),
        }
    }
}

impl BoundSet<'_> {
    /// The interactions that count, earliest first.
    fn of<'c>(&'c self, contact: &'c Contact) -> impl DoubleEndedIterator<Item = &'c Interaction> {
        contact.interactions().iter().filter(|interaction| {
            interaction.kind == self.kind
                && self.during.as_ref().is_none_or(|range| range.contains(&interaction.at.as_micros()))
                && self
                    .labelled
                    .is_none_or(|label| interaction.label.as_ref().is_some_and(|has| has.folded() == label))
        })
    }

    /// The amounts that count, in millionths.
    fn amounts<'c>(&'c self, contact: &'c Contact) -> impl Iterator<Item = i128> {
        self.of(contact)
            .filter_map(|interaction| interaction.amount)
            .map(|amount| i128::from(amount.micros()))
    }
}

impl BoundMeasure<'_> {
    fn holds(&self, contact: &Contact, test: &RangeTest<i128>) -> bool {
        match self.function {
            Function::Avg => {
                let (sum, count) = self.total(contact);
                // `avg op v` is `sum op v × count`: no rounding anywhere.
                count > 0 && test.scaled(count).holds(sum)
            }
            _ => self.value(contact).is_some_and(|value| test.holds(value)),
        }
    }

    /// The value in millionths, but for an average, which need not have one.
    pub(super) fn value(&self, contact: &Contact) -> Option<i128> {
        match self.function {
            Function::Count => Some(whole(self.of.of(contact).count())),
            Function::Sum => Some(self.total(contact).0),
            Function::Min => self.of.amounts(contact).min(),
            Function::Max => self.of.amounts(contact).max(),
            Function::Avg | Function::First | Function::Last => None,
        }
    }

    /// The sum of the amounts in millionths, and how many there are.
    pub(super) fn total(&self, contact: &Contact) -> (i128, i128) {
        self.of.amounts(contact).fold((0, 0), |(sum, count), amount| (sum + amount, count + 1))
    }

    pub(super) fn is_missing(&self, contact: &Contact) -> bool {
        match self.function {
            Function::Count | Function::Sum => false,
            _ => self.of.amounts(contact).next().is_none(),
        }
    }
}

impl RangeTest<i128> {
    /// The test for a value that is `factor` times as large. Factors are counts of interactions and values amounts, so
    /// that products stay far below the end of the numbers.
    fn scaled(&self, factor: i128) -> Self {
        let scale = |bound: &std::ops::Bound<i128>| bound.map(|value| value * factor);
        match self {
            Self::Between(low, high) => Self::Between(scale(low), scale(high)),
            Self::OneOf(values) => Self::OneOf(values.iter().map(|value| value * factor).collect()),
        }
    }
}

/// A whole number in millionths.
fn whole(number: usize) -> i128 {
    i128::try_from(number).unwrap_or(i128::MAX / 1_000_000) * 1_000_000
}
