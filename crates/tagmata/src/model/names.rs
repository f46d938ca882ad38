//! Names that are unique when folded, with the old names of what was renamed.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{fold, quoted};
use std::collections::HashMap;

/// The longest name, in bytes.
const LONGEST: usize = 1_000;

/// A list of names, numbered from 0 in the order of their definition.
///
/// Invariant: the folded current names are all different; an alias is never also a current name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    display: Vec<Box<str>>,
    current: HashMap<Box<str>, u32>,
    aliases: HashMap<Box<str>, u32>,
}

impl Names {
    /// The number of a name, current or old.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        let folded = fold(name);
        self.current.get(&*folded).or_else(|| self.aliases.get(&*folded)).copied()
    }

    /// The number of a current name.
    pub(crate) fn find_current(&self, name: &str) -> Option<u32> {
        self.current.get(&*fold(name)).copied()
    }

    /// The spelling of a name.
    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        self.display.get(number as usize).map(|name| &**name)
    }

    /// All current names, in the order of their definition.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.display.iter().map(|name| &**name)
    }

    /// Adds a name that is not there. What had it as an old name gives it up.
    ///
    /// # Errors
    /// [`Code::BadName`] if it is blank or too long, [`Code::NameTaken`] if something else has it.
    pub(crate) fn add(&mut self, name: &str) -> Result<u32> {
        let name = checked(name)?;
        self.refuse_taken(name, None)?;
        let number = u32::try_from(self.display.len()).unwrap_or(u32::MAX);
        self.take(name, number);
        self.display.push(name.into());
        Ok(number)
    }

    /// Whether [`add`](Self::add) would accept a name.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub(crate) fn check(&self, name: &str) -> Result<()> {
        self.refuse_taken(checked(name)?, None)
    }

    /// Gives another name; the old one stays as an alias.
    ///
    /// # Errors
    /// As [`add`](Self::add), but the name may already be this thing's own; [`Code::NotFound`] if nothing has the number.
    pub(crate) fn rename(&mut self, number: u32, name: &str) -> Result<()> {
        let name = checked(name)?;
        self.refuse_taken(name, Some(number))?;
        let slot = self.display.get_mut(number as usize).ok_or_else(not_there)?;
        let old = fold(slot).into_owned().into_boxed_str();
        *slot = name.into();
        self.current.remove(&old);
        self.aliases.insert(old, number);
        self.take(name, number);
        Ok(())
    }

    fn take(&mut self, name: &str, number: u32) {
        let folded = fold(name).into_owned().into_boxed_str();
        self.aliases.remove(&folded);
        self.current.insert(folded, number);
    }

    fn refuse_taken(&self, name: &str, own: Option<u32>) -> Result<()> {
        match self.find_current(name) {
            Some(other) if Some(other) != own => {
                let taken = self.get(other).unwrap_or_default();
                Err(Error::conflict(
                    Diagnostic::new(Code::NameTaken, format!("the name {} is taken", quoted(name))).help(
                        format!("{} has it; names that differ only in case are the same", quoted(taken)),
                    ),
                ))
            }
            _ => Ok(()),
        }
    }
}

fn checked(name: &str) -> Result<&str> {
    let name = name.trim();
    let bad = |message: String| Err(Error::value(Diagnostic::new(Code::BadName, message)));
    match name.len() {
        0 => bad("a name may not be blank".to_owned()),
        1..=LONGEST => Ok(name),
        _ => bad(format!("the name {} is longer than {LONGEST} bytes", quoted(name))),
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
