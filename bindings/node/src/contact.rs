//! One contact as it was when it was asked for.

use crate::book::Home;
use crate::convert::{date, put, text};
use napi::bindgen_prelude::{Either6, Null, Object, Unknown};
use napi::{Env, JsDate, Result};
use napi_derive::napi;
use tagmata::{Change, ContactId, Field, FieldId, Input, Ref, Schema, Symbol, Timestamp, Value, fold};

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
    /// The status before.
    pub from: Option<String>,
    /// The status after.
    pub to: Option<String>,
    /// The tag that was given or taken.
    pub tag: Option<String>,
    /// The static segment that the contact was put into or taken out of.
    pub segment: Option<String>,
    /// The contact that was merged into this one.
    pub contact: Option<u32>,
}

/// A contact as it was when it was asked for, with all names as they were then.
#[napi]
pub struct Contact {
    id: ContactId,
    /// The keys of all fields, and the values; standard fields come first, in the order of their ids.
    values: Vec<(String, Input)>,
    segments: Vec<String>,
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
    from: Option<String>,
    to: Option<String>,
    tag: Option<String>,
    segment: Option<String>,
    contact: Option<u32>,
}

impl Contact {
    pub(crate) fn of(book: &tagmata::Book, id: ContactId, home: &Home) -> tagmata::Result<Self> {
        let (schema, contact) = (book.schema(), book.contact(id)?);
        let value = |field: &Field| {
            let (key, id) = (schema.field_key(field.id()).to_owned(), field.id());
            (key, plain(schema, id, contact.get(id)))
        };
        let happened = |interaction: &tagmata::Interaction| Happened {
            kind: schema.kind_key(interaction.kind).to_owned(),
            at: interaction.at,
            amount: interaction.amount.and_then(|amount| amount.to_string().parse().ok()),
            label: interaction.label.as_ref().map(|label| label.as_str().to_owned()),
        };
        let name = |segment| schema.segment_name(segment).to_owned();
        Ok(Self {
            id,
            values: schema.fields().map(value).collect(),
            segments: book.segments_of(id)?.into_iter().map(name).collect(),
            interactions: contact.interactions().iter().map(happened).collect(),
            history: book.history(id)?.into_iter().map(|entry| changed(entry, schema)).collect(),
            home: home.clone(),
        })
    }

    fn value(&self, field: FieldId) -> &Input {
        self.values.get(field.index()).map_or(&Input::Missing, |(_, value)| value)
    }

    fn text(&self, field: FieldId) -> Option<String> {
        match self.value(field) {
            Input::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn instant<'env>(&self, env: &'env Env, field: FieldId) -> Result<Option<JsDate<'env>>> {
        match self.value(field) {
            Input::DateTime(at) => date(env, *at).map(Some),
            _ => Ok(None),
        }
    }
}

/// A value in words; what has a key is named by it.
fn plain(schema: &Schema, field: FieldId, value: Option<&Value>) -> Input {
    let key = |symbol: Symbol| schema.symbol_key(field, symbol).into_owned();
    match value {
        None => Input::Missing,
        Some(Value::Text(text)) => Input::from(text.as_str()),
        Some(Value::Phone(phone)) => Input::from(phone.e164()),
        Some(Value::Number(number)) => Input::from(*number),
        Some(Value::Date(date)) => Input::from(*date),
        Some(Value::DateTime(at)) => Input::from(*at),
        Some(Value::Bool(yes)) => Input::from(*yes),
        Some(Value::One(symbol)) => Input::from(key(*symbol)),
        Some(Value::Many(symbols)) => Input::from(symbols.iter().map(key).collect::<Vec<_>>()),
        Some(Value::Id(id)) => Input::from(f64::from(id.get())),
    }
}

