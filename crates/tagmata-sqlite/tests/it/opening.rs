//! Files of all sorts are opened, and what is wrong with them is told.

use crate::walk::{Shelf, in_memory, open, options, same, start, walks};
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};
use std::io::Cursor;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use tagmata::{Code, Draft, Error, ImportOptions, NewField, NewSegment, Stamp, ValueType};
use tagmata_sqlite::{OpenOptions, Retention, StoredBook};
use tagmata_testkit::commands::take;

fn refused(options: &OpenOptions, path: &Path) -> Error {
    options.open(path, start()).map(drop).unwrap_err()
}

fn told(error: &Error) -> String {
    error.to_string()
}

/// A message about a file, with `FILE` for its path.
fn about(error: &Error, path: &Path) -> String {
    told(error).replace(&path.display().to_string(), "FILE")
}

/// A book with two contacts and a segment.
fn small(path: &Path) -> StoredBook {
    let mut book = open(path, start());
    for name in ["Zoé", "Léo"] {
        book.create_contact(Draft::new().set("first_name", name).set("tags", ["vip"]), start()).unwrap();
    }
    book.create_segment(NewSegment::dynamic("Vips", "tags has vip"), start()).unwrap();
    book
}

#[test]
fn a_file_that_is_no_book_is_left_alone() {
    let shelf = Shelf::new();
    let path = shelf.path("photo.png");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\n and so on").unwrap();
    let expected = "error[E1502]: `FILE` is no stored book; help: name the file of a book, or one that is not there to make a new book";
    for options in [options(), options().read_only(true), options().create(false)] {
        assert_eq!(about(&refused(&options, &path), &path), expected);
    }
    assert_eq!(std::fs::read(&path).unwrap(), b"\x89PNG\r\n\x1a\n and so on");
    assert!(!shelf.path("photo.png-lock").exists());
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    for sql in [
        "CREATE TABLE notes (text); ",
        "PRAGMA application_id = 42; CREATE TABLE contacts (id INTEGER PRIMARY KEY);",
    ] {
        let shelf = Shelf::new();
        let path = shelf.path("notes.db");
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let before = std::fs::read(&path).unwrap();
        for options in [options(), options().read_only(true)] {
            let error = refused(&options, &path);
            assert_eq!(error.code(), Code::NotABook, "{error}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_later_format_is_refused() {
    let shelf = Shelf::new();
    small(&shelf.book()).close().unwrap();
    rusqlite::Connection::open(shelf.book()).unwrap().execute_batch("PRAGMA user_version = 7").unwrap();
    let error = refused(&options(), &shelf.book());
    assert_eq!(
        about(&error, &shelf.book()),
        "error[E1503]: the book `FILE` has format 7, and this version reads formats up to 1; help: open it with the version of tagmata that wrote it, or a later one"
    );
}

#[test]
fn what_is_not_there_is_made_only_where_that_is_meant() {
    let shelf = Shelf::new();
    for options in [options().create(false), options().read_only(true)] {
        assert_eq!(
            about(&refused(&options, &shelf.book()), &shelf.book()),
            "error[E1501]: there is no book `FILE`; help: check the path, or open it for changes to make a new book"
        );
        assert!(!shelf.book().exists());
    }
    let nowhere = shelf.path("no/such/folder/crm.db");
    assert_eq!(refused(&options(), &nowhere).code(), Code::StoreFailed);
    assert_eq!(refused(&options(), &shelf.path("")).code(), Code::StoreFailed);
    // An empty file is a book to be made.
    std::fs::write(shelf.book(), b"").unwrap();
    same(&open(&shelf.book(), start()), &in_memory(), &[]).unwrap();
}

#[test]
fn one_writer_at_a_time() {
    let shelf = Shelf::new();
    let book = small(&shelf.book());
    assert_eq!(
        about(&refused(&options(), &shelf.book()), &shelf.book()),
        "error[E1504]: the book `FILE` is open for changes already; help: close it where it is open, or open it for reading only"
    );
    let reader = options().read_only(true).open(shelf.book(), start()).unwrap();
    assert_eq!(reader.count("everyone").unwrap(), 2);
    drop(book);
    assert_eq!(open(&shelf.book(), start()).count("everyone").unwrap(), 2);
}

#[test]
fn a_reader_cannot_change_and_a_closed_book_cannot_either() {
    let shelf = Shelf::new();
    let writer = small(&shelf.book());
    let mut reader = options().read_only(true).open(shelf.book(), start()).unwrap();
    let leo = || Draft::new().set("first_name", "Léo");
    assert_eq!(
        about(&reader.create_contact(leo(), start()).unwrap_err(), &shelf.book()),
        "error[E1506]: the book `FILE` is open for reading only; help: open it for changes where nobody else does"
    );
    same(&reader, &writer, &[]).unwrap();
    let (mut book, file, _) = writer.into_parts();
    file.close().unwrap();
    file.close().unwrap();
    let expected = "error[E1508]: the book `FILE` is closed; help: open it again";
    assert_eq!(about(&book.create_contact(leo(), start()).unwrap_err(), &shelf.book()), expected);
    assert_eq!(about(&file.check(&book).unwrap_err(), &shelf.book()), expected);
    assert_eq!(book.count("everyone").unwrap(), 2);
}

#[test]
fn the_settings_of_the_file_count() {
    let shelf = Shelf::new();
    open(&shelf.book(), start()).close().unwrap();
    let book = OpenOptions::new().open(shelf.book(), start()).unwrap();
    assert_eq!(book.schema().settings(), &crate::walk::settings());
}

#[test]
fn time_does_not_go_back() {
    let shelf = Shelf::new();
    small(&shelf.book()).close().unwrap();
    let error = options().open(shelf.book(), "2020-01-01T00:00:00Z".parse().unwrap()).map(drop).unwrap_err();
    assert_eq!(error.code(), Code::ClockBackwards, "{error}");
    // A reader stands where its writer left it.
    let reader =
        options().read_only(true).open(shelf.book(), "2020-01-01T00:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(reader.now(), start());
}

#[test]
fn a_file_that_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = Shelf::new();
    small(&shelf.book()).close().unwrap();
    std::fs::set_permissions(shelf.book(), std::fs::Permissions::from_mode(0o444)).unwrap();
    let reader = options().read_only(true).open(shelf.book(), start()).unwrap();
    assert_eq!(reader.count("everyone").unwrap(), 2);
}

#[test]
fn a_backup_is_a_book() {
    let shelf = Shelf::new();
    let mut book = small(&shelf.book());
    let copy = shelf.path("copy.db");
    book.file().backup(&copy).unwrap();
    let backup = open(&copy, start());
    same(&backup, &book, &[]).unwrap();
    assert!(backup.check().unwrap().is_empty());
    let error = book.file().backup(&copy).unwrap_err();
    assert_eq!(
        about(&error, &copy),
        "error[E1501]: there is a file `FILE` already; help: name a file that is not there yet"
    );
    assert_eq!(book.file().backup(shelf.path("no/copy.db")).unwrap_err().code(), Code::StoreFailed);
    // The book goes on.
    book.add_tags("everyone", ["late"], start()).unwrap();
}

#[test]
fn commits_are_kept_as_long_as_it_is_said() {
    let shelf = Shelf::new();
    let mut book = small(&shelf.book());
    let mut reader = options().read_only(true).open(shelf.book(), start()).unwrap();
    let first = book.file().commit(1).unwrap();
    assert_eq!(first.number(), 1);
    for tag in ["a", "b", "c", "d"] {
        book.add_tags("everyone", [tag], Stamp::new(start()).by("ana")).unwrap();
    }
    let last = book.last_commit();
    assert_eq!(book.file().compact(Retention::Commits(2)).unwrap(), last - 2);
    assert!(book.check().unwrap().is_empty());
    let gone = "is no longer kept; help: open the book again to read it as it is now; its retention says how many commits are kept";
    let name = format!("error[E1507]: commit 1 of the book `FILE` {gone}");
    assert_eq!(about(&book.file().commit(1).unwrap_err(), &shelf.book()), name);
    assert_eq!(
        about(&book.file().commit(99).unwrap_err(), &shelf.book()),
        format!(
            "error[E1507]: there is no commit 99: the last one of the book `FILE` is commit {last}; help: take the number of a commit of this book"
        )
    );
    let undone = book.file().commit(last).unwrap();
    book.undo(&undone, start()).unwrap();
    assert_eq!(
        about(&reader.refresh().unwrap_err(), &shelf.book()),
        format!("error[E1507]: commit 4 of the book `FILE` {gone}")
    );
    // The retention is remembered.
    book.close().unwrap();
    let book = open(&shelf.book(), start());
    assert_eq!(book.file().commit(last - 1).unwrap_err().code(), Code::CommitsGone);
    assert!(book.check().unwrap().is_empty());
}

#[test]
fn a_change_of_the_tables_by_somebody_else_is_found() {
    for (sql, expected) in [
        (
            "UPDATE contacts SET first_name = 'Max' WHERE id = 0",
            "contact 0 has another value in `first_name`",
        ),
        ("DELETE FROM contact_tags WHERE contact_id = 1", "contact 1 has another value in `tags`"),
        ("DELETE FROM history", "contact 0 has another history"),
        ("UPDATE book SET next_contact = 9", "the next new contact is 2 here and 9 there"),
    ] {
        let shelf = Shelf::new();
        let book = small(&shelf.book());
        rusqlite::Connection::open(shelf.book()).unwrap().execute_batch(sql).unwrap();
        let found = book.check().unwrap();
        let line = format!("the tables of the file are not as the book: {expected}");
        assert!(found.contains(&line), "{sql}: {found:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::laws::budget(60), failure_persistence: None, ..ProptestConfig::default() })]

    /// A file in which bytes are others, or which is cut off, is refused with an error of its own, or `check` finds it, or it does
    /// not matter. It never breaks off and never hangs.
    #[test]
    fn a_damaged_file_is_told(steps in walks(), at in any::<u64>(), bytes in any::<[u8; 8]>(), is_cut in any::<bool>()) {
        let shelf = Shelf::new();
        let mut book = open(&shelf.book(), start());
        let mut commits = Vec::new();
        for next in &steps {
            let _ = take(&mut book, next, &mut commits);
        }
        let (now, before) = (book.now(), (*book).clone());
        book.close().unwrap();
        let mut file = std::fs::read(shelf.book()).unwrap();
        let at = usize::try_from(at % file.len() as u64).unwrap();
        if is_cut {
            file.truncate(at);
        } else {
            for (place, byte) in file[at..].iter_mut().zip(bytes) {
                *place ^= byte;
            }
        }
        std::fs::write(shelf.book(), file).unwrap();
        match options().create(false).open(shelf.book(), now) {
            Err(error) => prop_assert!(
                [Code::StoreDamaged, Code::NotABook, Code::NewerFormat, Code::StoreFailed, Code::ClockBackwards].contains(&error.code()),
                "{error}"
            ),
            Ok(book) => {
                let is_found = book.check().map_or(true, |found| !found.is_empty());
                prop_assert!(is_found || book.differences(&before).is_empty(), "{:#?}", book.differences(&before));
            }
        }
    }
}

#[test]
fn fields_that_do_not_fit_into_the_file_are_refused() {
    let shelf = Shelf::new();
    let mut book = open(&shelf.book(), start());
    let define = |book: &mut StoredBook, number: u32| {
        book.define_field(NewField::new(format!("text_{number}"), ValueType::Text), start()).map(drop)
    };
    let error = (0..2_000).find_map(|number| define(&mut book, number).err()).unwrap();
    let fields = book.schema().fields().count();
    assert_eq!(
        told(&error).replace(&format!("text_{}", fields - 18), "text_N"),
        "error[E1501]: the field `text_N` does not fit into the file: SQLite takes 1999 columns of fields; help: a text takes two columns, other fields one; delete fields that are not used"
    );
    book.define_field(NewField::new("flag", ValueType::Bool), start()).unwrap();
    let last = book.create_contact(Draft::new().set("flag", true).set("text_0", "Zoé"), start()).unwrap().id;
    book.close().unwrap();
    let book = open(&shelf.book(), start());
    assert!(book.matches(last, "flag is true and text_0 = zoé").unwrap());
    assert!(book.check().unwrap().is_empty());
}

#[test]
fn a_reader_opens_a_book_that_is_changed_all_the_time() {
    const CONTACTS: u64 = 40_000;
    let shelf = Shelf::new();
    let mut writer = open(&shelf.book(), start());
    let rows: String = (0..CONTACTS).map(|row| format!("FR,Zoé,Martin,zoe{row}@example.com\n")).collect();
    let file = Cursor::new(format!("country,first name,last name,email\n{rows}"));
    writer.import(file, &ImportOptions::new(), start()).unwrap();
    let imported = writer.last_commit();
    let is_over = AtomicBool::new(false);
    let seen: Vec<tagmata::Result<(u64, u64)>> = thread::scope(|threads| {
        threads.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                writer.create_contact(Draft::new().set("first_name", "Léo"), start()).unwrap();
            }
        });
        let look = |reader: StoredBook| Ok((reader.count("everyone")?, reader.last_commit()));
        let read = |_| options().read_only(true).open(shelf.book(), start()).and_then(look);
        let seen = (0..5).map(read).collect();
        is_over.store(true, Ordering::Relaxed);
        seen
    });
    for (contacts, commits) in seen.into_iter().map(tagmata::Result::unwrap) {
        assert_eq!(contacts, CONTACTS + commits - imported);
    }
    assert!(writer.last_commit() > 5, "it was changed {} times", writer.last_commit());
}
