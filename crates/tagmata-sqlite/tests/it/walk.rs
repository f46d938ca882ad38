//! A stored book and one in memory go through the same steps.

use proptest::prelude::{BoxedStrategy, Strategy, TestCaseError, prop_assert, prop_assert_eq};
use std::path::{Path, PathBuf};
use tagmata::{Book, Command, Settings, Timestamp};
use tagmata_sqlite::{OpenOptions, StoredBook, Synchronous};
use tagmata_testkit::commands::{Step, first_steps, steps};
use tagmata_testkit::dump::{BookDump, next_ids};
use tempfile::TempDir;

/// What a law comes to.
pub(crate) type Held = std::result::Result<(), TestCaseError>;

/// A folder with the file of a book, which is gone when this is dropped.
pub(crate) struct Shelf {
    folder: TempDir,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn book(&self) -> PathBuf {
        self.path("crm.db")
    }
}

pub(crate) fn start() -> Timestamp {
    "2026-03-28T12:00:00Z".parse().unwrap()
}

pub(crate) fn settings() -> Settings {
    let mut settings = Settings { default_country: Some("FR".parse().unwrap()), ..Settings::default() };
    settings.calendar.zone = "Europe/Paris".parse().unwrap();
    settings
}

/// Options for tests, which do not wait for the disk.
pub(crate) fn options() -> OpenOptions {
    OpenOptions::new().settings(settings()).synchronous(Synchronous::Normal)
}

pub(crate) fn open(path: &Path, now: Timestamp) -> StoredBook {
    options().open(path, now).unwrap()
}

pub(crate) fn in_memory() -> Book {
    Book::builder().settings(settings()).build(start())
}

/// Steps, the first of which make a small world.
pub(crate) fn walks() -> BoxedStrategy<Vec<Step>> {
    (first_steps(), steps(25)).prop_map(|(first, then)| first.into_iter().chain(then).collect()).boxed()
}

/// Both are the same book to whoever looks.
pub(crate) fn same(here: &Book, there: &Book, commands: &[Command]) -> Held {
    let difference = BookDump::of(here).difference(&BookDump::of(there));
    prop_assert!(difference.is_empty(), "{}\nafter {:#?}", difference.join("\n"), commands);
    prop_assert_eq!(next_ids(here), next_ids(there));
    prop_assert_eq!(here.last_commit(), there.last_commit());
    Ok(())
}
