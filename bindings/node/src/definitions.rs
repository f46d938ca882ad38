//! Fields, options, statuses, kinds of interaction and tags.

use crate::book::Book;
use crate::convert::{Options, describe, entries, names, put, text, whole, word};
use crate::errors::refused;
use crate::filters::is_document;
use crate::outcome::Outcome;
use napi::bindgen_prelude::{JsValue, Object, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use tagmata::{Command, Error, NewField, Ref};

/// Something that can be chosen: an option of a field, or a status.
#[napi(object)]
pub struct Choice {
    /// Its key, which never changes.
    pub key: String,
    /// What people see.
    pub label: String,
}

/// A field of contacts, standard or custom.
#[napi(object)]
pub struct FieldInfo {
    /// Its key, which never changes.
    pub key: String,
    /// What people see.
    pub label: String,
    /// What it holds.
    #[napi(js_name = "type", ts_type = "FieldType | StandardFieldType")]
    pub value_type: String,
    /// The options of a field of options; empty for others.
    pub options: Vec<Choice>,
}

/// A kind of interaction.
#[napi(object)]
pub struct KindInfo {
    /// Its key, which never changes.
    pub key: String,
    /// Whether it says nothing about the contact's own activity.
    pub outgoing: bool,
}

/// Options of a field as a list of names, or as an object of labels by key: keys and labels.
fn options(name: &str, given: Unknown<'_>) -> Result<Vec<(String, String)>> {
    if given.is_array()? {
        return Ok(names(name, given)?.into_iter().map(|option| (option.clone(), option)).collect());
    }
    if !is_document(&given)? {
        let takes = "a list of names, or an object of labels by key";
        return Err(refused(Error::wrong_type(name, takes, describe(&given)?)));
    }
    let labels = entries(&given.coerce_to_object()?)?;
    labels.into_iter().map(|(key, label)| Ok((key, text(name, label)?))).collect()
}

#[napi]
impl Book {
    /// Makes a custom field.
    #[napi(ts_args_type = "key: string, type: FieldType, options?: FieldOptions")]
    pub fn define_field(
        &self,
        key: Unknown<'_>,
        value_type: Unknown<'_>,
        options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("defineField", options, &["label", "options"])?;
        let value_type = word("type", &text("type", value_type)?)?;
        let mut field = NewField::new(text("key", key)?, value_type);
        if let Some(label) = given.text("label")? {
            field = field.label(label);
        }
        if let Some(all) = given.get("options")? {
            for (key, label) in self::options("options", all)? {
                field = field.labelled_option(key, label);
            }
        }
        self.run(&Command::DefineField(field), &given)
    }

    /// Gives a field another label, or more options.
    #[napi]
    pub fn update_field(
        &self,
        #[napi(ts_arg_type = "string")] field: Unknown<'_>,
        #[napi(ts_arg_type = "FieldChanges")] changes: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("updateField", changes, &["label", "addOptions"])?;
        let add_options =
            given.get("addOptions")?.map(|all| options("addOptions", all)).transpose()?.unwrap_or_default();
        let (field, label) = (Ref::from(text("field", field)?), given.text("label")?);
        self.run(&Command::UpdateField { field, label, add_options }, &given)
    }

    /// Deletes a custom field with all its values.
    #[napi]
    pub fn delete_field(
        &self,
        #[napi(ts_arg_type = "string")] field: Unknown<'_>,
        #[napi(ts_arg_type = "ForceOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteField", options, &["force"])?;
        let (field, force) = (Ref::from(text("field", field)?), given.flag("force")?);
        self.run(&Command::DeleteField { field, force }, &given)
    }

    /// Gives an option another label; the old one keeps working until another option takes it.
    #[napi]
    pub fn rename_option(
        &self,
        #[napi(ts_arg_type = "string")] field: Unknown<'_>,
        #[napi(ts_arg_type = "string")] option: Unknown<'_>,
        #[napi(ts_arg_type = "string")] label: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("renameOption", options, &[])?;
        let (field, option) = (Ref::from(text("field", field)?), Ref::from(text("option", option)?));
        self.run(&Command::RenameOption { field, option, label: text("label", label)? }, &given)
    }

    /// Deletes an option; contacts lose it.
    #[napi]
    pub fn delete_option(
        &self,
        #[napi(ts_arg_type = "string")] field: Unknown<'_>,
        #[napi(ts_arg_type = "string")] option: Unknown<'_>,
        #[napi(ts_arg_type = "ForceOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteOption", options, &["force"])?;
        let (field, option) = (Ref::from(text("field", field)?), Ref::from(text("option", option)?));
        self.run(&Command::DeleteOption { field, option, force: given.flag("force")? }, &given)
    }

    /// All fields, the standard ones first.
    #[napi]
    pub fn fields(&self) -> Result<Vec<FieldInfo>> {
        self.read(|book| {
            let schema = book.schema();
            let info = |field: &tagmata::Field| FieldInfo {
                key: schema.field_key(field.id()).to_owned(),
                label: schema.field_label(field.id()).to_owned(),
                value_type: field.value_type().to_string(),
                options: field.options().iter().map(choice).collect(),
            };
            Ok(schema.fields().map(info).collect())
        })
    }

    /// Makes a status, behind the others.
    #[napi]
    pub fn define_status(
        &self,
        #[napi(ts_arg_type = "string")] key: Unknown<'_>,
        #[napi(ts_arg_type = "LabelOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("defineStatus", options, &["label"])?;
        self.run(&Command::DefineStatus { key: text("key", key)?, label: given.text("label")? }, &given)
    }

    /// Gives a status another label, or another place among the statuses, from 0. New contacts get the first one.
    #[napi]
    pub fn update_status(
        &self,
        #[napi(ts_arg_type = "string")] status: Unknown<'_>,
        #[napi(ts_arg_type = "StatusChanges")] changes: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("updateStatus", changes, &["label", "position"])?;
        let place = |value| whole("position", "a place from 0", value);
        let position = given.get("position")?.map(place).transpose()?;
        let (status, label) = (Ref::from(text("status", status)?), given.text("label")?);
        self.run(&Command::UpdateStatus { status, label, position }, &given)
    }

    /// Deletes a status; its contacts get the replacement.
    #[napi]
    pub fn delete_status(
        &self,
        #[napi(ts_arg_type = "string")] status: Unknown<'_>,
        #[napi(ts_arg_type = "DeleteStatusOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteStatus", options, &["replacement", "force"])?;
        let (status, replacement) = (Ref::from(text("status", status)?), given.text("replacement")?);
        let (replacement, force) = (replacement.map(Ref::from), given.flag("force")?);
        self.run(&Command::DeleteStatus { status, replacement, force }, &given)
    }

    /// All statuses, in their order.
    #[napi]
    pub fn statuses(&self) -> Result<Vec<Choice>> {
        self.read(|book| {
            let (schema, statuses) = (book.schema(), book.schema().statuses());
            let status = |number: u32| Choice {
                key: statuses.key(number).to_owned(),
                label: statuses.label(number).to_owned(),
            };
            Ok(schema.statuses_in_order().map(|id| status(id.get())).collect())
        })
    }

    /// Makes a kind of interaction.
    #[napi]
    pub fn define_kind(
        &self,
        #[napi(ts_arg_type = "string")] key: Unknown<'_>,
        #[napi(ts_arg_type = "KindOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("defineKind", options, &["outgoing"])?;
        self.run(&Command::DefineKind { key: text("key", key)?, outgoing: given.flag("outgoing")? }, &given)
    }

    /// Deletes a kind of interaction, of which there are no interactions.
    #[napi]
    pub fn delete_kind(
        &self,
        #[napi(ts_arg_type = "string")] kind: Unknown<'_>,
        #[napi(ts_arg_type = "ForceOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteKind", options, &["force"])?;
        let (kind, force) = (Ref::from(text("kind", kind)?), given.flag("force")?);
        self.run(&Command::DeleteKind { kind, force }, &given)
    }

    /// All kinds of interaction.
    #[napi]
    pub fn kinds(&self) -> Result<Vec<KindInfo>> {
        self.read(|book| {
            let kinds = book.schema().kind_entries();
            Ok(kinds.map(|(kind, key)| KindInfo { key: key.to_owned(), outgoing: kind.outgoing }).collect())
        })
    }

    /// Makes a tag ahead of its use, so that filters may name it.
    #[napi]
    pub fn define_tag(
        &self,
        #[napi(ts_arg_type = "string")] name: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("defineTag", options, &[])?;
        self.run(&Command::DefineTag(text("name", name)?), &given)
    }

    /// Gives a tag another name; the old one keeps working until another tag takes it.
    #[napi]
    pub fn rename_tag(
        &self,
        #[napi(ts_arg_type = "string")] tag: Unknown<'_>,
        #[napi(ts_arg_type = "string")] name: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("renameTag", options, &[])?;
        self.run(&Command::RenameTag { tag: Ref::from(text("tag", tag)?), name: text("name", name)? }, &given)
    }

    /// Deletes a tag; contacts lose it.
    #[napi]
    pub fn delete_tag(
        &self,
        #[napi(ts_arg_type = "string")] tag: Unknown<'_>,
        #[napi(ts_arg_type = "ForceOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteTag", options, &["force"])?;
        self.run(
            &Command::DeleteTag { tag: Ref::from(text("tag", tag)?), force: given.flag("force")? },
            &given,
        )
    }

    /// How many contacts have each tag.
    #[napi(ts_return_type = "Record<string, number>")]
    pub fn tags<'env>(&self, env: &'env Env) -> Result<Object<'env>> {
        let counts = self.read(|book| {
            let name = |tag| book.schema().tag_name(tag).to_owned();
            Ok(book.tags().into_iter().map(|(tag, count)| (name(tag), count)).collect::<Vec<_>>())
        })?;
        let mut tags = Object::new(env)?;
        for (name, count) in counts {
            put(env, &mut tags, &name, count as f64)?;
        }
        Ok(tags)
    }
}

fn choice(entry: tagmata::Entry<'_>) -> Choice {
    Choice { key: entry.key.to_owned(), label: entry.label.to_owned() }
}
