//! What somebody does who has no index: every segment is asked about the contact, before the change and after it.

use std::cell::RefCell;

use tagmata::{Book, Contact, Filter, Matcher, Membership, SegmentId, StaticSegments, Timestamp};

use crate::moves::Moves;
use crate::segment::Definition;

/// The filters of all segments.
#[derive(Debug)]
pub(crate) struct Naive {
    segments: Vec<SegmentId>,
    filters: Vec<Filter>,
}

impl Naive {
    /// Reads the filters of segments that a book has.
    ///
    /// # Panics
    ///
    /// When the book has them not.
    #[must_use]
    pub(crate) fn new(book: &Book, segments: &[SegmentId], definitions: &[Definition]) -> Self {
        let read = |definition: &Definition| book.filter(definition.to_string()).expect("a filter");
        Self { segments: segments.to_vec(), filters: definitions.iter().map(read).collect() }
    }

    /// All filters as of an instant, which is not what is measured.
    #[must_use]
    pub(crate) fn at(&self, now: Timestamp) -> NaiveAt<'_> {
        let matchers = self.filters.iter().map(|filter| filter.plan().at(now)).collect();
        NaiveAt { segments: &self.segments, matchers, known: RefCell::default() }
    }
}

/// The same, ready to be asked.
#[derive(Debug)]
pub(crate) struct NaiveAt<'a> {
    segments: &'a [SegmentId],
    matchers: Vec<Matcher<'a>>,
    /// The answers for the contact that is asked about, by place: a segment uses earlier ones only.
    known: RefCell<Vec<bool>>,
}

impl NaiveAt<'_> {
    /// Who moves when a contact becomes another one.
    #[must_use]
    pub(crate) fn moves(&self, before: &Contact, after: &Contact) -> Moves {
        let before = self.answers(before);
        let after = self.answers(after);
        let mut moves = Moves::default();
        for (segment, (before, after)) in self.segments.iter().zip(before.iter().zip(&after)) {
            match (before, after) {
                (false, true) => drop(moves.entered.insert(*segment)),
                (true, false) => drop(moves.left.insert(*segment)),
                _ => {}
            }
        }
        moves
    }

    fn answers(&self, contact: &Contact) -> Vec<bool> {
        self.known.borrow_mut().clear();
        for matcher in &self.matchers {
            let answer = matcher.matches(contact, self);
            self.known.borrow_mut().push(answer);
        }
        self.known.take()
    }
}

impl Membership for NaiveAt<'_> {
    fn contains(&self, segment: SegmentId, contact: &Contact) -> bool {
        let first = self.segments.first().map_or(u32::MAX, |first| first.get());
        match segment.get().checked_sub(first) {
            Some(place) => self.known.borrow().get(place as usize).copied().unwrap_or_default(),
            None => StaticSegments.contains(segment, contact),
        }
    }

    fn valid_until(&self, _: SegmentId, _: &Contact) -> Option<Timestamp> {
        None
    }
}

#[cfg(test)]
mod tests {
    use tagmata_benches::{Dice, book};

    use super::Naive;
    use crate::moves::moves_of;
    use crate::segment::{define, definitions};
    use crate::update::updates;

    #[test]
    fn the_effects_are_those_of_evaluating_everything() {
        let mut book = book(1_000);
        let definitions = definitions(200);
        let segments = define(&mut book, &definitions);
        let naive = Naive::new(&book, &segments, &definitions);
        let naive = naive.at(book.now());
        let mut moved = 0;
        for update in updates(&book, 120, &mut Dice::new(17)) {
            let before = book.contact(update.contact).expect("a contact");
            let effects = update.make(&mut book).effects;
            let after = book.contact(update.contact).expect("a contact");
            let moves = naive.moves(&before, &after);
            assert_eq!(moves_of(&effects), moves, "{update:?}");
            moved += moves.entered.len() + moves.left.len();
        }
        assert!(moved > 100, "{moved} moves");
    }
}
