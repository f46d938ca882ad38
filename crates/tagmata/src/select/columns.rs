//! What the columns of the table know about all contacts at once, and about one.

use super::signed::Members;
use super::spans::ordinal;
use crate::state::State;
use crate::text::accent_fold;
use crate::value::{ContactId, FieldId, MemberSet, Symbol, SymbolSet, Value};
use memchr::memmem::Finder;
use std::collections::BTreeMap;
use std::ops::Range;

/// The columns of a state, as questions see them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'a> {
    pub(super) state: &'a State,
}

impl<'a> Columns<'a> {
    /// All contacts.
    pub(super) fn everybody(self) -> &'a MemberSet {
        self.state.table.live()
    }

    /// How many contacts there are.
    pub(super) fn len(self) -> u64 {
        self.everybody().len()
    }

    fn rows(self, test: impl Fn(ContactId) -> bool) -> MemberSet {
        self.everybody().iter().filter(|contact| test(*contact)).collect()
    }

    /// The contacts that have a value.
    pub(super) fn present(self, field: FieldId) -> Members<'a> {
        self.rows(|contact| self.state.table.has(contact, field)).into()
    }

    /// The contacts with a symbol, alone or among others.
    pub(super) fn rows_of_symbol(self, field: FieldId, symbol: Symbol) -> Members<'a> {
        let has = |contact| {
            self.set(contact, field).binary_search(&symbol).is_ok()
                || self.symbol(contact, field) == Some(symbol)
        };
        self.rows(has).into()
    }

    /// How many contacts have a symbol.
    pub(super) fn count_of_symbol(self, field: FieldId, symbol: Symbol) -> u64 {
        self.rows_of_symbol(field, symbol).len()
    }

    /// How many contacts have each symbol.
    pub(super) fn symbol_counts(self, field: FieldId) -> BTreeMap<Symbol, u64> {
        let mut counts = BTreeMap::new();
        for symbol in self.everybody().iter().flat_map(|contact| self.set(contact, field)) {
            *counts.entry(*symbol).or_default() += 1;
        }
        counts
    }

    /// The contacts that say yes, or no.
    pub(super) fn rows_of_bool(self, field: FieldId, value: bool) -> Members<'a> {
        self.rows(|contact| self.state.table.holds(contact, field, Some(&Value::Bool(value)))).into()
    }

    /// The contacts whose sets are not empty and have none but these symbols.
    pub(super) fn subset_of(self, field: FieldId, symbols: &SymbolSet) -> MemberSet {
        let is_subset =
            |set: &[Symbol]| !set.is_empty() && set.iter().all(|symbol| symbols.contains(*symbol));
        self.rows(|contact| is_subset(self.set(contact, field)))
    }

    /// The contacts whose sets are not empty and of such a size.
    pub(super) fn rows_with_size(self, field: FieldId, test: impl Fn(usize) -> bool) -> MemberSet {
        let fits = |set: &[Symbol]| !set.is_empty() && test(set.len());
        self.rows(|contact| fits(self.set(contact, field)))
    }

    /// The set of a contact, ascending; a missing one is empty.
    pub(super) fn set(self, contact: ContactId, field: FieldId) -> &'a [Symbol] {
        self.state.set_of(contact, field).map_or(&[], SymbolSet::as_slice)
    }

    /// The folded text of a contact, or the digits of a phone number.
    pub(super) fn key(self, contact: ContactId, field: FieldId) -> Option<&'a str> {
        self.state.table.column(field)?.key(contact.index())
    }

    /// The contacts whose folded text, or digits, are this.
    pub(super) fn rows_of_key(self, field: FieldId, key: &str) -> MemberSet {
        match crate::table::KEY_FIELDS.contains(&field) {
            true => self.state.table.find(field, key).collect(),
            false => self.rows(|contact| self.key(contact, field) == Some(key)),
        }
    }

    /// How many contacts have this folded text, or these digits.
    pub(super) fn count_of_key(self, field: FieldId, key: &str) -> u64 {
        self.rows_of_key(field, key).len()
    }

    /// The contacts whose folded text, or digits, contain something.
    pub(super) fn containing(self, field: FieldId, finder: &Finder<'_>) -> MemberSet {
        self.matching(field, |text| finder.find(text.as_bytes()).is_some())
    }

    /// The contacts whose folded text contains something without accents once its own accents are dropped.
    pub(super) fn containing_without_accents(self, field: FieldId, finder: &Finder<'_>) -> MemberSet {
        // What is there already stays there when marks are dropped around it; more comes up only where there are some.
        let more = self
            .matching(field, |text| !text.is_ascii() && finder.find(accent_fold(text).as_bytes()).is_some());
        &self.containing(field, finder) | &more
    }

    /// The contacts whose folded text, or digits, pass a test.
    pub(super) fn matching(self, field: FieldId, test: impl Fn(&str) -> bool) -> MemberSet {
        self.rows(|contact| self.key(contact, field).is_some_and(&test))
    }

    /// The symbol of a contact.
    pub(super) fn symbol(self, contact: ContactId, field: FieldId) -> Option<Symbol> {
        match self.state.table.get(contact, field)? {
            Value::One(symbol) => Some(symbol),
            _ => None,
        }
    }

    /// The ordinal of the number, day or instant of a contact.
    pub(super) fn ordinal(self, contact: ContactId, field: FieldId) -> Option<i64> {
        match self.state.table.get(contact, field)? {
            Value::Number(number) => Some(ordinal(number)),
            Value::Date(day) => Some(i64::from(day.days_since_epoch())),
            Value::DateTime(at) => Some(at.as_micros()),
            _ => None,
        }
    }

    /// The contacts whose ordinals lie in a range.
    pub(super) fn rows_within(self, field: FieldId, range: Range<i64>) -> MemberSet {
        self.rows(|contact| self.ordinal(contact, field).is_some_and(|ordinal| range.contains(&ordinal)))
    }

    /// The same contacts, found without an index.
    pub(super) fn rows_within_by_scan(self, field: FieldId, range: Range<i64>) -> MemberSet {
        self.retain_within(field, range, self.everybody())
    }

    /// How many contacts have ordinals in a range.
    pub(super) fn count_within(self, field: FieldId, range: Range<i64>) -> u64 {
        self.rows_within(field, range).len()
    }

    /// About how many contacts have ordinals in a range.
    pub(super) fn estimate_within(self, field: FieldId, range: Range<i64>) -> u64 {
        self.count_within(field, range)
    }

    /// Those among some contacts whose ordinals lie in a range.
    pub(super) fn retain_within(self, field: FieldId, range: Range<i64>, among: &MemberSet) -> MemberSet {
        self.retain_where(field, |ordinal| range.contains(&ordinal), among)
    }

    /// Those among some contacts whose ordinals pass a test.
    pub(super) fn retain_where(
        self,
        field: FieldId,
        test: impl Fn(i64) -> bool,
        among: &MemberSet,
    ) -> MemberSet {
        among.iter().filter(|contact| self.ordinal(*contact, field).is_some_and(&test)).collect()
    }

    /// The contacts whose ordinals pass a test.
    pub(super) fn rows_where(self, field: FieldId, test: impl Fn(i64) -> bool) -> MemberSet {
        self.rows(|contact| self.ordinal(contact, field).is_some_and(&test))
    }
}
