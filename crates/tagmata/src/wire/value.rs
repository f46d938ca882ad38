//! Values, and the numbers that stand for things.

use super::reader::Reader;
use super::wire::{Wire, tagged};
use super::writer::Writer;
use crate::error::Result;
use crate::time::{Date, Timestamp};
use crate::value::{
    ContactId, Country, FieldId, KindId, Phone, RuleId, SegmentId, StatusId, Symbol, SymbolSet, Text, Value,
};

macro_rules! ids {
    ($($id:ident)+) => {$(
        impl Wire for $id {
            fn write(&self, out: &mut Writer) {
                self.get().write(out);
            }

            fn read(input: &mut Reader<'_>) -> Result<Self> {
                u32::read(input).map(Self::new)
            }
        }
    )+};
}

ids!(ContactId FieldId KindId RuleId SegmentId StatusId);

impl Wire for Symbol {
    fn write(&self, out: &mut Writer) {
        self.get().write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let number = u32::read(input)?;
        symbol(input, number)
    }
}

/// The symbol of a number, which is never the greatest: that stands for no symbol in columns.
pub(super) fn symbol(input: &Reader<'_>, number: u32) -> Result<Symbol> {
    match number {
        u32::MAX => Err(input.damaged("a number is greater than it may be")),
        number => Ok(Symbol::new(number)),
    }
}

/// Ascending, and never empty.
impl Wire for SymbolSet {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        self.iter().for_each(|symbol| symbol.write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let symbols = Vec::<Symbol>::read(input)?;
        match !symbols.is_empty() && symbols.is_sorted_by(|one, next| one < next) {
            true => Ok(Self::from(symbols.as_slice())),
            false => Err(input.damaged("a set is empty or does not ascend")),
        }
    }
}

impl Wire for Text {
    fn write(&self, out: &mut Writer) {
        out.bytes(self.as_str().as_bytes());
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let text = input.text()?;
        let read = Self::new(text).filter(|read| read.as_str() == text);
        read.ok_or_else(|| input.damaged("a text is blank or has white space at its edges"))
    }
}

/// A phone number is its digits, and whether it is assigned: what the plans of countries say may change.
impl Wire for Phone {
    fn write(&self, out: &mut Writer) {
        out.bytes(self.digits().as_bytes());
        self.is_assigned().write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let digits = input.text()?;
        let phone = Self::from_kept(digits, bool::read(input)?);
        phone.ok_or_else(|| input.damaged("a phone number has other than digits"))
    }
}

impl Wire for f64 {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.to_le_bytes());
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let bytes = input.array()?;
        number(input, bytes)
    }
}

/// The number of some bytes, which is finite.
pub(super) fn number(input: &Reader<'_>, bytes: [u8; 8]) -> Result<f64> {
    let number = f64::from_le_bytes(bytes);
    match number.is_finite() {
        true => Ok(number),
        false => Err(input.damaged("a number is not finite")),
    }
}

impl Wire for Date {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.days_since_epoch().to_le_bytes());
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let bytes = input.array()?;
        date(input, bytes)
    }
}

/// The day of some bytes, in the years 1 to 9999.
pub(super) fn date(input: &Reader<'_>, bytes: [u8; 4]) -> Result<Date> {
    let date = Date::from_epoch_days(i64::from(i32::from_le_bytes(bytes)));
    match (1..=9999).contains(&date.year()) {
        true => Ok(date),
        false => Err(input.damaged("a day is not in the years 1 to 9999")),
    }
}

impl Wire for Timestamp {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.as_micros().to_le_bytes());
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let bytes = input.array()?;
        instant(input, bytes)
    }
}

/// The instant of some bytes, in the years 1 to 9999.
pub(super) fn instant(input: &Reader<'_>, bytes: [u8; 8]) -> Result<Timestamp> {
    let instant = Timestamp::from_micros(i64::from_le_bytes(bytes));
    instant.ok_or_else(|| input.damaged("an instant is not in the years 1 to 9999"))
}

impl Wire for Country {
    fn write(&self, out: &mut Writer) {
        Symbol::from(*self).write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let symbol = Symbol::read(input)?;
        Self::from_symbol(symbol).ok_or_else(|| input.damaged("a country has other than two letters"))
    }
}

tagged! {
    Value, "type of value" {
        0 => Text(text);
        1 => Phone(phone);
        2 => Number(number);
        3 => Date(date);
        4 => DateTime(at);
        5 => Bool(yes);
        6 => One(symbol);
        7 => Many(set);
        8 => Id(id);
    }
}
