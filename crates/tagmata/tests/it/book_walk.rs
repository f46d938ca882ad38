//! A book goes through random steps, and a law looks on.

use proptest::prelude::{BoxedStrategy, Strategy, TestCaseError, prop_assert};
use tagmata::{Advance, Book, Command, Commit, Outcome, Timestamp};
use tagmata_testkit::commands::{Step, first_steps, make, steps};
use tagmata_testkit::dump::BookDump;

/// What a law comes to.
pub(crate) type Held = std::result::Result<(), TestCaseError>;

/// One step: the book before and after it.
pub(crate) struct Turn<'a> {
    /// Whether it is one of the first steps, which only make a small world.
    pub(crate) is_first: bool,
    pub(crate) before: &'a Book,
    pub(crate) after: &'a Book,
    pub(crate) at: Timestamp,
    /// None where only time passed, several for a batch.
    pub(crate) commands: &'a [Command],
    /// The commits so far.
    pub(crate) commits: &'a [Commit],
    pub(crate) done: &'a Done,
}

/// What a step came to.
#[derive(Debug)]
pub(crate) enum Done {
    Passed(Advance),
    Changed(Outcome),
    Refused(tagmata::Error),
}

impl Turn<'_> {
    /// The outcome, if anything changed.
    pub(crate) fn changed(&self) -> Option<&Outcome> {
        match self.done {
            Done::Changed(outcome) if !outcome.commit.is_empty() => Some(outcome),
            _ => None,
        }
    }

    /// The book before, moved on to the instant of the step.
    pub(crate) fn just_before(&self) -> Book {
        let mut book = self.before.clone();
        book.advance(self.at).unwrap();
        book
    }
}

/// Steps, the first of which make a small world.
pub(crate) fn walks() -> BoxedStrategy<(Vec<Step>, Vec<Step>)> {
    (first_steps(), steps(40)).boxed()
}

/// The book that a walk begins with.
pub(crate) fn new_book() -> Book {
    Book::builder()
        .time_zone("Europe/Paris".parse().unwrap())
        .default_country("FR".parse().unwrap())
        .build("2026-03-28T12:00:00Z".parse().unwrap())
}

/// Takes the steps one by one. The book must be sound after each.
pub(crate) fn walk((first, then): &(Vec<Step>, Vec<Step>), mut law: impl FnMut(&Turn<'_>) -> Held) -> Held {
    let mut book = new_book();
    let mut commits: Vec<Commit> = Vec::new();
    let pass =
        |book: &mut Book, is_first, at, commits: &mut Vec<Commit>, law: &mut dyn FnMut(&Turn<'_>) -> Held| {
            let before = book.clone();
            let done = Done::Passed(book.advance(at).unwrap());
            let turn =
                Turn { is_first, before: &before, after: book, at, commands: &[], commits, done: &done };
            law(&turn)?;
            if let Done::Passed(advance) = done {
                commits.extend(advance.commits);
            }
            Ok::<(), TestCaseError>(())
        };
    for (count, step) in first.iter().chain(then).enumerate() {
        let is_first = count < first.len();
        let at = step.at(book.now());
        // Each commit that time makes has a turn of its own.
        for commit in book.clone().advance(at).unwrap().commits {
            pass(&mut book, is_first, commit.at(), &mut commits, &mut law)?;
        }
        let before = book.clone();
        let commands: Vec<Command> = step.acts.iter().filter_map(|act| act.command(&commits)).collect();
        let done = match commands.as_slice() {
            [] => Done::Passed(book.advance(at).unwrap()),
            commands => match make(&mut book, commands, at) {
                Ok(outcome) => Done::Changed(outcome),
                Err(error) => Done::Refused(error),
            },
        };
        let (before, after, commands, commits_so_far) =
            (&before, &book, commands.as_slice(), commits.as_slice());
        let turn = Turn { is_first, before, after, at, commands, commits: commits_so_far, done: &done };
        let wrong = book.check();
        prop_assert!(wrong.is_empty(), "{}\nafter {:#?}", wrong.join("\n"), turn.commands);
        law(&turn)?;
        if let Done::Changed(outcome) = done
            && !outcome.commit.is_empty()
        {
            commits.push(outcome.commit);
        }
    }
    Ok(())
}

/// Whether two dumps are the same.
pub(crate) fn same(here: &BookDump, there: &BookDump, commands: &[Command]) -> Held {
    let difference = here.difference(there);
    prop_assert!(difference.is_empty(), "{}\nafter {:#?}", difference.join("\n"), commands);
    Ok(())
}
