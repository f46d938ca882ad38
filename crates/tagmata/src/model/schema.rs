//! All names of a book, and the settings by which values and filters are read.

use super::catalog::{Catalog, Entry};
use super::field::{Field, NewField, default_label};
use super::names::{Names, not_there};
use super::settings::Settings;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{is_keyword, is_word, quoted};
use crate::value::{FieldId, KindId, OptionId, SegmentId, StatusId, TagId, ValueType};

/// The names that filters and values may use: fields, options, statuses, tags, segments, kinds of interaction.
///
/// ```
/// use tagmata::{Filter, NewField, Schema, ValueType};
/// let mut schema = Schema::default();
/// schema.define_field(NewField::new("software", ValueType::MultiSelect).option("Xero").option("MYOB"))?;
/// schema.define_tag("vip")?;
/// let filter = Filter::parse("software has any (xero, MYOB) and not tags has vip", &schema)?;
/// assert_eq!(filter.to_string(), r#"software has any ("Xero", "MYOB") and not tags has "vip""#);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Schema {
    settings: Settings,
    field_names: Catalog,
    fields: Vec<Field>,
    statuses: Catalog,
    kind_names: Names,
    kinds: Vec<Kind>,
    tags: Names,
    segments: Names,
}

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

/// The kinds that every book has; only `email_sent` is outgoing.
const KINDS: [&str; 8] = [
    "appointment",
    "group_event",
    "payment",
    "invoice",
    "message",
    "email_sent",
    "email_viewed",
    "email_clicked",
];

/// The statuses that every book has (vcita: lead, active, VIP, inactive).
const STATUSES: [(&str, &str); 4] =
    [("lead", "Lead"), ("active", "Active"), ("vip", "VIP"), ("inactive", "Inactive")];

impl Default for Schema {
    fn default() -> Self {
        Self::new(Settings::default())
    }
}

