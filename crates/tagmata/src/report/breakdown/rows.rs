//! The rows of a breakdown.

use super::fields::{field_to_add_up, field_to_group_by};
use super::group::{Group, groups_of};
use super::query::BreakdownQuery;
use super::tally::Tally;
use crate::error::Result;
use crate::model::Field;
use crate::state::State;
use crate::table::{Column, Numbers};
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, SegmentId, Value, ValueType};
use std::collections::{BTreeMap, HashMap};

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
        Self { value, label, count, sum, avg, min: tally.min(), max: tally.max() }
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

    let numbers = measure.and_then(|field| match state.table.column(field) {
        Some(Column::Number(numbers)) => Some(numbers),
        _ => None,
    });
    let mut tallies = Tallies::of(by, &members, state, numbers);
    if by.id() == Field::SEGMENTS {
        let dynamic: Vec<SegmentId> =
            all.into_iter().filter(|segment| state.segments.get(*segment).is_some()).collect();
        let inside = state.membership_of(&dynamic, &members, now);
        for (segment, inside) in dynamic.into_iter().zip(inside) {
            tallies.groups.insert(Group::Symbol(segment.into()), Tally::of(&inside, numbers));
        }
    }
    Ok(tallies.into_rows(by, state))
}

impl Tallies {
    /// The groups of the stored values of a field.
    fn of(by: &Field, members: &MemberSet, state: &State, numbers: Option<&Numbers<f64>>) -> Self {
        if by.value_type() == ValueType::Text {
            return Self::of_texts(by.id(), members, state, numbers);
        }
        let groups =
            groups_of(by.id(), state).map(|(group, rows)| (group, Tally::of(&(rows & members), numbers)));
        let none = match state.table.column(by.id()) {
            Some(column) => Tally::of(&(members - column.present()), numbers),
            None => Tally::of(members, numbers),
        };
        Self { groups: groups.filter(|(_, tally)| tally.count > 0).collect(), none }
    }

    fn of_texts(field: FieldId, members: &MemberSet, state: &State, numbers: Option<&Numbers<f64>>) -> Self {
        let (mut texts, mut none) = (HashMap::<_, Tally>::new(), Tally::default());
        for contact in members.iter() {
            let number = numbers.and_then(|numbers| numbers.get(contact.get()));
            match state.comparable(contact, field) {
                Some(text) => texts.entry(text).or_default().add(contact, number),
                None => none.add(contact, number),
            }
        }
        let groups = texts.into_iter().map(|(text, tally)| (Group::of_text(text), tally));
        Self { groups: groups.collect(), none }
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
