//! Where the one value of a field is.

use super::builder::Builder;
use crate::table::Kind;
use serde_json::{Value, json};
use tagmata_sql::{Dialect, FieldMapping};

/// The values of a field: a cell for each contact, null where it has none, and columns beside it.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) kind: Kind,
    pub(super) values: Vec<Value>,
    pub(super) extras: Vec<Vec<Value>>,
}

impl Builder<'_> {
    /// Puts the values of a field somewhere: the mapping, and the names of the columns beside it.
    pub(super) fn put(&mut self, key: &str, cells: Cells, may_link: bool) -> (FieldMapping, Vec<String>) {
        let extras: Vec<String> = cells.extras.iter().map(|_| self.name(&format!("{key}extra"))).collect();
        let has_all = cells.values.iter().all(|value| !value.is_null());
        // In JSON an instant of the database's own type is a text with a zone, which MySQL does not read.
        let may_be_json = self.dialect != Dialect::Mysql || cells.kind != Kind::Timestamptz;
        let (mapping, extras) = match self.dice.below(if may_link { 8 } else { 6 }) {
            4 | 5 if may_be_json => {
                let values =
                    cells.values.iter().map(|value| self.zoned(cells.kind, value)).collect::<Vec<_>>();
                let (column, path) = self.in_document(key, &values);
                self.beside(&extras, cells.extras);
                (FieldMapping::json(column, path), extras)
            }
            0..=5 => {
                let column = self.name(key);
                self.contacts.add(&column, cells.kind, cells.values);
                self.beside(&extras, cells.extras);
                (FieldMapping::column(column), extras)
            }
            6 => {
                let value = self.name(key);
                let names = [&value].into_iter().chain(&extras);
                let kinds = [cells.kind].into_iter().chain(extras.iter().map(|_| Kind::Text));
                let columns: Vec<_> = names.map(String::as_str).zip(kinds).collect();
                let (at, mut link) = self.link(key, &columns);
                self.rows_of(at, &cells, None);
                if self.dice.one_in(3) {
                    self.condition(at, &mut link);
                }
                (FieldMapping::link(link, value), extras)
            }
            _ => self.put_pairs(key, &cells),
        };
        match has_all && self.dice.one_in(2) {
            true => (mapping.not_null(), extras),
            false => (mapping, extras),
        }
    }

    fn zoned(&mut self, kind: Kind, value: &Value) -> Value {
        match value.as_str() {
            Some(at) if kind == Kind::Timestamptz => {
                json!(format!("{at}{}", self.dice.pick(&["Z", "+00:00"])))
            }
            _ => value.clone(),
        }
    }

    fn beside(&mut self, names: &[String], columns: Vec<Vec<Value>>) {
        for (name, column) in names.iter().zip(columns) {
            self.contacts.add(name, Kind::Text, column);
        }
    }

    /// A row for each contact, not always for those without a value.
    fn rows_of(&mut self, at: usize, cells: &Cells, key: Option<&str>) {
        for contact in 0..cells.values.len() {
            if cells.values[contact].is_null() && self.dice.one_in(2) {
                continue;
            }
            let value = [cells.values[contact].clone()].into_iter();
            let beside = cells.extras.iter().map(|extra| extra[contact].clone());
            let key = key.map(|key| json!(key));
            self.row(at, contact, &value.chain(beside).chain(key).collect::<Vec<_>>());
        }
    }

    /// Into the table of keys and values that has all fields of the kind.
    fn put_pairs(&mut self, key: &str, cells: &Cells) -> (FieldMapping, Vec<String>) {
        let of = (cells.kind, cells.extras.len());
        if !self.pairs.contains_key(&of) {
            let names: Vec<String> = (0..cells.extras.len() + 2).map(|_| self.name("pair")).collect();
            let kinds = [cells.kind].into_iter().chain(vec![Kind::Text; cells.extras.len() + 1]);
            let columns: Vec<_> = names.iter().map(String::as_str).zip(kinds).collect();
            let (at, link) = self.link("pairs", &columns);
            self.keyed(at, names.last().unwrap());
            self.pairs.insert(of, (at, link, names));
        }
        let (at, link, names) = self.pairs[&of].clone();
        let word = self.namer.word(key, &mut self.dice);
        self.rows_of(at, cells, Some(&word));
        let (last, names) = names.split_last().unwrap();
        let mapping = FieldMapping::link(link.when(last.clone(), word.as_str()), names[0].clone());
        (mapping, names[1..].to_vec())
    }
}
