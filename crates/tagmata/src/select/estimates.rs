//! What is expected of a condition before it is evaluated.

use super::columns::Columns;
use super::costs::{
    ACCENTS_TESTED, BITMAP, DAY_TESTED, EDGE, Estimate, GATHERED, INTERACTION_PASSED, INTERACTIONS_TESTED,
    KEY, RANGE, RECORD_TESTED, TEXT_FETCHED, TEXT_SCANNED, TEXT_TESTED, VALUE_TESTED,
};
use super::leaf::{Index, Leaf};
use crate::filter::TextTest;
use crate::value::{FieldId, SymbolSet};
use std::ops::Range;

impl Leaf<'_> {
    /// What is expected; of segments, what it costs to find the members of dynamic ones is left out.
    pub(super) fn estimate(&self, columns: Columns<'_>) -> Estimate {
        let everybody = columns.len();
        let scan = |cost: u64| everybody.saturating_mul(cost);
        let bitmaps = |count: usize| count_of(count).saturating_mul(scan(BITMAP));
        let present = |field: FieldId| columns.present(field).len();
        let (rows, whole, each) = match &self.index {
            Index::Always(verdict) => (if *verdict { everybody } else { 0 }, 0, 0),
            Index::Ids(ids) => (count_of(ids.len()), count_of(ids.len()) * GATHERED, VALUE_TESTED),
            Index::Text(field, test) => text(columns, *field, test),
            Index::Name(TextTest::OneOf(names)) => {
                (count_of(names.len()), count_of(names.len()) * 4 * KEY, RECORD_TESTED)
            }
            Index::Name(_) => (everybody / 8, scan(2 * TEXT_TESTED), RECORD_TESTED),
            Index::Search(..) => (everybody / 8, scan(TEXT_SCANNED + ACCENTS_TESTED), RECORD_TESTED),
            Index::AnySymbol(field, symbols) => {
                (sum_of(columns, *field, symbols).min(everybody), bitmaps(symbols.len()), VALUE_TESTED)
            }
            Index::AllSymbols(field, symbols) => {
                let counts = symbols.iter().map(|symbol| columns.count_of_symbol(*field, symbol));
                (counts.min().unwrap_or(everybody), bitmaps(symbols.len()), VALUE_TESTED)
            }
            Index::OnlySymbols(field, symbols) => {
                (sum_of(columns, *field, symbols).min(everybody), scan(VALUE_TESTED), VALUE_TESTED)
            }
            Index::Bool(field, value) => {
                (columns.rows_of_bool(*field, *value).len(), scan(BITMAP), VALUE_TESTED)
            }
            Index::Size(_) => (everybody / 2, scan(VALUE_TESTED), VALUE_TESTED),
            Index::Segments(_, segments) => (everybody / 4, bitmaps(segments.len()), RECORD_TESTED),
            Index::Spans(field, spans) => within(columns, *field, spans),
            Index::Days(field) => {
                let present = present(*field);
                (present / 16, present.saturating_mul(DAY_TESTED), DAY_TESTED)
            }
            Index::Missing(field) => (everybody.saturating_sub(present(*field)), scan(BITMAP), VALUE_TESTED),
            Index::MissingName => (everybody / 8, scan(2 * BITMAP), RECORD_TESTED),
            Index::Interactions(kind) => {
                let recorded = count_of(columns.state.table.recorded().count_of(*kind));
                (recorded.min(everybody) / 2, recorded * INTERACTION_PASSED, INTERACTIONS_TESTED)
            }
            Index::Records => (everybody / 8, scan(RECORD_TESTED), RECORD_TESTED),
        };
        let is_complement = matches!(self.index, Index::Missing(_) | Index::MissingName);
        Estimate { rows, whole, each, is_complement }
    }
}

fn text(columns: Columns<'_>, field: FieldId, test: &TextTest) -> (u64, u64, u64) {
    match test {
        TextTest::OneOf(keys) => {
            let rows = keys.iter().map(|key| columns.count_of_key(field, key)).sum::<u64>();
            (rows, count_of(keys.len()) * KEY + rows.saturating_mul(GATHERED), TEXT_FETCHED)
        }
        TextTest::Match(..) => {
            let present = columns.present(field).len();
            (present / 8, present.saturating_mul(TEXT_SCANNED), TEXT_FETCHED)
        }
    }
}

fn within(columns: Columns<'_>, field: FieldId, spans: &[Range<i64>]) -> (u64, u64, u64) {
    let everybody = columns.len();
    let rows = spans.iter().map(|span| columns.estimate_within(field, span.clone())).sum::<u64>();
    let gathered = rows.saturating_mul(GATHERED).min(everybody.saturating_mul(RANGE));
    let whole = count_of(spans.len()) * EDGE + gathered;
    (rows, whole, VALUE_TESTED)
}

fn sum_of(columns: Columns<'_>, field: FieldId, symbols: &SymbolSet) -> u64 {
    symbols.iter().map(|symbol| columns.count_of_symbol(field, symbol)).sum()
}

fn count_of(things: usize) -> u64 {
    u64::try_from(things).unwrap_or(u64::MAX)
}
