//! When the answers to questions may become other ones while only time passes.

use super::predicates::Asked;
use crate::time::Timestamp;
use std::collections::{BTreeSet, HashMap, HashSet};

/// For each question that time answers, an instant before which nobody's answer becomes another one. So time that passes between
/// two changes costs nothing, as long as no edge passes a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Timers {
    set: BTreeSet<(Timestamp, Asked)>,
    at: HashMap<Asked, Timestamp>,
    /// Those whose instant is not known.
    unset: HashSet<Asked>,
}

impl Timers {
    /// Notes that the instant of a question may be another one.
    pub(super) fn unset(&mut self, asked: Asked) {
        self.remove(asked);
        self.unset.insert(asked);
    }

    /// The same of all.
    pub(super) fn unset_all(&mut self) {
        self.unset.extend(self.at.drain().map(|(asked, _)| asked));
        self.set.clear();
    }

    /// Forgets a question.
    pub(super) fn remove(&mut self, asked: Asked) {
        self.unset.remove(&asked);
        if let Some(at) = self.at.remove(&asked) {
            self.set.remove(&(at, asked));
        }
    }

    /// The questions whose time comes up to an instant; they have no instant any more. `next` finds those that are not known: after
    /// `Timestamp::MAX` there is none.
    pub(super) fn due(
        &mut self,
        until: Timestamp,
        mut next: impl FnMut(Asked) -> Option<Timestamp>,
    ) -> Vec<Asked> {
        for asked in std::mem::take(&mut self.unset) {
            let at = next(asked).unwrap_or(Timestamp::MAX);
            self.at.insert(asked, at);
            self.set.insert((at, asked));
        }
        let mut due = Vec::new();
        while let Some((_, asked)) = self.set.first().copied().filter(|(at, _)| *at <= until) {
            self.unset(asked);
            due.push(asked);
        }
        due
    }
}
