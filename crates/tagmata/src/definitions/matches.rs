//! Which of the tags or segments that a book has are those that a document lists.

use std::collections::BTreeSet;

/// What a listed name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// What has the name.
    Current(u32),
    /// What had the name, and is not listed by the name that it has.
    Former(u32),
    /// Nothing yet; the name is also an old one of what is listed by another name.
    Shadowed(u32),
    /// Nothing yet.
    New,
}

impl Match {
    /// The number of what is meant.
    pub(crate) fn number(self) -> Option<u32> {
        match self {
            Self::Current(number) | Self::Former(number) => Some(number),
            Self::Shadowed(_) | Self::New => None,
        }
    }
}

/// What each of some different names stands for: old names work here as everywhere, but a thing is listed only once.
///
/// `current` finds what has a name, `any` also what had it.
pub(crate) fn matches<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
    current: impl Fn(&str) -> Option<u32>,
    any: impl Fn(&str) -> Option<u32>,
) -> Vec<Match> {
    let mut listed: BTreeSet<u32> = names.clone().filter_map(&current).collect();
    let mut matched = |name: &str| match (current(name), any(name)) {
        (Some(number), _) => Match::Current(number),
        (None, Some(number)) if listed.insert(number) => Match::Former(number),
        (None, Some(number)) => Match::Shadowed(number),
        (None, None) => Match::New,
    };
    names.map(&mut matched).collect()
}
