//! A book in a file with the deepest legal filters works on a thread with 256 KiB of stack, from the first commit to the next opening
//! (docs/limits.md).

use tagmata::{Draft, NewRule, NewSegment, Timestamp};
use tagmata_sqlite::OpenOptions;
use tagmata_testkit::deepest::{chain, documents, on_a_small_stack, over_the_chain, texts};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

#[test]
fn books_in_files_with_the_deepest_segments_and_rules() {
    on_a_small_stack(|| {
        for kept in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("deep.db");
            let open = || OpenOptions::new().materialize_segments(kept).open(&path, now()).unwrap();
            let mut book = open();
            book.create_contact(Draft::new().set("first_name", "Zoé"), now()).unwrap();
            chain(&mut book, now());
            for (at, (_, text)) in texts().into_iter().enumerate() {
                book.create_segment(NewSegment::dynamic(format!("text {at}"), text.as_str()), now()).unwrap();
                book.add_rule(NewRule::when(format!("rule {at}"), text.as_str()).set_status("vip"), now())
                    .unwrap();
            }
            for (at, (_, json)) in documents().into_iter().enumerate() {
                let filter = tagmata::Filter::from_json(&json, book.schema()).unwrap();
                book.create_segment(NewSegment::dynamic(format!("document {at}"), filter), now()).unwrap();
            }
            let zoe = book.create_contact(Draft::new().set("first_name", "Léo"), now()).unwrap().id;
            book.set_status(zoe, "lead", now()).unwrap();
            let found = book.select(over_the_chain()).unwrap();
            let commits = book.last_commit();
            assert_eq!(book.check().unwrap(), Vec::<String>::new());
            let copy = folder.path().join("copy.db");
            book.file().backup(&copy).unwrap();
            for number in 1..=commits {
                drop(book.file().commit(number).unwrap());
            }
            book.close().unwrap();
            let book = open();
            assert_eq!((book.last_commit(), book.select(over_the_chain()).unwrap()), (commits, found));
            assert_eq!(book.check().unwrap(), Vec::<String>::new());
            book.close().unwrap();
            OpenOptions::new().read_only(true).open(&copy, now()).unwrap().close().unwrap();
        }
    });
}
