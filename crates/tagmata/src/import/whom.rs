//! Whom a key leads to.

/// Nobody in most files that make contacts, one in most that change them: these take no list.
#[derive(Debug, Default)]
pub(super) enum Whom<W> {
    #[default]
    Nobody,
    One(W),
    Several(Vec<W>),
}

impl<W: Copy + Ord> Whom<W> {
    pub(super) fn add(&mut self, who: W) {
        match self {
            Self::Nobody => *self = Self::One(who),
            Self::One(first) => *self = Self::Several(vec![*first, who]),
            Self::Several(all) => all.push(who),
        }
    }

    /// Adds one where it belongs among others, which ascend.
    pub(super) fn add_in_order(&mut self, who: W) {
        self.add(who);
        if let Self::Several(all) = self {
            all.sort_unstable();
        }
    }

    pub(super) fn is_nobody(&self) -> bool {
        matches!(self, Self::Nobody)
    }

    pub(super) fn as_slice(&self) -> &[W] {
        match self {
            Self::Nobody => &[],
            Self::One(who) => std::slice::from_ref(who),
            Self::Several(all) => all,
        }
    }
}

impl<W> From<Option<W>> for Whom<W> {
    fn from(who: Option<W>) -> Self {
        who.map_or(Self::Nobody, Self::One)
    }
}
