//! Tags.

use super::structure::Schema;
use crate::error::Result;
use crate::model::edit::{NameSpace, SchemaEdit};
use crate::value::TagId;

impl Schema {
    /// The tag of a name, which is made if it is new.
    ///
    /// ```
    /// use tagmata::Schema;
    /// let mut schema = Schema::default();
    /// let vip = schema.define_tag("VIP")?;
    /// assert_eq!(schema.define_tag("vip")?, vip);
    /// assert_eq!(schema.tags().collect::<Vec<_>>(), ["VIP"]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) if the name is blank or too long.
    pub fn define_tag(&mut self, name: &str) -> Result<TagId> {
        let (id, edits) = self.edits_to_define_tag(name)?;
        self.apply_all(&edits);
        Ok(id)
    }

    /// The edits of [`define_tag`](Self::define_tag). There are none for a tag that is there.
    pub(crate) fn edits_to_define_tag(&self, name: &str) -> Result<(TagId, Vec<SchemaEdit>)> {
        match self.tags.find(name) {
            Some(tag) => Ok((TagId::new(tag), Vec::new())),
            None => {
                let edits = self.tags.edits_to_add(NameSpace::Tags, name)?;
                Ok((TagId::new(self.tags.next()), edits))
            }
        }
    }

    /// Renames a tag; the old name keeps working until another tag takes it.
    /// ```
    /// use tagmata::Schema;
    /// let mut schema = Schema::default();
    /// let vip = schema.define_tag("vip")?;
    /// schema.rename_tag(vip, "Key account")?;
    /// assert_eq!(schema.tag_name(vip), "Key account");
    /// assert_eq!(schema.tag("VIP"), Some(vip));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) and [`Code::NameTaken`](crate::Code::NameTaken);
    /// [`Code::NotFound`](crate::Code::NotFound) if nothing has the id.
    pub fn rename_tag(&mut self, tag: TagId, name: &str) -> Result<()> {
        let edits = self.edits_to_rename_tag(tag, name)?;
        self.apply_all(&edits);
        Ok(())
    }

    /// The edits of [`rename_tag`](Self::rename_tag).
    pub(crate) fn edits_to_rename_tag(&self, tag: TagId, name: &str) -> Result<Vec<SchemaEdit>> {
        self.tags.edits_to_rename(NameSpace::Tags, tag.get(), name)
    }

    /// The edits that delete a tag. Who uses it is not asked here.
    ///
    /// # Errors
    /// [`Code::NotFound`](crate::Code::NotFound) if nothing has the id.
    pub(crate) fn edits_to_delete_tag(&self, tag: TagId) -> Result<Vec<SchemaEdit>> {
        self.tags.edits_to_delete(NameSpace::Tags, tag.get())
    }

    /// The tag of a name, current or old.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<TagId> {
        self.tags.find(name).map(TagId::new)
    }

    /// The name of a tag; empty if it is no longer there.
    #[must_use]
    pub fn tag_name(&self, id: TagId) -> &str {
        self.tags.get(id.get()).unwrap_or_default()
    }

    /// The names of all tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> + Clone {
        self.tags.iter()
    }

    /// All tags with their names, in the order of their definition.
    ///
    /// ```
    /// # use tagmata::Schema;
    /// let mut schema = Schema::default();
    /// let vip = schema.define_tag("VIP")?;
    /// assert_eq!(schema.tag_entries().collect::<Vec<_>>(), [(vip, "VIP")]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn tag_entries(&self) -> impl Iterator<Item = (TagId, &str)> {
        self.tags.entries().map(|(number, name)| (TagId::new(number), name))
    }

    /// Whether a tag of this id is there.
    pub(crate) fn has_tag(&self, tag: TagId) -> bool {
        self.tags.get(tag.get()).is_some()
    }
}
