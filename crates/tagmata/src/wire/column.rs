//! Columns of values, by their type.

use super::reader::{Bits, Reader};
use super::value::{date, instant, number, symbol};
use super::wire::Wire;
use super::writer::Writer;
use crate::error::Result;
use crate::table::{Cell, Cells, Kept, Packed, SetCells, Spelled, TextCells, Values};
use crate::text::trim;
use crate::time::{Date, Timestamp};
use crate::value::{Phone, Symbol, Text, Value};

/// Forms of columns. The numbers never change their meaning.
mod form {
    pub(super) const SAME: u8 = 0;
    pub(super) const FEW: u8 = 1;
    pub(super) const TEXTS: u8 = 2;
    pub(super) const PHONES: u8 = 3;
    pub(super) const NUMBERS: u8 = 4;
    pub(super) const DATES: u8 = 5;
    pub(super) const INSTANTS: u8 = 6;
    pub(super) const FLAGS: u8 = 7;
    pub(super) const SYMBOLS: u8 = 8;
    pub(super) const SETS: u8 = 9;
}

/// Writes the number of values, their form, and the values.
pub(super) fn write(values: &Values, out: &mut Writer) {
    let count = values.len();
    out.count(count);
    match values.kept() {
        Kept::Same(value) => {
            out.byte(form::SAME);
            value.is_some().write(out);
            if let Some(value) = value {
                value.write(out);
            }
        }
        Kept::Few(values, codes) => {
            out.byte(form::FEW);
            out.count(values.len());
            values.iter().for_each(|value| value.write(out));
            out.raw(codes);
        }
        Kept::Each(cells) => out.cells(cells, count),
    }
}

impl Writer {
    fn cells(&mut self, cells: &Cells, count: usize) {
        match cells {
            Cells::Text(texts) => self.texts(texts, count),
            Cells::Phone(phones) => self.phones(phones, count),
            Cells::Number(numbers) => self.packed(form::NUMBERS, numbers, count, f64::to_le_bytes),
            Cells::Date(days) => {
                self.packed(form::DATES, days, count, |day| day.days_since_epoch().to_le_bytes());
            }
            Cells::DateTime(instants) => {
                self.packed(form::INSTANTS, instants, count, |at| at.as_micros().to_le_bytes());
            }
            Cells::Bool(flags) => self.packed(form::FLAGS, flags, count, |yes| [u8::from(yes)]),
            Cells::One(symbols) => {
                self.packed(form::SYMBOLS, symbols, count, |symbol| symbol.get().to_le_bytes());
            }
            Cells::Many(sets) => self.sets(sets, count),
        }
    }

    /// Which places have a value: a byte where all do, and bits otherwise.
    fn presence(&mut self, count: usize, has: impl Fn(usize) -> bool) {
        let all = (0..count).all(&has);
        all.write(self);
        if !all {
            self.bits((0..count).map(has));
        }
    }

    fn packed<T: Cell, const N: usize>(
        &mut self,
        form: u8,
        cells: &Packed<T>,
        count: usize,
        bytes: impl Fn(T) -> [u8; N],
    ) {
        self.byte(form);
        self.presence(count, |at| cells.get(at).is_some());
        (0..count).filter_map(|at| cells.get(at)).for_each(|value| self.raw(&bytes(value)));
    }

    /// The lengths of the texts as they were written, then the texts.
    fn texts(&mut self, cells: &TextCells<Text>, count: usize) {
        self.byte(form::TEXTS);
        self.presence(count, |at| cells.has(at));
        let written = || cells.iter().flatten().map(|text| text.aside.unwrap_or(text.fold));
        written().for_each(|text| self.count(text.len()));
        written().for_each(|text| self.raw(text.as_bytes()));
    }

    /// Twice the lengths of the digits, and one where the number is not assigned; then the digits.
    fn phones(&mut self, cells: &TextCells<Phone>, count: usize) {
        self.byte(form::PHONES);
        self.presence(count, |at| cells.has(at));
        let kept = || cells.iter().flatten();
        kept().for_each(|phone| self.count(2 * phone.fold.len() + usize::from(phone.aside.is_some())));
        kept().for_each(|phone| self.raw(phone.fold.as_bytes()));
    }

    /// The numbers of symbols in the sets, then the symbols.
    fn sets(&mut self, cells: &SetCells, count: usize) {
        self.byte(form::SETS);
        (0..count).for_each(|at| self.count(cells.get(at).len()));
        (0..count).flat_map(|at| cells.get(at)).for_each(|symbol| symbol.write(self));
    }
}

