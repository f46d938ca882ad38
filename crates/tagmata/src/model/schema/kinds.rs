//! Kinds of interaction.

use super::structure::Schema;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::edit::{NameSpace, SchemaEdit};
use crate::model::names::not_there;
use crate::value::KindId;

/// A kind of interaction.
///
/// ```
/// use tagmata::Schema;
/// let schema = Schema::default();
/// assert_eq!(schema.kind("payment").map(|kind| kind.outgoing), Some(false));
/// assert_eq!(schema.kind("email_sent").map(|kind| kind.outgoing), Some(true));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its number.
    pub id: KindId,
    /// Whether it is something sent to the contact, which says nothing about the contact's own activity.
    pub outgoing: bool,
}

impl Kind {
    /// Whether every book has it.
    pub(crate) fn is_built_in(&self) -> bool {
        self.id.index() < KINDS.len()
    }
}

/// The kinds that every book has; only `email_sent` is outgoing.
pub(super) const KINDS: [&str; 8] = [
    "appointment",
    "group_event",
    "payment",
    "invoice",
    "message",
    "email_sent",
    "email_viewed",
    "email_clicked",
];

impl Schema {
    /// Defines a kind of interaction. What is outgoing does not count as an interaction of the contact.
    ///
    /// ```
    /// use tagmata::{Code, Filter, Schema};
    /// let mut schema = Schema::default();
    /// schema.define_kind("site_visit", false)?;
    /// assert_eq!(Filter::parse("count(site_visit) > 2", &schema)?.to_string(), "count(site_visit) > 2");
    /// assert_eq!(schema.define_kind("email", true).unwrap_err().code(), Code::NameTaken);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadKey`] and [`Code::NameTaken`] as for a field.
    pub fn define_kind(&mut self, key: &str, outgoing: bool) -> Result<KindId> {
        let (id, edits) = self.edits_to_define_kind(key, outgoing)?;
        self.apply_all(&edits);
        Ok(id)
    }

    /// The edits of [`define_kind`](Self::define_kind).
    pub(crate) fn edits_to_define_kind(
        &self,
        key: &str,
        outgoing: bool,
    ) -> Result<(KindId, Vec<SchemaEdit>)> {
        self.check_key(key)?;
        let id = KindId::new(self.kind_names.next());
        Ok((id, self.edits_to_add_kind(key, outgoing)?))
    }

    /// The edits that add a kind, built-in or not.
    pub(super) fn edits_to_add_kind(&self, key: &str, outgoing: bool) -> Result<Vec<SchemaEdit>> {
        let id = KindId::new(self.kind_names.next());
        let mut edits = self.kind_names.edits_to_add(NameSpace::Kinds, key)?;
        edits.push(SchemaEdit::Kind { id, old: None, new: Some(outgoing) });
        Ok(edits)
    }

    /// The edits that delete a kind of interaction. Who uses it is not asked here.
    ///
    /// # Errors
    /// [`Code::NotFound`] if nothing has the id, [`Code::ReadOnly`] for a built-in kind.
    pub(crate) fn edits_to_delete_kind(&self, kind: KindId) -> Result<Vec<SchemaEdit>> {
        let outgoing = *self.kinds.get(kind.get()).ok_or_else(not_there)?;
        if kind.index() < KINDS.len() {
            let key = self.kind_key(kind);
            let message = format!("the kind of interaction `{key}` cannot be deleted");
            return Err(Error::conflict(Diagnostic::new(Code::ReadOnly, message).help(
                "it is built in, and every book has it; only kinds that were defined can be deleted",
            )));
        }
        let mut edits = vec![SchemaEdit::Kind { id: kind, old: Some(outgoing), new: None }];
        edits.extend(self.kind_names.edits_to_delete(NameSpace::Kinds, kind.get())?);
        Ok(edits)
    }

    /// The kind of interaction of a key.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<Kind> {
        let number = self.kind_names.find(key)?;
        self.kinds.get(number).map(|outgoing| Kind { id: KindId::new(number), outgoing: *outgoing })
    }

    /// The key of a kind of interaction; empty if it is no longer there.
    ///
    /// ```
    /// # use tagmata::{KindId, Schema};
    /// assert_eq!(Schema::default().kind_key(KindId::new(2)), "payment");
    /// ```
    #[must_use]
    pub fn kind_key(&self, id: KindId) -> &str {
        self.kind_names.get(id.get()).unwrap_or_default()
    }

    /// The keys of all kinds of interaction.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kind_names.iter()
    }

    /// All kinds of interaction with their keys, in the order of their definition.
    ///
    /// ```
    /// # use tagmata::Schema;
    /// let schema = Schema::default();
    /// let outgoing = schema.kind_entries().filter(|(kind, _)| kind.outgoing);
    /// assert_eq!(outgoing.map(|(_, key)| key).collect::<Vec<_>>(), ["email_sent"]);
    /// ```
    pub fn kind_entries(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.kinds.iter().map(|(number, outgoing)| {
            let id = KindId::new(number);
            (Kind { id, outgoing: *outgoing }, self.kind_key(id))
        })
    }

    /// Whether a kind of interaction of this id is there.
    pub(crate) fn has_kind(&self, kind: KindId) -> bool {
        self.kinds.get(kind.get()).is_some()
    }
}
