//! Options of select and multi-select fields.

use super::structure::Schema;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::catalog::{Catalog, CatalogSpaces};
use crate::model::edit::SchemaEdit;
use crate::model::field::Field;
use crate::model::names::not_there;
use crate::value::{FieldId, OptionId, ValueType};

impl Schema {
    /// Adds an option to a select or multi-select field.
    ///
    /// ```
    /// use tagmata::{Code, Field, NewField, Schema, ValueType};
    /// let mut schema = Schema::default();
    /// let software = schema.define_field(NewField::new("software", ValueType::Select).option("Xero"))?;
    /// let myob = schema.define_option(software, "myob", "MYOB")?;
    /// assert_eq!(myob.get(), 1);
    /// let error = schema.define_option(Field::EMAIL, "work", "Work").unwrap_err();
    /// assert_eq!(error.code(), Code::NotFound);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`] and [`Code::NameTaken`]; [`Code::NotFound`] if the field is no select.
    pub fn define_option(&mut self, field: FieldId, key: &str, label: &str) -> Result<OptionId> {
        let (id, edits) = self.edits_to_define_option(field, key, label)?;
        self.apply_all(&edits);
        Ok(id)
    }

    /// The edits of [`define_option`](Self::define_option).
    pub(crate) fn edits_to_define_option(
        &self,
        field: FieldId,
        key: &str,
        label: &str,
    ) -> Result<(OptionId, Vec<SchemaEdit>)> {
        let options = self.options_of_select(field)?;
        let edits = options.edits_to_define(CatalogSpaces::options(field), key, label)?;
        Ok((OptionId::new(options.next()), edits))
    }

    /// The edits that add several options, as keys with labels, and the number of the first; the others follow it.
    ///
    /// # Errors
    /// As [`define_option`](Self::define_option), also where the new options take names from each other.
    pub(crate) fn edits_to_define_options(
        &self,
        field: FieldId,
        new: &[(String, String)],
    ) -> Result<(OptionId, Vec<SchemaEdit>)> {
        let options = self.options_of_select(field)?;
        let edits = options.edits_to_define_all(CatalogSpaces::options(field), new)?;
        Ok((OptionId::new(options.next()), edits))
    }

    fn options_of_select(&self, field: FieldId) -> Result<&Catalog> {
        match self.field(field) {
            Some(Field { value_type: ValueType::Select | ValueType::MultiSelect, options, .. }) => {
                Ok(options)
            }
            _ => Err(Error::value(
                Diagnostic::new(Code::NotFound, "the field has no options")
                    .help("options belong to fields of type `select` and `multi_select`"),
            )),
        }
    }

    /// Gives an option another label; the old one keeps working until another option takes it.
    /// ```
    /// use tagmata::{NewField, Schema, ValueType};
    /// let mut schema = Schema::default();
    /// let software = schema.define_field(NewField::new("software", ValueType::Select))?;
    /// let myob = schema.define_option(software, "myob", "MYOB")?;
    /// schema.relabel_option(software, myob, "MYOB Business")?;
    /// let options = schema.field(software).unwrap().options();
    /// assert_eq!(options.label(myob.get()), "MYOB Business");
    /// assert_eq!(options.find("MYOB"), Some(myob.get()));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`] and [`Code::NameTaken`]; [`Code::NotFound`] if nothing has the id.
    pub fn relabel_option(&mut self, field: FieldId, option: OptionId, label: &str) -> Result<()> {
        let edits = self.edits_to_relabel_option(field, option, label)?;
        self.apply_all(&edits);
        Ok(())
    }

    /// The edits of [`relabel_option`](Self::relabel_option).
    pub(crate) fn edits_to_relabel_option(
        &self,
        field: FieldId,
        option: OptionId,
        label: &str,
    ) -> Result<Vec<SchemaEdit>> {
        let options = self.field(field).map(Field::options).ok_or_else(not_there)?;
        options.edits_to_relabel(CatalogSpaces::options(field), option.get(), label)
    }

    /// The edits that delete an option. Who uses it is not asked here.
    ///
    /// # Errors
    /// [`Code::NotFound`] if nothing has the id.
    pub(crate) fn edits_to_delete_option(&self, field: FieldId, option: OptionId) -> Result<Vec<SchemaEdit>> {
        let options = self.field(field).map(Field::options).ok_or_else(not_there)?;
        options.edits_to_delete(CatalogSpaces::options(field), option.get())
    }

    /// Whether a field is there and has an option of this id.
    pub(crate) fn has_option(&self, field: FieldId, option: OptionId) -> bool {
        self.field(field).is_some_and(|field| field.options.has(option.get()))
    }
}
