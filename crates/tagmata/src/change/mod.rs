//! From what somebody wants to what is true: a command is decided, its facts become a commit, and a commit is applied.
//!
//! Invariants: deciding changes nothing; applying cannot fail; the inverse facts of a commit, in reverse order, undo it.

mod stamp;
mod reference;
mod source;
mod selection;
mod segment;
mod rule;
mod fact;
mod commit;
mod history_edits;
mod json;
mod reread;
mod parts;
mod interactions;
mod command;
mod changes;
mod overlay;
mod automate;
mod apply;
mod undo;
mod decide;

pub(crate) use automate::{Automated, Automatic};
pub(crate) use changes::Changes;
pub use command::Command;
pub use commit::Commit;
pub(crate) use commit::Entry;
pub use decide::Decision;
pub(crate) use decide::{external_id_taken, require_static};
pub use fact::Fact;
pub use history_edits::HistoryEdit;
pub use interactions::{InteractionQuery, NewInteractions};
pub use parts::InteractionParts;
pub use reference::Ref;
pub use rule::{NewRule, RulePatch};
pub use segment::{NewSegment, SegmentPatch};
pub use selection::Selection;
pub use source::FilterSource;
pub use stamp::Stamp;
