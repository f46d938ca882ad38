//! Long work tells how far it has come, and stops when it is told to: nothing has changed then.

use crate::walk::{Shelf, open, options, same, start};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::channel;
use tagmata::{Code, Draft, NewSegment, Result};
use tagmata_sqlite::{BookFile, FileProgress, Retention, StoredBook};

/// More pages than are copied at once, and many commits.
fn stored(path: &Path) -> StoredBook {
    let mut book = open(path, start());
    book.define_tag("web", start()).unwrap();
    book.create_segment(NewSegment::dynamic("Web", "tags has web"), start()).unwrap();
    for contact in 0..26 {
        let note = "x".repeat(90_000);
        let draft =
            Draft::new().set("organization", format!("{contact} {note}")).set("tags", vec!["web".to_owned()]);
        book.create_contact(draft, start()).unwrap();
    }
    book
}

/// What is done with a stored book while somebody watches.
type Work = fn(&Shelf, &mut StoredBook, Watched) -> Result<()>;

type Watched = Box<dyn FnMut(FileProgress) -> ControlFlow<()> + Send>;

/// Everything that can be watched; what it comes to is of no interest here.
const WORK: [(&str, Work); 5] = [
    ("open", |shelf, _, watch| {
        options().read_only(true).watched(watch).open(shelf.book(), start()).map(|_| ())
    }),
    ("check", |_, book, watch| file(book, watch).check(book).map(|found| assert_eq!(found, [""; 0]))),
    ("backup", |shelf, book, watch| file(book, watch).backup(shelf.path("copy.db"))),
    ("compact", |_, book, watch| file(book, watch).compact(Retention::Commits(20)).map(|_| ())),
    ("refresh", |shelf, book, watch| {
        let mut reader = options().read_only(true).open(shelf.book(), start()).unwrap();
        book.create_contact(Draft::new(), start()).unwrap();
        let before = reader.last_commit();
        let refreshed = file(&reader, watch).refresh(&mut reader);
        assert_eq!(reader.last_commit(), before + u64::from(refreshed.is_ok()));
        refreshed.map(|_| ())
    }),
];

fn file(book: &StoredBook, watch: Watched) -> BookFile {
    book.file().watched(watch)
}

#[test]
fn progress_only_moves_on_and_ends_at_all_there_is() {
    for (name, work) in WORK {
        let shelf = Shelf::new();
        let mut book = stored(&shelf.book());
        let (tell, told) = channel();
        let watch = move |progress| {
            tell.send(progress).unwrap();
            ControlFlow::Continue(())
        };
        work(&shelf, &mut book, Box::new(watch)).unwrap();
        let all: Vec<FileProgress> = told.try_iter().collect();
        let last = all.last().unwrap_or_else(|| panic!("{name} told nothing"));
        assert!(last.total > 0 && last.done == last.total, "{name}: {last:?}");
        for two in all.windows(2) {
            assert!(two[0].done <= two[1].done && two[1].done <= two[1].total, "{name}: {two:?}");
        }
    }
}

#[test]
fn what_is_stopped_anywhere_has_changed_nothing() {
    for (name, work) in WORK {
        let shelf = Shelf::new();
        let mut book = stored(&shelf.book());
        // It is stopped when it asks for the first time, for the second time, and so on, until it comes to its end.
        for asked in 1_u32.. {
            let mut left = asked;
            let watch = move |_| {
                left = left.saturating_sub(1);
                if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            match work(&shelf, &mut book, Box::new(watch)) {
                Ok(()) => {
                    assert!(asked > 1, "{name} did not ask");
                    break;
                }
                Err(error) => assert_eq!(error.code(), Code::Cancelled, "{name}: {error}"),
            }
            assert!(!shelf.path("copy.db").exists(), "{name}");
            assert!(book.file().commit(1).is_ok(), "{name}");
        }
        assert_eq!(book.check().unwrap(), [""; 0], "{name}");
        let reopened = options().read_only(true).open(shelf.book(), start()).unwrap();
        same(&reopened, &book, &[]).unwrap();
    }
}

#[test]
fn a_backup_in_steps_is_the_book_at_one_moment() {
    let shelf = Shelf::new();
    let book = stored(&shelf.book());
    let (stands, path) = (book.last_commit(), shelf.path("copy.db"));
    let (mut writer, file) = {
        let (book, file, _) = book.into_parts();
        (book, file)
    };
    let mut changes = 0;
    let watched = file.watched(move |progress| {
        if progress.done < progress.total {
            changes += 1;
            writer.create_contact(Draft::new().set("organization", "y".repeat(50_000)), start()).unwrap();
        }
        assert!(changes < 50, "it began again and again");
        ControlFlow::Continue(())
    });
    watched.backup(&path).unwrap();
    let copied = open(&path, start());
    assert_eq!(copied.last_commit(), stands);
    assert_eq!(copied.check().unwrap(), [""; 0]);
}
