//! Which numbers with a calling code are assigned, as one automaton.

use super::automaton::Automaton;
use super::combine::combine;
use super::lengths::LONGEST;
use super::pattern::automaton;
use super::rules::{Description, Rules};

/// The automaton of the assigned numbers, by the rules of the regions that share a calling code, the main one first.
/// `None` if a pattern is beyond what automata are built for.
pub(super) fn assigned(regions: &[Rules]) -> Option<Automaton> {
    if let [region] = regions {
        return of_region(region);
    }
    let own = regions.iter().map(of_region).collect::<Option<Vec<_>>>()?;
    let leading = regions.iter().map(begins).collect::<Option<Vec<_>>>()?;
    let parts: Vec<&Automaton> = own.iter().chain(leading.iter().flatten()).collect();
    combine(&parts, LONGEST, &|_, matches| {
        let (own, mut leading_matches) = (matches, matches.iter().skip(leading.len()));
        for (own, leading) in own.iter().zip(&leading) {
            let leads = leading.is_some() && leading_matches.next() == Some(&true);
            // The first region that claims a number decides.
            if leads || *own {
                return *own;
            }
        }
        false
    })
}

/// The numbers that the general description and that of a kind describe.
fn of_region(rules: &Rules) -> Option<Automaton> {
    let described: Vec<&Description> = std::iter::once(&rules.general)
        .chain(rules.kinds.iter().filter(|kind| kind.pattern.is_some()))
        .collect();
    let parts = described
        .iter()
        .map(|description| automaton(description.pattern.as_deref()?))
        .collect::<Option<Vec<_>>>()?;
    combine(&parts.iter().collect::<Vec<_>>(), LONGEST, &|len, matches| {
        let mut describe = described.iter().zip(matches).map(|(description, matches)| {
            *matches
                && (description.lengths.is_empty()
                    || description.lengths.iter().any(|l| usize::try_from(*l) == Ok(len)))
        });
        describe.next() == Some(true) && describe.any(|kind| kind)
    })
}

/// The automaton of all that begins with the leading digits of a region; `Some(None)` if it has none.
fn begins(rules: &Rules) -> Option<Option<Automaton>> {
    let Some(pattern) = rules.leading_digits.as_deref() else { return Some(None) };
    automaton(&format!("{}[0-9]*$", pattern.strip_suffix('$')?)).map(Some)
}
