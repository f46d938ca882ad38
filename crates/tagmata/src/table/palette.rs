//! Few different values for many places.

use super::cells::Cells;
use super::few::Few;
use super::hashing::Hasher;
use super::stored::Stored;
use crate::value::{Value, ValueType};
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The different values of a column, and which one each place has: a byte for each place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Palette {
    values: Vec<Option<Value>>,
    codes: Vec<u8>,
}

impl Palette {
    /// The palette of places that have one of these values each, known by its position; none where there is no such value.
    pub(super) fn new(values: Vec<Option<Value>>, codes: &[u8]) -> Option<Self> {
        const MOST: usize = u8::MAX as usize + 1;
        let is_value = |code: &u8| usize::from(*code) < values.len();
        (values.len() <= MOST && codes.iter().all(is_value)).then(|| Self { values, codes: codes.to_vec() })
    }

    /// The palette of places whose values are known by codes, equal ones by equal codes; none where it is not worth it.
    pub(super) fn of_codes<C: Copy + PartialEq>(
        codes: impl Iterator<Item = C>,
        value_of: impl Fn(C) -> Option<Value>,
    ) -> Option<Self> {
        let mut palette = Self { values: Vec::new(), codes: Vec::with_capacity(codes.size_hint().0) };
        let (mut known, mut last) = (Vec::new(), None);
        for code in codes {
            let place = match last {
                Some((before, place)) if before == code => place,
                _ => match known.iter().position(|known| *known == code).map(u8::try_from) {
                    Some(place) => place.ok()?,
                    None => {
                        known.push(code);
                        palette.add(value_of(code).as_ref())?
                    }
                },
            };
            last = Some((code, place));
            palette.codes.push(place);
        }
        Some(palette)
    }

    /// The different values, in the order in which they came up.
    pub(super) fn values(&self) -> &[Option<Value>] {
        &self.values
    }

    /// For each place, the position of its value among the different ones.
    pub(super) fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }

    /// The value at a place.
    pub(super) fn get(&self, at: usize) -> Option<&Value> {
        self.values.get(usize::from(*self.codes.get(at)?))?.as_ref()
    }

    /// The values of all places, which are of one type.
    pub(super) fn typed<T: Stored>(&self) -> Few<'_, T::Lent<'_>> {
        Few::new(self.values.iter().map(|value| value.as_ref().and_then(T::of)).collect(), &self.codes)
    }

    /// The code of a value that is not among the others; none where it is not worth a code.
    fn add(&mut self, value: Option<&Value>) -> Option<u8> {
        /// Values that are nearly all different are not worth the search: a palette is to be far smaller than the column.
        const WORTH: usize = 32;
        let count = self.values.len();
        let code = u8::try_from(count).ok()?;
        (count < WORTH || self.codes.len() >= 2 * count).then(|| {
            self.values.push(value.cloned());
            code
        })
    }

    /// The one value that all places have, where there is only one.
    pub(super) fn only(&self) -> Option<Option<Value>> {
        match self.values.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// The values one by one.
    pub(super) fn to_cells(&self, value_type: ValueType) -> Cells {
        let mut column = Cells::new(value_type);
        for at in 0..self.len() {
            column.set(at, self.get(at));
        }
        column
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        size_of_val(self.values.as_slice()) + self.codes.len()
    }
}

/// A palette that is being gathered.
#[derive(Debug)]
pub(super) struct PaletteBuilder {
    palette: Palette,
    /// The codes of the values, by the hash of the value.
    known: HashTable<u8>,
    hasher: Hasher,
}

impl PaletteBuilder {
    /// So many are found sooner one by one than by a hash.
    const FEW: usize = 4;

    /// No values yet.
    pub(super) fn new() -> Self {
        let palette = Palette { values: Vec::new(), codes: Vec::new() };
        Self { palette, known: HashTable::new(), hasher: Hasher::default() }
    }

    /// What is gathered so far.
    pub(super) fn palette(&self) -> &Palette {
        &self.palette
    }

    /// All that was gathered.
    pub(super) fn finish(self) -> Palette {
        self.palette
    }

    /// Fills all places before one that were not filled with no value; false where there is no room for that.
    pub(super) fn reach(&mut self, at: usize) -> bool {
        while self.palette.len() < at {
            if !self.put(self.palette.len(), None) {
                return false;
            }
        }
        true
    }

    /// Puts a value at a place, which may be the next one behind the last; false where the palette has no room for it or is
    /// not worth it.
    pub(super) fn put(&mut self, at: usize, value: Option<&Value>) -> bool {
        let Some(code) = self.code(at, value).or_else(|| self.add(value)) else { return false };
        match self.palette.codes.get_mut(at) {
            Some(slot) => *slot = code,
            None => self.palette.codes.push(code),
        }
        true
    }

    /// The code of a value that is among the others; often it is that of the place before.
    fn code(&self, at: usize, value: Option<&Value>) -> Option<u8> {
        let Palette { values, codes } = &self.palette;
        let is_it = |code: &u8| values.get(usize::from(*code)).is_some_and(|known| known.as_ref() == value);
        let before = at.checked_sub(1).and_then(|before| codes.get(before)).copied();
        before.filter(is_it).or_else(|| {
            if values.len() <= Self::FEW {
                let place = values.iter().position(|known| known.as_ref() == value)?;
                u8::try_from(place).ok()
            } else {
                self.known.find(hash_of(value, &self.hasher), is_it).copied()
            }
        })
    }

    /// The code of a value that is not among the others.
    fn add(&mut self, value: Option<&Value>) -> Option<u8> {
        let hash = hash_of(value, &self.hasher);
        let code = self.palette.add(value)?;
        let (values, hasher) = (&self.palette.values, &self.hasher);
        let hash_of = |code: &u8| hash_of(values.get(usize::from(*code)).and_then(Option::as_ref), hasher);
        self.known.insert_unique(hash, code, hash_of);
        Some(code)
    }
}

/// Equal values have one hash.
fn hash_of(value: Option<&Value>, hasher: &Hasher) -> u64 {
    match value {
        None => 0,
        Some(Value::Text(text)) => hasher.hash_one(text.as_str()),
        Some(Value::Phone(phone)) => hasher.hash_one(phone.e164()),
        Some(Value::Number(number)) => hasher.hash_one((number + 0.0).to_bits()),
        Some(Value::Date(date)) => hasher.hash_one(date),
        Some(Value::DateTime(at)) => hasher.hash_one(at),
        Some(Value::Bool(yes)) => hasher.hash_one(yes),
        Some(Value::One(symbol)) => hasher.hash_one(symbol),
        Some(Value::Many(set)) => hasher.hash_one(set),
        Some(Value::Id(id)) => hasher.hash_one(id),
    }
}
