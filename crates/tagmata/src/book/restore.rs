//! A book as it was stored, put together from its parts.

use super::book::Book;
use super::journal::Attached;
use crate::change::Fact;
use crate::live::Live;
use crate::model::{Schema, Settings};
use crate::state::{Change, Origin, State};
use crate::table::{Interactions, Rows, Values};
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet};
use std::sync::Arc;

/// Makes a book of what was stored of another one, for whatever stores books.
///
/// Parts are added from the bottom up: names, then segments and rules, then contacts, then what they have and what happened to
/// them. Nothing is checked again here: [`Book::check`] says whether the parts fit.
///
/// ```
/// use tagmata::{Book, BookRestore, ColumnBuilder, Field, Settings, Text, Timestamp, ValueRef, ValueType};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut names = ColumnBuilder::new(ValueType::Text);
/// names.push(Some(ValueRef::Text { written: "Zoé", folded: "zoé" }));
/// let mut restore = BookRestore::new(Settings::default(), now);
/// restore.contacts(vec![(Field::FIRST_NAME, names.finish())], 1);
/// let book = restore.finish(7);
/// assert_eq!((book.count("first_name = ZOÉ")?, book.last_commit(), book.now()), (1, 7, now));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug)]
pub struct BookRestore {
    state: State,
    now: Timestamp,
    /// The facts that define segments.
    segments: Vec<Fact>,
    gone: MemberSet,
}

impl BookRestore {
    /// An empty book with settings, which stands at an instant.
    #[must_use]
    pub fn new(settings: Settings, now: Timestamp) -> Self {
        let state = State::new(Schema::new(settings));
        Self { state, now, segments: Vec::new(), gone: MemberSet::new() }
    }

    /// The names so far.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.state.schema
    }

    /// Adds what a fact says, but not to the histories of its contacts: definitions, tags, members, interactions, aliases.
    pub fn fact(&mut self, fact: Fact) {
        self.state.hold(&fact, self.now);
        if matches!(fact, Fact::Segment { .. }) {
            self.segments.push(fact);
        }
    }

    /// Adds so many contacts behind the others, with the values of their fields in their order. Contacts that are gone are among
    /// them, without values.
    pub fn contacts(&mut self, columns: Vec<(FieldId, Values)>, count: u32) {
        let first = self.state.table.next_row();
        let contacts = MemberSet::between(first, first.saturating_add(count));
        let rows = Rows { contacts, columns, interactions: Interactions::new() };
        self.fact(Fact::Created(rows));
    }

    /// Says that contacts are gone by a fact: its commit, and its place there.
    pub fn gone(&mut self, contacts: &MemberSet, commit: u64, place: u32) {
        self.state.histories.set_gone(contacts, commit, place, true);
        self.gone.add_all(contacts);
    }

    /// Adds an entry to the histories of contacts. The fact that made it has a place in its commit.
    pub fn history(&mut self, contacts: &MemberSet, change: Change, origin: &Arc<Origin>, place: u32) {
        self.state.histories.add(contacts, change, origin, place);
        if let (Change::Merged(other), Some(kept)) = (change, contacts.first()) {
            self.state.histories.set_heir(other, kept, true);
        }
    }

    /// The book, whose last commit has a number.
    #[must_use]
    pub fn finish(mut self, commits: u64) -> Book {
        self.state.table.bury(&self.gone);
        self.state.commits = commits;
        let mut live = Live::default();
        live.follow(&self.segments, &self.state);
        Book { state: self.state, live, now: self.now, revision: 0, open: None, journal: Attached::default() }
    }
}
