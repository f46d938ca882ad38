//! Segments as people define them.

use std::fmt;

use tagmata::{Book, NewSegment, SegmentId};
use tagmata_benches::{Dice, Weighted};

use crate::pool::pool;
use crate::predicate::{Predicate, TAGS, tag_name};

/// Where the random numbers begin.
const SEED: u64 = 13;
/// So many segments share a question, on average.
const SEGMENTS_PER_QUESTION: usize = 5;
/// At most so many segments are defined by one call: what they come to is dropped before the next ones.
const AT_ONCE: usize = 500;

/// A part of a segment, all of which a member fulfils.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// This is so.
    Is(Predicate),
    /// This is not so.
    Not(Predicate),
    /// One of these is so.
    Any(Vec<Predicate>),
    /// The contact is in an earlier one of the segments, by its place.
    Segment(usize),
}

/// What makes a contact a member of a segment: all conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// From two to four conditions.
    pub(crate) conditions: Vec<Condition>,
}

impl Condition {
    /// What it asks itself; a segment that it uses may ask more.
    pub(crate) fn predicates(&self) -> &[Predicate] {
        match self {
            Self::Is(one) | Self::Not(one) => std::slice::from_ref(one),
            Self::Any(several) => several,
            Self::Segment(_) => &[],
        }
    }
}

impl Definition {
    /// What it asks itself; segments that it uses may ask more.
    pub(crate) fn predicates(&self) -> impl Iterator<Item = &Predicate> {
        self.conditions.iter().flat_map(Condition::predicates)
    }

    /// The segments that it uses, by their places.
    pub(crate) fn segments(&self) -> impl Iterator<Item = usize> {
        self.conditions.iter().filter_map(|condition| match condition {
            Condition::Segment(place) => Some(*place),
            _ => None,
        })
    }
}

/// In the filter language.
impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(predicate) => write!(out, "{predicate}"),
            Self::Not(predicate) => write!(out, "not {predicate}"),
            Self::Any(several) => {
                let several: Vec<String> = several.iter().map(Predicate::to_string).collect();
                write!(out, "({})", several.join(" or "))
            }
            Self::Segment(place) => write!(out, "segments has \"{}\"", name(*place)),
        }
    }
}

/// In the filter language.
impl fmt::Display for Definition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let conditions: Vec<String> = self.conditions.iter().map(Condition::to_string).collect();
        out.write_str(&conditions.join(" and "))
    }
}

/// The name of one of the segments.
fn name(place: usize) -> String {
    format!("Dynamic {place:06}")
}

/// So many segments, the same in every run.
#[must_use]
pub fn definitions(count: usize) -> Vec<Definition> {
    let mut dice = Dice::new(SEED);
    let pool = pool((count / SEGMENTS_PER_QUESTION).max(10), &mut dice);
    (0..count).map(|place| draw(place, &pool, &mut dice)).collect()
}

/// So many segments that each look at the clock, and use no other ones.
#[must_use]
pub(crate) fn relative_definitions(count: usize) -> Vec<Definition> {
    let mut all = definitions(20 * count);
    all.retain(|definition| {
        definition.segments().next().is_none() && definition.predicates().any(Predicate::is_relative)
    });
    all.truncate(count);
    all
}

fn draw(place: usize, pool: &Weighted<Predicate>, dice: &mut Dice) -> Definition {
    let count = 2 + dice.below(3);
    let mut conditions: Vec<Condition> =
        (0..count).map(|_| Condition::Is(dice.weigh(pool).clone())).collect();
    conditions.dedup();
    if dice.chance(0.15) {
        conditions.pop();
        let several = 2 + dice.below(2);
        conditions.push(Condition::Any((0..several).map(|_| dice.weigh(pool).clone()).collect()));
    } else if dice.chance(0.15) {
        conditions.pop();
        conditions.push(Condition::Not(dice.weigh(pool).clone()));
    }
    if dice.chance(0.05) && place > 0 {
        let earlier = usize::try_from(dice.below(place as u64)).expect("a place");
        conditions.pop();
        conditions.push(Condition::Segment(earlier));
    }
    Definition { conditions }
}

/// Makes the segments in a book, and gives them in their order.
///
/// # Panics
///
/// When the book has them already, or does not know what they ask about.
pub fn define(book: &mut Book, definitions: &[Definition]) -> Vec<SegmentId> {
    let now = book.now();
    // Few contacts do not have all the tags.
    for tag in (0..TAGS).map(tag_name) {
        if book.schema().tag(&tag).is_none() {
            book.define_tag(&tag, now).expect("a new tag");
        }
    }
    let (mut made, mut waiting) = (Vec::with_capacity(definitions.len()), Vec::new());
    let mut make = |waiting: &mut Vec<NewSegment>| {
        made.extend(book.create_segments(waiting.drain(..), now).expect("segments that can be defined").id);
    };
    for (place, definition) in definitions.iter().enumerate() {
        let first = place - waiting.len();
        // What a segment uses is made before it.
        if waiting.len() == AT_ONCE || definition.segments().any(|used| used >= first) {
            make(&mut waiting);
        }
        waiting.push(NewSegment::dynamic(name(place), definition.to_string()));
    }
    make(&mut waiting);
    made
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use tagmata_benches::book;

    use super::{Condition, define, definitions, relative_definitions};
    use crate::predicate::Predicate;

    #[test]
    fn segments_are_the_same_in_every_run_and_share_questions() {
        let all = definitions(1_000);
        assert_eq!(all, definitions(1_000));
        let asked: Vec<String> =
            all.iter().flat_map(|one| one.predicates()).map(Predicate::to_string).collect();
        let different: HashSet<&String> = asked.iter().collect();
        assert!(different.len() <= 200, "{} different questions", different.len());
        assert!(
            asked.len() > 10 * different.len(),
            "{} questions, {} different",
            asked.len(),
            different.len()
        );
    }

    #[test]
    fn every_kind_of_condition_is_there_and_most_are_plain() {
        let all = definitions(1_000);
        let having =
            |is: fn(&Condition) -> bool| all.iter().filter(|one| one.conditions.iter().any(is)).count();
        let expected = [
            (having(|condition| matches!(condition, Condition::Any(_))), 110..190),
            (having(|condition| matches!(condition, Condition::Not(_))), 80..170),
            (having(|condition| matches!(condition, Condition::Segment(_))), 25..80),
            (all.iter().filter(|one| one.predicates().any(Predicate::is_relative)).count(), 150..700),
        ];
        for (place, (count, range)) in expected.into_iter().enumerate() {
            assert!(range.contains(&count), "{count} at {place}");
        }
        assert!(all.iter().all(|one| (1..=4).contains(&one.conditions.len())));
    }

    #[test]
    fn a_book_takes_all_of_them_and_few_are_empty() {
        let mut book = book(2_000);
        let made = define(&mut book, &definitions(300));
        let empty = made.iter().filter(|id| book.members(**id).expect("members").is_empty()).count();
        assert!(empty < 150, "{empty} are empty");
    }

    #[test]
    fn relative_segments_look_at_the_clock() {
        let all = relative_definitions(50);
        assert_eq!(all.len(), 50);
        assert!(all.iter().all(|one| one.to_string().contains(" days")));
    }
}
