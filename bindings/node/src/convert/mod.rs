//! Values of JavaScript to those of the core, and back.
//!
//! Invariant: what has another type is refused, never turned into something else.

mod values;
mod instants;
mod options;
mod words;
mod inputs;
mod json;
mod objects;

pub(crate) use inputs::inputs;
pub(crate) use instants::{When, date, date_from, instant, system_now, when};
pub(crate) use json::{parse, stringify, tree};
pub(crate) use objects::{ids, put};
pub(crate) use options::Options;
pub(crate) use values::{
    Elements, IdsArg, contact_id, contact_ids, describe, elements, entries, flag, names, number, present,
    refuse, text, whole, wrong,
};
pub(crate) use words::{chosen, parsed, word};
