//! Each command has its decision.

use super::decision::{Decided, Decision};
use crate::change::automate::{Automated, Automatic};
use crate::change::command::Command;
use crate::change::stamp::Stamp;
use crate::error::Result;
use crate::state::{Cause, State};

impl State {
    /// What would become true by a command.
    ///
    /// # Errors
    /// Whatever stands against it; nothing has changed then.
    pub(crate) fn decide(&self, command: &Command, stamp: &Stamp, so_far: &Automated) -> Result<Decision> {
        let now = stamp.at();
        let decided: Decided = match command {
            Command::CreateContact(draft) => self.decide_create(draft, now),
            Command::UpdateContacts { selection, patch } => self.decide_update(selection, patch, now),
            Command::DeleteContacts(selection) => self.decide_delete(selection, now),
            Command::MergeContacts { keep, others } => self.decide_merge(*keep, others, now),
            Command::AddTags { selection, tags } => self.decide_add_tags(selection, tags, now),
            Command::RemoveTags { selection, tags } => self.decide_remove_tags(selection, tags, now),
            Command::SetStatus { selection, status } => self.decide_set_status(selection, status, now),
            Command::AddToSegment { selection, segment } => {
                self.decide_segment_members(selection, segment, true, now)
            }
            Command::RemoveFromSegment { selection, segment } => {
                self.decide_segment_members(selection, segment, false, now)
            }
            Command::Record { contact, kind, at, amount, label } => {
                self.decide_record(*contact, kind, *at, *amount, label.as_deref())
            }
            Command::RecordMany(new) => self.decide_record_many(new),
            Command::DeleteInteractions { selection, query } => {
                self.decide_delete_interactions(selection, query, now)
            }
            Command::CreateSegments(segments) => self.decide_create_segments(segments, now),
            Command::UpdateSegment { segment, patch } => self.decide_update_segment(segment, patch),
            Command::RenameSegment { segment, name } => self.decide_rename_segment(segment, name),
            Command::DeleteSegment { segment, force } => self.decide_delete_segment(segment, *force, now),
            Command::FreezeSegment(segment) => self.decide_freeze_segment(segment, now),
            Command::DefineTag(name) => self.decide_define_tag(name),
            Command::RenameTag { tag, name } => self.decide_rename_tag(tag, name),
            Command::DeleteTag { tag, force } => self.decide_delete_tag(tag, *force, now),
            Command::DefineField(field) => self.decide_define_field(field),
            Command::UpdateField { field, label, add_options } => {
                self.decide_update_field(field, label.as_deref(), add_options)
            }
            Command::DeleteField { field, force } => self.decide_delete_field(field, *force, now),
            Command::RenameOption { field, option, label } => self.decide_rename_option(field, option, label),
            Command::DeleteOption { field, option, force } => {
                self.decide_delete_option(field, option, *force, now)
            }
            Command::DefineStatus { key, label } => self.decide_define_status(key, label.as_deref()),
            Command::UpdateStatus { status, label, position } => {
                self.decide_update_status(status, label.as_deref(), *position)
            }
            Command::DeleteStatus { status, replacement, force } => {
                self.decide_delete_status(status, replacement.as_ref(), *force, now)
            }
            Command::DefineKind { key, outgoing } => self.decide_define_kind(key, *outgoing),
            Command::DeleteKind { kind, force } => self.decide_delete_kind(kind, *force),
            Command::AddRule(rule) => self.decide_add_rule(rule, now),
            Command::UpdateRule { rule, patch } => self.decide_update_rule(rule, patch, now),
            Command::DeleteRule(rule) => self.decide_delete_rule(rule),
            Command::SetAutomation { lead_to_active, rules } => {
                self.decide_set_automation(*lead_to_active, rules)
            }
            Command::ChangeSettings(settings) => self.decide_change_settings(*settings),
            Command::Undo { commit, force } => {
                let (facts, entries) = self.decide_undo(commit, *force)?;
                let (cause, by) = (Cause::Undo(commit.number()), vec![None; facts.len()]);
                // What is undone fires no rule.
                let automatic = Automatic { facts, by, automated: so_far.clone() };
                let decision = Decision::new(automatic, cause, stamp.clone());
                return Ok(Decision { entries: Some(entries), ..decision });
            }
        }?;
        let Decided { facts, made, enrolment, warnings } = decided;
        let automatic = self.automate(facts, enrolment, now, so_far);
        Ok(Decision { made, warnings, ..Decision::new(automatic, Cause::Call, stamp.clone()) })
    }
}
