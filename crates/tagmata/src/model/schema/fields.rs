//! Fields.

use super::structure::Schema;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::catalog::{Catalog, CatalogSpaces, Entry};
use crate::model::edit::SchemaEdit;
use crate::model::field::{Field, NewField, default_label};
use crate::model::names::not_there;
use crate::value::{FieldId, ValueType};

impl Schema {
    /// Defines a field.
    ///
    /// ```
    /// use tagmata::{Code, NewField, Schema, ValueType};
    /// let mut schema = Schema::default();
    /// let billed = schema.define_field(NewField::new("billed", ValueType::Number))?;
    /// assert_eq!(schema.field_key(billed), "billed");
    /// let again = schema.define_field(NewField::new("Billed", ValueType::Text));
    /// assert_eq!(again.unwrap_err().code(), Code::NameTaken);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadKey`] if the key is not a word of at most 64 bytes, or is a keyword of filters;
    /// [`Code::BadName`] for a bad label or option; [`Code::NameTaken`] if the key, label or an option is
    /// there; [`Code::BadValue`] for a type that is not in [`ValueType::CUSTOM`], or options on a field that
    /// has none.
    pub fn define_field(&mut self, field: NewField) -> Result<FieldId> {
        let (id, edits) = self.edits_to_define_field(&field)?;
        self.apply_all(&edits);
        Ok(id)
    }

    /// The edits of [`define_field`](Self::define_field).
    pub(crate) fn edits_to_define_field(&self, field: &NewField) -> Result<(FieldId, Vec<SchemaEdit>)> {
        let value_type = field.value_type;
        if !ValueType::CUSTOM.contains(&value_type) {
            return Err(Error::value(
                Diagnostic::new(Code::BadValue, format!("a field cannot be of type `{value_type}`"))
                    .expecting(ValueType::CUSTOM.map(ValueType::as_str)),
            ));
        }
        let takes_options = matches!(value_type, ValueType::Select | ValueType::MultiSelect);
        if !takes_options && !field.options.is_empty() {
            return Err(Error::value(
                Diagnostic::new(Code::BadValue, format!("a field of type `{value_type}` has no options"))
                    .help("options belong to fields of type `select` and `multi_select`"),
            ));
        }
        self.check_key(&field.key)?;
        let id = FieldId::new(self.field_names.next());
        let options = Catalog::default().edits_to_define_all(CatalogSpaces::options(id), &field.options)?;
        let label = field.label.clone().unwrap_or_else(|| default_label(&field.key));
        let mut edits = self.edits_to_add_field(&field.key, &label, value_type)?;
        edits.extend(options);
        Ok((id, edits))
    }

    /// The edits that add a field without options, standard or custom.
    pub(super) fn edits_to_add_field(
        &self,
        key: &str,
        label: &str,
        value_type: ValueType,
    ) -> Result<Vec<SchemaEdit>> {
        let id = FieldId::new(self.field_names.next());
        let mut edits = self.field_names.edits_to_define(CatalogSpaces::FIELDS, key, label)?;
        edits.push(SchemaEdit::Field { id, old: None, new: Some(value_type) });
        Ok(edits)
    }

    /// Gives a field another label; the old one keeps working in stored filters until another field takes it.
    /// ```
    /// use tagmata::{Filter, NewField, Schema, ValueType};
    /// let mut schema = Schema::default();
    /// let billed = schema.define_field(NewField::new("billed", ValueType::Number).label("Amount billed"))?;
    /// schema.relabel_field(billed, "Montant facturé")?;
    /// let filter = Filter::parse("`Montant facturé` > 10 or `Amount billed` = 0", &schema)?;
    /// assert_eq!(filter.to_string(), "billed > 10 or billed = 0");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`] and [`Code::NameTaken`] as for a new field; [`Code::NotFound`] if nothing has the id.
    pub fn relabel_field(&mut self, field: FieldId, label: &str) -> Result<()> {
        let edits = self.edits_to_relabel_field(field, label)?;
        self.apply_all(&edits);
        Ok(())
    }

