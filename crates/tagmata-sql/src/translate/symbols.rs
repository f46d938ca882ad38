//! Statuses, options, countries, tags and static segments: one value, or a set.

use super::fields::As;
use super::lists::Several;
use super::numbers::holds;
use super::rows::{Rows, Total};
use super::translator::Translator;
use crate::error::{Result, bad_mapping};
use crate::fragment::Fragment;
use crate::mapping::{FieldMapping, LinkTable, Lists};
use tagmata::{FieldId, Quantifier, RangeTest, SymbolSet};

impl<'a> Translator<'a> {
    pub(super) fn one_of(&mut self, field: FieldId, symbols: &SymbolSet) -> Result<Fragment> {
        let mapping = self.mapping(field)?;
        let values = self.written(field, mapping, symbols)?;
        self.on_field(mapping, |this, alias| {
            let value = this.value(mapping, alias, read_as(mapping, &values))?;
            let condition = this.is_symbol(mapping, &value, &values)?;
            Ok(this.guarded(this.is_nullable(mapping), &value, condition))
        })
    }

    /// Whether a column that is not null stands for one of some values, by itself or by a table of names.
    fn is_symbol(&mut self, mapping: &FieldMapping, column: &Fragment, values: &Several) -> Result<Fragment> {
        let Some(names) = &mapping.names_in else { return Ok(self.is_one_of(column, values)) };
        let alias = self.alias_of_names();
        let (id, name) = (self.column(&alias, &names.id)?, self.column(&alias, &names.name)?);
        // JSON does not say of which type the reference is, so that both are compared as texts.
        let is_json = !mapping.path.is_empty();
        let as_text = |value: &Fragment| self.binary(&Fragment::fill(self.grammar().textual, &[value]));
        let (column, compared) = match is_json {
            true => (self.binary(column), as_text(&id)),
            false => (column.clone(), id.clone()),
        };
        let mut rows = Rows {
            from: super::names::table(self.world.dialect, &names.table, &alias)?,
            contact: compared,
            conditions: vec![Fragment::fill("{0} IS NOT NULL", &[&id])],
            alias,
        };
        rows.conditions.extend(self.tenant_of(&rows.alias, names.tenant.as_deref())?);
        if self.joins.is_some() {
            let name = self.join_name(&rows, &name, column)?;
            let is_one = self.is_one_of(&name, values);
            return Ok(self.guarded(true, &name, is_one));
        }
        let parts = [&column, &rows.contact, &rows.from, &rows.filtered(&[self.is_one_of(&name, values)])];
        Ok(Fragment::fill("{0} IN (SELECT {1} FROM {2}{3})", &parts))
    }

    pub(super) fn set_test(
        &mut self,
        field: FieldId,
        quantifier: Quantifier,
        symbols: &SymbolSet,
    ) -> Result<Fragment> {
        let mapping = self.mapping(field)?;
        let values = self.written(field, mapping, symbols)?;
        if let Some(set) = self.set_column(mapping, &values)? {
            let grammar = self.grammar();
            if let Some(condition) = self.has_few(&set, &values, quantifier) {
                return Ok(self.guarded(true, &set, condition));
            }
            let is_gathered = mapping.link.is_some();
            let list = match &values {
                Several::Texts(texts) if is_gathered && self.grammar().gathered_text.is_some() => {
                    self.list(&Several::Texts(texts.iter().map(|text| hex(text)).collect()))
                }
                values => self.list(values),
            };
            let template = match quantifier {
                Quantifier::One | Quantifier::Any => grammar.has_any,
                Quantifier::All => grammar.has_all,
                Quantifier::Only => grammar.has_only,
            };
            let condition = Fragment::fill(template, &[&set, &list]);
            return Ok(self.guarded(true, &set, condition));
        }
        let Some(link) = &mapping.link else { return Err(no_set(self.key(field))) };
        match quantifier {
            Quantifier::One | Quantifier::Any => self.has_one(link, mapping, &values),
            Quantifier::All => self.has_all(link, mapping, &values),
            Quantifier::Only => {
                let (rows, _) = self.linked(link, mapping)?;
                let any = self.exist(&rows)?;
                let (rows, value) = self.linked(link, mapping)?;
                let is_listed = self.is_symbol(mapping, &value, &values)?;
                let other = self.exist(&rows.and(is_listed.negated()))?;
                Ok(Fragment::combined(vec![any, other.negated()], "AND"))
            }
        }
    }

