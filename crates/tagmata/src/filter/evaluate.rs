//! A plan over one contact: the reference meaning of a filter.

use super::ast::Quantifier;
use super::bind::{Bound, BoundSource, BoundText, BoundTime, Matcher};
use super::plan::RangeTest;
use super::steps::Jump;
use crate::model::{Contact, Field};
use crate::text::accent_fold;
use crate::time::{Date, Timestamp};
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
        let mut jump = self.steps.start;
        loop {
            let step = match jump {
                Jump::Verdict(verdict) => return verdict,
                Jump::Step(step) => match self.steps.all.get(step as usize) {
                    Some(step) => step,
                    None => return false,
                },
            };
            jump = if step.test.holds(contact, membership) { step.when_true } else { step.when_false };
        }
    }
}

impl Bound<'_> {
    pub(crate) fn holds(&self, contact: &Contact, membership: &dyn Membership) -> bool {
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
                matches!(get(field), Some(Value::Many(set)) if quantifier.holds(set.as_slice(), symbols))
            }
            Self::Segments(Quantifier::All, segments) => {
                segments.iter().all(|segment| membership.contains(*segment, contact))
            }
            Self::Segments(_, segments) => {
                segments.iter().any(|segment| membership.contains(*segment, contact))
            }
            Self::Id(ids) => matches!(get(&Field::ID), Some(Value::Id(id)) if ids.binary_search(id).is_ok()),
            Self::Date(field, test) => {
                matches!(get(field), Some(Value::Date(date)) if test.holds_for_day(*date))
            }
            Self::Instant(BoundSource::Field(field), test) => {
                contact.instant(*field).is_some_and(|at| test.holds_for_instant(at))
            }
            Self::MissingInstant(BoundSource::Field(field)) => get(field).is_none(),
            Self::Instant(..) | Self::MissingInstant(_) | Self::Measure(..) | Self::MissingMeasure(_) => {
                self.ask(contact.interactions()).unwrap_or_default()
            }
            Self::Size(field, test) => test.holds_for_count(contact.set_of(*field).map_or(0, SymbolSet::len)),
            Self::MissingField(field) => get(field).is_none(),
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

impl BoundTime {
    pub(crate) fn holds_for_day(&self, day: Date) -> bool {
        match self {
            Self::Within(range) => range.contains(&i64::from(day.days_since_epoch())),
            Self::Anniversary(days) => days.holds(day),
        }
    }

    pub(crate) fn holds_for_instant(&self, at: Timestamp) -> bool {
        match self {
            Self::Within(range) => range.contains(&at.as_micros()),
            Self::Anniversary(days) => days.holds_for_instant(at),
        }
    }
}

impl BoundText<'_> {
    pub(crate) fn holds(&self, text: &str) -> bool {
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
    /// Whether a set, which ascends and is not empty, has as many of the symbols as it must.
    pub(crate) fn holds(self, set: &[Symbol], symbols: &SymbolSet) -> bool {
        let has = |symbol: Symbol| set.binary_search(&symbol).is_ok();
        match self {
            Self::One | Self::Any => symbols.iter().any(has),
            Self::All => symbols.iter().all(has),
            Self::Only => set.iter().all(|symbol| symbols.contains(*symbol)),
        }
    }
}

impl RangeTest<i128> {
    /// The answer for a count, where the test is about millionths.
    pub(crate) fn holds_for_count(&self, count: usize) -> bool {
        self.holds(whole(count))
    }

    /// The test for a value that is `factor` times as large. Factors are counts of interactions and values amounts, so
    /// that products stay far below the end of the numbers.
    pub(super) fn scaled(&self, factor: i128) -> Self {
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
