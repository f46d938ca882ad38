//! Tables that are joined once to the table of contacts, for all conditions of a statement.

use super::fields::As;
use super::joined::{Group, Known};
use super::names;
use super::rows::{Rows, Total};
use super::translator::Translator;
use crate::error::Result;
use crate::fragment::Fragment;
use crate::mapping::{FieldMapping, LinkTable, MembersTable};

impl Translator<'_> {
    /// What stands behind the table of contacts.
    pub(crate) fn joined(&self) -> Result<Fragment> {
        let Some(joins) = &self.joins else { return Ok(Fragment::default()) };
        let mut text = joins.text.clone();
        for Group { from, contact, columns, alias } in &joins.groups {
            let named = columns
                .iter()
                .enumerate()
                .map(|(at, column)| Fragment::fill(&format!("{{0}} AS a{at}"), &[column]));
            let named = Fragment::join(&named.collect::<Vec<_>>(), ", ");
            let template = format!(
                " LEFT JOIN (SELECT {{0}} AS id, {{1}} FROM {{2}} GROUP BY {{0}}) AS {alias} ON {alias}.id = {{3}}"
            );
            text.push(&Fragment::fill(&template, &[contact, &named, from, &self.id()?]));
        }
        Ok(text)
    }

    /// How many of some rows a contact has, and what they come to: columns of the one group that all conditions on the table share.
    pub(super) fn join_totals(&mut self, rows: &Rows, totals: &[Total]) -> Vec<Fragment> {
        let Some(joins) = &mut self.joins else { return Vec::new() };
        let known =
            joins.groups.iter().position(|group| group.from == rows.from && group.contact == rows.contact);
        let at = known.unwrap_or_else(|| {
            let alias = format!("g{}", joins.groups.len() + 1);
            let (from, contact) = (rows.from.clone(), rows.contact.clone());
            joins.groups.push(Group { from, contact, columns: Vec::new(), alias });
            joins.groups.len() - 1
        });
        let Some(group) = joins.groups.get_mut(at) else { return Vec::new() };
        let counts = Fragment::join(&rows.conditions, " AND ");
        let all = std::iter::once(Total::count()).chain(totals.iter().cloned());
        all.map(|total| {
            let of = match rows.conditions.is_empty() {
                true => total.of,
                false => Fragment::fill("CASE WHEN {0} THEN {1} END", &[&counts, &total.of]),
            };
            let column = Fragment::fill(total.template, &[&of]);
            let at = group.columns.iter().position(|known| *known == column).unwrap_or_else(|| {
                group.columns.push(column);
                group.columns.len() - 1
            });
            Fragment::raw(format!("{}.a{at}", group.alias))
        })
        .collect()
    }

    /// Joins something by one of its columns, or takes it where it is joined already; its short name.
    fn join(
        &mut self,
        what: Fragment,
        own: Fragment,
        column: impl FnOnce(&Self, &str) -> Result<Fragment>,
    ) -> Result<String> {
        let known = self.joins.iter().flat_map(|joins| &joins.known);
        if let Some(known) = known.into_iter().find(|known| known.what == what && known.own == own) {
            return Ok(known.alias.clone());
        }
        let alias =
            self.joins.as_ref().map_or_else(String::new, |joins| format!("j{}", joins.known.len() + 1));
        let column = column(self, &alias)?;
        let template = format!(" LEFT JOIN ({{0}}) AS {alias} ON {{1}} = {{2}}");
        if let Some(joins) = &mut self.joins {
            joins.text.push(&Fragment::fill(&template, &[&what, &column, &own]));
            joins.known.push(Known { what, own, alias: alias.clone() });
        }
        Ok(alias)
    }

    /// Joins the one row that a table has for a contact; the short name of the table.
    pub(super) fn join_row(&mut self, link: &LinkTable) -> Result<String> {
        let rows = self.rows(link)?;
        let what = Fragment::fill("SELECT * FROM {0}{1}", &[&rows.from, &rows.filtered(&[])]);
        let contact = link.contact.clone();
        self.join(what, self.id()?, |this, alias| this.column(alias, &contact))
    }

    /// Joins all values that contacts have in a link table; the array of those of a contact.
    pub(super) fn join_set(&mut self, mapping: &FieldMapping, is_text: bool) -> Result<Fragment> {
        let Some(link) = &mapping.link else { return Ok(Fragment::default()) };
        let mut rows = self.rows(link)?;
        let mut value = self.value(mapping, &rows.alias, As::Text)?;
        if let Some(names) = &mapping.names_in {
            let from = names::table(self.world.dialect, &names.table, "n")?;
            let id = self.column("n", &names.id)?;
            let own = Fragment::fill("{0} = {1}", &[&id, &value]);
            rows.from = Fragment::fill("{0} JOIN {1} ON {2}", &[&rows.from, &from, &own]);
            rows.conditions.extend(self.tenant_of("n", names.tenant.as_deref())?);
            value = self.column("n", &names.name)?;
        }
        if mapping.nullable {
            rows.conditions.push(Fragment::fill("{0} IS NOT NULL", &[&value]));
        }
        if let (true, Some(template)) = (is_text, self.grammar().gathered_text) {
            value = Fragment::fill(template, &[&value]);
        }
        self.join_gathered(&rows, &value)
    }

    pub(super) fn join_members(&mut self, members: &MembersTable) -> Result<Fragment> {
        let rows = self.member_rows(members)?;
        let segment = self.column(&rows.alias, &members.segment)?;
        self.join_gathered(&rows, &segment)
    }

    fn join_gathered(&mut self, rows: &Rows, value: &Fragment) -> Result<Fragment> {
        let gathered = Fragment::fill(self.grammar().gathered, &[value]);
        let parts = [&rows.contact, &gathered, &rows.from, &rows.filtered(&[])];
        let what = Fragment::fill("SELECT {0} AS id, {1} AS v FROM {2}{3} GROUP BY {0}", &parts);
        let alias = self.join(what, self.id()?, id_of)?;
        Ok(Fragment::raw(format!("{alias}.v")))
    }

    /// Joins the names of what a column refers to; the name, or null.
    pub(super) fn join_name(&mut self, names: &Rows, name: &Fragment, own: Fragment) -> Result<Fragment> {
        let parts = [&names.contact, name, &names.from, &names.filtered(&[])];
        let what = Fragment::fill("SELECT {0} AS id, {1} AS v FROM {2}{3}", &parts);
        Ok(Fragment::raw(format!("{}.v", self.join(what, own, id_of)?)))
    }

    /// The rows of the table of members.
    pub(crate) fn member_rows(&mut self, members: &MembersTable) -> Result<Rows> {
        let alias = self.alias();
        Ok(Rows {
            from: names::table(self.world.dialect, &members.table, &alias)?,
            contact: self.column(&alias, &members.contact)?,
            conditions: self.tenant_of(&alias, members.tenant.as_deref())?.into_iter().collect(),
            alias,
        })
    }
}

/// The column by which most is joined.
fn id_of(_: &Translator<'_>, alias: &str) -> Result<Fragment> {
    Ok(Fragment::raw(format!("{alias}.id")))
}
