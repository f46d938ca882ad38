//! Who enters and leaves dynamic segments, at a cost that follows what changed.
//!
//! Members are not kept: they are found when they are asked for. What is kept is which questions segments ask, each once,
//! and by which changes an answer may become another one. So a change looks at the questions that flip by it, and at the
//! segments that ask them, and at nobody but the contacts that it is about.

mod lanes;
mod link;
mod predicates;
mod places;
mod flips;
mod programs;
mod short_form;
mod answers;
mod open;
mod effects;
mod named;
mod before;
mod comparison;
mod timers;
#[expect(clippy::module_inception, reason = "the room is named after what it holds")]
mod live;
mod facts;
mod time;
mod questions;
mod passing;
mod cursors;

#[cfg(feature = "testing")]
pub use comparison::Comparison;
pub(crate) use cursors::{Cursors, just_before, may_fire};
pub use effects::Effects;
pub(crate) use facts::Pending;
pub(crate) use live::{Live, redefined};
pub use named::NamedEffects;
pub(crate) use passing::moves_anybody;
