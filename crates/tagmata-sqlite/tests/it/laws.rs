//! What holds for every stored book, whatever it goes through.

use crate::walk::{Shelf, in_memory, open, options, same, start, walks};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use std::collections::{BTreeMap, BTreeSet};
use tagmata::{Book, Commit, ContactId, SegmentId};
use tagmata_sqlite::StoredBook;
use tagmata_testkit::commands::{make, take};

pub(crate) fn budget(few: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few)
}

fn sound(book: &StoredBook) -> crate::walk::Held {
    let wrong = book.check().unwrap();
    prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(24), failure_persistence: None, ..ProptestConfig::default() })]

    /// A stored book does what one in memory does: outcomes, errors, effects. To close and open it between two steps changes nothing.
    #[test]
    fn a_stored_book_is_a_book(steps in walks(), reopened_after in proptest::collection::vec(0..40_usize, 0..4)) {
        let shelf = Shelf::new();
        let (mut stored, mut book) = (open(&shelf.book(), start()), in_memory());
        let mut commits: Vec<Commit> = Vec::new();
        for (at, next) in steps.iter().enumerate() {
            let instant = next.at(book.now());
            // What is undone is read from the file.
            let kept = read_back(&stored, &commits);
            let (commands, here) = take(&mut book, next, &mut commits);
            if commands.is_empty() {
                prop_assert_eq!(stored.advance(instant).unwrap(), here.unwrap().advance);
            } else {
                let from_file: Vec<_> = next.acts.iter().filter_map(|act| act.command(&kept)).collect();
                prop_assert_eq!(make(&mut stored, &from_file, instant), here, "after {:#?}", commands);
            }
            if reopened_after.contains(&at) {
                stored.close().unwrap();
                stored = open(&shelf.book(), book.now());
            }
            same(&stored, &book, &commands)?;
        }
        sound(&stored)?;
        stored.close().unwrap();
        let reopened = open(&shelf.book(), book.now());
        same(&reopened, &book, &[])?;
        sound(&reopened)?;
    }

    /// A reader that refreshes now and then is the same book as the writer, and hears of everybody who entered or left.
    #[test]
    fn a_reader_follows(steps in walks(), refreshed_after in proptest::collection::vec(0..40_usize, 1..4)) {
        let shelf = Shelf::new();
        let mut writer = open(&shelf.book(), start());
        let mut reader = options().read_only(true).open(shelf.book(), start()).unwrap();
        let (mut commits, mut was_broken) = (Vec::new(), BTreeSet::new());
        for (at, next) in steps.iter().enumerate() {
            let _ = take(&mut writer, next, &mut commits);
            was_broken.extend(broken(&writer));
            if !refreshed_after.contains(&at) && at + 1 < steps.len() {
                continue;
            }
            let mut expected = members(&reader);
            let advance = reader.refresh().unwrap();
            for (segment, entered) in &advance.effects.entered {
                expected.entry(*segment).or_default().extend(entered.iter());
            }
            for (segment, left) in &advance.effects.left {
                let members = expected.entry(*segment).or_default();
                left.iter().for_each(|contact| _ = members.remove(&contact));
            }
            for (segment, members) in members(&reader).iter().filter(|(segment, _)| !was_broken.contains(segment)) {
                prop_assert_eq!(members, &expected.remove(segment).unwrap_or_default());
            }
            was_broken = broken(&writer);
            // The instant of the writer is written only where it means something.
            let mut ahead = (*reader).clone();
            ahead.advance(writer.now()).unwrap();
            same(&ahead, &writer, &[])?;
        }
    }

    /// The table of members has the members of all segments, after every change.
    #[test]
    fn the_table_of_members_is_kept(steps in walks()) {
        let shelf = Shelf::new();
        let mut book = options().materialize_segments(true).open(shelf.book(), start()).unwrap();
        let mut commits = Vec::new();
        let reader = rusqlite::Connection::open(shelf.book()).unwrap();
        for next in &steps {
            let (commands, _) = take(&mut book, next, &mut commits);
            let mut statement = reader.prepare_cached("SELECT segment_id, contact_id FROM segment_members").unwrap();
            let mut table: BTreeMap<SegmentId, BTreeSet<ContactId>> = BTreeMap::new();
            let rows = statement.query_map([], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?))).unwrap();
            for (segment, contact) in rows.map(Result::unwrap) {
                table.entry(SegmentId::new(segment)).or_default().insert(ContactId::new(contact));
            }
            let mut all = members(&book);
            all.retain(|_, members| !members.is_empty());
            prop_assert_eq!(table, all, "after {:#?}", commands);
        }
    }
}

/// The same commits as the file has them.
fn read_back(book: &StoredBook, commits: &[Commit]) -> Vec<Commit> {
    commits.iter().map(|commit| book.file().commit(commit.number()).unwrap()).collect()
}

/// The members of all segments that are not broken.
fn members(book: &Book) -> BTreeMap<SegmentId, BTreeSet<ContactId>> {
    let of = |segment: SegmentId| Some((segment, book.members(segment).ok()?.iter().collect()));
    book.segments().iter().filter_map(|segment| of(segment.id)).collect()
}

fn broken(book: &Book) -> BTreeSet<SegmentId> {
    book.segments().into_iter().filter(|segment| segment.error.is_some()).map(|segment| segment.id).collect()
}
