//! Fields, options, statuses, tags and kinds of interaction: defined, changed, deleted.

use super::book::Book;
use super::outcome::{Created, Outcome};
use crate::change::{Command, Ref, Stamp};
use crate::error::Result;
use crate::model::{Field, NewField, Settings};
use crate::value::{FieldId, KindId, OptionId, StatusId, TagId};

impl Book {
    /// Makes a custom field.
    ///
    /// ```
    /// use tagmata::{Book, NewField, Timestamp, ValueType};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.define_field(NewField::new("billed", ValueType::Number).label("Montant facturé"), now)?;
    /// assert_eq!(book.count("`Montant facturé` > 1000")?, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadKey`](crate::Code::BadKey), [`Code::NameTaken`](crate::Code::NameTaken),
    /// [`Code::BadValue`](crate::Code::BadValue) for a type that is not for custom fields.
    pub fn define_field(&mut self, field: NewField, stamp: impl Into<Stamp>) -> Result<Created<FieldId>> {
        self.run_definition(&Command::DefineField(field), stamp, FieldId::new)
    }

    /// Gives a field another label, or more options: keys and labels.
    ///
    /// ```
    /// use tagmata::{Book, NewField, Timestamp, ValueType};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let software = book.define_field(NewField::new("software", ValueType::Select).option("Xero"), now)?.id;
    /// book.update_field(software, Some("Logiciel"), [("myob", "MYOB")], now)?;
    /// assert_eq!(book.count("Logiciel = MYOB").unwrap_err().code().as_str(), "E0201"); // a label wants backquotes
    /// assert_eq!(book.count("`Logiciel` = MYOB")?, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::define_field`]; [`Code::UnknownField`](crate::Code::UnknownField).
    pub fn update_field<'o>(
        &mut self,
        field: impl Into<Ref<FieldId>>,
        label: Option<&str>,
        add_options: impl IntoIterator<Item = (&'o str, &'o str)>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let add_options =
            add_options.into_iter().map(|(key, label)| (key.to_owned(), label.to_owned())).collect();
        let (field, label) = (field.into(), label.map(str::to_owned));
        self.run(&Command::UpdateField { field, label, add_options }, stamp)
    }

    /// Gives an option another label; the old one keeps working until another option takes it.
    ///
    /// ```
    /// use tagmata::{Book, NewField, Timestamp, ValueType};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.define_field(NewField::new("plan", ValueType::Select).option("pro"), now)?;
    /// book.rename_option("plan", "pro", "Professional", now)?;
    /// assert_eq!(book.filter("plan = professional")?, book.filter("plan = pro")?);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownOption`](crate::Code::UnknownOption), [`Code::NameTaken`](crate::Code::NameTaken).
    pub fn rename_option(
        &mut self,
        field: impl Into<Ref<FieldId>>,
        option: impl Into<Ref<OptionId>>,
        label: &str,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let command =
            Command::RenameOption { field: field.into(), option: option.into(), label: label.to_owned() };
        self.run(&command, stamp)
    }

    /// Deletes an option; contacts lose it.
    ///
    /// # Errors
    /// [`Code::InUse`](crate::Code::InUse) with the segments that use it, unless by `force`, which breaks them.
    pub fn delete_option(
        &mut self,
        field: impl Into<Ref<FieldId>>,
        option: impl Into<Ref<OptionId>>,
        force: bool,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteOption { field: field.into(), option: option.into(), force }, stamp)
    }

    /// Deletes a custom field with all its values.
    ///
    /// # Errors
    /// [`Code::InUse`](crate::Code::InUse) with the segments that use it, unless by `force`, which breaks them;
    /// [`Code::ReadOnly`](crate::Code::ReadOnly) for a standard field.
    pub fn delete_field(
        &mut self,
        field: impl Into<Ref<FieldId>>,
        force: bool,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteField { field: field.into(), force }, stamp)
    }

    /// Makes a status, behind the others; its label is made from the key if none is given.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.define_status("churned", Some("Perdu"), now)?;
    /// book.create_contact(Draft::new().set("status", "perdu"), now)?;
    /// assert_eq!(book.count("status = churned")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) and [`Code::NameTaken`](crate::Code::NameTaken).
    pub fn define_status(
        &mut self,
        key: &str,
        label: Option<&str>,
        stamp: impl Into<Stamp>,
    ) -> Result<Created<StatusId>> {
        let command = Command::DefineStatus { key: key.to_owned(), label: label.map(str::to_owned) };
        self.run_definition(&command, stamp, StatusId::new)
    }

    /// Gives a status another label, or another place among the statuses, from 0. New contacts get the first one.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.update_status("active", Some("Client"), Some(0), now)?; // new contacts get the first one
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// assert_eq!(book.count("status = client")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownStatus`](crate::Code::UnknownStatus), [`Code::NameTaken`](crate::Code::NameTaken).
    pub fn update_status(
        &mut self,
        status: impl Into<Ref<StatusId>>,
        label: Option<&str>,
        position: Option<usize>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let (status, label) = (status.into(), label.map(str::to_owned));
        self.run(&Command::UpdateStatus { status, label, position }, stamp)
    }

    /// Deletes a status; its contacts get the replacement.
    ///
    /// ```
    /// use tagmata::{Book, Code, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("status", "inactive"), now)?;
    /// assert_eq!(book.delete_status("inactive", None, false, now).unwrap_err().code(), Code::InUse);
    /// book.delete_status("inactive", Some("active".into()), false, now)?;
    /// assert_eq!(book.count("status = active")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::InUse`](crate::Code::InUse) if it has contacts and there is no replacement, or for segments that use it,
    /// unless by `force`, which breaks them; also for the only status, since every contact has one.
    pub fn delete_status(
        &mut self,
        status: impl Into<Ref<StatusId>>,
        replacement: Option<Ref<StatusId>>,
        force: bool,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteStatus { status: status.into(), replacement, force }, stamp)
    }

    /// Makes a kind of interaction. What is outgoing says nothing about the contact's own activity.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.define_kind("demo", false, now)?;
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.record(zoe, "demo", now, None, None, now)?;
    /// assert_eq!(book.count("count(demo in last 30 days) >= 1")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadKey`](crate::Code::BadKey) and [`Code::NameTaken`](crate::Code::NameTaken).
    pub fn define_kind(
        &mut self,
        key: &str,
        outgoing: bool,
        stamp: impl Into<Stamp>,
    ) -> Result<Created<KindId>> {
        self.run_definition(&Command::DefineKind { key: key.to_owned(), outgoing }, stamp, KindId::new)
    }

    /// Deletes a kind of interaction that was defined.
    ///
    /// ```
    /// use tagmata::{Book, Code, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.define_kind("demo", false, now)?;
    /// book.create_segment(NewSegment::dynamic("Seen", "count(demo) > 0"), now)?;
    /// assert_eq!(book.delete_kind("demo", false, now).unwrap_err().code(), Code::InUse);
    /// book.delete_segment("Seen", false, now)?;
    /// book.delete_kind("demo", false, now)?;
    /// assert!(book.schema().kind("demo").is_none());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::InUse`](crate::Code::InUse) if interactions are of it, or for segments that use it, unless by `force`, which
    /// breaks them; [`Code::ReadOnly`](crate::Code::ReadOnly) for a built-in kind.
    pub fn delete_kind(
        &mut self,
        kind: impl Into<Ref<KindId>>,
        force: bool,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteKind { kind: kind.into(), force }, stamp)
    }

    /// The tag of a name, which is made if it is new: ahead of its use, so that filters may name it.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// assert_eq!(book.count("tags has vip").unwrap_err().code().as_str(), "E0204");
    /// book.define_tag("vip", now)?;
    /// assert_eq!(book.count("tags has vip")?, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName).
    pub fn define_tag(&mut self, name: &str, stamp: impl Into<Stamp>) -> Result<Created<TagId>> {
        self.run_definition(&Command::DefineTag(name.to_owned()), stamp, TagId::new)
    }

    /// Gives a tag another name; the old one keeps working until another tag takes it.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("tags", ["vip"]), now)?;
    /// book.rename_tag("vip", "key client", now)?;
    /// assert_eq!(book.count("tags has \"Key client\" and tags has vip")?, 1); // the old name works
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NameTaken`](crate::Code::NameTaken), where a merge is proposed; [`Code::UnknownTag`](crate::Code::UnknownTag).
    pub fn rename_tag(
        &mut self,
        tag: impl Into<Ref<TagId>>,
        name: &str,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::RenameTag { tag: tag.into(), name: name.to_owned() }, stamp)
    }

    /// Deletes a tag; contacts lose it.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("tags", ["vip"]), now)?;
    /// book.create_segment(NewSegment::dynamic("VIPs", "tags has vip"), now)?;
    /// assert_eq!(book.delete_tag("vip", false, now).unwrap_err().code().as_str(), "E0807");
    /// book.delete_tag("vip", true, now)?;
    /// assert!(book.segment("VIPs")?.error.is_some()); // broken, never empty
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::InUse`](crate::Code::InUse) with the segments that use it, unless by `force`, which breaks them.
    pub fn delete_tag(
        &mut self,
        tag: impl Into<Ref<TagId>>,
        force: bool,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteTag { tag: tag.into(), force }, stamp)
    }

    /// All tags with the counts of their contacts, in the order in which they were made.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("tags", ["vip", "web"]), now)?;
    /// book.define_tag("unused", now)?;
    /// let counts: Vec<_> = book.tags().into_iter().map(|(tag, count)| (book.schema().tag_name(tag), count)).collect();
    /// assert_eq!(counts, [("vip", 1), ("web", 1), ("unused", 0)]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn tags(&self) -> Vec<(TagId, u64)> {
        let counts = self.state.symbol_counts(Field::TAGS);
        let count = |tag: TagId| counts.get(&tag.into()).copied().unwrap_or_default();
        self.state.schema.tag_entries().map(|(tag, _)| (tag, count(tag))).collect()
    }

    /// Changes the settings: zone, week start, 29 February, default country, limits.
    ///
    /// ```
    /// use tagmata::{Book, Settings, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let settings = Settings { default_country: Some("FR".parse()?), ..*book.schema().settings() };
    /// let outcome = book.change_settings(settings, now)?;
    /// book.undo(&outcome.commit, now)?;
    /// assert_eq!(book.schema().settings().default_country, None);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a filter, for a segment whose filter is beyond new limits.
    pub fn change_settings(&mut self, settings: Settings, stamp: impl Into<Stamp>) -> Result<Outcome> {
        self.run(&Command::ChangeSettings(settings), stamp)
    }
}
