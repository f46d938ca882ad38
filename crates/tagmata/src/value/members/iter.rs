//! The numbers of a set, one by one.

use roaring::bitmap::Iter;

/// Numbers, ascending: one alone, or those of a bitmap.
#[derive(Clone)]
pub(crate) struct Numbers<'s> {
    one: Option<u32>,
    many: Iter<'s>,
}

impl<'s> Numbers<'s> {
    /// One of both is empty.
    pub(super) fn new(one: Option<u32>, many: Iter<'s>) -> Self {
        Self { one, many }
    }
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.many.next().or_else(|| self.one.take())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let one = usize::from(self.one.is_some());
        let (least, most) = self.many.size_hint();
        (least + one, most.map(|most| most + one))
    }

    fn fold<B, F: FnMut(B, u32) -> B>(self, init: B, fold: F) -> B {
        match self.one {
            Some(one) => std::iter::once(one).fold(init, fold),
            None => self.many.fold(init, fold),
        }
    }
}

impl DoubleEndedIterator for Numbers<'_> {
    fn next_back(&mut self) -> Option<u32> {
        self.many.next_back().or_else(|| self.one.take())
    }
}

impl ExactSizeIterator for Numbers<'_> {}