fn changed(entry: tagmata::HistoryEntry, schema: &Schema) -> Changed {
    let status = |status: tagmata::StatusId| named(schema.statuses().key(status.get()));
    let change = entry.change;
    let none = Changed { entry, from: None, to: None, tag: None, segment: None, contact: None };
    match change {
        Change::Created => none,
        Change::Status { from, to } => Changed { from: status(from), to: status(to), ..none },
        Change::TagAdded(tag) | Change::TagRemoved(tag) => {
            Changed { tag: named(schema.tag_name(tag)), ..none }
        }
        Change::SegmentAdded(segment) | Change::SegmentRemoved(segment) => {
            Changed { segment: named(schema.segment_name(segment)), ..none }
        }
        Change::Merged(other) => Changed { contact: Some(other.get()), ..none },
    }
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
        let find = |key: &str| self.values.iter().find(|(other, _)| fold(other) == fold(key));
        if let Some((_, value)) = find(&name) {
            return to_js(env, value);
        }
        let key = self.home.read(|book| {
            let field = Ref::<FieldId>::from(name.as_str()).resolve(book.schema())?.id();
            Ok(book.schema().field_key(field).to_owned())
        })?;
        to_js(env, find(&key).map_or(&Input::Missing, |(_, value)| value))
    }

    /// The values of all fields by key.
    #[napi(ts_return_type = "Record<string, FieldValue>")]
    pub fn to_object<'env>(&self, env: &'env Env) -> Result<Object<'env>> {
        let mut object = Object::new(env)?;
        for (key, value) in &self.values {
            put(env, &mut object, key, to_js(env, value)?)?;
        }
        Ok(object)
    }

    /// Its number.
    #[napi(getter)]
    pub fn id(&self) -> u32 {
        self.id.get()
    }

    /// The host's own id.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn external_id(&self) -> Option<String> {
        self.text(Field::EXTERNAL_ID)
    }

    /// The account number.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn account_number(&self) -> Option<String> {
        self.text(Field::ACCOUNT_NUMBER)
    }

    /// The first name.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn first_name(&self) -> Option<String> {
        self.text(Field::FIRST_NAME)
    }

    /// The last name.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn last_name(&self) -> Option<String> {
        self.text(Field::LAST_NAME)
    }

    /// First and last name.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn name(&self) -> Option<String> {
        self.text(Field::NAME)
    }

    /// The e-mail address.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn email(&self) -> Option<String> {
        self.text(Field::EMAIL)
    }

    /// The mobile number in E.164 form.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn mobile(&self) -> Option<String> {
        self.text(Field::MOBILE)
    }

    /// The country: two letters of ISO 3166-1.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn country(&self) -> Option<String> {
        self.text(Field::COUNTRY)
    }

    /// The organization.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn organization(&self) -> Option<String> {
        self.text(Field::ORGANIZATION)
    }

    /// Where the contact comes from.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn source(&self) -> Option<String> {
        self.text(Field::SOURCE)
    }

    /// The key of the status.
    #[napi(getter, ts_return_type = "string | null")]
    pub fn status(&self) -> Option<String> {
        self.text(Field::STATUS)
    }

    /// When the status changed last.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn status_changed_at<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, Field::STATUS_CHANGED_AT)
    }

    /// When the contact was made.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn created_at<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, Field::CREATED_AT)
    }

    /// When a value of the contact changed last.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn updated_at<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, Field::UPDATED_AT)
    }

    /// When the contact was active last.
    #[napi(getter, ts_return_type = "Date | null")]
    pub fn last_interaction<'env>(&self, env: &'env Env) -> Result<Option<JsDate<'env>>> {
        self.instant(env, Field::LAST_INTERACTION)
    }

    /// The names of its tags.
    #[napi(getter)]
    pub fn tags(&self) -> Vec<String> {
        match self.value(Field::TAGS) {
            Input::List(names) => names.clone(),
            _ => Vec::new(),
        }
    }

    /// The names of all segments that it is in, static and dynamic. Those that it was put into are `get("segments")`.
    #[napi(getter)]
    pub fn segments(&self) -> Vec<String> {
        self.segments.clone()
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
                from: changed.from.clone(),
                to: changed.to.clone(),
                tag: changed.tag.clone(),
                segment: changed.segment.clone(),
                contact: changed.contact,
            })
        };
        self.history.iter().map(entry).collect()
    }
}
