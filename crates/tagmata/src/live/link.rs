//! One question of a filter, and which answer is wanted.

use super::lanes::Sides;
use std::num::NonZeroU32;

/// The number of a question about values. It is free again when no segment asks it any more.
pub(super) type Asked = u32;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// The verdict whatever is so.
    Always(bool),
    /// A question about values.
    Values(Asked),
    /// A question about segments, by its place among those of a filter.
    Segments(usize),
}

/// A part of a filter that is a chain: all its clauses must be met, and a clause is met by any of its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link(NonZeroU32);

impl Link {
    const NEGATED: u32 = 1;
    const HAS_OTHERS: u32 = 2;
    const SEGMENTS: u32 = 4;
    const SHIFT: u32 = 3;

    /// A question whose answer has to be yes, or no if that is wanted; none for one that is no question.
    pub(super) fn new(ask: Ask, is_negated: bool, has_others: bool) -> Option<Self> {
        let (number, kind) = match ask {
            Ask::Always(_) => return None,
            Ask::Values(asked) => (asked, 0),
            Ask::Segments(place) => (u32::try_from(place).ok()?, Self::SEGMENTS),
        };
        let negated = if is_negated { Self::NEGATED } else { 0 };
        let others = if has_others { Self::HAS_OTHERS } else { 0 };
        let number = number.checked_mul(1 << Self::SHIFT)? | kind | others | negated;
        Some(Self(NonZeroU32::MIN.checked_add(number)?))
    }

    fn bits(self) -> u32 {
        self.0.get() - 1
    }

    /// The number of the question, or its place if it is about segments.
    pub(super) fn number(self) -> u32 {
        self.bits() >> Self::SHIFT
    }

    pub(super) fn ask(self) -> Ask {
        let number = self.number();
        match self.bits() & Self::SEGMENTS {
            0 => Ask::Values(number),
            _ => Ask::Segments(number as usize),
        }
    }

    /// Those for whom it is met, where these are the ones for whom the answer is yes.
    pub(super) fn met(self, yes: Sides) -> Sides {
        yes ^ Sides::all(self.bits() & Self::NEGATED != 0)
    }

    /// Whether the next link may meet the same clause.
    pub(super) fn has_others(self) -> bool {
        self.bits() & Self::HAS_OTHERS != 0
    }
}
