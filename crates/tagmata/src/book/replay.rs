//! Commits of another book come true in this one.

use super::book::Book;
use super::outcome::Outcome;
use super::settling::Ready;
use crate::change::Commit;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};

impl Book {
    /// Applies a commit of another book, which had the same commits before.
    ///
    /// [`Commit`] has an example.
    ///
    /// # Errors
    /// [`Code::OutOfOrder`] if it does not follow the last commit of this book; [`Code::BatchOpen`] in a batch; those of the
    /// [`Journal`](crate::Journal). Nothing has changed then.
    pub fn replay(&mut self, commit: &Commit) -> Result<Outcome> {
        self.refuse_open("a commit cannot be replayed in a batch")?;
        if !commit.is_empty() && commit.number() != self.state.commits + 1 {
            let (number, last) = (commit.number(), self.state.commits);
            let message = format!("commit {number} does not follow commit {last}");
            let help = format!("the next commit of this book is commit {}", last + 1);
            return Err(Error::conflict(Diagnostic::new(Code::OutOfOrder, message).help(help)));
        }
        // What rules did is among the commits already.
        self.settle(self.here(), Ready::of_commit(commit.clone(), commit.at().max(self.now)))
    }
}
