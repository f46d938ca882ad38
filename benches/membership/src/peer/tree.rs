//! The index of expressions, and what a change comes to.

use std::collections::BTreeSet;

use a_tree::{ATree, Event};
use tagmata::{Book, Contact, SegmentId};

use super::event::{attributes, event};
use super::expression::expressions;
use crate::moves::Moves;
use crate::segment::Definition;

/// The segments that can be expressed.
#[derive(Debug)]
pub(crate) struct Peer {
    tree: ATree<SegmentId>,
    /// The segments that are in it.
    pub(crate) segments: BTreeSet<SegmentId>,
}

impl Peer {
    /// Puts the segments of a book that can be expressed into a tree.
    ///
    /// # Panics
    ///
    /// When an expression is not understood.
    #[must_use]
    pub(crate) fn new(book: &Book, segments: &[SegmentId], definitions: &[Definition]) -> Self {
        let mut tree = ATree::new(&attributes()).expect("attributes");
        let mut expressed = BTreeSet::new();
        for (segment, expression) in segments.iter().zip(expressions(book, definitions)) {
            let Some(expression) = expression else { continue };
            tree.insert(segment, &expression).expect("an expression");
            expressed.insert(*segment);
        }
        Self { tree, segments: expressed }
    }

    /// The event that is a contact, which is not what is measured.
    #[must_use]
    pub(crate) fn event(&self, book: &Book, contact: &Contact) -> Event {
        event(&self.tree, book, contact)
    }

    /// Who moves when a contact becomes another one.
    ///
    /// # Panics
    ///
    /// When an event cannot be looked up.
    #[must_use]
    pub(crate) fn moves(&self, before: &Event, after: &Event) -> Moves {
        let (before, after) = (self.segments_of(before), self.segments_of(after));
        Moves { entered: &after - &before, left: &before - &after }
    }

    /// The moves among segments that can be expressed.
    pub(crate) fn expressible(&self, moves: &Moves) -> Moves {
        Moves { entered: &moves.entered & &self.segments, left: &moves.left & &self.segments }
    }

    fn segments_of(&self, event: &Event) -> BTreeSet<SegmentId> {
        let report = self.tree.search(event).expect("segments");
        report.matches().iter().map(|segment| **segment).collect()
    }
}

#[cfg(test)]
mod tests {
    use tagmata_benches::book;

    use super::Peer;
    use crate::naive::Naive;
    use crate::segment::{define, definitions};

    #[test]
    fn the_tree_finds_what_evaluating_everything_finds() {
        let mut book = book(300);
        let definitions = definitions(200);
        let segments = define(&mut book, &definitions);
        let peer = Peer::new(&book, &segments, &definitions);
        let naive = Naive::new(&book, &segments, &definitions);
        let naive = naive.at(book.now());
        assert!(peer.segments.len() > 150, "{} expressed", peer.segments.len());
        let contacts: Vec<_> = book.select("everyone").expect("contacts").iter().collect();
        let contacts: Vec<_> = contacts.iter().map(|id| book.contact(*id).expect("a contact")).collect();
        for (before, after) in contacts.iter().zip(contacts.iter().skip(1)) {
            let found = peer.moves(&peer.event(&book, before), &peer.event(&book, after));
            let expected = peer.expressible(&naive.moves(before, after));
            assert_eq!(found, expected, "{:?} and {:?}", before.id(), after.id());
        }
    }
}
