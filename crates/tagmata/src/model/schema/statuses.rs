//! Statuses, and their order.

use super::structure::Schema;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::catalog::{Catalog, CatalogSpaces};
use crate::model::edit::SchemaEdit;
use crate::model::field::default_label;
use crate::model::names::not_there;
use crate::text::quoted;
use crate::value::StatusId;

impl Schema {
    /// Defines a status; its label is made from the key if none is given.
    ///
    /// ```
    /// use tagmata::Schema;
    /// let mut schema = Schema::default();
    /// let status = schema.define_status("on_hold", None)?;
    /// assert_eq!(schema.statuses().label(status.get()), "On hold");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`] and [`Code::NameTaken`].
    pub fn define_status(&mut self, key: &str, label: Option<&str>) -> Result<StatusId> {
        let (id, edits) = self.edits_to_define_status(key, label)?;
        self.apply_all(&edits);
        Ok(id)
    }

    /// The edits of [`define_status`](Self::define_status). It becomes the last in the order.
    pub(crate) fn edits_to_define_status(
        &self,
        key: &str,
        label: Option<&str>,
    ) -> Result<(StatusId, Vec<SchemaEdit>)> {
        let id = StatusId::new(self.statuses.next());
        let label = label.map_or_else(|| default_label(key), str::to_owned);
        let mut edits = self.statuses.edits_to_define(CatalogSpaces::STATUSES, key, &label)?;
        edits.push(self.edit_of_order(self.statuses_in_order().chain([id])));
        Ok((id, edits))
    }

    /// The edits that give a status another label; the old one keeps working until another status takes it.
    ///
    /// # Errors
    /// [`Code::BadName`] and [`Code::NameTaken`]; [`Code::NotFound`] if nothing has the id.
    pub(crate) fn edits_to_relabel_status(&self, status: StatusId, label: &str) -> Result<Vec<SchemaEdit>> {
        self.statuses.edits_to_relabel(CatalogSpaces::STATUSES, status.get(), label)
    }

    /// The edits that show the statuses in another order.
    ///
    /// # Errors
    /// [`Code::NotFound`] if nothing has one of the ids, [`Code::BadValue`] if a status is there twice or not at all.
    pub(crate) fn edits_to_order_statuses(&self, order: &[StatusId]) -> Result<Vec<SchemaEdit>> {
        if !order.iter().all(|status| self.has_status(*status)) {
            return Err(not_there());
        }
        for status in self.statuses_in_order() {
            let problem = match order.iter().filter(|other| **other == status).count() {
                0 => "is missing in the order",
                1 => continue,
                _ => "is in the order more than once",
            };
            let message = format!("the status {} {problem}", quoted(self.statuses.key(status.get())));
            return Err(Error::value(
                Diagnostic::new(Code::BadValue, message).help("an order has each status once"),
            ));
        }
        match order == self.status_order {
            true => Ok(Vec::new()),
            false => Ok(vec![self.edit_of_order(order.iter().copied())]),
        }
    }

    /// The edits that delete a status. Who uses it is not asked here.
    ///
    /// # Errors
    /// [`Code::NotFound`] if nothing has the id.
    pub(crate) fn edits_to_delete_status(&self, status: StatusId) -> Result<Vec<SchemaEdit>> {
        let mut edits = self.statuses.edits_to_delete(CatalogSpaces::STATUSES, status.get())?;
        edits.push(self.edit_of_order(self.statuses_in_order().filter(|other| *other != status)));
        Ok(edits)
    }

    fn edit_of_order(&self, new: impl Iterator<Item = StatusId>) -> SchemaEdit {
        SchemaEdit::StatusOrder { old: self.status_order.as_slice().into(), new: new.collect() }
    }

    /// The statuses, in the order of their definition.
    #[must_use]
    pub fn statuses(&self) -> &Catalog {
        &self.statuses
    }

    /// The statuses, in the order in which a book shows them.
    ///
    /// ```
    /// # use tagmata::Schema;
    /// let mut schema = Schema::default();
    /// let on_hold = schema.define_status("on_hold", None)?;
    /// assert_eq!(schema.statuses_in_order().last(), Some(on_hold));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn statuses_in_order(&self) -> impl Iterator<Item = StatusId> {
        self.status_order.iter().copied()
    }

    /// The status of a key or label.
    ///
    /// ```
    /// # use tagmata::{Schema, StatusId};
    /// let schema = Schema::default();
    /// assert_eq!(schema.status("Active"), Some(StatusId::new(1)));
    /// assert_eq!(schema.status("asleep"), None);
    /// ```
    #[must_use]
    pub fn status(&self, name: &str) -> Option<StatusId> {
        self.statuses.find(name).map(StatusId::new)
    }

    /// The key of a status; empty if it is no longer there.
    ///
    /// ```
    /// # use tagmata::{Schema, StatusId};
    /// let schema = Schema::default();
    /// assert_eq!(schema.status_key(StatusId::new(1)), "active");
    /// ```
    #[must_use]
    pub fn status_key(&self, id: StatusId) -> &str {
        self.statuses.key(id.get())
    }

    /// Whether a status of this id is there.
    pub(crate) fn has_status(&self, status: StatusId) -> bool {
        self.statuses.has(status.get())
    }
}
