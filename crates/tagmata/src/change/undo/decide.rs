//! What the undo of a commit comes to.

use super::undone::Undone;
use crate::change::commit::Commit;
use crate::change::fact::Fact;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::state::State;

impl State {
    /// The inverse facts of a commit, the last one first; by `force` without what has changed since.
    ///
    /// # Errors
    /// [`Code::ChangedSince`] with the contacts whose values are others by now, or with the definition that is.
    pub(in crate::change) fn decide_undo(&self, commit: &Commit, force: bool) -> Result<Vec<Fact>> {
        // It was never one of the book's: its number goes to the next one.
        if commit.is_empty() {
            return Ok(Vec::new());
        }
        if commit.number() > self.commits {
            let message = format!("the book has no commit {}", commit.number());
            let help = "only a commit of this book can be undone";
            return Err(Error::not_found(Diagnostic::new(Code::NotFound, message).help(help)));
        }
        let mut undone = Undone::new(self);
        let mut rest = commit.facts();
        while let Some((last, before)) = rest.split_last() {
            let is_definition = |fact: &Fact| matches!(fact, Fact::Schema(_) | Fact::Segment { .. });
            if is_definition(last) {
                let first = before.iter().rposition(|fact| !is_definition(fact)).map_or(0, |at| at + 1);
                let (others, run) = rest.split_at(first);
                match undone.definitions(run.iter()) {
                    Err(_) if force => {}
                    outcome => outcome?,
                }
                rest = others;
                continue;
            }
            match last {
                Fact::Created(rows) => undone.delete(rows),
                Fact::Deleted(rows) => undone.restore(rows),
                Fact::Set { field, contacts, old, new } => undone.set(*field, contacts, old, new),
                Fact::Linked { field, symbol, contacts } => undone.link(*field, *symbol, contacts, true),
                Fact::Unlinked { field, symbol, contacts } => undone.link(*field, *symbol, contacts, false),
                Fact::Recorded(interactions) => undone.interact(interactions, true),
                Fact::Erased(interactions) => undone.interact(interactions, false),
                Fact::Alias { field, key, old, new } => undone.alias(*field, key, *old, *new),
                Fact::Merged { .. } => undone.facts.push(last.inverse()),
                Fact::Schema(_) | Fact::Segment { .. } => {}
            }
            rest = before;
        }
        match undone.conflicts.is_empty() || force {
            true => Ok(undone.facts),
            false => Err(changed_since(&undone, commit.number())),
        }
    }
}

fn changed_since(undone: &Undone<'_>, commit: u64) -> Error {
    const MOST: usize = 5;
    let contacts = undone.conflicts.to_numbers();
    let mut shown: Vec<String> = contacts.iter().take(MOST).map(u32::to_string).collect();
    if contacts.len() > MOST {
        shown.push("…".to_owned());
    }
    let (subject, verb) = if contacts.len() == 1 { ("contact", "has") } else { ("contacts", "have") };
    let message =
        format!("{} {subject} {verb} changed since commit {commit}: {}", contacts.len(), shown.join(", "));
    let help = "undo the later changes first, or undo by `force`, which leaves these contacts out";
    Error::conflict(Diagnostic::new(Code::ChangedSince, message).help(help)).of_contacts(contacts)
}
