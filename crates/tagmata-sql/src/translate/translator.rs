//! What is known while a filter is translated, and what comes up on the way.

use super::names;
use crate::dialect::{Dialect, Grammar};
use crate::error::Result;
use crate::fragment::Fragment;
use crate::mapping::Mapping;
use crate::param::Param;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use tagmata::{Code, Diagnostic, Schema, Segments, TimeCover, TimeTest, TimeZone, Timestamp};

/// The short name of the table of contacts.
pub(crate) const CONTACT: &str = "c";

/// What the caller chooses.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Choices {
    /// Whether texts may be compared as the database does it, where the mapping has no folds.
    pub(crate) approximate_text: bool,
    /// Whether segments are read from the table of members.
    pub(crate) members: bool,
    /// How many values a list may have before it is bound as one.
    pub(crate) longest_list: usize,
}

/// What filters are translated with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) mapping: &'a Mapping,
    pub(crate) schema: &'a Schema,
    pub(crate) segments: &'a Segments,
    pub(crate) now: Timestamp,
    pub(crate) choices: Choices,
}

/// Translates filters into conditions on the row of a contact.
#[derive(Debug)]
pub(crate) struct Translator<'a> {
    pub(crate) world: World<'a>,
    /// Tables that are joined once for all conditions; `None` where each condition asks for its rows itself.
    pub(crate) joins: Option<super::joined::Joins>,
    /// Until when the bound times are those of now.
    pub(crate) until: Option<Timestamp>,
    /// The offsets of the first zone that was asked for, which are found by looking at each day of some centuries.
    offsets: OnceCell<(TimeZone, Vec<(Timestamp, i64)>)>,
    warnings: BTreeMap<String, Diagnostic>,
    problems: Vec<Diagnostic>,
    aliases: usize,
    /// How many conditions were written.
    pub(super) conditions: usize,
}

impl<'a> Translator<'a> {
    pub(crate) fn new(world: World<'a>) -> Self {
        Self {
            world,
            joins: None,
            until: None,
            offsets: OnceCell::new(),
            warnings: BTreeMap::new(),
            problems: Vec::new(),
            aliases: 0,
            conditions: 0,
        }
    }

    pub(crate) fn grammar(&self) -> &'static Grammar {
        self.world.dialect.grammar()
    }

    /// A short name that no other table has. Tables that are joined have one of their own, so that equal ones are the same.
    pub(super) fn alias(&mut self) -> String {
        if self.joins.is_some() {
            return "s".to_owned();
        }
        self.aliases += 1;
        format!("s{}", self.aliases)
    }

    /// A short name for a table of names within another one.
    pub(super) fn alias_of_names(&mut self) -> String {
        if self.joins.is_some() { "n".to_owned() } else { self.alias() }
    }

    pub(super) fn column(&self, alias: &str, column: &str) -> Result<Fragment> {
        names::column(self.world.dialect, alias, column)
    }

    /// The id of the contact.
    pub(crate) fn id(&self) -> Result<Fragment> {
        self.column(CONTACT, &self.world.mapping.contacts.id)
    }

    pub(super) fn text(&self, text: &str) -> Fragment {
        Fragment::param(Param::Text(text.to_owned()))
    }

    pub(super) fn integer(&self, number: i64) -> Fragment {
        Fragment::param(Param::Integer(number))
    }

    pub(super) fn number(&self, number: f64) -> Fragment {
        Fragment::param(Param::Number(number))
    }

    /// A warning, once for each thing that it is about.
    pub(super) fn warn(&mut self, about: &str, warning: Diagnostic) {
        self.warnings.entry(about.to_owned()).or_insert(warning);
    }

    pub(super) fn problem(&mut self, problems: &[Diagnostic]) {
        for problem in problems {
            if !self.problems.contains(problem) {
                self.problems.push(problem.clone());
            }
        }
    }

    /// The warnings, if there are no problems.
    pub(crate) fn finish(self) -> Result<Vec<Diagnostic>> {
        /// As many as a filter has at most.
        const MOST: usize = 20;
        let mut problems = self.problems.into_iter().take(MOST);
        match problems.next() {
            Some(first) => Err(tagmata::Error::sql(first, problems)),
            None => Ok(self.warnings.into_values().collect()),
        }
    }

    /// What a test covers of instants now, which is so until some other instant.
    pub(super) fn instants(&mut self, test: &TimeTest, calendar: &tagmata::Calendar) -> TimeCover {
        self.is_valid_until(test.instants_until(self.world.now, calendar));
        test.instants_at(self.world.now, calendar)
    }

    /// The same of dates.
    pub(super) fn days(&mut self, test: &TimeTest, calendar: &tagmata::Calendar) -> TimeCover {
        self.is_valid_until(test.days_until(self.world.now, calendar));
        test.days_at(self.world.now, calendar)
    }

    /// What makes days in a zone of days in UTC, kept for the next condition: a book has one zone.
    pub(super) fn day_offsets(&self, zone: TimeZone) -> Cow<'_, [(Timestamp, i64)]> {
        match self.offsets.get_or_init(|| (zone, zone.day_offsets())) {
            (known, offsets) if *known == zone => Cow::Borrowed(offsets),
            _ => Cow::Owned(zone.day_offsets()),
        }
    }

    fn is_valid_until(&mut self, until: Option<Timestamp>) {
        self.until = self.until.into_iter().chain(until).min();
    }

    pub(super) fn needs_function(&mut self, function: &str, what: &str) {
        let message = format!("the statement calls the function `{function}` of the database");
        let help =
            format!("give it to the database: it returns what `{what}` of this library returns for a text");
        self.warn(function, Diagnostic::new(Code::NeedsFunction, message).help(help));
    }
}
