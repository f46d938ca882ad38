//! One contact as it was when it was asked for.

use crate::book::Home;
use crate::convert::{date, put, text};
use napi::bindgen_prelude::{Either, Either6, Null, Object, Unknown};
use napi::{Env, JsDate, Result};
use napi_derive::napi;
use tagmata::{Cause, Change, ContactId, FieldId, Input, Record, Ref, Timestamp, fold};

/// The key of the field that is no value of a record.
const ID: &str = "id";

/// A value as JavaScript has it.
type Plain<'env> = Either6<Null, String, f64, bool, JsDate<'env>, Vec<String>>;

/// Something that happened between a contact and the business.
#[napi(object, use_nullable = true)]
pub struct Interaction<'env> {
    /// Its kind.
    pub kind: String,
    /// When it happened, or will happen.
    pub at: JsDate<'env>,
    /// How much was paid, invoiced, …
    pub amount: Option<f64>,
    /// What it is called.
    pub label: Option<String>,
}

/// What an entry of a history is about: a name, or the id of a contact.
type Noted = Either<String, u32>;

/// A change in the history of a contact: what changed, and by what.
#[napi(object, use_nullable = true)]
pub struct HistoryEntry<'env> {
    /// What changed.
    #[napi(ts_type = "Change")]
    pub change: String,
    /// When.
    pub at: JsDate<'env>,
    /// The number of the commit.
    pub commit: f64,
    /// Who did it.
    pub actor: Option<String>,
    /// What made it happen.
    #[napi(ts_type = "Cause")]
    pub cause: String,
    /// The name of the rule that did it; `null` if it was none, or was deleted since.
    pub rule: Option<String>,
    /// The status before, the tag that was taken, the static segment that the contact was taken out of, or the id of the
    /// contact that was merged into this one; `null` for what was deleted since, too.
    #[napi(ts_type = "string | number")]
    pub old: Option<Noted>,
    /// The status after, the tag that was given, or the static segment that the contact was put into; `null` for what was
    /// deleted since, too.
    #[napi(ts_type = "string | number")]
    pub new: Option<Noted>,
}

/// A contact as it was when it was asked for, with all names as they were then.
#[napi]
pub struct Contact {
    id: ContactId,
    /// The values of all fields but `id` by key.
    values: Vec<(String, Input)>,
    static_segments: Vec<String>,
    interactions: Vec<Happened>,
    history: Vec<Changed>,
    home: Home,
}

struct Happened {
    kind: String,
    at: Timestamp,
    amount: Option<f64>,
    label: Option<String>,
}

struct Changed {
    entry: tagmata::HistoryEntry,
    rule: Option<String>,
    old: Option<Noted>,
    new: Option<Noted>,
}

impl Contact {
    pub(crate) fn of(book: &tagmata::Book, id: ContactId, home: &Home) -> tagmata::Result<Self> {
        let contact = book.contact(id)?;
        Self::new(book, &contact, book.record_of(&contact), home)
    }

    /// Several contacts together, in less time.
    pub(crate) fn all(
        book: &tagmata::Book,
        contacts: &[tagmata::Contact],
        home: &Home,
    ) -> tagmata::Result<Vec<Self>> {
        let records = contacts.iter().zip(book.records(contacts));
        records.map(|(contact, record)| Self::new(book, contact, record, home)).collect()
    }

    fn new(
        book: &tagmata::Book,
        contact: &tagmata::Contact,
        record: Record<'_>,
        home: &Home,
    ) -> tagmata::Result<Self> {
        let (schema, id) = (book.schema(), contact.id());
        let happened = |interaction: &tagmata::Interaction| Happened {
            kind: schema.kind_key(interaction.kind).to_owned(),
            at: interaction.at,
            amount: interaction.amount.and_then(|amount| amount.to_string().parse().ok()),
            label: interaction.label.as_ref().map(|label| label.as_str().to_owned()),
        };
        Ok(Self {
            id,
            values: record.values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            static_segments: record.static_segments.into_iter().map(str::to_owned).collect(),
            interactions: contact.interactions().iter().map(happened).collect(),
            history: book.history(id)?.into_iter().map(|entry| changed(entry, book)).collect(),
            home: home.clone(),
        })
    }

