//! Names that are unique when folded, with the old names of what was renamed.

use super::edit::{NameSpace, SchemaEdit};
use super::slots::Slots;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{fold, quoted};
use std::collections::HashMap;

/// The longest name, in bytes.
const LONGEST: usize = 1_000;

/// A list of names, numbered from 0 in the order of their definition. Numbers are never reused; a name can be removed.
///
/// Invariant: the folded current names are all different; an alias is never also a current name, and is never of
/// something that was removed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Names {
    display: Slots<Box<str>>,
    current: HashMap<Box<str>, u32>,
    aliases: HashMap<Box<str>, u32>,
}

impl Names {
    /// The number of a name, current or old.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        let folded = fold(name);
        self.current.get(&*folded).or_else(|| self.aliases.get(&*folded)).copied()
    }

    /// What an old name, folded, stands for.
    pub(crate) fn alias(&self, folded: &str) -> Option<u32> {
        self.aliases.get(folded).copied()
    }

    /// Whether old names stand for a number.
    pub(crate) fn has_aliases(&self, number: u32) -> bool {
        self.aliases.values().any(|of| *of == number)
    }

    /// The number of a current name.
    pub(crate) fn find_current(&self, name: &str) -> Option<u32> {
        self.current.get(&*fold(name)).copied()
    }

    /// The spelling of a name.
    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        self.display.get(number).map(|name| &**name)
    }

    /// All current names, in the order of their definition.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.entries().map(|(_, name)| name)
    }

    /// All current names with their numbers, in the order of their definition.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (u32, &str)> + Clone {
        self.display.iter().map(|(number, name)| (number, &**name))
    }

    /// The number of the next new name.
    pub(crate) fn next(&self) -> u32 {
        self.display.next()
    }

    /// The edits that add a name that is not there. What had it as an old name gives it up.
    ///
    /// # Errors
    /// [`Code::BadName`] if it is blank or too long, [`Code::NameTaken`] if something else has it.
    pub(crate) fn edits_to_add(&self, space: NameSpace, name: &str) -> Result<Vec<SchemaEdit>> {
        let name = checked(name)?;
        self.refuse_taken(name)?;
        let number = self.next();
        let mut edits = self.edits_to_give_up(space, name);
        edits.push(SchemaEdit::Name { space, number, old: None, new: Some(name.into()) });
        Ok(edits)
    }

    /// The edits that give another name; the old one stays as an alias.
    ///
    /// # Errors
    /// As [`edits_to_add`](Self::edits_to_add), but the name may already be this thing's own; [`Code::NotFound`] if
    /// nothing has the number.
    pub(crate) fn edits_to_rename(
        &self,
        space: NameSpace,
        number: u32,
        name: &str,
    ) -> Result<Vec<SchemaEdit>> {
        let old = self.get(number).ok_or_else(not_there)?;
        let name = checked(name)?;
        if let Some(taken) = self.owner(name, Some(number)) {
            return Err(name_taken(name, help_to_merge(space, old, taken)));
        }
        if name == old {
            return Ok(Vec::new());
        }
        let mut edits = self.edits_to_give_up(space, name);
        edits.push(SchemaEdit::Name { space, number, old: Some(old.into()), new: Some(name.into()) });
        let folded = fold(old);
        if folded != fold(name) {
            let before = self.aliases.get(&*folded).copied();
            let folded = folded.into_owned().into_boxed_str();
            edits.push(SchemaEdit::Alias { space, folded, old: before, new: Some(number) });
        }
        Ok(edits)
    }

    /// The edits that remove a name and all old names of the same thing.
    ///
    /// # Errors
    /// [`Code::NotFound`] if nothing has the number.
    pub(crate) fn edits_to_delete(&self, space: NameSpace, number: u32) -> Result<Vec<SchemaEdit>> {
        let old = self.get(number).ok_or_else(not_there)?;
        let mut aliases: Vec<&str> =
            self.aliases.iter().filter(|(_, of)| **of == number).map(|(folded, _)| &**folded).collect();
        // A map has no order, but the same deletion should always be the same edits.
        aliases.sort_unstable();
        let mut edits: Vec<SchemaEdit> = aliases
            .into_iter()
            .map(|folded| SchemaEdit::Alias { space, folded: folded.into(), old: Some(number), new: None })
            .collect();
        edits.push(SchemaEdit::Name { space, number, old: Some(old.into()), new: None });
        Ok(edits)
    }

    /// The edit by which an old name stops working, because it becomes a current one.
    pub(super) fn edits_to_give_up(&self, space: NameSpace, name: &str) -> Vec<SchemaEdit> {
        let folded = fold(name).into_owned().into_boxed_str();
        let old = self.aliases.get(&folded).copied();
        old.map(|old| SchemaEdit::Alias { space, folded, old: Some(old), new: None }).into_iter().collect()
    }

    /// Makes an edit of a name or an alias of this list.
    pub(crate) fn apply(&mut self, edit: &SchemaEdit) {
        match edit {
            SchemaEdit::Name { number, new, .. } => {
                let old = self.display.set(*number, new.clone());
                self.replace_current(*number, old.as_deref(), new.as_deref());
            }
            SchemaEdit::Alias { folded, new, .. } => self.set_alias(folded, *new),
            _ => {}
        }
    }

    /// Takes back an edit of a name or an alias of this list, as if it had never been.
    pub(crate) fn revert(&mut self, edit: &SchemaEdit) {
        match edit {
            SchemaEdit::Name { number, old, .. } => {
                let now = self.display.revert(*number, old.clone());
                self.replace_current(*number, now.as_deref(), old.as_deref());
            }
            SchemaEdit::Alias { folded, old, .. } => self.set_alias(folded, *old),
            _ => {}
        }
    }

    fn replace_current(&mut self, number: u32, old: Option<&str>, new: Option<&str>) {
        if let Some(old) = old
            && self.find_current(old) == Some(number)
        {
            self.current.remove(&*fold(old));
        }
        if let Some(new) = new {
            self.current.insert(fold(new).into_owned().into_boxed_str(), number);
        }
    }

    fn set_alias(&mut self, folded: &str, number: Option<u32>) {
        match number {
            Some(number) => self.aliases.insert(folded.into(), number),
            None => self.aliases.remove(folded),
        };
    }

    /// What does not hold that should, one line each.
    pub(super) fn violations(&self, what: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (number, name) in self.entries() {
            if self.find_current(name) != Some(number) {
                found.push(format!("{what} {number} is not found by its name {}", quoted(name)));
            }
        }
        if self.current.len() != self.entries().count() {
            found.push(format!("there are more current names than {what}s"));
        }
        for (folded, number) in &self.aliases {
            let is_shadowed = self.current.contains_key(folded);
            if is_shadowed || self.get(*number).is_none() {
                let problem = if is_shadowed { "is a current name" } else { "leads nowhere" };
                found.push(format!("the old name {} of {what} {number} {problem}", quoted(folded)));
            }
        }
        found
    }

    pub(super) fn refuse_taken(&self, name: &str) -> Result<()> {
        match self.owner(name, None) {
            Some(taken) => Err(name_taken(name, help_about_case(taken))),
            None => Ok(()),
        }
    }

    /// The spelling of a name that something other than `own` has.
    fn owner(&self, name: &str, own: Option<u32>) -> Option<&str> {
        self.find_current(name).filter(|other| Some(*other) != own).and_then(|other| self.get(other))
    }
}

