//! What rules did so far in one commit.

use crate::change::fact::Fact;
use crate::value::{MemberSet, RuleId};
use std::collections::BTreeMap;

/// For whom rules fired so far in a commit, so that they do not fire again in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Automated {
    /// For whom each rule fired.
    pub(super) fired: BTreeMap<RuleId, MemberSet>,
    /// Whose status is settled: a person, a file or a rule has set it.
    pub(super) settled: MemberSet,
}

impl Automated {
    /// Notes for whom a rule has fired.
    pub(crate) fn note(&mut self, rule: RuleId, contacts: &MemberSet) {
        self.fired.entry(rule).or_default().add_all(contacts);
    }

    /// Notes whose status is settled.
    pub(super) fn settle(&mut self, contacts: &MemberSet) {
        self.settled.add_all(contacts);
    }

    /// Those for whom a rule has not fired.
    pub(super) fn open_to(&self, rule: RuleId, mut contacts: MemberSet) -> MemberSet {
        if let Some(fired) = self.fired.get(&rule) {
            contacts.remove_all(fired);
        }
        contacts
    }
}

/// Facts with what rules made of them.
#[derive(Debug, Default)]
pub(crate) struct Automatic {
    /// The facts, those by rules behind the others.
    pub(crate) facts: Vec<Fact>,
    /// The rule by which each of them is, if it is one.
    pub(crate) by: Vec<Option<RuleId>>,
    /// For whom rules fired.
    pub(crate) automated: Automated,
}
