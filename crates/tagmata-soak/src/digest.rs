//! Whether two programs have the same members.

use std::hash::{DefaultHasher, Hash, Hasher};

use tagmata::Book;

/// A number that two books share only if all their segments have the same members.
pub(crate) fn digest(book: &Book) -> u64 {
    let mut hasher = DefaultHasher::new();
    for segment in book.segments() {
        segment.name.hash(&mut hasher);
        let members = book.members(segment.id).expect("a segment that is there");
        members.iter().for_each(|contact| contact.get().hash(&mut hasher));
    }
    hasher.finish()
}
