//! Documents of definitions.

use crate::world::{book, now, same, sound};
use tagmata::{Book, Prune};
use tagmata_testkit::dump::BookDump;
use tagmata_testkit::refusals::is_sound;

/// Any text is a document, which changes nothing when it is applied once more, or it is refused, has changed nothing, and says why. The
/// first byte chooses to which book it comes.
pub(crate) fn definitions(bytes: &[u8]) {
    let Some((choice, document)) = bytes.split_first() else { return };
    let Ok(document) = std::str::from_utf8(document) else { return };
    let mut book = if choice & 1 == 0 { book() } else { Book::builder().build(now()) };
    let prune = if choice & 2 == 0 { Prune::Keep } else { Prune::Remove };
    let before = BookDump::of(&book);
    match book.apply_definitions(document, prune, now()) {
        Ok(_) => {
            let again = book.apply_definitions(document, prune, now()).unwrap();
            assert!(again.commit.is_empty(), "{document}\n{:#?}", again.commit);
            sound(&book);
        }
        Err(error) => {
            assert!(is_sound(&error, document), "{document:?}\n{error}");
            same(&BookDump::of(&book), &before);
        }
    }
}
