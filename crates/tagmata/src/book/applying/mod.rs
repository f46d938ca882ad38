//! A document of definitions is applied: what is and what should be come to commands, and to one commit.

mod applier;
mod removals;
mod settings;
mod labels;
mod fields;
mod names;
mod segments;
mod rules;
mod apply;
