//! One interaction in the log of its kind.

use super::labels::{LabelCode, Labels};
use crate::model::Interaction;
use crate::time::Timestamp;
use crate::value::{Amount, KindId, Text};
use std::cmp::Ordering;

/// An interaction without its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) row: u32,
    pub(super) mark: Mark,
    /// Microseconds.
    pub(super) at: i64,
    /// Millionths; 0 where there is no amount.
    pub(super) amount: i64,
}

/// The label of an interaction, and whether it has an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mark(u32);

impl Mark {
    pub(super) fn new(label: LabelCode, has_amount: bool) -> Self {
        Self(label << 1 | u32::from(has_amount))
    }

    pub(super) fn label(self) -> LabelCode {
        self.0 >> 1
    }

    pub(super) fn has_amount(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Entry {
    pub(super) fn new(row: u32, at: Timestamp, amount: Option<Amount>, label: LabelCode) -> Self {
        let mark = Mark::new(label, amount.is_some());
        Self { row, mark, at: at.as_micros(), amount: amount.map_or(0, Amount::micros) }
    }

    pub(super) fn amount(self) -> Option<Amount> {
        self.mark.has_amount().then(|| Amount::from_micros(self.amount))
    }

    /// The interaction, of a kind.
    pub(super) fn interaction(self, kind: KindId, labels: &Labels) -> Interaction {
        let label = labels.get(self.mark.label()).cloned();
        Interaction { kind, at: Timestamp::at(self.at), amount: self.amount(), label }
    }

    /// By contact, then in the order of [`Interaction::order`]. Only equal entries have the same place.
    pub(super) fn order(&self, other: &Self, labels: &Labels) -> Ordering {
        let key = |entry: &Self| (entry.row, entry.at, entry.mark.has_amount(), entry.amount);
        key(self).cmp(&key(other)).then_with(|| match self.mark == other.mark {
            true => Ordering::Equal,
            false => {
                let label = |entry: &Self| labels.get(entry.mark.label()).map(Text::as_str);
                label(self).cmp(&label(other))
            }
        })
    }
}
