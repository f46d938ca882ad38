//! What symbols stand for, in words.

use super::{Catalog, Field, Schema};
use crate::value::{Country, FieldId, SegmentId, Symbol, TagId, ValueType};
use std::borrow::Cow;

impl Schema {
    /// What stored filters call an option, status, country, tag or segment: its key, code or name; empty if there is no such.
    ///
    /// ```
    /// use tagmata::{Field, Schema};
    /// let schema = Schema::default();
    /// let vip = schema.status("VIP").unwrap();
    /// assert_eq!(schema.symbol_key(Field::STATUS, vip.into()), "vip");
    /// assert_eq!(schema.symbol_label(Field::STATUS, vip.into()), "VIP");
    /// ```
    #[must_use]
    pub fn symbol_key(&self, field: FieldId, symbol: Symbol) -> Cow<'_, str> {
        self.symbol_word(field, symbol, Catalog::key)
    }

    /// What people see of an option, status, country, tag or segment: its label, code or name; empty if there is no such.
    #[must_use]
    pub fn symbol_label(&self, field: FieldId, symbol: Symbol) -> Cow<'_, str> {
        self.symbol_word(field, symbol, Catalog::label)
    }

    /// The options, statuses, tags or segments that a field can hold, in the order in which a book shows them; none of a
    /// field of another type, countries included.
    pub(crate) fn symbols_in_order(&self, field: &Field) -> Vec<Symbol> {
        match field.value_type() {
            ValueType::Status => self.statuses_in_order().map(Symbol::from).collect(),
            ValueType::Tags => self.tag_entries().map(|(tag, _)| tag.into()).collect(),
            ValueType::Segments => self.segment_entries().map(|(segment, _)| segment.into()).collect(),
            _ => field.options().iter().map(|option| Symbol::new(option.number)).collect(),
        }
    }

    fn symbol_word(&self, field: FieldId, symbol: Symbol, word: fn(&Catalog, u32) -> &str) -> Cow<'_, str> {
        let number = symbol.get();
        let Some(field) = self.field(field) else { return Cow::Borrowed("") };
        match field.value_type() {
            ValueType::Country => {
                Country::from_symbol(symbol).map_or(Cow::Borrowed(""), |country| country.to_string().into())
            }
            ValueType::Tags => self.tag_name(TagId::new(number)).into(),
            ValueType::Segments => self.segment_name(SegmentId::new(number)).into(),
            ValueType::Status => word(self.statuses(), number).into(),
            _ => word(field.options(), number).into(),
        }
    }
}
