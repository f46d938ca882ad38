//! Durable books beside books in memory.

use crate::dice::drawn;
use crate::world::{now, same};
use tagmata::{Book, Commit, Settings};
use tagmata_sqlite::{OpenOptions, StoredBook, Synchronous};
use tagmata_testkit::commands::{first_steps, make, steps, take};
use tagmata_testkit::dump::{BookDump, next_ids};

/// So many steps are taken at most.
const MOST: usize = 40;

/// From this byte on, the book is closed behind the step, and opened again.
const REOPENS: usize = 0xE0;

/// A durable book does what one in memory does, and is there when it is opened again.
pub(crate) fn operations(bytes: &[u8]) {
    let Some(((first, all), choices)) = drawn(&(first_steps(), steps(64)), bytes) else { return };
    let chosen = |choice: &usize| all.get(choice % all.len().max(1));
    let then = choices.iter().take(MOST).filter_map(|choice| Some((chosen(choice)?, *choice >= REOPENS)));
    let walk = first.iter().map(|step| (step, false)).chain(then);
    let folder = tempfile::tempdir().unwrap();
    let open = |now| {
        let options = OpenOptions::new().settings(settings()).synchronous(Synchronous::Normal);
        options.open(folder.path().join("crm.db"), now).unwrap()
    };
    let (mut stored, mut book) = (open(now()), Book::builder().settings(settings()).build(now()));
    let mut commits: Vec<Commit> = Vec::new();
    for (step, is_reopened) in walk {
        let instant = step.at(book.now());
        // What is undone is read from the file.
        let kept: Vec<Commit> =
            commits.iter().map(|commit| stored.file().commit(commit.number()).unwrap()).collect();
        let (commands, here) = take(&mut book, step, &mut commits);
        if commands.is_empty() {
            assert_eq!(stored.advance(instant).unwrap(), here.unwrap().advance);
        } else {
            let from_file: Vec<_> = step.acts.iter().filter_map(|act| act.command(&kept)).collect();
            assert_eq!(make(&mut stored, &from_file, instant), here, "{commands:#?}");
        }
        if is_reopened {
            stored.close().unwrap();
            stored = open(book.now());
        }
        are_the_same(&stored, &book);
    }
    stored.close().unwrap();
    let reopened = open(book.now());
    are_the_same(&reopened, &book);
    let wrong = reopened.check().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn settings() -> Settings {
    let mut settings = Settings { default_country: Some("FR".parse().unwrap()), ..Settings::default() };
    settings.calendar.zone = "Europe/Paris".parse().unwrap();
    settings
}

fn are_the_same(stored: &StoredBook, book: &Book) {
    same(&BookDump::of(stored), &BookDump::of(book));
    assert_eq!(next_ids(stored), next_ids(book));
}
