//! The rows of a breakdown.

use super::fields::{field_to_add_up, field_to_group_by};
use super::group::Group;
use super::query::BreakdownQuery;
use super::tally::Tally;
use crate::error::Result;
use crate::model::Field;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, MemberSet, SegmentId, Value, ValueType};
use std::collections::BTreeMap;

/// One value of a field, and the contacts that have it.
///
/// ```
/// use tagmata::{Book, BreakdownQuery, Draft, NewField, Timestamp, ValueType};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let plan = NewField::new("plan", ValueType::Select).labelled_option("pro", "Professionnel");
/// book.define_field(plan, now)?;
/// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
/// let rows = book.breakdown(&BreakdownQuery::by("plan"))?;
/// assert_eq!((rows[0].value.as_deref(), rows[0].label.as_str(), rows[0].count), (Some("pro"), "Professionnel", 0));
/// assert_eq!((rows[1].value.as_deref(), rows[1].label.as_str(), rows[1].count), (None, "", 1));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BreakdownRow {
    /// The key of the status or option, the code of the country, the name of the tag or segment, `true` or `false`, or the
    /// text. `None` is the row of those without a value, which of `segments` are those in no static segment.
    pub value: Option<String>,
    /// What people see of the value; empty in the row of those without a value.
    pub label: String,
    /// How many contacts have the value.
    pub count: u64,
    /// The sum of their numbers; exact where these have at most 6 fraction digits. `None`, like the other three, if nobody has
    /// a number or none is asked for.
    pub sum: Option<f64>,
    /// The mean of their numbers.
    pub avg: Option<f64>,
    /// The smallest of their numbers.
    pub min: Option<f64>,
    /// The largest of their numbers.
    pub max: Option<f64>,
}

impl BreakdownRow {
    fn new(value: Option<String>, label: String, tally: &Tally) -> Self {
        let (count, sum, avg) = (tally.count, tally.sum(), tally.avg());
        Self { value, label, count, sum, avg, min: tally.min, max: tally.max }
    }
}

/// The tallies of all groups.
#[derive(Debug, Default)]
struct Tallies {
    groups: BTreeMap<Group, Tally>,
    none: Tally,
}

/// A row for each value of a field.
///
/// # Errors
/// [`Code::UnknownField`]; [`Code::NotGroupable`], [`Code::NotMeasurable`] with the fields that are; the errors of a filter;
/// [`Code::BrokenSegment`] where contacts are grouped by segments and one is broken.
pub(crate) fn breakdown(query: &BreakdownQuery, state: &State, now: Timestamp) -> Result<Vec<BreakdownRow>> {
    let schema = &state.schema;
    let by = field_to_group_by(&query.by, schema)?;
    let measure = query.measure.as_ref().map(|field| field_to_add_up(field, schema)).transpose()?;
    let all: Vec<SegmentId> = schema.segment_entries().map(|(segment, _)| segment).collect();
    if by.id() == Field::SEGMENTS {
        state.segments.refuse_broken(all.iter().copied(), schema)?;
    }
    let members = match &query.filter {
        Some(source) => state.select(&*source.read(schema)?, now)?,
        None => state.table.live().clone(),
    };

    let number = |contact| measure.and_then(|field| number_of(contact, field, state));
    let mut tallies = Tallies::of(by, &members, state, number);
    if by.id() == Field::SEGMENTS {
        let dynamic: Vec<SegmentId> =
            all.into_iter().filter(|segment| state.segments.get(*segment).is_some()).collect();
        let inside = state.membership_of(&dynamic, &members, now);
        for (segment, inside) in dynamic.into_iter().zip(inside) {
            let tally = tallies.groups.entry(Group::Symbol(segment.into())).or_default();
            inside.iter().for_each(|contact| tally.add(contact, number(contact)));
        }
    }
    Ok(tallies.into_rows(by, state))
}

impl Tallies {
    /// The groups of the stored values of a field.
    fn of(by: &Field, members: &MemberSet, state: &State, number: impl Fn(ContactId) -> Option<f64>) -> Self {
        let mut tallies = Self::default();
        for contact in members.iter() {
            let (groups, number) = (Group::of(contact, by, state), number(contact));
            if groups.is_empty() {
                tallies.none.add(contact, number);
            }
            for group in groups {
                tallies.groups.entry(group).or_default().add(contact, number);
            }
        }
        tallies
    }

    fn into_rows(mut self, by: &Field, state: &State) -> Vec<BreakdownRow> {
        let order: Vec<Group> = match by.value_type() {
            ValueType::Bool => [false, true].map(Group::Bool).into(),
            ValueType::Text | ValueType::Country => self.groups.keys().cloned().collect(),
            _ => state.schema.symbols_in_order(by).into_iter().map(Group::Symbol).collect(),
        };
        let mut rows = Vec::with_capacity(order.len() + 1);
        for group in order {
            let tally = self.groups.remove(&group).unwrap_or_default();
            let (value, label) = match &group {
                Group::Bool(yes) => (yes.to_string(), yes.to_string()),
                Group::Symbol(symbol) => {
                    let (id, schema) = (by.id(), &state.schema);
                    let (key, label) = (schema.symbol_key(id, *symbol), schema.symbol_label(id, *symbol));
                    (key.into_owned(), label.into_owned())
                }
                Group::Text { folded, .. } => {
                    // The spelling of the first contact stands for all.
                    let spelling = match tally.first.and_then(|contact| state.value(contact, by.id())) {
                        Some(Value::Text(text)) => text.as_str().to_owned(),
                        _ => folded.clone(),
                    };
                    (spelling.clone(), spelling)
                }
            };
            rows.push(BreakdownRow::new(Some(value), label, &tally));
        }
        if self.none.count > 0 {
            rows.push(BreakdownRow::new(None, String::new(), &self.none));
        }
        rows
    }
}

fn number_of(contact: ContactId, field: FieldId, state: &State) -> Option<f64> {
    match state.value(contact, field) {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}
