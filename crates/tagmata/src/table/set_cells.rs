//! Sets of a commit, or on their way into one.

use super::dictionary::Ends;
use crate::value::{Symbol, SymbolSet};
use std::collections::BTreeMap;

/// Sets by row, behind one another; a row beyond the end has an empty one, which stands for none.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SetCells {
    symbols: Vec<Symbol>,
    ends: Ends,
    /// The sets of rows that were filled again, until the cells are finished.
    replaced: BTreeMap<usize, SymbolSet>,
}

impl SetCells {
    /// The sets of rows, one after the other; each ascends.
    pub(crate) fn of<'s>(sets: impl Iterator<Item = &'s [Symbol]>) -> Self {
        let mut cells = Self::default();
        sets.for_each(|set| cells.push(set));
        cells.shrink();
        cells
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The set of a row, ascending.
    pub(crate) fn get(&self, row: usize) -> &[Symbol] {
        if let Some(set) = self.replaced.get(&row) {
            return set.as_slice();
        }
        let Some(end) = self.ends.position(row) else { return &[] };
        let start = row.checked_sub(1).and_then(|before| self.ends.position(before)).unwrap_or_default();
        self.symbols.get(start..end).unwrap_or_default()
    }

    /// Gives a row a set, which ascends. The cells grow to the row.
    pub(crate) fn set(&mut self, row: usize, set: &[Symbol]) {
        if row < self.len() {
            self.replaced.insert(row, set.into());
            return;
        }
        while self.len() < row {
            self.push(&[]);
        }
        self.push(set);
    }

    fn push(&mut self, set: &[Symbol]) {
        self.symbols.extend_from_slice(set);
        self.ends.push(self.symbols.len() as u64);
    }

    /// The cells as a commit keeps them: equal sets make equal cells.
    pub(crate) fn finish(mut self) -> Self {
        if !self.replaced.is_empty() {
            return Self::of((0..self.len()).map(|row| self.get(row)));
        }
        self.shrink();
        self
    }

    fn shrink(&mut self) {
        self.symbols.shrink_to_fit();
        self.ends.shrink();
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        let replaced = self.replaced.values().map(|set| size_of::<Symbol>() * set.len()).sum::<usize>();
        size_of::<Symbol>() * self.symbols.capacity() + self.ends.size_in_bytes() + replaced
    }
}

#[cfg(test)]
mod tests {
    use super::SetCells;
    use crate::value::Symbol;

    #[test]
    fn cells_that_were_filled_again_are_those_that_were_filled_once() {
        let set = |numbers: &[u32]| numbers.iter().copied().map(Symbol::new).collect::<Vec<_>>();
        let mut cells = SetCells::default();
        for (row, numbers) in [(0, &[1, 2][..]), (3, &[7]), (0, &[4]), (1, &[5, 6]), (4, &[]), (3, &[])] {
            cells.set(row, &set(numbers));
        }
        let sets = [set(&[4]), set(&[5, 6]), set(&[]), set(&[]), set(&[])];
        for cells in [cells.clone(), cells.clone().finish()] {
            assert!((0..5).all(|row| cells.get(row) == sets[row]), "{cells:?}");
            assert_eq!((cells.len(), cells.get(5)), (5, &[][..]));
        }
        assert_eq!(cells.finish(), SetCells::of(sets.iter().map(Vec::as_slice)));
    }
}
