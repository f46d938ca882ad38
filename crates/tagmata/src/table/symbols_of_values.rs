//! Whom the symbols in a column of values belong to.

use super::cells::Cells;
use super::values::{Form, Values};
use crate::value::{MemberSet, Symbol, Value};
use std::collections::BTreeMap;

impl Values {
    /// The contacts that have each symbol, alone or in a set, where these are the values of some contacts in their order.
    pub(crate) fn contacts_by_symbol(&self, contacts: &MemberSet) -> BTreeMap<Symbol, MemberSet> {
        let mut all: BTreeMap<Symbol, MemberSet> = BTreeMap::new();
        match &self.form {
            Form::Same(value) => {
                all.extend(symbols(value.as_ref()).iter().map(|symbol| (*symbol, contacts.clone())));
            }
            Form::Palette(palette) => {
                let mut rows = vec![Vec::new(); palette.values().len()];
                for (row, code) in contacts.numbers().zip(palette.codes()) {
                    if let Some(rows) = rows.get_mut(usize::from(*code)) {
                        rows.push(row);
                    }
                }
                for (value, rows) in palette.values().iter().zip(rows) {
                    let rows = MemberSet::from_ascending(rows);
                    for symbol in symbols(value.as_ref()) {
                        all.entry(*symbol).or_default().add_all(&rows);
                    }
                }
            }
            Form::Plain(cells) if !cells.have_symbols() => {}
            Form::Plain(cells) => {
                let mut rows: BTreeMap<Symbol, Vec<u32>> = BTreeMap::new();
                let mut note = |symbol: &Symbol, row| rows.entry(*symbol).or_default().push(row);
                match &**cells {
                    Cells::Many(sets) => contacts.numbers().enumerate().for_each(|(at, row)| {
                        sets.get(at).iter().for_each(|symbol| note(symbol, row));
                    }),
                    _ => contacts.numbers().zip(self.iter()).for_each(|(row, value)| {
                        symbols(value.as_ref()).iter().for_each(|symbol| note(symbol, row));
                    }),
                }
                all.extend(rows.into_iter().map(|(symbol, rows)| (symbol, MemberSet::from_ascending(rows))));
            }
        }
        all
    }
}

fn symbols(value: Option<&Value>) -> &[Symbol] {
    match value {
        Some(Value::One(symbol)) => std::slice::from_ref(symbol),
        Some(Value::Many(set)) => set.as_slice(),
        _ => &[],
    }
}
