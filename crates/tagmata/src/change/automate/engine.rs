//! What is carried along while rules fire.

use super::automated::Automated;
use super::records::Records;
use crate::automation::Actions;
use crate::state::{Due, State};
use crate::value::{MemberSet, RuleId};
use std::collections::BTreeMap;

/// Rules that fire by some facts.
#[derive(Debug)]
pub(super) struct Engine<'s> {
    pub(super) state: &'s State,
    pub(super) records: Records<'s>,
    pub(super) by: Vec<Option<RuleId>>,
    pub(super) automated: Automated,
    /// With whom there were interactions.
    pub(super) due: Due,
    /// For whom filters of rules may have become true because time passed.
    pub(super) crossed: BTreeMap<RuleId, MemberSet>,
    /// Whether all this is in the state already, because only its time has come.
    pub(super) are_stored: bool,
}

/// Contacts to whom a rule is applied that would have fired for them.
#[derive(Debug)]
pub(crate) struct Enrolment {
    pub(crate) rule: RuleId,
    pub(crate) actions: Actions,
    pub(crate) contacts: MemberSet,
}
