//! What a rule says: its trigger, its condition and its actions.

use super::actions::Actions;
use super::trigger::Trigger;
use crate::filter::{Filter, Uses};

/// What makes a rule fire, for whom, and what it does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Says {
    pub(crate) trigger: Trigger,
    pub(crate) condition: Option<Box<Filter>>,
    pub(crate) actions: Actions,
}

impl Says {
    /// What has to be there.
    pub(super) fn uses(&self) -> Uses {
        let mut uses = Uses::default();
        self.trigger.add_to(&mut uses);
        if let Some(condition) = &self.condition {
            uses.extend(&condition.plan().uses());
        }
        self.actions.add_to(&mut uses);
        uses
    }

    /// The filters that are true when it fires.
    pub(crate) fn filters(&self) -> impl Iterator<Item = &Filter> {
        let trigger = match &self.trigger {
            Trigger::Filter(filter) => Some(&**filter),
            Trigger::Interaction(_) | Trigger::Field(_) => None,
        };
        trigger.into_iter().chain(self.condition.as_deref())
    }

    /// Whether both say the same, whatever the words.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.trigger.is_like(&other.trigger)
            && same(self.condition.as_deref(), other.condition.as_deref())
            && self.actions == other.actions
    }
}

/// Whether two conditions say the same, whatever the words.
pub(super) fn same(ours: Option<&Filter>, theirs: Option<&Filter>) -> bool {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => ours.is_like(theirs),
        (ours, theirs) => ours.is_none() && theirs.is_none(),
    }
}
