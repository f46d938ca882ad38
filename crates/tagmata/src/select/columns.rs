//! What the columns of the table know about all contacts at once, and about one.

use super::signed::Members;
use crate::filter::Matching;
use crate::model::Field;
use crate::state::State;
use crate::table::{Column, Ordered, Sets};
use crate::text::accent_fold;
use crate::value::{ContactId, FieldId, MemberSet, Symbol, SymbolSet};
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Asks the column of a field whose values are ordered, whatever their type.
macro_rules! ordered {
    ($columns:expr, $field:expr, $any:ident => $ask:expr) => {
        match $columns.column($field) {
            Some(Column::Number($any)) => Some($ask),
            Some(Column::Date($any)) => Some($ask),
            Some(Column::DateTime($any)) => Some($ask),
            _ => None,
        }
    };
}

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

    /// The column of a field, as it is shown: a last interaction that was recorded is not stored with the others.
    #[inline]
    fn column(self, field: FieldId) -> Option<&'a Column> {
        match field {
            Field::LAST_INTERACTION => self.state.table.last_interactions(),
            _ => self.state.table.column(field),
        }
    }

    /// Whether a contact has a value.
    pub(super) fn has(self, contact: ContactId, field: FieldId) -> bool {
        self.column(field).is_some_and(|column| column.has(contact.get()))
    }

    /// Reads the value of a contact; what comes of it means nothing.
    pub(super) fn touch(self, contact: ContactId, field: FieldId) -> usize {
        self.column(field).map_or(0, |column| column.touch(contact.get()))
    }

    /// The contacts that have a value.
    pub(super) fn present(self, field: FieldId) -> Members<'a> {
        self.column(field).map_or_else(Members::nobody, |column| column.present().into())
    }

    /// The contacts with a symbol, alone or among others.
    pub(super) fn rows_of_symbol(self, field: FieldId, symbol: Symbol) -> Members<'a> {
        self.state.table.having(field, symbol).map_or_else(Members::nobody, Members::from)
    }

    /// How many contacts have a symbol.
    pub(super) fn count_of_symbol(self, field: FieldId, symbol: Symbol) -> u64 {
        self.state.table.having(field, symbol).map_or(0, MemberSet::len)
    }

    /// How many contacts have each symbol.
    pub(super) fn symbol_counts(self, field: FieldId) -> BTreeMap<Symbol, u64> {
        let symbols = self.column(field).and_then(Column::by_symbol);
        symbols.map_or_else(BTreeMap::new, |symbols| symbols.counts().collect())
    }

    /// The contacts that say yes, or no.
    pub(super) fn rows_of_bool(self, field: FieldId, value: bool) -> Members<'a> {
        match self.column(field) {
            Some(Column::Bool(flags)) => {
                flags.by_symbol().get(value).map_or_else(Members::nobody, Members::from)
            }
            _ => Members::nobody(),
        }
    }

    /// The contacts whose sets are not empty and have none but these symbols.
    pub(super) fn subset_of(self, field: FieldId, symbols: &SymbolSet) -> MemberSet {
        self.sets(field).map_or_else(MemberSet::new, |sets| sets.subset_of(symbols.as_slice()))
    }

    /// The contacts whose sets are not empty and of such a size.
    pub(super) fn rows_with_size(self, field: FieldId, test: impl Fn(usize) -> bool) -> MemberSet {
        self.sets(field).map_or_else(MemberSet::new, |sets| sets.rows_with_size(test))
    }

    fn sets(self, field: FieldId) -> Option<&'a Sets> {
        match self.column(field) {
            Some(Column::Many(sets)) => Some(sets),
            _ => None,
        }
    }

    /// The set of a contact, ascending; a missing one is empty.
    pub(super) fn set(self, contact: ContactId, field: FieldId) -> &'a [Symbol] {
        self.state.set_of(contact, field)
    }

    /// The contacts whose folded text, or digits, are this.
    pub(super) fn rows_of_key(self, field: FieldId, key: &str) -> MemberSet {
        match self.column(field) {
            Some(column) => MemberSet::from_ascending(column.rows_of_key(key)),
            None => MemberSet::new(),
        }
    }

    /// How many contacts have this folded text, or these digits.
    pub(super) fn count_of_key(self, field: FieldId, key: &str) -> u64 {
        match self.column(field) {
            Some(Column::Text(texts)) => texts.count_of_key(key),
            Some(Column::Phone(phones)) => phones.count_of_key(key),
            _ => 0,
        }
    }

    /// The contacts whose folded text, or digits, have something at such a place.
    pub(super) fn found(self, field: FieldId, finder: &Finder<'_>, matching: Matching) -> MemberSet {
        match self.column(field) {
            Some(Column::Text(texts)) => texts.found(finder, matching),
            Some(Column::Phone(phones)) => phones.found(finder, matching),
            _ => MemberSet::new(),
        }
    }

    /// The contacts whose folded text contains something without accents once its own accents are dropped.
    pub(super) fn containing_without_accents(self, field: FieldId, finder: &Finder<'_>) -> MemberSet {
        // What is there already stays there when marks are dropped around it; more comes up only where there are some.
        let more = self
            .matching(field, |text| !text.is_ascii() && finder.find(accent_fold(text).as_bytes()).is_some());
        &self.found(field, finder, Matching::Contains) | &more
    }

    /// The contacts whose folded text, or digits, pass a test.
    pub(super) fn matching(self, field: FieldId, test: impl Fn(&str) -> bool) -> MemberSet {
        match self.column(field) {
            Some(Column::Text(texts)) => texts.matching(test),
            Some(Column::Phone(phones)) => phones.matching(test),
            _ => MemberSet::new(),
        }
    }

    /// Those among some contacts whose folded text, or digits, pass a test.
    pub(super) fn retain_matching(
        self,
        field: FieldId,
        test: impl Fn(&str) -> bool,
        among: &MemberSet,
    ) -> MemberSet {
        match self.column(field) {
            Some(Column::Text(texts)) => texts.retain(among, test),
            Some(Column::Phone(phones)) => phones.retain(among, test),
            _ => MemberSet::new(),
        }
    }

    /// The symbol of a contact.
    #[inline]
    pub(super) fn symbol(self, contact: ContactId, field: FieldId) -> Option<Symbol> {
        match self.column(field)? {
            Column::One(symbols) => symbols.get(contact.get()),
            _ => None,
        }
    }

    /// The folded text of a contact, or the digits of a phone number.
    pub(super) fn key(self, contact: ContactId, field: FieldId) -> Option<&'a str> {
        self.column(field)?.key(contact.get())
    }

    /// The folded name of a contact.
    pub(super) fn name(self, contact: ContactId) -> Option<Cow<'a, str>> {
        match [Field::FIRST_NAME, Field::LAST_NAME].map(|part| self.key(contact, part)) {
            [Some(first), Some(last)] => Some(Cow::Owned(format!("{first} {last}"))),
            [first, last] => first.or(last).map(Cow::Borrowed),
        }
    }

    /// The number of a contact.
    pub(super) fn number(self, contact: ContactId, field: FieldId) -> Option<f64> {
        match self.column(field)? {
            Column::Number(numbers) => numbers.get(contact.get()),
            _ => None,
        }
    }

    /// The place of the value of a contact in the order of its type.
    #[inline]
    pub(super) fn order(self, contact: ContactId, field: FieldId) -> Option<i64> {
        ordered!(self, field, column => column.get(contact.get()).map(Ordered::order)).flatten()
    }

    /// The contacts whose values lie in a range of their order.
    pub(super) fn rows_within(self, field: FieldId, range: Range<i64>) -> MemberSet {
        ordered!(self, field, column => column.rows_within(range)).unwrap_or_default()
    }

    /// The same contacts, found without an index.
    pub(super) fn rows_within_by_scan(self, field: FieldId, range: Range<i64>) -> MemberSet {
        ordered!(self, field, column => column.rows_within_by_scan(range)).unwrap_or_default()
    }

    /// How many contacts have values in a range.
    pub(super) fn count_within(self, field: FieldId, range: Range<i64>) -> u64 {
        ordered!(self, field, column => column.count_within(range)).unwrap_or_default()
    }

    /// The least value that is not less than a number, of all contacts or of some.
    pub(super) fn least_from(self, field: FieldId, low: i64, among: Option<&MemberSet>) -> Option<i64> {
        ordered!(self, field, column => column.least_from(low, among)).flatten()
    }

    /// The greatest value.
    pub(super) fn greatest(self, field: FieldId) -> Option<i64> {
        ordered!(self, field, column => column.greatest()).flatten()
    }

    /// About how many contacts have values in a range.
    pub(super) fn estimate_within(self, field: FieldId, range: Range<i64>) -> u64 {
        ordered!(self, field, column => column.estimate(range)).unwrap_or_default()
    }

    /// Those among some contacts whose values lie in a range.
    pub(super) fn retain_within(self, field: FieldId, range: Range<i64>, among: &MemberSet) -> MemberSet {
        ordered!(self, field, column => column.retain_within(range, among)).unwrap_or_default()
    }

    /// Those among some contacts whose values pass a test of their order.
    pub(super) fn retain_where(
        self,
        field: FieldId,
        test: impl Fn(i64) -> bool,
        among: &MemberSet,
    ) -> MemberSet {
        ordered!(self, field, column => column.retain_where(among, |value| test(value.order())))
            .unwrap_or_default()
    }

    /// The contacts whose values pass a test of their order.
    pub(super) fn rows_where(self, field: FieldId, test: impl Fn(i64) -> bool) -> MemberSet {
        ordered!(self, field, column => column.rows_where(|value| test(value.order()))).unwrap_or_default()
    }
}
