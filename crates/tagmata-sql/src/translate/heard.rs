//! When contacts were last heard of, where that is what was recorded.

use super::measures::{Interactions, NumberedKind};
use super::rows::{Rows, Total};
use super::translator::Translator;
use crate::error::{Result, bad_mapping, unmapped};
use crate::fragment::Fragment;
use crate::mapping::{Format, InteractionsTable};
use std::borrow::Cow;
use tagmata::{Calendar, Field, TimeTest};

impl<'a> Translator<'a> {
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
        let mut by_table: Vec<(&'a InteractionsTable, Vec<NumberedKind<'a>>)> = Vec::new();
        for (kind, key) in self.world.schema.kind_entries().filter(|(kind, _)| !kind.outgoing) {
            let table = self.table_of(key)?;
            let kind = (kind.id.get(), Cow::Borrowed(key));
            match by_table.iter_mut().find(|(known, _)| std::ptr::eq(*known, table)) {
                Some((_, kinds)) => kinds.push(kind),
                None => by_table.push((table, vec![kind])),
            }
        }
        let each = by_table.into_iter().map(|(table, kinds)| self.of_kinds(table, kinds));
        let mut each = each.collect::<Result<Vec<_>>>()?;
        let column = self.mapping_if(Field::LAST_INTERACTION);
        if each.len() == 1
            && column.is_none()
            && let Some(Interactions { rows, at, format, .. }) = each.pop()
        {
            return Ok((rows, at, format));
        }
        let mut formats: Vec<Format> = each.iter().map(|of| of.format).collect();
        let select = |of: &Interactions<'_>| {
            let parts = [&of.rows.contact, &of.at, &of.rows.from, &of.rows.filtered(&[])];
            Fragment::fill("SELECT {0} AS id, {1} AS at FROM {2}{3}", &parts)
        };
        let mut parts: Vec<Fragment> = each.iter().map(select).collect();
        if let Some(mapping) = column {
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