    /// The edits of [`relabel_field`](Self::relabel_field).
    pub(crate) fn edits_to_relabel_field(&self, field: FieldId, label: &str) -> Result<Vec<SchemaEdit>> {
        self.field_names.edits_to_relabel(CatalogSpaces::FIELDS, field.get(), label)
    }

    /// The edits that delete a field with its options. Who uses it is not asked here.
    ///
    /// # Errors
    /// [`Code::NotFound`] if nothing has the id, [`Code::ReadOnly`] for a standard field.
    pub(crate) fn edits_to_delete_field(&self, field: FieldId) -> Result<Vec<SchemaEdit>> {
        let found = self.field(field).ok_or_else(not_there)?;
        if field.index() < Field::STANDARD.len() {
            let message = format!("the field `{}` cannot be deleted", self.field_key(field));
            return Err(Error::conflict(
                Diagnostic::new(Code::ReadOnly, message)
                    .help("it is a standard field, which every book has; it can get another label"),
            ));
        }
        let mut edits = Vec::new();
        for option in found.options.iter() {
            edits.extend(found.options.edits_to_delete(CatalogSpaces::options(field), option.number)?);
        }
        edits.push(SchemaEdit::Field { id: field, old: Some(found.value_type), new: None });
        edits.extend(self.field_names.edits_to_delete(CatalogSpaces::FIELDS, field.get())?);
        Ok(edits)
    }

    /// All fields, standard ones first.
    ///
    /// ```
    /// # use tagmata::{Field, Schema};
    /// assert_eq!(Schema::default().fields().next().map(|field| field.id()), Some(Field::ID));
    /// ```
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().map(|(_, field)| field)
    }

    /// A field by its id.
    ///
    /// ```
    /// # use tagmata::{Field, FieldId, Schema, ValueType};
    /// let schema = Schema::default();
    /// assert_eq!(schema.field(Field::MOBILE).map(|field| field.value_type()), Some(ValueType::Phone));
    /// assert!(schema.field(FieldId::new(1_000)).is_none());
    /// ```
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(id.get())
    }

    /// The field of a key, in any case.
    ///
    /// ```
    /// # use tagmata::{Field, Schema};
    /// assert_eq!(Schema::default().field_by_key("first_name").map(|f| f.id()), Some(Field::FIRST_NAME));
    /// ```
    #[must_use]
    pub fn field_by_key(&self, key: &str) -> Option<&Field> {
        self.field(FieldId::new(self.field_names.find_by_key(key)?))
    }

    /// The field of a label or, failing that, of a key.
    ///
    /// ```
    /// # use tagmata::{Field, Schema};
    /// let schema = Schema::default();
    /// let id = |name| schema.field_by_label(name).map(|field| field.id());
    /// assert_eq!(id("First name"), Some(Field::FIRST_NAME));
    /// assert_eq!(id("first_name"), Some(Field::FIRST_NAME));
    /// assert_eq!(id("Vorname"), None);
    /// ```
    #[must_use]
    pub fn field_by_label(&self, name: &str) -> Option<&Field> {
        self.field(FieldId::new(self.field_names.find_by_label(name)?))
    }

    /// The key of a field; empty if it is no longer there.
    ///
    /// ```
    /// # use tagmata::{Field, Schema};
    /// assert_eq!(Schema::default().field_key(Field::EMAIL), "email");
    /// ```
    #[must_use]
    pub fn field_key(&self, id: FieldId) -> &str {
        self.field_names.key(id.get())
    }

    /// The label of a field; empty if it is no longer there.
    ///
    /// ```
    /// # use tagmata::{Field, Schema};
    /// assert_eq!(Schema::default().field_label(Field::EMAIL), "E-mail");
    /// ```
    #[must_use]
    pub fn field_label(&self, id: FieldId) -> &str {
        self.field_names.label(id.get())
    }

    pub(crate) fn field_entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.field_names.iter()
    }
}
