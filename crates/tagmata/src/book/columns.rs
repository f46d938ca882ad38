//! Contacts by columns, for hosts that hold tables.

use super::book::Book;
use crate::change::{FilterSource, Ref};
use crate::csv::default_export_fields;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::Field;
use crate::table::{ValueRef, Values};
use crate::text::quoted;
use crate::value::{ContactId, FieldId, MemberSet, Symbol, ValueType};
use std::collections::BTreeSet;

/// Contacts by columns, as they were when they were asked for: what changes the book afterwards does not change these.
///
/// ```
/// use tagmata::{Book, Draft, Timestamp, ValueRef};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.create_contact(Draft::new().set("first_name", "Zoé").set("tags", ["vip", "new"]), now)?;
/// let table = book.columns("everyone", Some(&["first_name".into(), "tags".into()]))?;
/// assert_eq!(table.contacts.to_numbers(), [0]);
/// let [first_name, tags] = &table.columns[..] else { unreachable!() };
/// assert_eq!(first_name.values.lent(0), Some(ValueRef::Text { written: "Zoé", folded: "zoé" }));
/// let Some(ValueRef::Many(set)) = tags.values.lent(0) else { unreachable!() };
/// assert_eq!(set.iter().map(|tag| tags.name_of(*tag).unwrap()).collect::<Vec<_>>(), ["vip", "new"]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive] // made by `Book::columns`
pub struct ContactColumns {
    /// The contacts, which are the rows, ascending.
    pub contacts: MemberSet,
    /// The columns, in the order in which they were asked for.
    pub columns: Vec<ContactColumn>,
}

/// The values of one field, in the order of the contacts.
#[derive(Debug, Clone)]
#[non_exhaustive] // made by `Book::columns`
pub struct ContactColumn {
    /// The key of the field.
    pub key: String,
    /// What the field holds.
    pub value_type: ValueType,
    /// Its values. Ids have none of their own: they are the contacts.
    pub values: Values,
    /// What the symbols that may be in it are called.
    names: Vec<String>,
    /// The symbols, ascending, with the places of their names.
    places: Vec<(Symbol, usize)>,
}

impl ContactColumn {
    /// What the symbols that may be in the column are called, each once: keys of options and statuses, codes of countries, names of tags
    /// and segments. None for a column without symbols.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of a symbol among the [`names`](Self::names).
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp, ValueRef};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("first_name", "Zoé").set("status", "vip"), now)?;
    /// let table = book.columns("everyone", Some(&["status".into()]))?;
    /// let status = &table.columns[0];
    /// assert_eq!(status.names(), ["lead", "active", "vip", "inactive"]);
    /// let Some(ValueRef::One(vip)) = status.values.lent(0) else { unreachable!() };
    /// assert_eq!(status.place_of(vip), Some(2));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn place_of(&self, symbol: Symbol) -> Option<usize> {
        let found = self.places.binary_search_by_key(&symbol, |(symbol, _)| *symbol).ok()?;
        self.places.get(found).map(|(_, place)| *place)
    }

    /// What a symbol of the column is called.
    #[must_use]
    pub fn name_of(&self, symbol: Symbol) -> Option<&str> {
        self.names.get(self.place_of(symbol)?).map(String::as_str)
    }
}

impl Book {
    /// The contacts that match a filter, by columns: fields by their keys, labels or ids. Without them, `id` and the
    /// [`default_export_fields`]. In the column `segments` are the static ones: dynamic ones follow from the rest.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp, ValueRef};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// let table = book.columns("status = lead", None)?;
    /// let keys: Vec<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
    /// assert_eq!((&keys[..2], keys.last()), (&["id", "external_id"][..], Some(&"created_at")));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::select`]; [`Code::UnknownField`] for a name that is none, [`Code::NotFound`](crate::Code::NotFound) for an
    /// id that is no field's, [`Code::ColumnTwice`].
    pub fn columns(
        &self,
        filter: impl Into<FilterSource>,
        fields: Option<&[Ref<FieldId>]>,
    ) -> Result<ContactColumns> {
        let fields = self.columns_of(fields)?;
        let contacts = self.select(filter)?;
        let columns = fields.into_iter().map(|field| self.column(field, &contacts)).collect();
        Ok(ContactColumns { contacts, columns })
    }

    fn columns_of(&self, wanted: Option<&[Ref<FieldId>]>) -> Result<Vec<&Field>> {
        let schema = self.schema();
        let Some(wanted) = wanted else {
            let all = std::iter::once(Field::ID).chain(default_export_fields(schema));
            return Ok(all.filter_map(|field| schema.field(field)).collect());
        };
        let mut fields: Vec<&Field> = Vec::with_capacity(wanted.len());
        for wanted in wanted {
            let field = wanted.resolve(schema)?;
            if fields.iter().any(|other| other.id() == field.id()) {
                let message =
                    format!("the column {} is asked for twice", quoted(schema.field_key(field.id())));
                return Err(Error::value(Diagnostic::new(Code::ColumnTwice, message)));
            }
            fields.push(field);
        }
        Ok(fields)
    }

    fn column(&self, field: &Field, contacts: &MemberSet) -> ContactColumn {
        let (schema, values) = (self.schema(), self.column_values(field, contacts));
        let symbols = match field.value_type() {
            ValueType::Country => countries(&values),
            _ => schema.symbols_in_order(field),
        };
        let names =
            symbols.iter().map(|symbol| schema.symbol_key(field.id(), *symbol).into_owned()).collect();
        let mut places: Vec<_> = symbols.iter().copied().zip(0..).collect();
        places.sort_unstable();
        let key = schema.field_key(field.id()).to_owned();
        ContactColumn { key, value_type: field.value_type(), values, names, places }
    }

    fn column_values(&self, field: &Field, contacts: &MemberSet) -> Values {
        let (table, count) = (&self.state.table, usize::try_from(contacts.len()).unwrap_or(usize::MAX));
        match field.id() {
            Field::ID => Values::same(None, count),
            Field::LAST_INTERACTION => match table.last_interactions() {
                Some(heard) => heard.values_at(contacts),
                None => Values::same(None, count),
            },
            // Made from others for each contact.
            Field::NAME => {
                let value = |contact: ContactId| self.state.value(contact, Field::NAME);
                Values::collect(field.value_type(), contacts.iter().map(value))
            }
            stored => table.values_of(contacts, stored),
        }
    }
}

/// The countries among values, by their codes.
fn countries(values: &Values) -> Vec<Symbol> {
    let country = |at| match values.lent(at) {
        Some(ValueRef::One(country)) => Some(country),
        _ => None,
    };
    (0..values.len()).filter_map(country).collect::<BTreeSet<_>>().into_iter().collect()
}
