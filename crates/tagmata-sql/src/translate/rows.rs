//! Rows of other tables.

use super::names;
use super::translator::{CONTACT, Translator};
use crate::dialect::Asking;
use crate::error::{Result, bad_mapping};
use crate::fragment::Fragment;
use crate::mapping::{LinkTable, Mapping};

/// Rows of a table with a column of contacts, or of what else is referred to.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    /// The short name of the table.
    pub(crate) alias: String,
    pub(crate) from: Fragment,
    /// The column of the contact, or of what else is referred to.
    pub(crate) contact: Fragment,
    pub(crate) conditions: Vec<Fragment>,
}

impl Rows {
    /// Only those for which something holds.
    pub(crate) fn and(mut self, condition: Fragment) -> Self {
        self.conditions.push(condition);
        self
    }

    /// `WHERE` and the conditions, with others before them; nothing if there are none.
    pub(crate) fn filtered(&self, before: &[Fragment]) -> Fragment {
        let all: Vec<Fragment> = before.iter().chain(&self.conditions).cloned().collect();
        match all.is_empty() {
            true => Fragment::default(),
            false => Fragment::fill(" WHERE {0}", &[&Fragment::join(&all, " AND ")]),
        }
    }
}

/// Something that is made of all rows of a group: a template, and what it is about.
#[derive(Debug, Clone)]
pub(crate) struct Total {
    pub(crate) template: &'static str,
    pub(crate) of: Fragment,
}

impl Total {
    /// How many rows there are.
    pub(crate) fn count() -> Self {
        Self { template: "COUNT({0})", of: Fragment::raw("1") }
    }
}

impl Translator<'_> {
    /// The rows of a table that count.
    pub(crate) fn rows(&mut self, link: &LinkTable) -> Result<Rows> {
        let dialect = self.world.dialect;
        let alias = self.alias();
        let mut conditions = Vec::new();
        for (column, value) in &link.conditions {
            let column = self.column(&alias, column)?;
            conditions.push(self.is_literal(&column, value));
        }
        conditions.extend(self.tenant_of(&alias, link.tenant.as_deref())?);
        Ok(Rows {
            from: names::table(dialect, &link.table, &alias)?,
            contact: self.column(&alias, &link.contact)?,
            conditions,
            alias,
        })
    }

    /// That a row is one of the tenant, where the table has a column for that.
    pub(crate) fn tenant_of(&self, alias: &str, column: Option<&str>) -> Result<Option<Fragment>> {
        let Some(column) = column else { return Ok(None) };
        let Some(tenant) = &self.world.mapping.tenant else {
            return Err(bad_mapping(
                format!("the mapping has a column of tenants, `{column}`, but no tenant"),
                "give the tenant whose contacts are asked for: nobody else's may be found",
            ));
        };
        let column = self.column(alias, column)?;
        Ok(Some(self.is_literal(&column, tenant)))
    }

    /// Whether there is a row for the contact.
    pub(crate) fn exist(&mut self, rows: &Rows) -> Result<Fragment> {
        if self.joins.is_some() {
            return self.come_to(rows, &[], |_, _| Fragment::raw("TRUE"));
        }
        self.found(rows, None)
    }

    /// Whether the rows of the contact, of which there is one at least, come to something.
    pub(crate) fn come_to(
        &mut self,
        rows: &Rows,
        totals: &[Total],
        test: impl Fn(&Self, &[Fragment]) -> Fragment,
    ) -> Result<Fragment> {
        if self.joins.is_some() {
            let columns = self.join_totals(rows, totals);
            let Some((count, columns)) = columns.split_first() else { return Ok(Fragment::raw("FALSE")) };
            let there = Fragment::fill("{0} > 0", &[count]);
            let test = test(self, columns);
            let holds = Fragment::combined(vec![there, test], "AND");
            return Ok(self.guarded(true, count, holds));
        }
        let made = totals.iter().map(|total| Fragment::fill(total.template, &[&total.of]));
        let having = test(self, &made.collect::<Vec<_>>());
        let group = Fragment::fill(" GROUP BY {0} HAVING {1}", &[&rows.contact, &having]);
        self.found(rows, Some(&group))
    }

    /// Whether a row, or a group of rows, is one of the contact, as the database is best asked.
    fn found(&self, rows: &Rows, group: Option<&Fragment>) -> Result<Fragment> {
        let (id, nothing) = (self.id()?, Fragment::default());
        let behind = group.unwrap_or(&nothing);
        Ok(match (self.grammar().asking, group) {
            (Asking::AsSet, _) => {
                let parts = [&id, &rows.contact, &rows.from, &rows.filtered(&[]), behind];
                Fragment::fill("{0} IN (SELECT {1} FROM {2}{3}{4})", &parts)
            }
            (Asking::GroupsAtOnce, Some(group)) => {
                let parts = [&rows.contact, &rows.from, &rows.filtered(&[]), group, &id];
                Fragment::fill(
                    "EXISTS (SELECT 1 FROM (SELECT {0} AS id FROM {1}{2}{3}) AS g WHERE g.id = {4})",
                    &parts,
                )
            }
            (Asking::ByContact | Asking::GroupsAtOnce, _) => {
                let own = Fragment::fill("{0} = {1}", &[&rows.contact, &id]);
                let parts = [&rows.from, &rows.filtered(&[own]), behind];
                Fragment::fill("EXISTS (SELECT 1 FROM {0}{1}{2})", &parts)
            }
        })
    }

    /// That a contact is one of the tenant, where there is one.
    pub(crate) fn is_own(&self) -> Result<Option<Fragment>> {
        let Mapping { contacts, tenant, .. } = self.world.mapping;
        if tenant.is_some() && contacts.tenant.is_none() {
            return Err(bad_mapping(
                "the mapping has a tenant, but its table of contacts has no column of tenants",
                "add `tenant` to its `contacts`: nobody else's may be found",
            ));
        }
        self.tenant_of(CONTACT, contacts.tenant.as_deref())
    }

    /// The table of contacts.
    pub(crate) fn contacts(&self) -> Result<Fragment> {
        names::table(self.world.dialect, &self.world.mapping.contacts.table, CONTACT)
    }
}
