//! Conditions about interactions, which are kept in a log for each kind.

use super::columns::Columns;
use super::signed::Signed;
use crate::filter::{Bound, BoundSet, Source, Tally};
use crate::table::{InteractionStore, Wanted};
use crate::value::{ContactId, MemberSet};

/// The contacts that match a condition about interactions and nothing else. Those without interactions all match, or none.
pub(super) fn matching<'a>(columns: Columns<'a>, bound: &Bound<'_>) -> Signed<'a> {
    bound.ask(Everybody(columns.state.table.recorded())).unwrap_or_else(Signed::nobody)
}

/// How many contacts match such a condition.
pub(super) fn count(columns: Columns<'_>, bound: &Bound<'_>) -> Option<u64> {
    bound.ask(Counted { store: columns.state.table.recorded(), everybody: columns.len() })
}

/// Whether a contact matches such a condition.
pub(super) fn holds(columns: Columns<'_>, bound: &Bound<'_>, contact: ContactId) -> bool {
    bound.ask(One { store: columns.state.table.recorded(), contact }).unwrap_or_default()
}

/// All who match.
struct Everybody<'s>(&'s InteractionStore);

impl<'s> Source for Everybody<'s> {
    type Answer = Signed<'s>;

    fn ask<T: Tally>(self, of: &BoundSet<'_>, holds: impl Fn(&T) -> bool) -> Signed<'s> {
        let others = holds(&T::default());
        let mut found = Vec::new();
        self.0.each_contact(&wanted(of), T::add, |row, all| {
            if holds(&all) != others {
                found.push(row);
            }
        });
        Signed::from(MemberSet::from_sorted(&found)).turned(others)
    }
}

/// How many match.
struct Counted<'s> {
    store: &'s InteractionStore,
    everybody: u64,
}

impl Source for Counted<'_> {
    type Answer = u64;

    fn ask<T: Tally>(self, of: &BoundSet<'_>, holds: impl Fn(&T) -> bool) -> u64 {
        let others = holds(&T::default());
        let mut found = 0;
        self.store.each_contact(&wanted(of), T::add, |_, all| found += u64::from(holds(&all) != others));
        if others { self.everybody.saturating_sub(found) } else { found }
    }
}

/// Whether one matches.
struct One<'s> {
    store: &'s InteractionStore,
    contact: ContactId,
}

impl Source for One<'_> {
    type Answer = bool;

    fn ask<T: Tally>(self, of: &BoundSet<'_>, holds: impl Fn(&T) -> bool) -> bool {
        holds(&self.store.of_contact(self.contact, &wanted(of), T::add))
    }
}

fn wanted<'b>(of: &'b BoundSet<'_>) -> Wanted<'b> {
    Wanted { kind: of.kind, labelled: of.labelled, during: of.during.as_ref() }
}
