//! How many digits a number may have.

/// The most digits that a number has after its calling code; more are refused.
pub(super) const LONGEST: usize = 17;

/// The fewest.
pub(super) const SHORTEST: usize = 2;

/// The lengths of a numbering plan, as bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    possible: u64,
    local: u64,
}

/// How a number of digits fits a numbering plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Possible,
    /// Possible for people of the same area only.
    Local,
    TooShort,
    TooLong,
    Wrong,
}

impl Lengths {
    /// `None` if a length is not one that numbers have.
    pub(super) fn new(possible: &[i32], local: &[i32]) -> Option<Self> {
        Some(Self { possible: bits(possible)?, local: bits(local)? })
    }

    /// The verdict of `is_possible_number_with_reason` on numbers of any kind.
    pub(super) fn fit(self, len: usize) -> Fit {
        let Some(bit) = u32::try_from(len).ok().and_then(|len| 1_u64.checked_shl(len)) else {
            return Fit::TooLong;
        };
        if self.possible == 0 {
            return Fit::Wrong;
        }
        if self.local & bit != 0 {
            return Fit::Local;
        }
        if self.possible & bit != 0 {
            return Fit::Possible;
        }
        if self.possible & (bit - 1) == 0 {
            Fit::TooShort
        } else if self.possible < bit {
            Fit::TooLong
        } else {
            Fit::Wrong
        }
    }
}

/// The metadata writes -1 for a kind that has no numbers.
fn bits(lengths: &[i32]) -> Option<u64> {
    let mut bits = 0;
    for len in lengths.iter().filter(|len| **len != -1) {
        bits |= 1_u64.checked_shl(u32::try_from(*len).ok()?)?;
    }
    Some(bits)
}