    /// Whether an array has one or all of a few values, where the database tells that faster value by value.
    fn has_few(&self, set: &Fragment, values: &Several, quantifier: Quantifier) -> Option<Fragment> {
        let template = self.grammar().has_one.filter(|_| values.len() <= self.world.choices.longest_list)?;
        let word = match quantifier {
            Quantifier::One | Quantifier::Any => "OR",
            Quantifier::All => "AND",
            Quantifier::Only => return None,
        };
        let has = |value: &Fragment| Fragment::fill(template, &[set, value]);
        let each = match values {
            Several::Texts(texts) => texts.iter().map(|text| has(&self.text(text))).collect(),
            Several::Integers(integers) => integers.iter().map(|one| has(&self.integer(*one))).collect(),
        };
        Some(Fragment::combined(each, word))
    }

    /// Whether a contact has one of some values in a link table.
    fn has_one(&mut self, link: &LinkTable, mapping: &FieldMapping, values: &Several) -> Result<Fragment> {
        let (rows, value) = self.linked(link, mapping)?;
        let is_one = self.is_symbol(mapping, &value, values)?;
        self.exist(&rows.and(is_one))
    }

    fn has_all(&mut self, link: &LinkTable, mapping: &FieldMapping, values: &Several) -> Result<Fragment> {
        /// Beyond so many, counting them costs less than looking for each.
        const FEW: usize = 8;
        if values.len() <= FEW || mapping.names_in.is_some() {
            let each = values.each();
            let each: Result<Vec<_>> = each.iter().map(|value| self.has_one(link, mapping, value)).collect();
            return Ok(Fragment::combined(each?, "AND"));
        }
        let (rows, value) = self.linked(link, mapping)?;
        let is_one = self.is_symbol(mapping, &value, values)?;
        let wanted = self.integer(i64::try_from(values.len()).unwrap_or(i64::MAX));
        let total = Total { template: "COUNT(DISTINCT {0})", of: value };
        self.come_to(&rows.and(is_one), &[total], |_, totals| {
            Fragment::fill("{0} = {1}", &[&totals.first().cloned().unwrap_or_default(), &wanted])
        })
    }

    pub(super) fn size_test(&mut self, field: FieldId, test: &RangeTest<i128>) -> Result<Fragment> {
        let (mapping, test) = (self.mapping(field)?, Self::whole(test));
        let nothing = self.written(field, mapping, &SymbolSet::default())?;
        if let Some(set) = self.set_column(mapping, &nothing)? {
            let size = self.size(&set, &nothing);
            let size = Fragment::fill("COALESCE({0}, 0)", &[&size]);
            return Ok(self.passes(&size, &test, None));
        }
        let Some(link) = &mapping.link else { return Err(no_set(self.key(field))) };
        let (rows, value) = self.linked(link, mapping)?;
        self.total_passes(&rows, Total { template: "COUNT(DISTINCT {0})", of: value }, &test)
    }

    /// Whether a total that is 0 for who has no rows passes a test.
    pub(super) fn total_passes(
        &mut self,
        rows: &Rows,
        total: Total,
        test: &RangeTest<i128>,
    ) -> Result<Fragment> {
        let passes = |this: &Self, totals: &[Fragment]| match totals {
            [total] => this.passes(total, test, None),
            _ => Fragment::raw("FALSE"),
        };
        match holds(test, 0) {
            false => self.come_to(rows, &[total], passes),
            // Who has no rows passes: those who do not are who has rows that do not.
            true => {
                Ok(self.come_to(rows, &[total], |this, totals| passes(this, totals).negated())?.negated())
            }
        }
    }

