//! Copies of books that are open.

use crate::walk::{Shelf, open, start};
use std::thread;
use tagmata::{Code, Draft};

#[test]
fn a_backup_is_the_book_at_one_moment_while_it_is_changed() {
    let shelf = Shelf::new();
    let (mut book, copy) = (open(&shelf.book(), start()), shelf.path("copy.db"));
    let zoe = || Draft::new().set("first_name", "Zoé");
    for _ in 0..100 {
        book.create_contact(zoe(), start()).unwrap();
    }
    let file = book.file().clone();
    thread::scope(|threads| {
        let copying = threads.spawn(|| file.backup(&copy));
        for _ in 0..100 {
            book.create_contact(zoe(), start()).unwrap();
        }
        copying.join().unwrap().unwrap();
    });
    let copied = open(&copy, start());
    assert!(copied.check().unwrap().is_empty());
    let contacts = copied.count("everyone").unwrap();
    assert!((100..=200).contains(&contacts), "{contacts} contacts");
    assert_eq!(copied.last_commit(), contacts);
    assert_eq!(book.count("everyone").unwrap(), 200);
}

#[test]
fn a_book_that_was_closed_is_not_copied() {
    let shelf = Shelf::new();
    let book = open(&shelf.book(), start());
    let file = book.file().clone();
    book.close().unwrap();
    assert_eq!(file.backup(shelf.path("copy.db")).unwrap_err().code(), Code::StoreClosed);
    assert!(!shelf.path("copy.db").exists());
}
