//! What interactions come to.

use super::rows::{Rows, Total};
use super::texts::Form;
use super::translator::Translator;
use crate::error::{Result, unmapped};
use crate::fragment::Fragment;
use crate::mapping::{Format, InteractionsTable};
use std::borrow::Cow;
use std::ops::Bound;
use tagmata::{Calendar, Function, InstantSource, InteractionSet, Measure, RangeTest, TimeTest};

/// Every kind that a mapping does not name.
const OTHERS: &str = "*";

/// The number of a kind, and its key.
pub(super) type NumberedKind<'a> = (u32, Cow<'a, str>);

/// Interactions that count.
pub(super) struct Interactions<'a> {
    table: &'a InteractionsTable,
    pub(super) rows: Rows,
    pub(super) at: Fragment,
    pub(super) format: Format,
}

impl<'a> Translator<'a> {
    pub(super) fn table_of(&self, kind: &str) -> Result<&'a InteractionsTable> {
        let tables = &self.world.mapping.interactions;
        tables.get(kind).or_else(|| tables.get(OTHERS)).ok_or_else(|| {
            unmapped(
                format!("the mapping does not say where interactions of the kind `{kind}` are"),
                format!("add `\"{kind}\"`, or `\"*\"` for all kinds, to its `interactions`"),
            )
        })
    }

    /// The interactions of some kinds in a table.
    pub(super) fn of_kinds(
        &mut self,
        table: &'a InteractionsTable,
        kinds: Vec<NumberedKind<'a>>,
    ) -> Result<Interactions<'a>> {
        let mut rows = self.rows(&table.rows)?;
        if let Some(column) = &table.kind {
            let column = self.column(&rows.alias, column)?;
            let kinds = self.written_names(Some(&table.kinds), kinds.into_iter(), "kind")?;
            rows = rows.and(self.is_one_of(&column, &kinds));
        }
        let at = self.column(&rows.alias, &table.at)?;
        let format = self.instants_kept_as(table.at_format, "the instant of interactions")?;
        Ok(Interactions { table, rows, at, format })
    }

    fn interactions(&mut self, set: &InteractionSet, calendar: &Calendar) -> Result<Interactions<'a>> {
        let kind = self.world.schema.kind_key(set.kind);
        let table = self.table_of(kind)?;
        let kinds = vec![(set.kind.get(), Cow::Borrowed(kind))];
        let Interactions { mut rows, at, format, .. } = self.of_kinds(table, kinds)?;
        if let Some(during) = &set.during {
            let cover = self.instants(during, calendar);
            rows = rows.and(self.instant_condition(&at, format, &cover, calendar));
        }
        if let Some(label) = &set.labelled {
            let Some(mapping) = &table.label else {
                return Err(unmapped(
                    format!("the mapping does not say where the labels of `{kind}` are"),
                    "add `\"label\": {\"column\": …}`",
                ));
            };
            let text = self.text_as(mapping, &rows.alias, Form::Folded, "label")?;
            rows = rows.and(self.is_text(&text, label));
        }
        Ok(Interactions { table, rows, at, format })
    }

    /// The amounts of interactions, in millionths; null where there is none.
    fn amount(&self, of: &Interactions<'_>) -> Result<Fragment> {
        let Some(column) = &of.table.amount else {
            return Err(unmapped("the mapping does not say where amounts are", "add `\"amount\": …`"));
        };
        let column = self.column(&of.rows.alias, column)?;
        let format = self.format(
            of.table.amount_format,
            Format::Number,
            &Format::AMOUNTS,
            "the amount of interactions",
        )?;
        Ok(match format {
            Format::Micros => column,
            _ => Fragment::fill(self.grammar().micros_of_number, &[&column]),
        })
    }

    pub(super) fn measure_test(
        &mut self,
        measure: &Measure,
        test: &RangeTest<i128>,
        calendar: &Calendar,
    ) -> Result<Fragment> {
        let of = self.interactions(&measure.of, calendar)?;
        let grammar = self.grammar();
        match measure.function {
            Function::Count | Function::First | Function::Last => {
                let test = Self::whole(test);
                match is_any(&test) {
                    Some(true) => self.exist(&of.rows),
                    Some(false) => Ok(self.exist(&of.rows)?.negated()),
                    None => self.total_passes(&of.rows, Total::count(), &test),
                }
            }
            Function::Sum => {
                let sum = Total { template: grammar.sum, of: self.amount(&of)? };
                self.total_passes(&of.rows, sum, test)
            }
            Function::Min | Function::Max => {
                let template = if measure.function == Function::Min { "MIN({0})" } else { "MAX({0})" };
                let amount = self.amount(&of)?;
                let there = Fragment::fill("{0} IS NOT NULL", &[&amount]);
                let edge = Total { template, of: amount };
                self.come_to(&of.rows.and(there), &[edge], |this, totals| match totals {
                    [edge] => this.passes(edge, test, None),
                    _ => Fragment::raw("FALSE"),
                })
            }
            // `avg op v` is `sum op v × count`: nothing is rounded.
            Function::Avg => {
                let amount = self.amount(&of)?;
                let there = Fragment::fill("{0} IS NOT NULL", &[&amount]);
                let sum = Total { template: grammar.sum, of: amount };
                self.come_to(&of.rows.and(there), &[sum, Total::count()], |this, totals| match totals {
                    [sum, count] => this.passes(sum, test, Some(count)),
                    _ => Fragment::raw("FALSE"),
                })
            }
        }
    }

    pub(super) fn measure_is_missing(&mut self, measure: &Measure, calendar: &Calendar) -> Result<Fragment> {
        let of = self.interactions(&measure.of, calendar)?;
        match measure.function {
            Function::Count | Function::Sum => Ok(Fragment::raw("FALSE")),
            _ => {
                let there = Fragment::fill("{0} IS NOT NULL", &[&self.amount(&of)?]);
                Ok(self.exist(&of.rows.and(there))?.negated())
            }
        }
    }

    /// The first or the last instant of interactions.
    pub(super) fn edge_test(
        &mut self,
        set: &InteractionSet,
        template: &'static str,
        test: &TimeTest,
        calendar: &Calendar,
    ) -> Result<Fragment> {
        let of = self.interactions(set, calendar)?;
        let cover = self.instants(test, calendar);
        let edge = Total { template, of: of.at };
        self.come_to(&of.rows, &[edge], |this, totals| match totals {
            [edge] => this.instant_condition(edge, of.format, &cover, calendar),
            _ => Fragment::raw("FALSE"),
        })
    }

    pub(super) fn source_is_missing(
        &mut self,
        source: &InstantSource,
        calendar: &Calendar,
    ) -> Result<Fragment> {
        match source {
            InstantSource::Field(field) => self.field_is_missing(*field),
            InstantSource::First(set) | InstantSource::Last(set) => {
                let of = self.interactions(set, calendar)?;
                Ok(self.exist(&of.rows)?.negated())
            }
        }
    }
}

/// Whether a count asks for one at least, or for none.
fn is_any(test: &RangeTest<i128>) -> Option<bool> {
    match test {
        RangeTest::Between(Bound::Included(1), Bound::Unbounded) => Some(true),
        RangeTest::Between(Bound::Unbounded | Bound::Included(..=0), Bound::Included(0)) => Some(false),
        RangeTest::OneOf(values) if **values == [0] => Some(false),
        _ => None,
    }
}
