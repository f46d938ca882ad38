//! What has no value.

use super::fields::As;
use super::translator::Translator;
use crate::error::Result;
use crate::fragment::Fragment;
use crate::mapping::Format;
use tagmata::{Calendar, Field, FieldId, Subject, ValueType};

impl Translator<'_> {
    pub(super) fn missing(&mut self, subject: &Subject, calendar: &Calendar) -> Result<Fragment> {
        match subject {
            Subject::Field(field) => self.field_is_missing(*field),
            Subject::Measure(measure) => self.measure_is_missing(measure, calendar),
            Subject::Instant(source) => self.source_is_missing(source, calendar),
            Subject::Size(_) => Ok(Fragment::raw("FALSE")),
        }
    }

    pub(super) fn field_is_missing(&mut self, field: FieldId) -> Result<Fragment> {
        if field == Field::LAST_INTERACTION && self.is_recorded() {
            return self.last_interaction_is_missing();
        }
        let value_type = self.world.schema.field(field).map(Field::value_type);
        match value_type {
            Some(ValueType::Text | ValueType::Email) => self.text_is_missing(field),
            Some(ValueType::MultiSelect | ValueType::Tags | ValueType::Segments) => {
                self.set_is_missing(field)
            }
            Some(ValueType::Select | ValueType::Status | ValueType::Country) => self.symbol_is_missing(field),
            Some(ValueType::Phone) => {
                let mapping = self.mapping(field)?;
                let is_there = self.on_field(mapping, |this, alias| {
                    let written = this.value(mapping, alias, As::Text)?;
                    Ok(this.is_filled(&written))
                })?;
                Ok(is_there.negated())
            }
            Some(ValueType::Id) | None => Ok(Fragment::raw("FALSE")),
            Some(ValueType::Number) => {
                let mapping = self.mapping(field)?;
                self.is_null(mapping, As::Number)
            }
            Some(ValueType::Bool) => {
                let mapping = self.mapping(field)?;
                self.is_null(mapping, As::Flag)
            }
            Some(ValueType::Date) => {
                let mapping = self.mapping(field)?;
                let read_as = if mapping.format == Some(Format::Days) { As::Integer } else { As::Text };
                self.is_null(mapping, read_as)
            }
            Some(ValueType::DateTime) => {
                let mapping = self.mapping(field)?;
                let format = self.instant_format(field, mapping)?;
                let is_number = [Format::Seconds, Format::Millis, Format::Micros].contains(&format);
                self.is_null(mapping, if is_number { As::Integer } else { As::Text })
            }
        }
    }
}
