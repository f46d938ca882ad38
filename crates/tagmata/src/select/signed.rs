//! Members that are held as a set, or as all but a set.

use crate::value::MemberSet;
use std::ops::Deref;
use std::rc::Rc;

/// A set that stays where it is, or that was made for a question and may be held by several parts of it.
#[derive(Debug, Clone)]
pub(super) enum Members<'a> {
    Stored(&'a MemberSet),
    Made(Rc<MemberSet>),
}

impl<'a> From<&'a MemberSet> for Members<'a> {
    fn from(set: &'a MemberSet) -> Self {
        Self::Stored(set)
    }
}

impl Members<'_> {
    pub(super) fn nobody() -> Self {
        MemberSet::new().into()
    }

    pub(super) fn into_set(self) -> MemberSet {
        match self {
            Self::Stored(set) => set.clone(),
            Self::Made(set) => Rc::unwrap_or_clone(set),
        }
    }

    /// Changes the set in place where nobody else holds it; otherwise makes another one.
    fn change(
        self,
        in_place: impl FnOnce(&mut MemberSet),
        anew: impl FnOnce(&MemberSet) -> MemberSet,
    ) -> Self {
        match self {
            Self::Made(mut set) => match Rc::get_mut(&mut set) {
                Some(own) => {
                    in_place(own);
                    Self::Made(set)
                }
                None => anew(&set).into(),
            },
            Self::Stored(set) => anew(set).into(),
        }
    }

    fn both(self, other: Self) -> Self {
        self.change(|set| set.keep_all(&other), |set| set & &other)
    }

    fn without(self, other: &Self) -> Self {
        if other.is_empty() {
            return self;
        }
        self.change(|set| set.remove_all(other), |set| set - other)
    }

    fn either(self, other: Self) -> Self {
        match (self.is_empty(), other.is_empty()) {
            (_, true) => self,
            (true, _) => other,
            _ => self.change(|set| set.add_all(&other), |set| set | &other),
        }
    }
}

impl Deref for Members<'_> {
    type Target = MemberSet;

    fn deref(&self) -> &MemberSet {
        match self {
            Self::Stored(set) => set,
            Self::Made(set) => set,
        }
    }
}

impl From<MemberSet> for Members<'_> {
    fn from(set: MemberSet) -> Self {
        Self::Made(Rc::new(set))
    }
}

/// Members, or all of the book's contacts but these; so a complement costs nothing until somebody has to see it.
///
/// Invariant: the set holds contacts of the book only.
#[derive(Debug, Clone)]
pub(super) struct Signed<'a> {
    pub(super) set: Members<'a>,
    pub(super) is_complement: bool,
}

impl<'a> Signed<'a> {
    pub(super) fn nobody() -> Self {
        MemberSet::new().into()
    }

    pub(super) fn everybody() -> Self {
        Self::nobody().turned(true)
    }

    pub(super) fn is_nobody(&self) -> bool {
        !self.is_complement && self.set.is_empty()
    }

    /// The complement, where that is asked for.
    pub(super) fn turned(self, negated: bool) -> Self {
        Self { set: self.set, is_complement: self.is_complement != negated }
    }

    pub(super) fn and(self, other: Self) -> Self {
        let (set, is_complement) = match (self.is_complement, other.is_complement) {
            (false, false) => (self.set.both(other.set), false),
            (false, true) => (self.set.without(&other.set), false),
            (true, false) => (other.set.without(&self.set), false),
            (true, true) => (self.set.either(other.set), true),
        };
        Self { set, is_complement }
    }

    pub(super) fn or(self, other: Self) -> Self {
        self.turned(true).and(other.turned(true)).turned(true)
    }

    /// How many contacts are in it, of so many.
    pub(super) fn len(&self, everybody: u64) -> u64 {
        match self.is_complement {
            true => everybody.saturating_sub(self.set.len()),
            false => self.set.len(),
        }
    }

    /// How many of so many contacts are in both, without making the set of them.
    pub(super) fn common_len(&self, other: &Self, everybody: u64) -> u64 {
        let (own, others) = (self.set.len(), other.set.len());
        let common = if own == 0 || others == 0 { 0 } else { self.set.common_len(&other.set) };
        match (self.is_complement, other.is_complement) {
            (false, false) => common,
            (false, true) => own - common,
            (true, false) => others - common,
            (true, true) => everybody.saturating_sub(own + others - common),
        }
    }

    /// The members as a set; `everybody` is all contacts of the book.
    pub(super) fn into_members(self, everybody: &'a MemberSet) -> Members<'a> {
        match self.is_complement {
            true => Members::Stored(everybody).without(&self.set),
            false => self.set,
        }
    }
}

impl From<MemberSet> for Signed<'_> {
    fn from(set: MemberSet) -> Self {
        Self { set: set.into(), is_complement: false }
    }
}

impl<'a> From<Members<'a>> for Signed<'a> {
    fn from(set: Members<'a>) -> Self {
        Self { set, is_complement: false }
    }
}
