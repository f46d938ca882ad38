//! How the numbers of one region are dialled, as tables.

use super::automaton::Automaton;
use super::lengths::{Fit, Lengths};
use super::pattern::automaton;
use super::rules::Rules;

/// The numbering plan of a region.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) calling_code: u16,
    pub(super) lengths: Lengths,
    general: Automaton,
    national_prefix: Option<Automaton>,
    /// Whether groups of the national prefix become part of the number.
    transforms: bool,
    international_prefix: Option<Automaton>,
}

impl Plan {
    /// `None` if a pattern is beyond what automata are built for.
    pub(super) fn new(rules: &Rules) -> Option<Self> {
        Some(Self {
            calling_code: rules.calling_code,
            lengths: Lengths::new(&rules.general.lengths, &rules.general.local_lengths)?,
            general: automaton(rules.general.pattern.as_deref()?)?,
            national_prefix: prefix(rules.national_prefix.as_deref())?,
            transforms: rules.transforms,
            international_prefix: prefix(rules.international_prefix.as_deref())?,
        })
    }

    /// Whether the general pattern describes the digits, whatever their number.
    pub(super) fn describes(&self, digits: &[u8]) -> bool {
        self.general.accepts(digits)
    }

    /// The digits after the prefix for calls to other countries, if they begin with it.
    pub(super) fn after_international_prefix<'a>(&self, digits: &'a [u8]) -> Option<&'a [u8]> {
        let (len, _) = self.international_prefix.as_ref()?.find(digits)?;
        let rest = digits.get(len..)?;
        // No calling code begins with a zero.
        (rest.first() != Some(&0)).then_some(rest)
    }

    /// The digits without their national prefix. `None` if the prefix changes what follows it.
    pub(super) fn without_national_prefix<'a>(&self, digits: &'a [u8]) -> Option<&'a [u8]> {
        let Some(prefix) = self.national_prefix.as_ref().filter(|_| !digits.is_empty()) else {
            return Some(digits);
        };
        match prefix.find(digits) {
            None => Some(digits),
            Some((_, found)) if found.grouped && self.transforms => None,
            Some((len, _)) => {
                let rest = digits.get(len..)?;
                let spoils = len > 0 && self.describes(digits) && !self.describes(rest);
                Some(if spoils { digits } else { rest })
            }
        }
    }

    /// The national number that the library keeps: without its prefix, unless it would become too short.
    /// `None` if the prefix changes what follows it.
    pub(super) fn significant<'a>(&self, digits: &'a [u8]) -> Option<&'a [u8]> {
        let rest = self.without_national_prefix(digits)?;
        Some(match self.lengths.fit(rest.len()) {
            Fit::Local | Fit::TooShort | Fit::Wrong => digits,
            Fit::Possible | Fit::TooLong => rest,
        })
    }
}

/// The automaton of a pattern of which the end does not count; `Some(None)` without a pattern.
fn prefix(pattern: Option<&str>) -> Option<Option<Automaton>> {
    pattern.map_or(Some(None), |pattern| automaton(pattern.strip_suffix('$')?).map(Some))
}
