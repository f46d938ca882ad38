//! Who enters and leaves because time passes, and which rules fire by it, at a cost that follows what flips.
//!
//! Members are not kept: they are found when they are asked for. As time moves on, edges pass values; only those contacts are looked at.

mod questions;
mod passing;
mod cursors;

pub(crate) use cursors::{Cursors, just_before, may_fire};
pub(crate) use passing::{passed, time_flips};
