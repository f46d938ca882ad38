//! Things with a key that never changes and a label that may: fields, statuses, options.

use super::edit::{NameSpace, SchemaEdit};
use super::names::{Names, not_there};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{nearest, quoted};
use crate::value::FieldId;

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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    pub(super) keys: Names,
    pub(super) labels: Names,
}

/// The two name spaces of a catalog.
#[derive(Debug, Clone, Copy)]
pub(super) struct CatalogSpaces {
    keys: NameSpace,
    labels: NameSpace,
}

impl CatalogSpaces {
    pub(super) const FIELDS: Self = Self { keys: NameSpace::FieldKeys, labels: NameSpace::FieldLabels };
    pub(super) const STATUSES: Self = Self { keys: NameSpace::StatusKeys, labels: NameSpace::StatusLabels };

    pub(super) const fn options(field: FieldId) -> Self {
        Self { keys: NameSpace::OptionKeys(field), labels: NameSpace::OptionLabels(field) }
    }
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

    /// The key of a number that the catalog gave out; empty if what had the number is no longer there.
    #[must_use]
    pub fn key(&self, number: u32) -> &str {
        self.keys.get(number).unwrap_or_default()
    }

    /// The label of a number that the catalog gave out; empty if what had the number is no longer there.
    #[must_use]
    pub fn label(&self, number: u32) -> &str {
        self.labels.get(number).unwrap_or_default()
    }

    /// Whether something has a number.
    pub(crate) fn has(&self, number: u32) -> bool {
        self.keys.get(number).is_some()
    }

    /// All entries, in the order of their definition.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        self.keys.entries().map(|(number, key)| Entry { number, key, label: self.label(number) })
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

    /// The number of the next new entry.
    pub(super) fn next(&self) -> u32 {
        self.keys.next()
    }

    /// The edits that add an entry.
    pub(super) fn edits_to_define(
        &self,
        spaces: CatalogSpaces,
        key: &str,
        label: &str,
    ) -> Result<Vec<SchemaEdit>> {
        self.refuse_label(label, None)?;
        if let Some(other) = self.labels.find_current(key) {
            return Err(taken(key, self.key(other), "label"));
        }
        // Keys and labels grow together, so that their numbers are the same.
        let mut edits = self.keys.edits_to_add(spaces.keys, key)?;
        edits.extend(self.labels.edits_to_add(spaces.labels, label)?);
        Ok(edits)
    }

    /// The edits that add several entries, which must not take names from each other either.
    pub(super) fn edits_to_define_all(
        &self,
        spaces: CatalogSpaces,
        entries: &[(String, String)],
    ) -> Result<Vec<SchemaEdit>> {
        // One by one, as documents have them, many cost no copies of all the others.
        if let [(key, label)] = entries {
            return self.edits_to_define(spaces, key, label);
        }
        let mut planned = self.clone();
        let mut edits = Vec::new();
        for (key, label) in entries {
            let new = planned.edits_to_define(spaces, key, label)?;
            for edit in &new {
                match edit {
                    SchemaEdit::Name { space, .. } if *space == spaces.keys => planned.keys.apply(edit),
                    _ => planned.labels.apply(edit),
                }
            }
            edits.extend(new);
        }
        Ok(edits)
    }

    /// The edits that give an entry another label.
    pub(super) fn edits_to_relabel(
        &self,
        spaces: CatalogSpaces,
        number: u32,
        label: &str,
    ) -> Result<Vec<SchemaEdit>> {
        if !self.has(number) {
            return Err(not_there());
        }
        self.refuse_label(label, Some(number))?;
        self.labels.edits_to_rename(spaces.labels, number, label)
    }

    /// The edits that remove an entry.
    pub(super) fn edits_to_delete(&self, spaces: CatalogSpaces, number: u32) -> Result<Vec<SchemaEdit>> {
        let mut edits = self.labels.edits_to_delete(spaces.labels, number)?;
        edits.extend(self.keys.edits_to_delete(spaces.keys, number)?);
        Ok(edits)
    }

    /// What does not hold that should, one line each.
    pub(super) fn violations(&self, what: &str) -> Vec<String> {
        let mut found = self.keys.violations(&format!("{what} key"));
        found.extend(self.labels.violations(&format!("{what} label")));
        let numbers = |names: &Names| names.entries().map(|(number, _)| number).collect::<Vec<_>>();
        if numbers(&self.keys) != numbers(&self.labels) {
            found.push(format!("a {what} has a key and no label, or a label and no key"));
        }
        for (number, label) in self.labels.entries() {
            if self.keys.find_current(label).is_some_and(|other| other != number) {
                found.push(format!("the label {} of {what} {number} is the key of another", quoted(label)));
            }
        }
        found
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
