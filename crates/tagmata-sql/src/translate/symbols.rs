//! Statuses, options, countries, tags and static segments: one value, or a set.

use super::fields::As;
use super::lists::Several;
use super::numbers::holds;
use super::rows::{Rows, Total};
use super::translator::Translator;
use crate::error::{Result, bad_mapping, unmapped};
use crate::fragment::Fragment;
use crate::mapping::{FieldMapping, Lists, Literal, Names};
use std::borrow::Cow;
use tagmata::{
    Country, Field, FieldId, Quantifier, RangeTest, SegmentId, StatusId, Symbol, SymbolSet, TagId, ValueType,
};

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
        let mut conditions = vec![self.is_one_of(&name, values)];
        conditions.push(Fragment::fill("{0} IS NOT NULL", &[&id]));
        conditions.extend(self.tenant_of(&alias, names.tenant.as_deref())?);
        let from = super::names::table(self.world.dialect, &names.table, &alias)?;
        let conditions = Fragment::join(&conditions, " AND ");
        // JSON does not say of which type the reference is, so that both are compared as texts.
        let is_json = !mapping.path.is_empty();
        let as_text = |value: &Fragment| self.binary(&Fragment::fill(self.grammar().textual, &[value]));
        let (column, id) = match is_json {
            true => (self.binary(column), as_text(&id)),
            false => (column.clone(), id),
        };
        Ok(Fragment::fill("{0} IN (SELECT {1} FROM {2} WHERE {3})", &[&column, &id, &from, &conditions]))
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
            let list = self.list(&values);
            let template = match quantifier {
                Quantifier::One | Quantifier::Any => grammar.has_any,
                Quantifier::All => grammar.has_all,
                Quantifier::Only => grammar.has_only,
            };
            let condition = Fragment::fill(template, &[&set, &list]);
            return Ok(self.guarded(true, &set, condition));
        }
        match quantifier {
            Quantifier::One | Quantifier::Any => self.has_one(mapping, &values),
            Quantifier::All => self.has_all(mapping, &values),
            Quantifier::Only => {
                let mut others = Vec::new();
                for listed in [false, true] {
                    let Some((rows, value)) = self.linked(mapping)? else { continue };
                    let rows = match listed {
                        false => rows,
                        true => {
                            let is_listed = self.is_symbol(mapping, &value, &values)?;
                            rows.and(is_listed.negated())
                        }
                    };
                    others.push(self.exist(&rows)?);
                }
                let [any, other] = others.as_slice() else { return Err(no_set(self.key(field))) };
                Ok(Fragment::combined(vec![any.clone(), other.negated()], "AND"))
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
    fn has_one(&mut self, mapping: &FieldMapping, values: &Several) -> Result<Fragment> {
        let Some((rows, value)) = self.linked(mapping)? else { return Err(no_set("a set")) };
        let is_one = self.is_symbol(mapping, &value, values)?;
        self.exist(&rows.and(is_one))
    }

    fn has_all(&mut self, mapping: &FieldMapping, values: &Several) -> Result<Fragment> {
        /// Beyond so many, counting them costs less than looking for each.
        const FEW: usize = 8;
        if values.len() <= FEW || mapping.names_in.is_some() {
            let each = values.each();
            let each: Result<Vec<_>> = each.iter().map(|value| self.has_one(mapping, value)).collect();
            return Ok(Fragment::combined(each?, "AND"));
        }
        let Some((rows, value)) = self.linked(mapping)? else { return Err(no_set("a set")) };
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
        let Some((rows, value)) = self.linked(mapping)? else { return Err(no_set(self.key(field))) };
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
        let Some((rows, _)) = self.linked(mapping)? else { return Err(no_set(self.key(field))) };
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
                true => Ok(Some(self.join_set(mapping)?)),
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

    /// Some values of a field as the host writes them.
    fn written(&self, field: FieldId, mapping: &FieldMapping, symbols: &SymbolSet) -> Result<Several> {
        let key = self.key(field);
        let each = symbols.iter().map(|symbol| (symbol.get(), self.symbol_name(field, symbol)));
        self.written_names(mapping.names.as_ref(), each, key)
    }

    /// Numbers and names as the host writes them.
    pub(super) fn written_names<'n>(
        &self,
        names: Option<&Names>,
        symbols: impl Iterator<Item = (u32, Cow<'n, str>)>,
        of: &str,
    ) -> Result<Several> {
        match names.unwrap_or(&Names::Keys) {
            Names::Keys => Ok(Several::Texts(symbols.map(|(_, name)| name.into_owned()).collect())),
            Names::Numbers => Ok(Several::Integers(symbols.map(|(number, _)| i64::from(number)).collect())),
            Names::Map(map) => {
                let is_integers = map.values().all(|value| matches!(value, Literal::Integer(_)));
                if !is_integers && !map.values().all(|value| matches!(value, Literal::Text(_))) {
                    return Err(bad_mapping(
                        format!("some values of `{of}` are texts, others are not"),
                        "all are texts, or all are whole numbers",
                    ));
                }
                let (mut texts, mut integers) = (Vec::new(), Vec::new());
                for (_, name) in symbols {
                    match map.get(&*name) {
                        Some(Literal::Text(text)) => texts.push(text.clone()),
                        Some(Literal::Integer(integer)) => integers.push(*integer),
                        _ => {
                            return Err(unmapped(
                                format!("the mapping does not say how `{name}` of `{of}` is written"),
                                "add it to its `names`",
                            ));
                        }
                    }
                }
                Ok(if is_integers { Several::Integers(integers) } else { Several::Texts(texts) })
            }
        }
    }

    /// The key of a value, or its name where it has no key.
    fn symbol_name(&self, field: FieldId, symbol: Symbol) -> Cow<'a, str> {
        let schema = self.world.schema;
        let number = symbol.get();
        Cow::Borrowed(match field {
            Field::STATUS => schema.status_key(StatusId::new(number)),
            Field::TAGS => schema.tag_name(TagId::new(number)),
            Field::SEGMENTS => schema.segment_name(SegmentId::new(number)),
            _ => match schema.field(field) {
                Some(of) if of.value_type() == ValueType::Country => {
                    let country = Country::from_symbol(symbol);
                    return country.map_or_else(String::new, |country| country.as_str().to_owned()).into();
                }
                Some(of) => of.options().key(number),
                None => "",
            },
        })
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