    /// The value of a standard field.
    fn value(&self, key: &str) -> &Input {
        self.values.iter().find(|(other, _)| other == key).map_or(&Input::Missing, |(_, value)| value)
    }

    fn text(&self, field: &str) -> Option<String> {
        match self.value(field) {
            Input::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn names(&self, field: &str) -> Vec<String> {
        match self.value(field) {
            Input::List(names) => names.clone(),
            _ => Vec::new(),
        }
    }

    fn instant<'env>(&self, env: &'env Env, field: &str) -> Result<Option<JsDate<'env>>> {
        match self.value(field) {
            Input::DateTime(at) => date(env, *at).map(Some),
            _ => Ok(None),
        }
    }
}

fn changed(entry: tagmata::HistoryEntry, book: &tagmata::Book) -> Changed {
    let schema = book.schema();
    let noted = |name: &str| named(name).map(Either::A);
    let (old, new) = match entry.change {
        Change::Created => (None, None),
        Change::Status { from, to } => (noted(schema.status_key(from)), noted(schema.status_key(to))),
        Change::TagAdded(tag) => (None, noted(schema.tag_name(tag))),
        Change::TagRemoved(tag) => (noted(schema.tag_name(tag)), None),
        Change::SegmentAdded(segment) => (None, noted(schema.segment_name(segment))),
        Change::SegmentRemoved(segment) => (noted(schema.segment_name(segment)), None),
        Change::Merged(other) => (Some(Either::B(other.get())), None),
    };
    let rule = match entry.origin.cause {
        Cause::Rule(rule) => named(book.rule_name(rule)),
        _ => None,
    };
    Changed { entry, rule, old, new }
}

/// The name of something; what has been deleted has none.
fn named(name: &str) -> Option<String> {
    (!name.is_empty()).then(|| name.to_owned())
}

fn to_js<'env>(env: &'env Env, value: &Input) -> Result<Plain<'env>> {
    Ok(match value {
        Input::Missing => Either6::A(Null),
        Input::Text(text) => Either6::B(text.clone()),
        Input::Number(number) => Either6::C(*number),
        Input::Bool(yes) => Either6::D(*yes),
        Input::Date(day) => Either6::B(day.to_string()),
        Input::DateTime(at) => Either6::E(date(env, *at)?),
        Input::List(names) => Either6::F(names.clone()),
    })
}

/// The values of a contact by key, its id included.
pub(crate) fn record<'env>(
    env: &'env Env,
    id: ContactId,
    values: &[(String, Input)],
) -> Result<Object<'env>> {
    let mut object = Object::new(env)?;
    put(env, &mut object, ID, id.get())?;
    put_fields(env, &mut object, values)?;
    Ok(object)
}

/// Values by the keys of fields, as an object.
pub(crate) fn fields<'env>(env: &'env Env, values: &[(String, Input)]) -> Result<Object<'env>> {
    let mut object = Object::new(env)?;
    put_fields(env, &mut object, values)?;
    Ok(object)
}

fn put_fields(env: &Env, object: &mut Object<'_>, values: &[(String, Input)]) -> Result<()> {
    values.iter().try_for_each(|(key, value)| put(env, object, key, to_js(env, value)?))
}

