//! What the cells of a column say about the way in which its dates or numbers are written.

use super::dates::{day, parts};
use super::numbers::number;
use super::options::{Dates, Decimal};
use crate::text::quoted;
use crate::value::ValueType;

/// How the cells of one column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reading {
    pub(super) dates: Dates,
    pub(super) decimal: Decimal,
}

/// What has two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Dates,
    Numbers,
}

impl Kind {
    /// The kind of a column whose readings are to be found out.
    pub(super) fn of(value_type: ValueType, dates: Dates, decimal: Decimal) -> Option<Self> {
        match value_type {
            ValueType::Date | ValueType::DateTime if dates == Dates::Detect => Some(Self::Dates),
            ValueType::Number if decimal == Decimal::Detect => Some(Self::Numbers),
            _ => None,
        }
    }

    /// The signs of which a cell holds one that is read in one way or the other.
    pub(super) fn signs(self) -> &'static [u8] {
        match self {
            Self::Dates => b"/",
            Self::Numbers => b".,",
        }
    }
}

/// A cell that is an example of something.
#[derive(Debug, Clone)]
struct Example {
    line: u64,
    cell: String,
}

impl Example {
    fn shown(&self) -> String {
        format!("{} on line {}", quoted(&self.cell), self.line)
    }
}

/// The evidence of one column: the first cell with each reading only, and the first with two different ones.
///
/// The first reading is day/month/year, or a decimal point; the second month/day/year, or a decimal comma.
#[derive(Debug)]
pub(super) struct Evidence {
    kind: Kind,
    first: Option<Example>,
    second: Option<Example>,
    either: Option<Example>,
}

impl Evidence {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, first: None, second: None, either: None }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Looks at a cell, without guard and space at its edges.
    pub(super) fn observe(&mut self, line: u64, cell: &str) {
        if !self.is_news(cell) {
            return;
        }
        let slot = match self.kind {
            Kind::Dates => {
                let written = parts(cell).0;
                self.slot(|| day(written, Dates::Dmy), || day(written, Dates::Mdy))
            }
            Kind::Numbers => self.slot(|| number(cell, Decimal::Point), || number(cell, Decimal::Comma)),
        };
        let Some(slot) = slot else { return };
        if slot.is_none() {
            *slot = Some(Example { line, cell: cell.to_owned() });
        }
    }

    /// Where a cell belongs, by its two readings; nowhere if it says nothing new.
    fn slot<T: PartialEq>(
        &mut self,
        first: impl FnOnce() -> Option<T>,
        second: impl FnOnce() -> Option<T>,
    ) -> Option<&mut Option<Example>> {
        let second = second();
        if second.is_none() && self.first.is_some() {
            return None;
        }
        match (first(), second) {
            (Some(_), None) => Some(&mut self.first),
            (None, Some(_)) => Some(&mut self.second),
            (Some(first), Some(second)) if first != second => Some(&mut self.either),
            // Both readings are one, or there is none: that says nothing.
            _ => None,
        }
    }

    /// Whether a cell may change the outcome, by its signs alone.
    pub(super) fn is_news(&self, cell: &str) -> bool {
        let count = |sign: u8| cell.bytes().filter(|byte| *byte == sign).count();
        match (self.kind, &self.first, &self.second) {
            (_, Some(_), Some(_)) => false,
            (Kind::Dates, ..) => count(b'/') > 0,
            (Kind::Numbers, None, None) => count(b'.') + count(b',') > 0,
            // A number with one point can be read with a decimal point, and the same with a comma.
            (Kind::Numbers, Some(_), None) => count(b',') > 0 || count(b'.') > 1,
            (Kind::Numbers, None, Some(_)) => count(b'.') > 0 || count(b',') > 1,
        }
    }

    /// The one reading that the column leaves, or why there is none.
    pub(super) fn reading(&self) -> Result<Reading, String> {
        let second = match (&self.first, &self.second, &self.either) {
            (Some(first), Some(second), _) => {
                return Err(match self.kind {
                    Kind::Dates => {
                        format!("{} has its day first, {} its month", first.shown(), second.shown())
                    }
                    Kind::Numbers => format!(
                        "{} has a point before its fraction, {} a comma",
                        first.shown(),
                        second.shown()
                    ),
                });
            }
            (None, None, Some(either)) => {
                return Err(match self.kind {
                    Kind::Dates => format!("{} may have its day or its month first", either.shown()),
                    Kind::Numbers => {
                        format!("{} may have thousands or a fraction after its sign", either.shown())
                    }
                });
            }
            (_, second, _) => second.is_some(),
        };
        Ok(Reading {
            dates: if second { Dates::Mdy } else { Dates::Dmy },
            decimal: if second { Decimal::Comma } else { Decimal::Point },
        })
    }
}