impl Schema {
    /// The schema of an empty book: standard fields, four statuses, eight kinds of interaction.
    ///
    /// ```
    /// use tagmata::{Schema, Settings};
    /// let schema = Schema::new(Settings { default_country: Some("FR".parse()?), ..Settings::default() });
    /// assert_eq!(schema.settings().default_country, Some("FR".parse()?));
    /// assert_eq!((schema.statuses().iter().len(), schema.kinds().len()), (4, 8));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let mut schema = Self {
            settings,
            field_names: Catalog::default(),
            fields: Vec::new(),
            statuses: Catalog::default(),
            kind_names: Names::default(),
            kinds: Vec::new(),
            tags: Names::default(),
            segments: Names::default(),
        };
        // The built-in names are distinct words, so that none of these can be refused; a test defines them all.
        for (key, label, value_type) in Field::STANDARD {
            let _ = schema.add_field(key, label, *value_type, Catalog::default());
        }
        for (key, label) in STATUSES {
            let _ = schema.statuses.define(key, label);
        }
        for key in KINDS {
            let _ = schema.add_kind(key, key == "email_sent");
        }
        schema
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

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
        if !ValueType::CUSTOM.contains(&field.value_type) {
            return Err(Error::value(
                Diagnostic::new(Code::BadValue, format!("a field cannot be of type `{}`", field.value_type))
                    .expecting(ValueType::CUSTOM.map(ValueType::as_str)),
            ));
        }
        let takes_options = matches!(field.value_type, ValueType::Select | ValueType::MultiSelect);
        if !takes_options && !field.options.is_empty() {
            return Err(Error::value(
                Diagnostic::new(
                    Code::BadValue,
                    format!("a field of type `{}` has no options", field.value_type),
                )
                .help("options belong to fields of type `select` and `multi_select`"),
            ));
        }
        self.check_key(&field.key)?;
        let mut options = Catalog::default();
        for (key, label) in &field.options {
            options.define(key, label)?;
        }
        let label = field.label.unwrap_or_else(|| default_label(&field.key));
        self.add_field(&field.key, &label, field.value_type, options)
    }

    fn add_field(
        &mut self,
        key: &str,
        label: &str,
        value_type: ValueType,
        options: Catalog,
    ) -> Result<FieldId> {
        let id = FieldId::new(self.field_names.define(key, label)?);
        self.fields.push(Field { id, value_type, options });
        Ok(id)
    }

    fn check_key(&self, key: &str) -> Result<()> {
        const LONGEST: usize = 64;
        let bad = |message: String, help: &str| {
            Err(Error::value(Diagnostic::new(Code::BadKey, message).help(help)))
        };
        if !is_word(key) || key.len() > LONGEST {
            let help =
                "a key is a letter or `_`, then letters, digits and `_`, at most 64 bytes; labels are free";
            return bad(format!("{} is not a key", quoted(key)), help);
        }
        if is_keyword(key) {
            let help = "take another key; the label may still be this word";
            return bad(format!("{} is a word of the filter language", quoted(key)), help);
        }
        let owner = match () {
            () if self.field_names.find_by_key(key).is_some() => "a field",
            () if self.kind_names.find(key).is_some() => "a kind of interaction",
            () => return Ok(()),
        };
        let message = format!("the name {} is taken", quoted(key));
        let help = format!("it is the key of {owner}; fields and kinds of interaction share one name space");
        Err(Error::conflict(Diagnostic::new(Code::NameTaken, message).help(help)))
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
        self.field_names.relabel(field.get(), label)
    }

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
        match self.fields.get_mut(field.index()) {
            Some(Field { value_type: ValueType::Select | ValueType::MultiSelect, options, .. }) => {
                options.define(key, label).map(OptionId::new)
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
        match self.fields.get_mut(field.index()) {
            Some(field) => field.options.relabel(option.get(), label),
            None => Err(not_there()),
        }
    }

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
        let label = label.map_or_else(|| default_label(key), str::to_owned);
        self.statuses.define(key, &label).map(StatusId::new)
    }

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
        self.check_key(key)?;
        self.add_kind(key, outgoing)
    }

    fn add_kind(&mut self, key: &str, outgoing: bool) -> Result<KindId> {
        let id = KindId::new(self.kind_names.add(key)?);
        self.kinds.push(Kind { id, outgoing });
        Ok(id)
    }

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
    /// [`Code::BadName`] if the name is blank or too long.
    pub fn define_tag(&mut self, name: &str) -> Result<TagId> {
        match self.tags.find(name) {
            Some(tag) => Ok(TagId::new(tag)),
            None => self.tags.add(name).map(TagId::new),
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
    /// [`Code::BadName`] and [`Code::NameTaken`]; [`Code::NotFound`] if nothing has the id.
    pub fn rename_tag(&mut self, tag: TagId, name: &str) -> Result<()> {
        self.tags.rename(tag.get(), name)
    }

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
    /// [`Code::BadName`] and [`Code::NameTaken`].
    pub fn define_segment(&mut self, name: &str) -> Result<SegmentId> {
        self.segments.add(name).map(SegmentId::new)
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
    /// [`Code::BadName`] and [`Code::NameTaken`]; [`Code::NotFound`] if nothing has the id.
    pub fn rename_segment(&mut self, segment: SegmentId, name: &str) -> Result<()> {
        self.segments.rename(segment.get(), name)
    }

    /// All fields, standard ones first.
    ///
    /// ```
    /// # use tagmata::{Field, Schema};
    /// assert_eq!(Schema::default().fields().next().map(|field| field.id()), Some(Field::ID));
    /// ```
    pub fn fields(&self) -> impl ExactSizeIterator<Item = &Field> {
        self.fields.iter()
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
        self.fields.get(id.index())
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

    /// The key of a field.
    ///
    /// ```
    /// # use tagmata::{Field, Schema};
    /// assert_eq!(Schema::default().field_key(Field::EMAIL), "email");
    /// ```
    #[must_use]
    pub fn field_key(&self, id: FieldId) -> &str {
        self.field_names.key(id.get())
    }

    /// The label of a field.
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

    /// The statuses.
    #[must_use]
    pub fn statuses(&self) -> &Catalog {
        &self.statuses
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

    /// The kind of interaction of a key.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<Kind> {
        self.kind_names.find(key).and_then(|number| self.kinds.get(number as usize)).copied()
    }

    /// The key of a kind of interaction.
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
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = &str> {
        self.kind_names.iter()
    }

    /// The tag of a name, current or old.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<TagId> {
        self.tags.find(name).map(TagId::new)
    }

    /// The name of a tag.
    #[must_use]
    pub fn tag_name(&self, id: TagId) -> &str {
        self.tags.get(id.get()).unwrap_or_default()
    }

    /// The names of all tags.
    pub fn tags(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.tags.iter()
    }

    /// The segment of a name, current or old.
    #[must_use]
    pub fn segment(&self, name: &str) -> Option<SegmentId> {
        self.segments.find(name).map(SegmentId::new)
    }

    /// The name of a segment.
    #[must_use]
    pub fn segment_name(&self, id: SegmentId) -> &str {
        self.segments.get(id.get()).unwrap_or_default()
    }

    /// The names of all segments.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.segments.iter()
    }
}