#[napi]
impl Contact {
    /// The value of a field by its key or label; `null` if there is none. Days are texts such as `2026-11-24`.
    #[napi(ts_return_type = "FieldValue")]
    pub fn get<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "string")] field: Unknown<'_>,
    ) -> Result<Plain<'env>> {
        let name = text("field", field)?;
        if fold(&name) == ID {
            return Ok(Either6::C(f64::from(self.id.get())));
        }
        let find = |key: &str| self.values.iter().find(|(other, _)| fold(other) == fold(key));
        if let Some((_, value)) = find(&name) {
            return to_js(env, value);
        }
        let key = self.home.read(|book| {
            let field = Ref::<FieldId>::from(name.as_str()).resolve(book.schema())?.id();
            Ok(book.schema().field_key(field).to_owned())
        })?;
        if key == ID {
            return Ok(Either6::C(f64::from(self.id.get())));
        }
        to_js(env, find(&key).map_or(&Input::Missing, |(_, value)| value))
    }

    /// The values of all fields by key.
    #[napi(ts_return_type = "Record<string, FieldValue>")]
    pub fn to_object<'env>(&self, env: &'env Env) -> Result<Object<'env>> {
        record(env, self.id, &self.values)
    }

    /// Its number.
    #[napi(getter)]
    pub fn id(&self) -> u32 {
        self.id.get()
    }

    /// The host's own id.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn external_id(&self) -> Option<String> {
        self.text("external_id")
    }

    /// The account number.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn account_number(&self) -> Option<String> {
        self.text("account_number")
    }

    /// The first name.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn first_name(&self) -> Option<String> {
        self.text("first_name")
    }

    /// The last name.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn last_name(&self) -> Option<String> {
        self.text("last_name")
    }

    /// First and last name.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn name(&self) -> Option<String> {
        self.text("name")
    }

    /// The e-mail address.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn email(&self) -> Option<String> {
        self.text("email")
    }

    /// The mobile number in E.164 form.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn mobile(&self) -> Option<String> {
        self.text("mobile")
    }

    /// The country: two letters of ISO 3166-1.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn country(&self) -> Option<String> {
        self.text("country")
    }

    /// The organization.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn organization(&self) -> Option<String> {
        self.text("organization")
    }

    /// Where the contact comes from.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn source(&self) -> Option<String> {
        self.text("source")
    }

    /// The key of the status.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn status(&self) -> Option<String> {
        self.text("status")
    }

    /// When the status changed last.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn status_changed_at<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, "status_changed_at")
    }

    /// When the contact was made.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn created_at<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, "created_at")
    }

    /// When a value of the contact changed last.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn updated_at<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, "updated_at")
    }

    /// When the contact was active last.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn last_interaction<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, "last_interaction")
    }

    /// The names of its tags.
    #[napi(getter)]
    pub fn tags(&self) -> Vec<String> {
        self.names("tags")
    }

    /// The names of all segments that it is in, static and dynamic.
    #[napi(getter)]
    pub fn segments(&self) -> Vec<String> {
        self.names("segments")
    }

    /// The names of the static segments that it was put into.
    #[napi(getter)]
    pub fn static_segments(&self) -> Vec<String> {
        self.static_segments.clone()
    }

    /// What happened, earliest first.
    #[napi(getter)]
    pub fn interactions<'env>(&self, env: &'env Env) -> Result<Vec<Interaction<'env>>> {
        let interaction = |happened: &Happened| {
            let (kind, label) = (happened.kind.clone(), happened.label.clone());
            Ok(Interaction { kind, at: date(env, happened.at)?, amount: happened.amount, label })
        };
        self.interactions.iter().map(interaction).collect()
    }

    /// What changed its status, tags and static segments, oldest first.
    #[napi(getter)]
    pub fn history<'env>(&self, env: &'env Env) -> Result<Vec<HistoryEntry<'env>>> {
        let entry = |changed: &Changed| {
            let origin = &changed.entry.origin;
            Ok(HistoryEntry {
                change: changed.entry.change.as_str().to_owned(),
                at: date(env, origin.at)?,
                commit: origin.commit as f64,
                actor: origin.actor.as_deref().map(str::to_owned),
                cause: origin.cause.as_str().to_owned(),
                rule: changed.rule.clone(),
                old: changed.old.clone(),
                new: changed.new.clone(),
            })
        };
        self.history.iter().map(entry).collect()
    }
}
