//! Texts with what is aside of them, in a few pieces of memory.

use super::arena::Arena;
use super::marks::Marks;
use super::written::Spelled;

/// Values as they are kept, numbered in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Spellings {
    folds: Arena,
    /// Which of them have something aside.
    marks: Marks,
    /// That, for the marked ones alone.
    asides: Arena,
}

impl Spellings {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.folds.len()
    }

    pub(crate) fn push(&mut self, value: Spelled<'_>) {
        self.folds.push(value.fold);
        self.marks.push(value.aside.is_some());
        if let Some(aside) = value.aside {
            self.asides.push(aside);
        }
    }

    pub(crate) fn get(&self, number: u32) -> Option<Spelled<'_>> {
        Some(Spelled { fold: self.fold(number)?, aside: self.aside(number) })
    }

    /// All of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Spelled<'_>> {
        let mut asides = self.asides.iter();
        let values = self.folds.iter().zip(self.marks.iter());
        values.map(move |(fold, is_marked)| Spelled {
            fold,
            aside: if is_marked { asides.next() } else { None },
        })
    }

    pub(crate) fn fold(&self, number: u32) -> Option<&str> {
        self.folds.get(number as usize)
    }

    pub(crate) fn aside(&self, number: u32) -> Option<&str> {
        self.asides.get(self.marks.rank(number as usize)? as usize)
    }

    /// Those that have something aside.
    pub(crate) fn marked(&self) -> impl Iterator<Item = u32> {
        self.marks.marked()
    }

    /// The texts by which the values are compared, behind one another.
    pub(crate) fn folds(&self) -> &Arena {
        &self.folds
    }

    /// How many bytes a value has.
    pub(crate) fn bytes_of(&self, number: u32) -> usize {
        self.get(number).map_or(0, |value| value.fold.len() + value.aside.map_or(0, str::len))
    }

    /// How many bytes all values have.
    pub(crate) fn bytes(&self) -> usize {
        self.folds.bytes() + self.asides.bytes()
    }

    /// Gives back the room that was made for too many.
    pub(crate) fn shrink(&mut self) {
        self.folds.shrink();
        self.asides.shrink();
    }

    /// What does not hold that should.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.folds.len() != self.marks.len() {
            found.push(format!("{} texts have {} marks", self.folds.len(), self.marks.len()));
        }
        let marked = self.marks.marked().count();
        if marked != self.asides.len() {
            found.push(format!("{marked} values are marked and {} have something aside", self.asides.len()));
        }
        for arena in [&self.folds, &self.asides] {
            let lengths = (0..arena.len()).map(|entry| arena.get(entry).map_or(0, str::len));
            if lengths.sum::<usize>() != arena.bytes() {
                found.push("the ends of the texts do not ascend to the last byte".to_owned());
            }
        }
        found
    }

    pub(crate) fn size_in_bytes(&self) -> usize {
        self.folds.size_in_bytes() + self.marks.size_in_bytes() + self.asides.size_in_bytes()
    }
}
