//! Segments.

use super::structure::Schema;
use crate::error::Result;
use crate::model::edit::{NameSpace, SchemaEdit};
use crate::value::SegmentId;

impl Schema {
    /// Adds the name of a segment.
    ///
    /// ```
    /// use tagmata::{Code, Schema};
    /// let mut schema = Schema::default();
    /// let north = schema.define_segment("Région Nord")?;
    /// assert_eq!(schema.segment("région nord"), Some(north));
    /// assert_eq!(schema.define_segment("RÉGION NORD").unwrap_err().code(), Code::NameTaken);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) and [`Code::NameTaken`](crate::Code::NameTaken).
    pub fn define_segment(&mut self, name: &str) -> Result<SegmentId> {
        let (id, edits) = self.edits_to_define_segment(name)?;
        self.apply_all(&edits);
        Ok(id)
    }

    /// The edits of [`define_segment`](Self::define_segment).
    pub(crate) fn edits_to_define_segment(&self, name: &str) -> Result<(SegmentId, Vec<SchemaEdit>)> {
        let edits = self.segments.edits_to_add(NameSpace::Segments, name)?;
        Ok((SegmentId::new(self.segments.next()), edits))
    }

    /// Renames a segment; the old name keeps working until another segment takes it.
    /// ```
    /// use tagmata::Schema;
    /// let mut schema = Schema::default();
    /// let north = schema.define_segment("Nord")?;
    /// schema.rename_segment(north, "Région Nord")?;
    /// assert_eq!(schema.segment_name(north), "Région Nord");
    /// assert_eq!(schema.segment("Nord"), Some(north));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) and [`Code::NameTaken`](crate::Code::NameTaken);
    /// [`Code::NotFound`](crate::Code::NotFound) if nothing has the id.
    pub fn rename_segment(&mut self, segment: SegmentId, name: &str) -> Result<()> {
        let edits = self.edits_to_rename_segment(segment, name)?;
        self.apply_all(&edits);
        Ok(())
    }

    /// The edits of [`rename_segment`](Self::rename_segment).
    pub(crate) fn edits_to_rename_segment(&self, segment: SegmentId, name: &str) -> Result<Vec<SchemaEdit>> {
        self.segments.edits_to_rename(NameSpace::Segments, segment.get(), name)
    }

    /// The edits that delete a segment. Who uses it is not asked here.
    ///
    /// # Errors
    /// [`Code::NotFound`](crate::Code::NotFound) if nothing has the id.
    pub(crate) fn edits_to_delete_segment(&self, segment: SegmentId) -> Result<Vec<SchemaEdit>> {
        self.segments.edits_to_delete(NameSpace::Segments, segment.get())
    }

    /// The segment of a name, current or old.
    #[must_use]
    pub fn segment(&self, name: &str) -> Option<SegmentId> {
        self.segments.find(name).map(SegmentId::new)
    }

    /// The name of a segment; empty if it is no longer there.
    #[must_use]
    pub fn segment_name(&self, id: SegmentId) -> &str {
        self.segments.get(id.get()).unwrap_or_default()
    }

    /// The names of all segments.
    pub fn segments(&self) -> impl Iterator<Item = &str> + Clone {
        self.segments.iter()
    }

    /// All segments with their names, in the order of their definition.
    ///
    /// ```
    /// # use tagmata::Schema;
    /// let mut schema = Schema::default();
    /// let north = schema.define_segment("Nord")?;
    /// assert_eq!(schema.segment_entries().collect::<Vec<_>>(), [(north, "Nord")]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn segment_entries(&self) -> impl Iterator<Item = (SegmentId, &str)> {
        self.segments.entries().map(|(number, name)| (SegmentId::new(number), name))
    }

    /// Whether a segment of this id is there.
    pub(crate) fn has_segment(&self, segment: SegmentId) -> bool {
        self.segments.get(segment.get()).is_some()
    }
}
