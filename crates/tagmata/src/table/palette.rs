//! Few different values for many places.

use super::cells::Cells;
use crate::value::{Value, ValueType};

/// The different values of a column, and which one each place has: a byte for each place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Palette {
    values: Vec<Option<Value>>,
    codes: Vec<u8>,
}

impl Palette {
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
                        palette.add(value_of(code)).ok()?
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

    /// Fills all places before one that were not filled with no value; false where there is no room for that.
    pub(super) fn reach(&mut self, at: usize) -> bool {
        while self.len() < at {
            if self.put(self.len(), None).is_err() {
                return false;
            }
        }
        true
    }

    /// Puts a value at a place, which may be the next one behind the last. The value is given back where the palette has
    /// no room for it or is not worth it.
    pub(super) fn put(&mut self, at: usize, value: Option<Value>) -> Result<(), Option<Value>> {
        let before = at.checked_sub(1).and_then(|before| self.codes.get(before)).copied();
        let is_it = |code: &u8| self.values.get(usize::from(*code)) == Some(&value);
        let known = before.filter(is_it).or_else(|| {
            let place = self.values.iter().position(|known| *known == value)?;
            u8::try_from(place).ok()
        });
        let code = match known {
            Some(code) => code,
            None => self.add(value)?,
        };
        match self.codes.get_mut(at) {
            Some(slot) => *slot = code,
            None => self.codes.push(code),
        }
        Ok(())
    }

    /// The code of a value that is not among the others.
    fn add(&mut self, value: Option<Value>) -> Result<u8, Option<Value>> {
        // Values that are nearly all different are not worth the search: a palette is to be far smaller than the column.
        const WORTH: usize = 32;
        let count = self.values.len();
        match u8::try_from(count) {
            Ok(code) if count < WORTH || self.codes.len() >= 2 * count => {
                self.values.push(value);
                Ok(code)
            }
            _ => Err(value),
        }
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
            column.set(at, self.get(at).cloned());
        }
        column
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        size_of_val(self.values.as_slice()) + self.codes.len()
    }
}
