//! What makes a commit untrue again.
//!
//! Invariant: an undo never overwrites what a later change made.

mod undone;
mod contacts;
mod definitions;
mod decide;
