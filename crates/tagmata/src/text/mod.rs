//! How text is compared, named and suggested.
//!
//! Invariant: two spellings are the same name, or the same value, exactly when their [`fold`]s are the same bytes.

mod fold;
mod keywords;
mod names;
mod choice;
mod options;

pub(crate) use choice::words;
pub use fold::{accent_fold, fold};
pub(crate) use fold::{collapse_spaces, digits, fold_operand, trim, without_accents};
pub(crate) use keywords::is_keyword;
pub use names::nearest;
pub(crate) use names::{did_you_mean, is_word, list, quoted};
