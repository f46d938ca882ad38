//! Texts in names, which are made of two columns: whatever is asked of a name is asked of its parts.
//!
//! A name is the first name, a space, and the last name; or the one of them that is there. So a text without a space that
//! is in a name is in one of its parts, and one with spaces may also lie across the space in the middle.

use super::columns::Columns;
use super::signed::Signed;
use crate::filter::{Matching, TextTest};
use crate::model::Field;
use crate::text::accent_fold;
use crate::value::FieldId;
use memchr::memmem::Finder;

/// A text with more spaces than this can lie across the middle of a name in too many ways.
const MOST_SPACES: usize = 4;

/// Whether a question about names is better asked of each name.
pub(super) fn has_many_spaces(text: &str) -> bool {
    text.matches(' ').count() > MOST_SPACES
}

/// Whether a text test on names is better asked of each name.
pub(super) fn is_about_whole_names(test: &TextTest) -> bool {
    match test {
        TextTest::OneOf(names) => names.iter().any(|name| has_many_spaces(name)),
        TextTest::Match(_, text) => has_many_spaces(text),
    }
}

/// The contacts whose folded names pass a test.
pub(super) fn names_matching<'a>(columns: Columns<'a>, test: &TextTest) -> Signed<'a> {
    let parts = Parts { columns, without_accents: false };
    match test {
        TextTest::OneOf(names) => {
            let all = names.iter().map(|name| parts.equal(name));
            all.fold(Signed::nobody(), Signed::or)
        }
        TextTest::Match(Matching::Contains, text) => parts.contain(text),
        TextTest::Match(Matching::StartsWith, text) => parts.start(text),
        TextTest::Match(Matching::EndsWith, text) => parts.end(text),
    }
}

/// The contacts with a phrase in their names, whatever the accents.
pub(super) fn names_with<'a>(columns: Columns<'a>, phrase: &str) -> Signed<'a> {
    Parts { columns, without_accents: true }.contain(phrase)
}

struct Parts<'a> {
    columns: Columns<'a>,
    without_accents: bool,
}

const FIRST: FieldId = Field::FIRST_NAME;
const LAST: FieldId = Field::LAST_NAME;

impl<'a> Parts<'a> {
    fn matching(&self, field: FieldId, test: impl Fn(&str) -> bool) -> Signed<'a> {
        let found = self.columns.matching(field, |text| match self.without_accents && !text.is_ascii() {
            true => test(&accent_fold(text)),
            false => test(text),
        });
        found.into()
    }

    fn present(&self, field: FieldId) -> Signed<'a> {
        self.columns.present(field).into()
    }

    fn key(&self, field: FieldId, key: &str) -> Signed<'a> {
        self.columns.rows_of_key(field, key).into()
    }

    fn contain(&self, text: &str) -> Signed<'a> {
        let finder = Finder::new(text.as_bytes());
        let within = |part| match self.without_accents {
            true => Signed::from(self.columns.containing_without_accents(part, &finder)),
            false => self.columns.found(part, &finder, Matching::Contains).into(),
        };
        let across = splits(text).map(|(before, after)| {
            let first = self.matching(FIRST, |first| first.ends_with(before));
            first.and(self.matching(LAST, |last| last.starts_with(after)))
        });
        across.fold(within(FIRST).or(within(LAST)), Signed::or)
    }

    fn start(&self, text: &str) -> Signed<'a> {
        let starting = |part, text: &str| self.matching(part, |part| part.starts_with(text));
        let alone = starting(LAST, text).and(self.present(FIRST).turned(true));
        let across = splits(text).map(|(before, after)| self.key(FIRST, before).and(starting(LAST, after)));
        across.fold(starting(FIRST, text).or(alone), Signed::or)
    }

    fn end(&self, text: &str) -> Signed<'a> {
        let ending = |part, text: &str| self.matching(part, |part| part.ends_with(text));
        let alone = ending(FIRST, text).and(self.present(LAST).turned(true));
        let across = splits(text).map(|(before, after)| ending(FIRST, before).and(self.key(LAST, after)));
        across.fold(ending(LAST, text).or(alone), Signed::or)
    }

    fn equal(&self, name: &str) -> Signed<'a> {
        let alone = |part, other| self.key(part, name).and(self.present(other).turned(true));
        let across = splits(name).map(|(before, after)| self.key(FIRST, before).and(self.key(LAST, after)));
        across.fold(alone(FIRST, LAST).or(alone(LAST, FIRST)), Signed::or)
    }
}

/// What lies before and after each space of a text.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices(' ').filter_map(|(at, space)| Some((text.get(..at)?, text.get(at + space.len()..)?)))
}
