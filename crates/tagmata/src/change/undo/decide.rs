//! What the undo of a commit comes to.

use super::undone::{LeftOut, Undone};
use crate::change::commit::{Commit, Entry};
use crate::change::fact::Fact;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::state::State;
use crate::value::{ContactId, MemberSet};

impl State {
    /// The inverse facts of a commit, the last one first, and what they do to histories; by `force` without what has
    /// changed since.
    ///
    /// # Errors
    /// [`Code::ChangedSince`] with the contacts whose values are others by now, or with the definition that is.
    pub(in crate::change) fn decide_undo(
        &self,
        commit: &Commit,
        force: bool,
    ) -> Result<(Vec<Fact>, Vec<Entry>)> {
        if commit.number() > self.commits && !commit.is_empty() {
            let message = format!("the book has no commit {}", commit.number());
            let help = "only a commit of this book can be undone";
            return Err(Error::not_found(Diagnostic::new(Code::NotFound, message).help(help)));
        }
        let mut left_out = LeftOut::default();
        loop {
            let undone = self.turned_round(commit, force, &left_out)?;
            if !undone.conflicts.is_empty() && !force {
                return Err(changed_since(&undone.conflicts, commit.number()));
            }
            // Whom an undo by force leaves out is known only once it was tried; leaving out some may leave out more.
            let mut more = left_out.clone();
            more.partly.add_all(&undone.conflicts);
            more.wholly.add_all(&undone.stuck);
            add_merged(&mut more.wholly, commit.facts());
            more.segments.extend(&undone.refused);
            if more == left_out {
                return Ok(undone.into_facts());
            }
            left_out = more;
        }
    }

    /// The facts of a commit turned round as far as nothing stands against it.
    fn turned_round<'s>(&'s self, commit: &Commit, force: bool, left_out: &'s LeftOut) -> Result<Undone<'s>> {
        let mut undone = Undone::new(self, commit.number(), left_out);
        let mut run: Vec<(&Fact, Entry)> = Vec::new();
        for (fact, entry) in commit.facts().iter().zip(commit.entries()).rev() {
            // Definitions that were changed one after the other are turned round together.
            if matches!(fact, Fact::Schema(_) | Fact::Segment { .. } | Fact::Automation(_)) {
                run.push((fact, entry.inverse()));
                continue;
            }
            undone.definitions(std::mem::take(&mut run), force)?;
            let entry = entry.inverse();
            match fact {
                Fact::Created(rows) => undone.delete(rows, entry),
                Fact::Deleted(rows) => undone.restore(rows, entry),
                Fact::Set { field, contacts, old, new } => undone.set(*field, contacts, old, new, entry),
                Fact::Linked { field, symbol, contacts } => {
                    undone.link(*field, *symbol, contacts, true, entry)
                }
                Fact::Unlinked { field, symbol, contacts } => {
                    undone.link(*field, *symbol, contacts, false, entry)
                }
                Fact::Recorded(interactions) => undone.interact(interactions, true, entry),
                Fact::Erased(interactions) => undone.interact(interactions, false, entry),
                Fact::Alias { field, key, old, new } => undone.alias(*field, key, (*old, *new), entry),
                Fact::Merged { kept, other } => undone.merged(*kept, *other, entry),
                Fact::Schema(_) | Fact::Segment { .. } | Fact::Automation(_) => {}
            }
        }
        undone.definitions(run, force)?;
        Ok(undone)
    }
}

/// Contacts that a commit merged or parted are left out together: none may have what is still another's.
fn add_merged(left_out: &mut MemberSet, facts: &[Fact]) {
    let merged: Vec<[ContactId; 2]> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Merged { kept, other } => Some([*kept, *other]),
            _ => None,
        })
        .collect();
    let mut so_far = None;
    while so_far != Some(left_out.len()) {
        so_far = Some(left_out.len());
        for pair in &merged {
            if pair.iter().any(|contact| left_out.contains(*contact)) {
                left_out.extend(*pair);
            }
        }
    }
}

fn changed_since(conflicts: &MemberSet, commit: u64) -> Error {
    const MOST: usize = 5;
    let contacts = conflicts.to_numbers();
    let mut shown: Vec<String> = contacts.iter().take(MOST).map(u32::to_string).collect();
    if contacts.len() > MOST {
        shown.push("…".to_owned());
    }
    let (subject, verb) = if contacts.len() == 1 { ("contact", "has") } else { ("contacts", "have") };
    let message =
        format!("{} {subject} {verb} changed since commit {commit}: {}", contacts.len(), shown.join(", "));
    let help = "undo the later changes first, or undo by `force`, which leaves as it is what has changed";
    Error::conflict(Diagnostic::new(Code::ChangedSince, message).help(help)).of_contacts(contacts)
}
