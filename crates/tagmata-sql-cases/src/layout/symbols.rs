//! Statuses, options, countries, tags and static segments.

use super::builder::Builder;
use super::places::Cells;
use crate::table::{Kind, Table};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tagmata::{Country, Field, FieldId, Symbol, SymbolSet, ValueType};
use tagmata_sql::{Dialect, FieldMapping, Lists, Literal, Names, NamesTable};

/// How the values of a field are written, by their numbers.
struct Words {
    names: Option<Names>,
    kind: Kind,
    written: BTreeMap<u32, Value>,
}

impl Builder<'_> {
    fn all_symbols(&self, field: FieldId) -> Vec<(u32, String)> {
        let schema = self.world.schema();
        match field {
            Field::STATUS => {
                schema.statuses().iter().map(|each| (each.number, each.key.to_owned())).collect()
            }
            Field::TAGS => schema.tag_entries().map(|(id, name)| (id.get(), name.to_owned())).collect(),
            Field::SEGMENTS => {
                schema.segment_entries().map(|(id, name)| (id.get(), name.to_owned())).collect()
            }
            _ => {
                let options = schema.field(field).unwrap().options();
                options.iter().map(|each| (each.number, each.key.to_owned())).collect()
            }
        }
    }

    pub(super) fn words(&mut self, all: &[(u32, String)]) -> (Option<Names>, Kind, BTreeMap<u32, Value>) {
        let by_key =
            |written: &[Value]| all.iter().map(|(number, _)| *number).zip(written.to_vec()).collect();
        match self.dice.below(4) {
            0 => {
                let written: Vec<Value> = all.iter().map(|(_, name)| json!(name)).collect();
                (None, Kind::Text, by_key(&written))
            }
            1 => {
                let written: Vec<Value> = all.iter().map(|(number, _)| json!(number)).collect();
                (Some(Names::Numbers), Kind::Integer, by_key(&written))
            }
            2 => {
                let literals: Vec<Literal> =
                    all.iter().map(|_| Literal::Text(self.namer.word("w", &mut self.dice))).collect();
                let names = all.iter().map(|(_, name)| name.clone()).zip(literals.clone()).collect();
                let written: Vec<Value> = literals.iter().map(super::builder::cell).collect();
                (Some(Names::Map(names)), Kind::Text, by_key(&written))
            }
            _ => {
                let numbers: Vec<i64> = all.iter().map(|(number, _)| 1000 - 7 * i64::from(*number)).collect();
                let literals = numbers.iter().copied().map(Literal::Integer);
                let names = all.iter().map(|(_, name)| name.clone()).zip(literals).collect();
                let written: Vec<Value> = numbers.iter().map(|number| json!(number)).collect();
                (Some(Names::Map(names)), Kind::Integer, by_key(&written))
            }
        }
    }

    /// Words of a column that refers to a table of them, if it does.
    fn referring(&mut self, words: &Words) -> Option<(NamesTable, BTreeMap<u32, Value>)> {
        if !self.dice.one_in(4) || words.written.is_empty() {
            return None;
        }
        let [name, id, of] = ["names", "id", "name"].map(|about| self.name(about));
        let mut table = Table::new(name.clone(), &[(&id, Kind::Integer), (&of, words.kind)]);
        let tenant = self.tenant_column();
        if let Some((column, kind, _)) = &tenant {
            table.add(column, *kind, Vec::new());
        }
        let mut references = BTreeMap::new();
        let other = self.tenant.as_ref().map(|tenant| super::builder::cell(&tenant.other));
        for (at, (number, word)) in words.written.iter().enumerate() {
            let own = tenant.as_ref().map(|(_, _, own)| own.clone());
            table.rows.push([json!(at + 50), word.clone()].into_iter().chain(own).collect());
            if let (Some(_), Some(other)) = (&tenant, &other) {
                table.rows.push(vec![json!(at + 500), word.clone(), other.clone()]);
            }
            references.insert(*number, json!(at + 50));
        }
        self.named.push(table);
        let tenant = tenant.map(|(column, ..)| column);
        Some((NamesTable { table: name.as_str().into(), id, name: of, tenant }, references))
    }

    fn words_of(&mut self, field: FieldId) -> Words {
        let all = self.all_symbols(field);
        let (names, kind, written) = self.words(&all);
        Words { names, kind, written }
    }

    pub(super) fn one(&mut self, key: &str, field: FieldId) {
        let symbols: Vec<Option<Symbol>> = self.each(field, |value| match value {
            tagmata::Value::One(symbol) => *symbol,
            other => panic!("not one symbol: {other:?}"),
        });
        let is_country = self.world.schema().field(field).unwrap().value_type() == ValueType::Country;
        let words = match is_country {
            true => {
                let used = symbols.iter().flatten();
                let written =
                    used.map(|symbol| (symbol.get(), json!(Country::from_symbol(*symbol).unwrap().as_str())));
                Words { names: None, kind: Kind::Text, written: written.collect() }
            }
            false => self.words_of(field),
        };
        let referring = self.referring(&words);
        let (kind, written) = match &referring {
            Some((_, references)) => (Kind::Integer, references),
            None => (words.kind, &words.written),
        };
        let blank = (kind == Kind::Text && self.dice.one_in(3)).then(|| json!(" \u{a0}"));
        let values = symbols
            .iter()
            .map(|symbol| {
                symbol.map_or_else(
                    || blank.clone().unwrap_or_default(),
                    |symbol| written[&symbol.get()].clone(),
                )
            })
            .collect();
        let (mapping, _) = self.put(key, Cells { kind, values, extras: Vec::new() }, true);
        self.add_symbols(key, mapping, words.names, referring.map(|(names, _)| names));
    }

    fn add_symbols(
        &mut self,
        key: &str,
        mut mapping: FieldMapping,
        names: Option<Names>,
        names_in: Option<NamesTable>,
    ) {
        if let Some(names) = names {
            mapping = mapping.names(names);
        }
        if let Some(table) = names_in {
            mapping = mapping.names_in(table);
        }
        self.mapping = self.mapping.clone().field(key, mapping);
    }

    pub(super) fn many(&mut self, key: &str, field: FieldId) {
        let sets: Vec<Option<SymbolSet>> = self.each(field, |value| match value {
            tagmata::Value::Many(set) => set.clone(),
            other => panic!("not a set: {other:?}"),
        });
        let words = self.words_of(field);
        let has_arrays = !matches!(self.dialect, Dialect::Sqlite | Dialect::Mysql);
        let place = self.dice.below(6);
        let referring = (place >= 3).then(|| self.referring(&words)).flatten();
        let (kind, written) = match &referring {
            Some((_, references)) => (Kind::Integer, references),
            None => (words.kind, &words.written),
        };
        let mut values: Vec<Vec<Value>> = Vec::new();
        for set in &sets {
            let mut value: Vec<Value> =
                set.iter().flat_map(SymbolSet::iter).map(|symbol| written[&symbol.get()].clone()).collect();
            if !value.is_empty() && self.dice.one_in(3) {
                let again = self.dice.pick(&value);
                value.push(again);
            }
            values.push(value);
        }
        let (mapping, names_in) = match place {
            0 if has_arrays => {
                let column = self.name(key);
                let kind = if kind == Kind::Text { Kind::Texts } else { Kind::Integers };
                let is_never_null = self.dialect == Dialect::Clickhouse;
                let cells = values.into_iter().map(|value| self.or_null(value, is_never_null)).collect();
                self.contacts.add(&column, kind, cells);
                (FieldMapping::column(column).list(Lists::Array), None)
            }
            0 | 1 => {
                let column = self.name(key);
                let cells = values.into_iter().map(|value| match self.or_null(value, false) {
                    Value::Null => Value::Null,
                    list => json!(list.to_string()),
                });
                let cells = cells.collect();
                self.contacts.add(&column, Kind::Json, cells);
                (FieldMapping::column(column).list(Lists::Json), None)
            }
            2 => {
                let cells: Vec<Value> = values.into_iter().map(|value| self.or_null(value, false)).collect();
                let (column, path) = self.in_document(key, &cells);
                (FieldMapping::json(column, path), None)
            }
            _ => (self.put_rows(key, kind, &values), referring.map(|(names, _)| names)),
        };
        self.add_symbols(key, mapping, words.names, names_in);
    }

    /// An empty set as null, in some places.
    fn or_null(&mut self, value: Vec<Value>, is_never_null: bool) -> Value {
        match value.is_empty() && !is_never_null && self.dice.one_in(2) {
            true => Value::Null,
            false => Value::Array(value),
        }
    }

    /// A row for each value of a contact.
    fn put_rows(&mut self, key: &str, kind: Kind, values: &[Vec<Value>]) -> FieldMapping {
        let column = self.name(key);
        let has_nulls = self.dice.one_in(4);
        let (at, mut link) = self.link(key, &[(&column, kind)]);
        for (contact, values) in values.iter().enumerate() {
            for value in values {
                self.row(at, contact, std::slice::from_ref(value));
            }
            if has_nulls && self.dice.one_in(2) {
                self.row(at, contact, &[Value::Null]);
            }
        }
        if self.dice.one_in(3) {
            self.condition(at, &mut link);
        }
        let mapping = FieldMapping::link(link, column);
        if has_nulls || self.dice.one_in(2) { mapping } else { mapping.not_null() }
    }
}
