//! Files that earlier versions wrote are opened, and are the books that they were.

use crate::walk::{Shelf, same};
use std::path::Path;
use tagmata::{Book, Draft};
use tagmata_sqlite::OpenOptions;

#[path = "../formats/book_1.rs"]
mod book_1;

#[test]
fn a_file_of_format_1_is_the_book_that_was_written() {
    let now = book_1::now().unwrap();
    let mut expected = Book::builder().settings(book_1::settings().unwrap()).build(now);
    book_1::fill(&mut expected, now).unwrap();

    let shelf = Shelf::new();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/1.db");
    std::fs::copy(kept, shelf.book()).unwrap();
    let mut book = OpenOptions::new().create(false).open(shelf.book(), now).unwrap();
    assert_eq!(book.check().unwrap(), Vec::<String>::new());
    same(&book, &expected, &[]).unwrap();
    assert_eq!(book.differences(&expected), Vec::<String>::new());

    // It goes on, and its commits can be undone.
    let undone = book.file().commit(book.last_commit()).unwrap();
    book.undo(&undone, now).unwrap();
    book.create_contact(Draft::new().set("first_name", "Ève"), now).unwrap();
    assert_eq!(book.check().unwrap(), Vec::<String>::new());
}