    pub(super) fn set_is_missing(&mut self, field: FieldId) -> Result<Fragment> {
        let mapping = self.mapping(field)?;
        let nothing = self.written(field, mapping, &SymbolSet::default())?;
        if let Some(set) = self.set_column(mapping, &nothing)? {
            let is_filled = Fragment::fill("{0} > 0", &[&self.size(&set, &nothing)]);
            return Ok(self.guarded(true, &set, is_filled).negated());
        }
        let Some(link) = &mapping.link else { return Err(no_set(self.key(field))) };
        let (rows, _) = self.linked(link, mapping)?;
        Ok(self.exist(&rows)?.negated())
    }

    /// Whether a select, a status or a country is missing.
    pub(super) fn symbol_is_missing(&mut self, field: FieldId) -> Result<Fragment> {
        let mapping = self.mapping(field)?;
        let values = self.written(field, mapping, &SymbolSet::default())?;
        let is_text = matches!(values, Several::Texts(_)) && mapping.names_in.is_none();
        let is_there = self.on_field(mapping, |this, alias| {
            let value = this.value(mapping, alias, read_as(mapping, &values))?;
            Ok(match (is_text, this.is_nullable(mapping)) {
                (true, _) => this.is_filled(&value),
                (false, true) => Fragment::fill("{0} IS NOT NULL", &[&value]),
                (false, false) => Fragment::raw("TRUE"),
            })
        })?;
        Ok(is_there.negated())
    }

    /// How many different values an array has.
    fn size(&self, set: &Fragment, values: &Several) -> Fragment {
        let grammar = self.grammar();
        let template = match values {
            Several::Texts(_) => grammar.size,
            Several::Integers(_) => grammar.size_of_integers,
        };
        Fragment::fill(template, &[set])
    }

    /// The array with the values of a set, if it is in one column, or was gathered into one.
    fn set_column(&mut self, mapping: &FieldMapping, values: &Several) -> Result<Option<Fragment>> {
        if mapping.link.is_some() {
            return match self.joins.is_some() {
                true => Ok(Some(self.join_set(mapping, matches!(values, Several::Texts(_)))?)),
                false => Ok(None),
            };
        }
        if mapping.names_in.is_some() {
            return Err(bad_mapping(
                "the names of the values of an array cannot be in another table",
                "say how the array has them with `names`, or use a link table",
            ));
        }
        let Some(column) = &mapping.column else { return Err(no_set("a set")) };
        let column = self.column(super::translator::CONTACT, column)?;
        let grammar = self.grammar();
        let is_json = !mapping.path.is_empty()
            || mapping.list.map_or(grammar.types.lists_are_json, |list| list == Lists::Json);
        if !is_json && grammar.types.lists_are_json {
            return Err(bad_mapping(
                format!("{} has no arrays", self.world.dialect),
                "say `json`, or use a link table",
            ));
        }
        Ok(Some(match is_json {
            false => column,
            true => {
                let template = match values {
                    Several::Texts(_) => grammar.json.texts,
                    Several::Integers(_) => grammar.json.integers,
                };
                Fragment::fill(template, &[&self.in_json(&column, &mapping.path)?])
            }
        }))
    }
}

fn read_as(mapping: &FieldMapping, values: &Several) -> As {
    match values {
        Several::Integers(_) if mapping.names_in.is_none() => As::Integer,
        _ => As::Text,
    }
}

fn no_set(key: &str) -> tagmata::Error {
    bad_mapping(format!("the mapping of `{key}` has no column"), "add `\"column\"`")
}

/// The bytes of a text, as databases write them.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02X}")).collect()
}
