//! By what contacts are grouped.

use crate::state::State;
use crate::table::{Column, SymbolRows};
use crate::text::accent_fold;
use crate::value::{FieldId, MemberSet, Symbol};
use std::borrow::Cow;

/// What contacts are grouped by. All groups of one field are of one kind; this order is that of rows which are not in the order
/// of their definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Bool(bool),
    Symbol(Symbol),
    Text { plain: String, folded: String },
}

impl Group {
    pub(super) fn of_text(folded: Cow<'_, str>) -> Self {
        Self::Text { plain: accent_fold(&folded).into_owned(), folded: folded.into_owned() }
    }
}

/// The contacts of each group of a field that has no texts, whoever they are.
pub(super) fn groups_of(field: FieldId, state: &State) -> impl Iterator<Item = (Group, &MemberSet)> {
    let column = state.table.column(field);
    let flags = [false, true].into_iter().filter_map(move |yes| match column {
        Some(Column::Bool(flags)) => Some((Group::Bool(yes), flags.by_symbol().get(yes)?)),
        _ => None,
    });
    let symbols = column.and_then(Column::by_symbol).into_iter().flat_map(SymbolRows::iter);
    flags.chain(symbols.map(|(symbol, rows)| (Group::Symbol(symbol), rows)))
}