/// A name without the white space at its edges.
///
/// # Errors
/// [`Code::BadName`] if nothing is left, or it is too long.
pub(crate) fn checked(name: &str) -> Result<&str> {
    let name = name.trim();
    let bad = |message: String| Err(Error::value(Diagnostic::new(Code::BadName, message)));
    match name.len() {
        0 => bad("a name may not be blank".to_owned()),
        1..=LONGEST => Ok(name),
        _ => bad(format!("the name {} is longer than {LONGEST} bytes", quoted(name))),
    }
}

fn name_taken(name: &str, help: String) -> Error {
    Error::conflict(
        Diagnostic::new(Code::NameTaken, format!("the name {} is taken", quoted(name))).help(help),
    )
}

fn help_about_case(taken: &str) -> String {
    format!("{} has it; names that differ only in case are the same", quoted(taken))
}

/// Who gives a thing the name of another mostly wants one thing where there are two.
fn help_to_merge(space: NameSpace, own: &str, taken: &str) -> String {
    let (own, other) = (quoted(own), quoted(taken));
    match space {
        NameSpace::Tags => format!(
            "{other} has it; to merge them, give the contacts of {own} the tag {other} and delete {own}"
        ),
        NameSpace::Segments => {
            format!("{other} has it; to merge them, add the members of {own} to {other} and delete {own}")
        }
        _ => help_about_case(taken),
    }
}

/// An id that nothing has.
pub(crate) fn not_there() -> Error {
    let diagnostic = Diagnostic::new(Code::NotFound, "nothing has this id");
    Error::new(
        ErrorKind::NotFound,
        diagnostic.help("take the id of something that was defined in this schema"),
    )
}
