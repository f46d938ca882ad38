//! Reading trees: keys, types, and how their problems are reported.

use super::tree::{JsonTree, TreeId, TreeValue};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Report;
use crate::model::Limits;
use crate::text::{did_you_mean, nearest, quoted};

/// A tree that is being read, and the report that its problems go to.
pub(crate) struct Reader<'t, 'r> {
    pub(crate) tree: &'t JsonTree,
    pub(crate) limits: &'r Limits,
    pub(crate) report: &'r mut Report,
    /// The `"id"` of the node that is being read.
    pub(crate) node: Option<Box<str>>,
}

impl<'t> Reader<'t, '_> {
    pub(crate) fn refuse<T>(&mut self, diagnostic: Diagnostic, place: &Place) -> Option<T> {
        self.report.push(diagnostic.at(place).of_node(self.node.as_deref()));
        None
    }

    /// Whether problems of a value, or behind it, would only be thrown away.
    pub(crate) fn is_full_at(&self, id: TreeId) -> bool {
        self.report.is_full_at(id.order())
    }

    pub(crate) fn refuse_at<T>(&mut self, diagnostic: Diagnostic, id: TreeId) -> Option<T> {
        let place = self.tree.place(id);
        self.refuse(diagnostic, &place)
    }

    /// Reports that a value has another type than it must.
    pub(crate) fn wrong<T>(&mut self, id: TreeId, wanted: &str) -> Option<T> {
        let found = match self.tree.value(id) {
            TreeValue::Null => "null",
            TreeValue::Bool(_) => "true or false",
            TreeValue::Number(_) => "a number",
            TreeValue::Text(_) => "a string",
            TreeValue::Array => "a list",
            TreeValue::Object => "an object",
        };
        let message = format!("{} must be {wanted}, not {found}", self.named(id));
        self.refuse_at(Diagnostic::new(Code::WrongJsonType, message).expecting([wanted]), id)
    }

    /// A value as messages name it: by its key, if it has one.
    fn named(&self, id: TreeId) -> String {
        match self.tree.key(id) {
            "" => "this".to_owned(),
            key => quoted(key),
        }
    }

    pub(crate) fn text(&mut self, id: TreeId) -> Option<&'t str> {
        match self.tree.value(id) {
            TreeValue::Text(text) => Some(text),
            _ => self.wrong(id, "a string"),
        }
    }

    /// True or false.
    pub(crate) fn flag(&mut self, id: TreeId) -> Option<bool> {
        match self.tree.value(id) {
            TreeValue::Bool(value) => Some(*value),
            _ => self.wrong(id, "true or false"),
        }
    }

    /// The items of a list.
    pub(crate) fn items(&mut self, id: TreeId) -> Option<Vec<TreeId>> {
        match self.tree.value(id) {
            TreeValue::Array => Some(self.tree.children(id).collect()),
            _ => self.wrong(id, "a list"),
        }
    }

    pub(crate) fn is_object(&mut self, id: TreeId) -> Option<()> {
        match self.tree.value(id) {
            TreeValue::Object => Some(()),
            _ => self.wrong(id, "an object"),
        }
    }

    /// Reports keys that are there twice, and keys that mean nothing here.
    pub(crate) fn check_keys(&mut self, id: TreeId, allowed: &[&str]) {
        // What is remembered is only the allowed keys, which are few.
        let mut seen: Vec<&str> = Vec::new();
        for child in self.tree.children(id) {
            let key = self.tree.key(child);
            let is_right = allowed.contains(&key) && !seen.contains(&key);
            if !is_right && self.is_full_at(child) {
                return;
            }
            if seen.contains(&key) {
                let message = format!("the key {} is there twice", quoted(key));
                self.refuse_at::<()>(Diagnostic::new(Code::DuplicateKey, message), child);
            } else if !allowed.contains(&key) {
                let message = format!("the key {} means nothing here", quoted(key));
                self.not_among::<()>(Diagnostic::new(Code::UnknownKey, message), key, allowed, child);
            } else {
                seen.push(key);
            }
        }
    }

    /// The member with a key that must be there.
    pub(crate) fn required(&mut self, id: TreeId, key: &str) -> Option<TreeId> {
        match self.tree.member(id, key) {
            Some(member) => Some(member),
            None => {
                let message = format!("the key {} is missing", quoted(key));
                self.refuse_at(Diagnostic::new(Code::MissingKey, message).expecting([key]), id)
            }
        }
    }

    /// Whether a document may go on to be read: not if its `"v"` is another version of its format.
    pub(crate) fn is_of_version(&mut self, id: TreeId, known: &str, format: &str) -> bool {
        let Some(version) = self.required(id, "v") else { return true };
        match self.tree.value(version) {
            TreeValue::Number(numeral) if **numeral == *known => true,
            TreeValue::Number(numeral) => {
                let message = format!("version {} of the {format} is not known here", quoted(numeral));
                let help = format!("this release reads version {known}");
                let diagnostic = Diagnostic::new(Code::UnknownVersion, message).help(help).expecting([known]);
                self.refuse_at::<()>(diagnostic, version);
                false
            }
            _ => {
                self.wrong::<()>(version, "a number");
                true
            }
        }
    }

    /// Reports a word that is none of those allowed.
    pub(crate) fn unknown_word<T>(
        &mut self,
        what: &str,
        word: &str,
        allowed: &[&str],
        id: TreeId,
    ) -> Option<T> {
        let message = format!("there is no {what} {}", quoted(word));
        self.not_among(Diagnostic::new(Code::UnknownWord, message), word, allowed, id)
    }

    /// Reports a problem with a word, with what is allowed and what is near.
    pub(crate) fn not_among<T>(
        &mut self,
        diagnostic: Diagnostic,
        word: &str,
        allowed: &[&str],
        id: TreeId,
    ) -> Option<T> {
        let near = did_you_mean(&nearest(word, allowed.iter().copied()));
        self.refuse_at(diagnostic.help_if(near).expecting(allowed.iter().copied()), id)
    }
}
