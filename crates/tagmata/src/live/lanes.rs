//! Up to 32 contacts side by side, a bit for each.

use crate::model::Field;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, SegmentId, Symbol};
use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Not};

/// How many contacts are looked at side by side.
pub(super) const LANES: usize = 32;

/// A bit for each of the contacts.
pub(super) type Bits = u32;

/// Some contacts, side by side, as they are in a state at an instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lanes<'a> {
    pub(super) state: &'a State,
    pub(super) now: Timestamp,
    /// At most [`LANES`].
    pub(super) contacts: &'a [ContactId],
}

/// A bit for each contact: how it was before a change, and how it is after. Both are worked on at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sides(u64);

impl Lanes<'_> {
    /// All bits that stand for a contact.
    pub(super) fn all(&self) -> Bits {
        Bits::MAX >> (LANES - self.contacts.len().clamp(1, LANES))
    }

    /// Which of the contacts are in a static segment.
    pub(super) fn in_static(&self, segment: SegmentId) -> Bits {
        let symbol = Symbol::from(segment);
        self.each(self.all(), |contact| self.state.set_of(contact, Field::SEGMENTS).contains(&symbol))
    }

    /// Some of the contacts.
    pub(super) fn those(&self, whom: Bits) -> impl Iterator<Item = ContactId> {
        lanes(whom).filter_map(|lane| self.contacts.get(lane as usize).copied())
    }

    /// Those among some of the contacts for whom something holds.
    #[inline]
    pub(super) fn each(&self, whom: Bits, holds: impl Fn(ContactId) -> bool) -> Bits {
        // Most changes are about one.
        if let ([contact], 1) = (self.contacts, whom) {
            return Bits::from(holds(*contact));
        }
        let is_one = |lane: u32| self.contacts.get(lane as usize).is_some_and(|contact| holds(*contact));
        lanes(whom).fold(0, |found, lane| found | Bits::from(is_one(lane)) << lane)
    }
}

/// The places of the bits that are set, ascending.
fn lanes(mut bits: Bits) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lane = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(lane)
    })
}

impl Sides {
    pub(super) const NOBODY: Self = Self(0);
    pub(super) const EVERYBODY: Self = Self(u64::MAX);

    pub(super) fn new(before: Bits, after: Bits) -> Self {
        Self(u64::from(before) << Bits::BITS | u64::from(after))
    }

    /// The same before and after.
    pub(super) fn both(bits: Bits) -> Self {
        Self::new(bits, bits)
    }

    /// Everybody before and after, or nobody.
    pub(super) fn all(is_everybody: bool) -> Self {
        if is_everybody { Self::EVERYBODY } else { Self::NOBODY }
    }

    pub(super) fn before(self) -> Bits {
        (self.0 >> Bits::BITS) as Bits
    }

    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    pub(super) fn after(self) -> Bits {
        self.0 as Bits
    }

    /// Those before or after.
    pub(super) fn any(self) -> Bits {
        self.before() | self.after()
    }

    /// Those for whom it is another one after than before.
    pub(super) fn moved(self) -> Bits {
        self.before() ^ self.after()
    }

    pub(super) fn is_nobody(self) -> bool {
        self == Self::NOBODY
    }
}

macro_rules! by_bits {
    ($($trait:ident $name:ident $assign:ident $name_assign:ident $op:tt,)+) => {$(
        impl $trait for Sides {
            type Output = Self;

            fn $name(self, other: Self) -> Self {
                Self(self.0 $op other.0)
            }
        }

        impl $assign for Sides {
            fn $name_assign(&mut self, other: Self) {
                *self = *self $op other;
            }
        }
    )+};
}

by_bits! {
    BitAnd bitand BitAndAssign bitand_assign &,
    BitOr bitor BitOrAssign bitor_assign |,
    BitXor bitxor BitXorAssign bitxor_assign ^,
}

impl Not for Sides {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}
