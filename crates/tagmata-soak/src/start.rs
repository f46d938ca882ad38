//! The book in which everything begins, and how it is opened.

use std::io::Cursor;
use std::path::Path;

use tagmata::{NewRule, NewSegment};
use tagmata_benches::{self as benches, import_options, new_interactions, now, write_contacts};
use tagmata_membership::{define, definitions};
use tagmata_sqlite::{OpenOptions, Retention, StoredBook};

use crate::size::Size;

/// So many commits are kept: readers that were killed find theirs, and the file does not grow for ever.
const KEPT: u64 = 20_000;

/// Static segments that contacts are put into.
pub(crate) const LISTS: [&str; 3] = ["Fair", "Newsletter", "Callback"];

/// Makes the book in a file.
pub(crate) fn make(path: &Path, size: Size) {
    let (start, mut file) = (now(), Vec::new());
    let mut book = options().open(path, start).expect("a new book");
    benches::define(&mut book);
    write_contacts(&mut file, size.contacts).expect("contacts in memory");
    book.import(Cursor::new(file), &import_options(), start).expect("contacts that can be imported");
    book.record_many(new_interactions(size.contacts), start).expect("interactions that can be recorded");
    define(&mut book, &definitions(size.segments));
    book.create_segments(LISTS.map(NewSegment::fixed), start).expect("static segments");
    for rule in [
        NewRule::when("big spender", "billed > 5000 and not status = vip").set_status("vip"),
        NewRule::on("thanks", "payment").condition("count(payment) > 3").add_to_segments(["Newsletter"]),
    ] {
        book.add_rule(rule, start).expect("a rule");
    }
    book.close().expect("a book that is written");
}

/// How all programs open it.
pub(crate) fn options() -> OpenOptions {
    OpenOptions::new().retention(Retention::Commits(KEPT))
}

/// The book as it stands, for changes or for reading.
pub(crate) fn open(path: &Path, read_only: bool) -> StoredBook {
    let options = options().read_only(read_only);
    options.open_at(path, |_, stands_at| Ok(stands_at)).expect("a book that is there")
}
