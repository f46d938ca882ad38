//! What interactions come to.

use super::rows::{Rows, Total};
use super::texts::Form;
use super::translator::Translator;
use crate::error::{Result, bad_mapping, unmapped};
use crate::fragment::Fragment;
use crate::mapping::{Format, InteractionsTable};
use std::borrow::Cow;
use std::ops::Bound;
use tagmata::{Calendar, Field, Function, InstantSource, InteractionSet, Measure, RangeTest, TimeTest};

/// Every kind that a mapping does not name.
const OTHERS: &str = "*";

/// The number of a kind, and its key.
type NumberedKind<'a> = (u32, Cow<'a, str>);

/// Interactions that count.
struct Interactions<'a> {
    table: &'a InteractionsTable,
    rows: Rows,
    at: Fragment,
    format: Format,
}

impl<'a> Translator<'a> {
    fn table_of(&self, kind: &str) -> Result<&'a InteractionsTable> {
        let tables = &self.world.mapping.interactions;
        tables.get(kind).or_else(|| tables.get(OTHERS)).ok_or_else(|| {
            unmapped(
                format!("the mapping does not say where interactions of the kind `{kind}` are"),
                format!("add `\"{kind}\"`, or `\"*\"` for all kinds, to its `interactions`"),
            )
        })
    }

    fn interactions(&mut self, set: &InteractionSet, calendar: &Calendar) -> Result<Interactions<'a>> {
        let kind = self.world.schema.kind_key(set.kind);
        let table = self.table_of(kind)?;
        let mut rows = self.rows(&table.rows)?;
        if let Some(column) = &table.kind {
            let column = self.column(&rows.alias, column)?;
            let kinds = std::iter::once((set.kind.get(), Cow::Borrowed(kind)));
            let kinds = self.written_names(Some(&table.kinds), kinds, "kind")?;
            rows = rows.and(self.is_one_of(&column, &kinds));
        }
        let at = self.column(&rows.alias, &table.at)?;
        let format = self.instants_kept_as(table.at_format, "the instant of interactions")?;
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

    /// Whether the last interaction is what was recorded, or the later of that and a column.
    pub(super) fn is_recorded(&self) -> bool {
        self.mapping_if(Field::LAST_INTERACTION).is_none_or(|mapping| mapping.recorded)
    }

    pub(super) fn last_interaction_test(&mut self, test: &TimeTest, calendar: &Calendar) -> Result<Fragment> {
        let (rows, at, format) = self.heard()?;
        let cover = self.instants(test, calendar);
        let last = Total { template: "MAX({0})", of: at };
        self.come_to(&rows, &[last], |this, totals| match totals {
            [last] => this.instant_condition(last, format, &cover, calendar),
            _ => Fragment::raw("FALSE"),
        })
    }

    pub(super) fn last_interaction_is_missing(&mut self) -> Result<Fragment> {
        let (rows, _, _) = self.heard()?;
        Ok(self.exist(&rows)?.negated())
    }

    /// All instants at which contacts were heard of.
    fn heard(&mut self) -> Result<(Rows, Fragment, Format)> {
        let (mut parts, mut formats) = (Vec::new(), Vec::new());
        let mut by_table: Vec<(&'a InteractionsTable, Vec<NumberedKind<'a>>)> = Vec::new();
        for (kind, key) in self.world.schema.kind_entries().filter(|(kind, _)| !kind.outgoing) {
            let table = self.table_of(key)?;
            let kind = (kind.id.get(), Cow::Borrowed(key));
            match by_table.iter_mut().find(|(known, _)| std::ptr::eq(*known, table)) {
                Some((_, kinds)) => kinds.push(kind),
                None => by_table.push((table, vec![kind])),
            }
        }
        for (table, kinds) in by_table {
            let mut rows = self.rows(&table.rows)?;
            if let Some(column) = &table.kind {
                let column = self.column(&rows.alias, column)?;
                let kinds = self.written_names(Some(&table.kinds), kinds.into_iter(), "kind")?;
                rows = rows.and(self.is_one_of(&column, &kinds));
            }
            formats.push(self.instants_kept_as(table.at_format, "the instant of interactions")?);
            let at = self.column(&rows.alias, &table.at)?;
            let parts_of = [&rows.contact, &at, &rows.from, &rows.filtered(&[])];
            parts.push(Fragment::fill("SELECT {0} AS id, {1} AS at FROM {2}{3}", &parts_of));
        }
        if let Some(mapping) = self.mapping_if(Field::LAST_INTERACTION) {
            if mapping.link.is_some() {
                return Err(bad_mapping(
                    "what was recorded counts beside a `last_interaction` in another table",
                    "keep it in a column of contacts",
                ));
            }
            let format = self.instant_format(Field::LAST_INTERACTION, mapping)?;
            formats.push(format);
            let alias = self.alias();
            let at = self.instant_value(mapping, &alias, format)?;
            let contacts = &self.world.mapping.contacts;
            let id = self.column(&alias, &contacts.id)?;
            let from = super::names::table(self.world.dialect, &contacts.table, &alias)?;
            let parts_of = [&id, &at, &from];
            parts.push(Fragment::fill(
                "SELECT {0} AS id, {1} AS at FROM {2} WHERE {1} IS NOT NULL",
                &parts_of,
            ));
        }
        let Some(format) = formats.first().copied() else {
            return Err(unmapped(
                "the mapping does not say where `last_interaction` is",
                "add it to its `fields`, or add its `interactions`",
            ));
        };
        if formats.iter().any(|other| *other != format) {
            return Err(bad_mapping(
                "the instants that `last_interaction` is made of are kept in different formats",
                "keep all in one",
            ));
        }
        let alias = self.alias();
        let all = Fragment::join(&parts, " UNION ALL ");
        let rows = Rows {
            from: Fragment::fill(&format!("({{0}}) AS {alias}"), &[&all]),
            contact: Fragment::raw(format!("{alias}.id")),
            conditions: Vec::new(),
            alias: alias.clone(),
        };
        Ok((rows, Fragment::raw(format!("{alias}.at")), format))
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
