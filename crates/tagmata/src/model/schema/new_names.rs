//! Several new tags or segments at once, planned ahead of the schema.

use super::structure::Schema;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::edit::{NameSpace, SchemaEdit};
use crate::model::names::{Names, checked};
use crate::text::{fold, quoted};
use std::collections::HashMap;

/// Names that will be added to a list of the schema, with the numbers that they will have.
///
/// Invariant: what is planned is in the list neither as a current name nor as an old one.
#[derive(Debug)]
pub(crate) struct NewNames<'s> {
    names: &'s Names,
    space: NameSpace,
    planned: HashMap<Box<str>, u32>,
    /// The names that are planned, in the order of their numbers.
    spellings: Vec<Box<str>>,
}

impl Schema {
    /// No new tags so far.
    pub(crate) fn new_tags(&self) -> NewNames<'_> {
        NewNames::of(&self.tags, NameSpace::Tags)
    }

    /// No new segments so far.
    pub(crate) fn new_segments(&self) -> NewNames<'_> {
        NewNames::of(&self.segments, NameSpace::Segments)
    }
}

impl<'s> NewNames<'s> {
    fn of(names: &'s Names, space: NameSpace) -> Self {
        Self { names, space, planned: HashMap::new(), spellings: Vec::new() }
    }

    /// The number of a name: current, old or planned.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.names.find(name).or_else(|| self.planned.get(&*fold(name)).copied())
    }

    /// The number of a name, which is planned if it is new.
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) if it is blank or too long.
    pub(crate) fn find_or_add(&mut self, name: &str) -> Result<u32> {
        if let Some(number) = self.find(name) {
            return Ok(number);
        }
        let name = checked(name)?;
        let number = self.next();
        self.planned.insert(fold(name).into_owned().into_boxed_str(), number);
        self.spellings.push(name.into());
        Ok(number)
    }

    /// Whether a name can be planned, or is there.
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) if it is blank or too long.
    pub(crate) fn check(&self, name: &str) -> Result<()> {
        checked(name).map(|_| ())
    }

    /// A new name, which nothing has; an old name of something else may be taken.
    ///
    /// # Errors
    /// [`Code::NameTaken`], [`Code::BadName`].
    pub(crate) fn add(&mut self, name: &str) -> Result<u32> {
        let name = checked(name)?;
        self.names.refuse_taken(name)?;
        let folded = fold(name).into_owned().into_boxed_str();
        if self.planned.contains_key(&folded) {
            return Err(twice(name));
        }
        let number = self.next();
        self.planned.insert(folded, number);
        self.spellings.push(name.into());
        Ok(number)
    }

    fn next(&self) -> u32 {
        let planned = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
        self.names.next().saturating_add(planned)
    }

    /// The edits that add what is planned.
    pub(crate) fn into_edits(self) -> Vec<SchemaEdit> {
        let (space, first) = (self.space, self.names.next());
        let numbered = (first..).zip(self.spellings);
        let mut edits = Vec::new();
        for (number, name) in numbered {
            edits.extend(self.names.edits_to_give_up(space, &name));
            edits.push(SchemaEdit::Name { space, number, old: None, new: Some(name) });
        }
        edits
    }
}

fn twice(name: &str) -> Error {
    let diagnostic = Diagnostic::new(Code::NameTaken, format!("the name {} is given twice", quoted(name)));
    Error::conflict(diagnostic.help("names that differ only in case are the same"))
}
