//! How members before and after a change are compared.

/// How it is found who moved by a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "testing"), expect(unreachable_pub, reason = "tests force it"))]
pub enum Comparison {
    /// Contact by contact, 32 side by side.
    Lanes,
    /// Segment by segment, with all their members.
    Sets,
}

impl Comparison {
    /// The way for a change of so many contacts among all.
    pub(super) fn cheapest(changed: u64, everybody: u64) -> Self {
        /// From so many changed contacts on, if they are one in so many of all, finding all members is worth it: that takes
        /// a while for each segment, and looking at one contact after the other a fraction of a nanosecond.
        const MANY: u64 = 8192;
        const ONE_IN: u64 = 3;
        match changed > MANY && changed > everybody / ONE_IN {
            true => Self::Sets,
            false => Self::Lanes,
        }
    }
}
