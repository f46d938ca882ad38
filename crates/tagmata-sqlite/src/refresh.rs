//! Taking over what another program did.

use crate::error::Result;
use crate::progress::Meter;
use crate::read;
use crate::store::Store;
use tagmata::{Advance, Book, Code, Error};

/// Takes over the commits that a book has not got yet.
///
/// # Errors
/// What SQLite says; [`Code::CommitsGone`]; those of the meter, before anything is taken over.
pub(crate) fn refresh(store: &mut Store, book: &mut Book, name: &str, meter: &Meter) -> Result<Advance> {
    let (commits, stands) = meter.within(store.connection()?, |connection| {
        let moment = connection.transaction()?;
        let stands = read::stands(&moment)?;
        // Read, and taken over.
        meter.begin(2 * stands.last_commit.saturating_sub(book.last_commit()))?;
        let (mut commits, mut last) = (Vec::new(), book.last_commit());
        read::commits_after(&moment, last, |commit| {
            if commit.number() != last + 1 {
                return Err(commits_gone(name, last + 1).into());
            }
            last = commit.number();
            commits.push(commit);
            meter.more(1)
        })?;
        match last == stands.last_commit {
            true => Ok((commits, stands)),
            false => Err(commits_gone(name, last + 1).into()),
        }
    })?;
    let mut advance = Advance::default();
    for commit in commits {
        let outcome = book.replay(&commit)?;
        advance.effects.then(&outcome.advance.effects);
        advance.effects.then(&outcome.effects);
        advance.commits.push(commit);
        // Who entered and left has to be told: from here on, nothing stops.
        meter.surely(1);
    }
    if stands.now > book.now() {
        advance.effects.then(&book.advance(stands.now)?.effects);
    }
    Ok(advance)
}

pub(crate) fn commits_gone(name: &str, number: u64) -> Error {
    Error::store(
        Code::CommitsGone,
        format!("commit {number} of the book {name} is no longer kept"),
        "open the book again to read it as it is now; its retention says how many commits are kept",
    )
}
