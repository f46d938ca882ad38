//! Things with a key that never changes and a label that may: fields, statuses, options.

use super::names::Names;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{nearest, quoted};

/// A list of things that have a key and a label each.
///
/// Invariant: a label never equals another thing's key.
///
/// ```
/// use tagmata::Schema;
/// let schema = Schema::default();
/// let statuses = schema.statuses();
/// assert_eq!((statuses.find("Lead"), statuses.find("asleep")), (Some(0), None));
/// assert_eq!((statuses.key(3), statuses.label(3)), ("inactive", "Inactive"));
/// let keys: Vec<_> = statuses.iter().map(|entry| entry.key).collect();
/// assert_eq!(keys, ["lead", "active", "vip", "inactive"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    keys: Names,
    labels: Names,
}

/// One thing of a [`Catalog`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its number, in the order of definition.
    pub number: u32,
    /// What stored filters use.
    pub key: &'a str,
    /// What people see.
    pub label: &'a str,
}

impl Catalog {
    /// The number of what has this key or, failing that, this label, now or formerly.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<u32> {
        self.keys.find(name).or_else(|| self.labels.find(name))
    }

    /// The number of what has this label or, failing that, this key.
    pub(crate) fn find_by_label(&self, name: &str) -> Option<u32> {
        self.labels.find(name).or_else(|| self.keys.find(name))
    }

    pub(crate) fn find_by_key(&self, name: &str) -> Option<u32> {
        self.keys.find(name)
    }

    /// The key of a number that the catalog gave out.
    #[must_use]
    pub fn key(&self, number: u32) -> &str {
        self.keys.get(number).unwrap_or_default()
    }

    /// The label of a number that the catalog gave out.
    #[must_use]
    pub fn label(&self, number: u32) -> &str {
        self.labels.get(number).unwrap_or_default()
    }

    /// All entries, in the order of their definition.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        let numbered = self.keys.iter().enumerate();
        numbered.map(|(number, key)| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            Entry { number, key, label: self.label(number) }
        })
    }

    /// The keys of what a mistyped key or label may have meant, nearest first.
    pub(crate) fn near(&self, name: &str) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for near in nearest(name, self.keys.iter().chain(self.labels.iter())) {
            let key = self.find(&near).map_or_else(String::new, |number| self.key(number).to_owned());
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    pub(crate) fn define(&mut self, key: &str, label: &str) -> Result<u32> {
        self.refuse_label(label, None)?;
        if let Some(other) = self.labels.find_current(key) {
            return Err(taken(key, self.key(other), "label"));
        }
        // Both or none: the numbers of keys and labels are the same.
        self.keys.check(key)?;
        self.labels.check(label)?;
        let number = self.keys.add(key)?;
        self.labels.add(label)?;
        Ok(number)
    }

    pub(crate) fn relabel(&mut self, number: u32, label: &str) -> Result<()> {
        self.refuse_label(label, Some(number))?;
        self.labels.rename(number, label)
    }

    fn refuse_label(&self, label: &str, own: Option<u32>) -> Result<()> {
        if let Some(other) = self.keys.find_current(label).filter(|other| Some(*other) != own) {
            return Err(taken(label, self.key(other), "key"));
        }
        match self.labels.find_current(label).filter(|other| Some(*other) != own) {
            Some(other) => Err(taken(label, self.key(other), "label")),
            None => Ok(()),
        }
    }
}

fn taken(name: &str, owner: &str, what: &str) -> Error {
    Error::conflict(
        Diagnostic::new(Code::NameTaken, format!("the name {} is taken", quoted(name)))
            .help(format!("it is the {what} of {}", quoted(owner))),
    )
}