/// Reads a column of so many values.
///
/// # Errors
/// [`Code::StoreDamaged`](crate::Code::StoreDamaged) for bytes that are not those of one.
pub(super) fn read(input: &mut Reader<'_>, count: u64) -> Result<Values> {
    if input.number()? != count {
        return Err(input.damaged("a column has another number of values"));
    }
    let Ok(count) = usize::try_from(count) else {
        return Err(input.damaged("a number is greater than it may be"));
    };
    let cells = match input.byte()? {
        form::SAME => return Option::<Value>::read(input).map(|value| Values::same(value, count)),
        form::FEW => {
            let values = Vec::read(input)?;
            let few = Values::of_few(values, input.raw(count)?);
            return few.ok_or_else(|| input.damaged("a value is not among those of its column"));
        }
        form::TEXTS => Cells::Text(input.texts(count)?),
        form::PHONES => Cells::Phone(input.phones(count)?),
        form::NUMBERS => Cells::Number(input.packed(count, number)?),
        form::DATES => Cells::Date(input.packed::<Date, 4>(count, date)?),
        form::INSTANTS => Cells::DateTime(input.packed::<Timestamp, 8>(count, instant)?),
        form::FLAGS => Cells::Bool(input.packed(count, |input, byte| match byte {
            [0] => Ok(false),
            [1] => Ok(true),
            _ => Err(input.damaged("a byte is neither yes nor no")),
        })?),
        form::SYMBOLS => {
            Cells::One(input.packed(count, |input, bytes| symbol(input, u32::from_le_bytes(bytes)))?)
        }
        form::SETS => Cells::Many(input.sets(count)?),
        other => return Err(input.damaged(&format!("there is no form of columns {other}"))),
    };
    Ok(Values::of_cells(cells, count))
}

impl<'b> Reader<'b> {
    /// Which of so many places have a value, and how many do.
    fn presence(&mut self, count: usize) -> Result<(impl Iterator<Item = bool> + use<'b>, usize)> {
        let bits = if bool::read(self)? { None } else { Some(self.bits(count)?) };
        let present = bits.map_or(count, Bits::set);
        let all = std::iter::repeat_n(true, if bits.is_none() { count } else { 0 });
        Ok((all.chain(bits.into_iter().flat_map(Bits::iter)), present))
    }

    fn packed<T: Cell, const N: usize>(
        &mut self,
        count: usize,
        value: impl Fn(&Self, [u8; N]) -> Result<T>,
    ) -> Result<Packed<T>> {
        let (places, present) = self.presence(count)?;
        let mut bytes = self.each::<N>(present)?.iter();
        let mut wrong = None;
        let values = places.map(|is_there| {
            let bytes = if is_there { bytes.next() } else { None };
            bytes.and_then(|bytes| value(self, *bytes).map_err(|error| wrong = Some(error)).ok())
        });
        let cells = Packed::of(values);
        wrong.map_or(Ok(cells), Err)
    }

    /// So many lengths, and the text that they cut into pieces: each with its length.
    fn pieces(&mut self, count: usize, length: impl Fn(usize) -> usize) -> Result<Vec<(&'b str, usize)>> {
        let lengths = (0..count).map(|_| self.small()).collect::<Result<Vec<usize>>>()?;
        let total = lengths.iter().fold(0_usize, |total, told| total.saturating_add(length(*told)));
        let mut rest = str::from_utf8(self.raw(total)?).map_err(|_| self.damaged("a text is no UTF-8"))?;
        let mut pieces = Vec::with_capacity(count);
        for told in lengths {
            let Some((piece, behind)) = rest.split_at_checked(length(told)) else {
                return Err(self.damaged("a text ends within a character"));
            };
            pieces.push((piece, told));
            rest = behind;
        }
        Ok(pieces)
    }

    fn texts(&mut self, count: usize) -> Result<TextCells<Text>> {
        let (places, present) = self.presence(count)?;
        let texts = self.pieces(present, |length| length)?;
        if texts.iter().any(|(text, _)| text.is_empty() || trim(text).len() < text.len()) {
            return Err(self.damaged("a text is blank or has white space at its edges"));
        }
        let mut texts = texts.into_iter().map(|(text, _)| text);
        Ok(TextCells::of_written(places.map(|is_there| if is_there { texts.next() } else { None })))
    }

    fn phones(&mut self, count: usize) -> Result<TextCells<Phone>> {
        let (places, present) = self.presence(count)?;
        let phones = self.pieces(present, |told| told / 2)?;
        if phones.iter().any(|(digits, _)| !Phone::can_be_kept(digits)) {
            return Err(self.damaged("a phone number has other than digits"));
        }
        let mut phones =
            phones.into_iter().map(|(fold, told)| Spelled { fold, aside: (told % 2 == 1).then_some("") });
        Ok(TextCells::of(places.map(|is_there| if is_there { phones.next() } else { None })))
    }

    fn sets(&mut self, count: usize) -> Result<SetCells> {
        let lengths = (0..count).map(|_| self.small()).collect::<Result<Vec<usize>>>()?;
        let mut symbols: Vec<Symbol> = Vec::new();
        for length in &lengths {
            let start = symbols.len();
            for _ in 0..*length {
                symbols.push(Symbol::read(self)?);
            }
            if !symbols.get(start..).unwrap_or_default().is_sorted_by(|one, next| one < next) {
                return Err(self.damaged("a set does not ascend"));
            }
        }
        let mut rest = symbols.as_slice();
        Ok(SetCells::of(lengths.into_iter().map(|length| {
            let (set, behind) = rest.split_at_checked(length).unwrap_or_default();
            rest = behind;
            set
        })))
    }
}
