//! Few different values for many places, as columns take them over.

/// Different values, which are looked at once each, and which one each place has.
#[derive(Debug)]
pub(crate) struct Few<'v, V> {
    values: Vec<Option<V>>,
    codes: Codes<'v>,
}

#[derive(Debug)]
enum Codes<'v> {
    /// So many places have the first value.
    First(usize),
    Each(&'v [u8]),
}

impl<'v, V: Copy> Few<'v, V> {
    /// One value for so many places.
    pub(super) fn same(value: Option<V>, count: usize) -> Self {
        Self { values: vec![value], codes: Codes::First(count) }
    }

    /// A value for each place, by its position among the different ones.
    pub(super) fn new(values: Vec<Option<V>>, codes: &'v [u8]) -> Self {
        Self { values, codes: Codes::Each(codes) }
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        match self.codes {
            Codes::First(count) => count,
            Codes::Each(codes) => codes.len(),
        }
    }

    /// The different values; some places may have none, and some of the values no place.
    pub(super) fn values(&self) -> &[Option<V>] {
        &self.values
    }

    /// The positions of the values of all places.
    pub(super) fn codes(&self) -> impl ExactSizeIterator<Item = usize> {
        (0..self.len()).map(|at| match self.codes {
            Codes::First(_) => 0,
            Codes::Each(codes) => codes.get(at).map_or(0, |code| usize::from(*code)),
        })
    }

    /// The values of all places.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = Option<V>> {
        self.codes().map(|code| self.values.get(code).copied().flatten())
    }
}
