//! Whether the effects of a change are what the members of segments before and after it say.

use std::collections::BTreeMap;

use tagmata::{Book, Effects, MemberSet, SegmentId};

/// So many segments are watched.
const WATCHED: usize = 40;

/// Some segments, with their members before a change.
#[derive(Debug)]
pub struct Watch {
    before: Vec<(SegmentId, MemberSet)>,
    entered: BTreeMap<SegmentId, MemberSet>,
    left: BTreeMap<SegmentId, MemberSet>,
    moves: u64,
}

impl Watch {
    /// Watches segments from here on.
    pub fn new(book: &Book, segments: &[SegmentId]) -> Self {
        let watched = segments.iter().step_by((segments.len() / WATCHED).max(1));
        let before = watched.map(|segment| (*segment, members(book, *segment))).collect();
        Self { before, entered: BTreeMap::new(), left: BTreeMap::new(), moves: 0 }
    }

    /// Takes in what a change has come to.
    pub fn note(&mut self, effects: &Effects) {
        let both = [(&effects.entered, true), (&effects.left, false)];
        for (moved, is_entered) in both {
            self.moves += moved.values().map(MemberSet::len).sum::<u64>();
            for (segment, _) in &self.before {
                let Some(contacts) = moved.get(segment) else { continue };
                let (here, there) = match is_entered {
                    true => (&mut self.entered, &mut self.left),
                    false => (&mut self.left, &mut self.entered),
                };
                let there = there.entry(*segment).or_default();
                let back = &*there & contacts;
                *there = &*there - &back;
                here.entry(*segment).or_default().extend((contacts - &back).iter());
            }
        }
    }

    /// How many moved, and a line for each segment of which something else was said than is so.
    pub fn end(mut self, what: &str, book: &Book) -> (u64, Vec<String>) {
        let mut wrong = Vec::new();
        for (segment, before) in &self.before {
            let after = members(book, *segment);
            let said = [&mut self.entered, &mut self.left].map(|all| all.remove(segment).unwrap_or_default());
            if said != [&after - before, before - &after] {
                wrong.push(format!("{what}: the effects on `{}`", book.schema().segment_name(*segment)));
            }
        }
        (self.moves, wrong)
    }
}

fn members(book: &Book, segment: SegmentId) -> MemberSet {
    book.members(segment).expect("members")
}

#[cfg(test)]
mod tests {
    use tagmata_benches::book;

    use super::Watch;
    use crate::segment::{define, definitions};

    #[test]
    fn a_change_that_says_nothing_of_those_who_move_is_noticed() {
        let mut book = book(500);
        let segments = define(&mut book, &definitions(200));
        let (mut told, untold) = (Watch::new(&book, &segments), Watch::new(&book, &segments));
        let now = book.now();
        let outcome = book.set_status("status = lead", "active", now).expect("a status");
        told.note(&outcome.effects);
        let (moves, wrong) = told.end("told", &book);
        assert!(moves > 0 && wrong.is_empty(), "{moves}, {wrong:?}");
        let (_, wrong) = untold.end("untold", &book);
        assert!(wrong.iter().any(|line| line.starts_with("untold: the effects on `Dynamic ")), "{wrong:?}");
    }
}
