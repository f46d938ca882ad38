//! What a list of contacts shows: whom, in which order, from where to where.
//!
//! Invariant: for one state and one instant, the order of all contacts is total. So pages neither overlap nor leave anybody
//! out.

mod size;
mod sort;
mod preset;
mod query;
mod part;
mod ranked;
mod spelling;
mod by_id;
mod by_symbol;
mod by_number;
mod by_spelling;
mod by_text;
mod listing;
mod page;

pub use page::Page;
pub(crate) use page::page;
pub use preset::Preset;
pub(crate) use preset::presets;
pub use query::PageQuery;
pub(crate) use size::checked_size;
pub use sort::{Sort, SortOrder};
