//! Steps, taken with a book.

use super::steps::Step;
use tagmata::{Advance, Book, Command, Commit, Outcome, Result, Timestamp};

/// Runs commands as one change.
pub fn make(book: &mut Book, commands: &[Command], at: Timestamp) -> Result<Outcome> {
    match commands {
        [command] => book.run(command, at),
        commands => {
            let run =
                |book: &mut Book| commands.iter().try_for_each(|command| book.run(command, at).map(drop));
            book.batch(at, run).map(|((), outcome)| outcome)
        }
    }
}

/// Takes a step with a book in memory, and keeps the commits that it makes: those of rules too.
pub fn take(book: &mut Book, step: &Step, commits: &mut Vec<Commit>) -> (Vec<Command>, Result<Outcome>) {
    let at = step.at(book.now());
    let commands: Vec<Command> = step.acts.iter().filter_map(|act| act.command(commits)).collect();
    let outcome = match commands.as_slice() {
        [] => book.advance(at).map(|advance| {
            commits.extend(advance.commits.iter().cloned());
            make_nothing(book, advance)
        }),
        commands => make(book, commands, at),
    };
    if let (Ok(outcome), false) = (&outcome, commands.is_empty()) {
        commits.extend(outcome.advance.commits.iter().cloned());
        if !outcome.commit.is_empty() {
            commits.push(outcome.commit.clone());
        }
    }
    (commands, outcome)
}

/// What a step in which only time passes comes to, as an outcome of nothing.
fn make_nothing(book: &mut Book, advance: Advance) -> Outcome {
    let (_, mut nothing) = book.preview(book.now(), |_| Ok(())).unwrap();
    nothing.advance = advance;
    nothing
}
