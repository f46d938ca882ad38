//! Texts and phone numbers.

use super::builder::Builder;
use super::places::Cells;
use crate::folds::{ACCENT_FOLD, FOLD};
use crate::table::Kind;
use serde_json::{Value, json};
use std::borrow::Cow;
use tagmata::{Field, accent_fold, fold};
use tagmata_sql::{Dialect, FieldMapping, Folding};

/// How a text is missing where no column with its fold says so.
const BLANK: &[&str] = &["", " ", "\u{a0}", "\u{2003}\t", "\n\r", "\u{85}\u{3000}"];

impl Builder<'_> {
    pub(super) fn texts(&mut self, key: &str, may_link: bool, is_searched: bool) {
        let texts: Vec<Option<String>> = match key {
            "name" => (0..self.world.contacts.len()).map(|contact| self.full_name(contact)).collect(),
            _ => (0..self.world.contacts.len()).map(|contact| self.raw(contact, key)).collect(),
        };
        let (mapping, _) = self.text_column(key, &texts, may_link, is_searched);
        self.mapping = self.mapping.clone().field(key, mapping);
    }

    /// A text with its folds, or with functions that make them.
    pub(super) fn text_column(
        &mut self,
        key: &str,
        texts: &[Option<String>],
        may_link: bool,
        is_searched: bool,
    ) -> (FieldMapping, bool) {
        let makes = self.fold_of(false);
        let searches = (is_searched || self.dice.one_in(4)).then(|| self.fold_of(true));
        let folds = |fold: for<'t> fn(&'t str) -> Cow<'t, str>| {
            texts.iter().map(|text| json!(text.as_deref().map(fold))).collect()
        };
        let mut extras: Vec<Vec<Value>> = Vec::new();
        if makes.is_none() {
            extras.push(folds(fold));
        }
        if searches == Some(None) {
            extras.push(folds(accent_fold));
        }
        let values = texts.iter().map(|text| self.or_blank(text.as_deref())).collect();
        let (mut mapping, extras) = self.put(key, Cells { kind: Kind::Text, values, extras }, may_link);
        let mut extras = extras.into_iter();
        mapping = match &makes {
            Some(folding) => mapping.fold(folding.clone()),
            None => mapping.folded(extras.next().unwrap()),
        };
        mapping = match searches {
            Some(Some(folding)) => mapping.search_fold(folding),
            Some(None) => mapping.searchable(extras.next().unwrap()),
            None => mapping,
        };
        (mapping, makes.is_none())
    }

    /// What makes folds, if no column has them.
    fn fold_of(&mut self, is_searched: bool) -> Option<Folding> {
        if self.dice.one_in(2) {
            return None;
        }
        match self.dialect {
            Dialect::Sqlite | Dialect::Duckdb => {
                let function = if is_searched { ACCENT_FOLD } else { FOLD };
                Some(Folding::Function(function.to_owned()))
            }
            Dialect::Clickhouse if !is_searched => Some(Folding::Native),
            _ => None,
        }
    }

    fn or_blank(&mut self, text: Option<&str>) -> Value {
        match text {
            Some(text) => json!(text),
            None if self.dice.one_in(2) => Value::Null,
            None => json!(self.dice.pick(BLANK)),
        }
    }

    /// What was written, if anything was.
    fn raw(&self, contact: usize, key: &str) -> Option<String> {
        let text = self.world.contacts[contact].1.get(key)?.as_str()?;
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    fn full_name(&self, contact: usize) -> Option<String> {
        let parts = ["first_name", "last_name"].map(|key| self.raw(contact, key));
        let parts: Vec<String> = parts.into_iter().flatten().map(|part| part.trim().to_owned()).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    pub(super) fn phones(&mut self) {
        let contacts = &self.world.built.contacts;
        let phones: Vec<Option<String>> = contacts
            .iter()
            .map(|(_, contact)| {
                contact.get(Field::MOBILE).map(|phone| match phone {
                    tagmata::Value::Phone(phone) => format!("+{}", phone.digits()),
                    other => panic!("not a phone number: {other:?}"),
                })
            })
            .collect();
        let values = phones.iter().map(|phone| self.or_blank(phone.as_deref())).collect();
        let (mapping, _) = self.put("mobile", Cells { kind: Kind::Text, values, extras: Vec::new() }, true);
        self.mapping = self.mapping.clone().field("mobile", mapping);
    }
}
