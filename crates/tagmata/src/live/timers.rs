//! When the answers to questions may become other ones while only time passes.

use super::link::Asked;
use crate::time::Timestamp;
use std::collections::BTreeSet;

/// For each question that time answers, an instant before which nobody's answer becomes another one. So time that passes between
/// two changes costs nothing, as long as no edge passes a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Timers {
    set: BTreeSet<(Timestamp, Asked)>,
    /// By the number of the question.
    all: Vec<Timer>,
    /// Those whose instant is not known.
    unset: Vec<Asked>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Timer {
    /// It is no question that time answers.
    #[default]
    None,
    Unset,
    At(Timestamp),
}

impl Timers {
    /// Notes that the instant of a question may be another one.
    pub(super) fn unset(&mut self, asked: Asked) {
        if self.replace(asked, Timer::Unset) != Timer::Unset {
            self.unset.push(asked);
        }
    }

    /// The same of all.
    pub(super) fn unset_all(&mut self) {
        for (_, asked) in std::mem::take(&mut self.set) {
            self.unset(asked);
        }
    }

    /// Forgets a question.
    pub(super) fn remove(&mut self, asked: Asked) {
        if self.replace(asked, Timer::None) == Timer::Unset {
            self.unset.retain(|other| *other != asked);
        }
    }

    /// Gives a question another timer; the one that it had.
    fn replace(&mut self, asked: Asked, timer: Timer) -> Timer {
        let place = asked as usize;
        if self.all.len() <= place {
            self.all.resize(place + 1, Timer::None);
        }
        let before = self.all.get_mut(place).map(|slot| std::mem::replace(slot, timer)).unwrap_or_default();
        if let Timer::At(at) = before {
            self.set.remove(&(at, asked));
        }
        before
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
            self.replace(asked, Timer::At(at));
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
