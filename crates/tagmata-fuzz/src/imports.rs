//! CSV files into books.

use crate::world::{book, now, same, sound};
use std::io::Cursor;
use tagmata::{
    CsvOptions, FileImport, ImportOptions, InteractionOptions, InvalidValues, MatchKey, UnknownSegments,
    Update,
};
use tagmata_testkit::dump::BookDump;

/// Any bytes are a file: what a dry run says comes true, and what is refused has changed nothing. The first byte chooses how it is read.
pub(crate) fn csv(bytes: &[u8]) {
    let Some((choice, file)) = bytes.split_first() else { return };
    let is = |bit: u8| (choice >> bit) & 1 == 1;
    let options = ImportOptions::new()
        .replace_segments(is(0))
        .unknown_segments(if is(1) { UnknownSegments::Create } else { UnknownSegments::Skip })
        .reading(CsvOptions::new().invalid_values(if is(2) {
            InvalidValues::Skip
        } else {
            InvalidValues::Reject
        }))
        .update(match (is(3), is(4)) {
            (false, _) => Update::Always,
            (true, false) => Update::FillEmpty,
            (true, true) => Update::Never,
        })
        .match_by(
            if is(5) { &[MatchKey::Mobile, MatchKey::Email][..] } else { &MatchKey::DEFAULT[..] }
                .iter()
                .copied(),
        );
    match is(7) {
        true => import(file, &InteractionOptions::new()),
        false => import(file, &options),
    }
}

fn import(file: &[u8], options: &impl FileImport) {
    let mut book = book();
    let before = BookDump::of(&book);
    let tried = book.preview_import(Cursor::new(file), options, now());
    same(&BookDump::of(&book), &before);
    match (tried, book.import(Cursor::new(file), options, now())) {
        (Ok(tried), Ok(report)) => {
            let counts = |report: &tagmata::ImportReport| {
                [report.created, report.updated, report.unchanged, report.rejected]
            };
            assert_eq!(counts(&tried), counts(&report));
            assert_eq!(tried.problems, report.problems);
            assert_eq!(tried.outcome.effects, report.outcome.effects);
            sound(&book);
            // What an undo takes back had never been, but for the numbers that were given.
            if !report.outcome.commit.is_empty() {
                book.undo(&report.outcome.commit, now()).unwrap();
                sound(&book);
                assert_eq!(book.count("everyone").unwrap(), 2);
            }
        }
        (Err(tried), Err(refused)) => {
            assert_eq!(tried, refused);
            same(&BookDump::of(&book), &before);
        }
        (tried, done) => panic!("a dry run and a real one differ: {tried:?}\n{done:?}"),
    }
}
