//! Numbers, flags, days and instants.

use super::builder::Builder;
use super::places::Cells;
use crate::kept;
use crate::table::Kind;
use serde_json::{Value, json};
use tagmata::{Date, FieldId, Timestamp};
use tagmata_sql::{Dialect, FieldMapping, Format};

impl Builder<'_> {
    /// What each contact has in a field.
    pub(super) fn each<T>(&self, field: FieldId, read: impl Fn(&tagmata::Value) -> T) -> Vec<Option<T>> {
        self.world.built.contacts.iter().map(|(_, contact)| contact.get(field).map(&read)).collect()
    }

    fn put_typed(&mut self, key: &str, kind: Kind, values: Vec<Value>, format: Option<Format>) {
        let (mapping, _) = self.put(key, Cells { kind, values, extras: Vec::new() }, true);
        let mapping = format.map_or(mapping.clone(), |format| mapping.format(format));
        self.mapping = self.mapping.clone().field(key, mapping);
    }

    pub(super) fn numbers(&mut self, key: &str, field: FieldId) {
        let numbers = self.each(field, |value| match value {
            tagmata::Value::Number(number) => *number,
            other => panic!("not a number: {other:?}"),
        });
        self.put_typed(key, Kind::Number, numbers.into_iter().map(|number| json!(number)).collect(), None);
    }

    pub(super) fn flags(&mut self, key: &str, field: FieldId) {
        let flags = self.each(field, |value| match value {
            tagmata::Value::Bool(flag) => *flag,
            other => panic!("not a flag: {other:?}"),
        });
        let has_booleans = !matches!(self.dialect, Dialect::Sqlite | Dialect::Mysql);
        match has_booleans && self.dice.one_in(2) {
            // In JSON a flag is true or false in any case, so that numbers stay out of there.
            false if has_booleans => {
                let column = self.name(key);
                let cells = flags.into_iter().map(|flag| json!(flag.map(u8::from))).collect();
                self.contacts.add(&column, Kind::Integer, cells);
                let mapping = FieldMapping::column(column).format(Format::Number);
                self.mapping = self.mapping.clone().field(key, mapping);
            }
            _ => {
                self.put_typed(key, Kind::Boolean, flags.into_iter().map(|flag| json!(flag)).collect(), None)
            }
        }
    }

    pub(super) fn days(&mut self, key: &str, field: FieldId) {
        let days: Vec<Option<Date>> = self.each(field, |value| match value {
            tagmata::Value::Date(day) => *day,
            other => panic!("not a day: {other:?}"),
        });
        let all: Vec<Date> = days.iter().flatten().copied().collect();
        let format = self.dice.pick(&kept::day_formats(self.dialect, &all));
        let cells = days.into_iter().map(|day| json!(day.map(|day| kept::day(day, format)))).collect();
        self.put_typed(key, kept::kind_of(format), cells, Some(format));
    }

    pub(super) fn instants(&mut self, key: &str, field: FieldId) {
        let instants: Vec<Option<Timestamp>> = self.each(field, |value| match value {
            tagmata::Value::DateTime(at) => *at,
            other => panic!("not an instant: {other:?}"),
        });
        let all: Vec<Timestamp> = instants.iter().flatten().copied().collect();
        let format = self.dice.pick(&kept::instant_formats(self.dialect, &all));
        let cells = self.instant_cells(&instants, format);
        self.put_typed(key, kept::kind_of(format), cells, Some(format));
    }

    pub(super) fn instant_cells(&mut self, instants: &[Option<Timestamp>], format: Format) -> Vec<Value> {
        let write = |at: Option<Timestamp>| at.map(|at| kept::instant(at, format, &mut self.dice));
        instants.iter().copied().map(write).map(|cell| json!(cell)).collect()
    }
}
