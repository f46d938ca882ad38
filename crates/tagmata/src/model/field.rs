//! Fields: the standard ones, and those a book defines.

use super::Catalog;
use crate::value::{FieldId, ValueType};

/// A field of contacts.
///
/// ```
/// use tagmata::{Field, NewField, Schema, ValueType};
/// let mut schema = Schema::default();
/// let id = schema.define_field(NewField::new("software", ValueType::Select).option("Xero"))?;
/// let field = schema.field(id).unwrap();
/// assert_eq!((field.id(), field.value_type()), (id, ValueType::Select));
/// assert_eq!(field.options().find("xero"), Some(0));
/// assert_eq!(schema.field_by_key("email").map(Field::id), Some(Field::EMAIL));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub(super) id: FieldId,
    pub(super) value_type: ValueType,
    pub(super) options: Catalog,
}

/// Names the standard fields, in the order of their ids.
macro_rules! standard {
    ($($name:ident $key:literal $label:literal $type:ident;)+) => {
        impl Field {
            standard!(@ids 0_u32; $($name $key;)+);

            /// Key, label and type of each standard field, in the order of ids.
            pub(crate) const STANDARD: &'static [(&'static str, &'static str, ValueType)] =
                &[$(($key, $label, ValueType::$type),)+];
        }
    };
    (@ids $n:expr; $name:ident $key:literal; $($rest:tt)*) => {
        #[doc = concat!("The standard field `", $key, "`.")]
        pub const $name: FieldId = FieldId::new($n);
        standard!(@ids $n + 1; $($rest)*);
    };
    (@ids $n:expr;) => {};
}

standard! {
    ID "id" "Id" Id;
    EXTERNAL_ID "external_id" "External id" Text;
    ACCOUNT_NUMBER "account_number" "Account number" Text;
    FIRST_NAME "first_name" "First name" Text;
    LAST_NAME "last_name" "Last name" Text;
    NAME "name" "Name" Text;
    EMAIL "email" "E-mail" Email;
    MOBILE "mobile" "Mobile" Phone;
    COUNTRY "country" "Country" Country;
    ORGANIZATION "organization" "Organization" Text;
    SOURCE "source" "Source" Text;
    STATUS "status" "Status" Status;
    STATUS_CHANGED_AT "status_changed_at" "Status changed at" DateTime;
    TAGS "tags" "Tags" Tags;
    SEGMENTS "segments" "Segments" Segments;
    CREATED_AT "created_at" "Created at" DateTime;
    UPDATED_AT "updated_at" "Updated at" DateTime;
    LAST_INTERACTION "last_interaction" "Last interaction" DateTime;
}

impl Field {
    /// The number of the field.
    #[must_use]
    pub fn id(&self) -> FieldId {
        self.id
    }

    /// What the field holds.
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        self.value_type
    }

    /// The options of a select or multi-select field; empty for others.
    #[must_use]
    pub fn options(&self) -> &Catalog {
        &self.options
    }

    /// The label that a standard field has unless it is given another one; `None` for a custom field.
    pub(crate) fn standard_label(id: FieldId) -> Option<&'static str> {
        Self::STANDARD.get(id.index()).map(|(_, label, _)| *label)
    }

    /// Whether every contact of a book has a value in the field.
    pub(crate) fn is_always_present(&self) -> bool {
        [Self::ID, Self::STATUS, Self::CREATED_AT, Self::UPDATED_AT].contains(&self.id)
    }
}

/// A field to be defined.
///
/// ```
/// use tagmata::{NewField, Schema, ValueType};
/// let mut schema = Schema::default();
/// let id = schema.define_field(NewField::new("billed", ValueType::Number).label("Montant facturé"))?;
/// assert_eq!(schema.field_label(id), "Montant facturé");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NewField {
    pub(super) key: String,
    pub(super) value_type: ValueType,
    pub(super) label: Option<String>,
    pub(super) options: Vec<(String, String)>,
}

impl NewField {
    /// A field with a key and a type; its label is made from the key.
    ///
    /// ```
    /// use tagmata::{NewField, Schema, ValueType};
    /// let mut schema = Schema::default();
    /// let id = schema.define_field(NewField::new("client_type", ValueType::Text))?;
    /// assert_eq!(schema.field_label(id), "Client type");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn new(key: impl Into<String>, value_type: ValueType) -> Self {
        Self { key: key.into(), value_type, label: None, options: Vec::new() }
    }

    /// Sets what people see.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds an option whose key is also its label.
    pub fn option(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.labelled_option(name.clone(), name)
    }

    /// Adds an option with a key of its own.
    ///
    /// ```
    /// use tagmata::{NewField, Schema, ValueType};
    /// let mut schema = Schema::default();
    /// let field = NewField::new("software", ValueType::Select).labelled_option("qbo", "QuickBooks Online");
    /// let id = schema.define_field(field.option("Xero"))?;
    /// let options = schema.field(id).unwrap().options().iter();
    /// let options: Vec<_> = options.map(|option| (option.key, option.label)).collect();
    /// assert_eq!(options, [("qbo", "QuickBooks Online"), ("Xero", "Xero")]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn labelled_option(mut self, key: impl Into<String>, label: impl Into<String>) -> Self {
        self.options.push((key.into(), label.into()));
        self
    }
}

/// The label of a key: `client_type` reads `Client type`.
pub(super) fn default_label(key: &str) -> String {
    let spaced = key.replace('_', " ");
    let mut chars = spaced.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => key.to_owned(),
    }
}
