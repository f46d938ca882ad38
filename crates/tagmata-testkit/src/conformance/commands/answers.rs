//! What a book answers, in the words of the suites.

use super::difference::as_set;
use super::names::Names;
use crate::conformance::case::describe;
use serde_json::{Map, Value, json};
use tagmata::{
    Audience, AudienceQuery, Book, Cause, Change, ContactId, DefaultRule, Diagnostic, Effects, Entry, Error,
    ErrorKind, Field, FieldId, HistoryEntry, Input, Interaction, MemberSet, Result, RuleInfo,
    SegmentExplanation, SegmentInfo, SegmentPart, StatusId, Value as Held,
};

/// A name, where what had it is still there.
fn named(name: &str) -> &str {
    if name.is_empty() { "?" } else { name }
}

/// A part of the explanation of a segment.
fn part(part: &SegmentPart, children: Vec<Value>) -> Value {
    json!({
        "text": part.text,
        "count": part.count,
        "removes": part.removes,
        "adds": part.adds,
        "without": part.without,
        "id": part.id,
        "children": children,
    })
}

/// What a book answers about one case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answers<'a> {
    pub(super) book: &'a Book,
    pub(super) names: &'a Names,
}

impl Answers<'_> {
    /// An error with all its diagnostics.
    pub(super) fn error(self, error: &Error) -> Value {
        let describe = |one: &Diagnostic| {
            let mut described = describe(one, error.source_of(one));
            described["field"] = one.place().field().into();
            described
        };
        let all: Vec<Value> = error.diagnostics().iter().map(describe).collect();
        let mut first = all.first().cloned().unwrap_or_default();
        first["kind"] = match error.kind() {
            ErrorKind::Filter => "filter",
            ErrorKind::Value => "value",
            ErrorKind::NotFound => "not_found",
            ErrorKind::Conflict => "conflict",
            ErrorKind::Csv => "csv",
            _ => "another",
        }
        .into();
        let contacts = error.contacts().iter().map(|number| self.names.name_of(ContactId::new(*number)));
        first["contacts"] = contacts.collect();
        first["diagnostics"] = all.into();
        first
    }

    /// What was asked for, or why it cannot be said.
    pub(super) fn or_error<T: Into<Value>>(self, answer: Result<T>) -> Value {
        answer.map_or_else(|error| json!({"error": self.error(&error)}), Into::into)
    }

    /// Who entered and who left, by the names of the segments.
    pub(super) fn effects(self, effects: &Effects) -> Value {
        let named = |all: &std::collections::BTreeMap<_, MemberSet>| -> Map<String, Value> {
            all.iter().map(|(id, who)| (self.names.segment(*id), self.names.names_of(who))).collect()
        };
        json!({"entered": named(&effects.entered), "left": named(&effects.left)})
    }

    /// The contacts that an answer names.
    pub(super) fn contacts(self, answer: Result<MemberSet>) -> Value {
        self.or_error(answer.map(|members| self.names.names_of(&members)))
    }

    /// All contacts that there are.
    pub(super) fn everyone(self) -> MemberSet {
        self.book.select("everyone").expect("everyone is a filter")
    }

    /// A value of a contact; null if it is missing.
    pub(super) fn value(self, contact: ContactId, field: FieldId) -> Value {
        let contact = self.book.contact(contact).expect("whoever asks has looked");
        let key = |symbol| Value::from(&*self.book.schema().symbol_key(field, symbol));
        match contact.get(field) {
            None => Value::Null,
            Some(Held::Text(text)) => text.as_str().into(),
            Some(Held::Phone(phone)) => phone.e164().into(),
            Some(Held::Number(number)) => (*number).into(),
            Some(Held::Date(date)) => date.to_string().into(),
            Some(Held::DateTime(at)) => at.to_string().into(),
            Some(Held::Bool(yes)) => (*yes).into(),
            Some(Held::One(symbol)) => key(*symbol),
            Some(Held::Many(symbols)) => symbols.iter().map(key).collect(),
            Some(Held::Id(contact)) => self.names.name_of(*contact),
        }
    }

    /// All values of a contact.
    pub(super) fn values(self, contact: ContactId) -> Value {
        let schema = self.book.schema();
        let fields = schema.fields().map(Field::id);
        fields.map(|field| (schema.field_key(field).to_owned(), self.value(contact, field))).collect()
    }

    /// What happened with a contact, in the order of time.
    pub(super) fn interactions(self, contact: ContactId) -> Value {
        let describe = |one: &Interaction| {
            json!({
                "kind": self.book.schema().kind_key(one.kind),
                "at": one.at.to_string(),
                "amount": one.amount.map(|amount| amount.to_string()),
                "label": one.label.as_ref().map(|label| label.as_str()),
            })
        };
        let found = self.book.contact(contact);
        self.or_error(found.map(|found| found.interactions().iter().map(describe).collect::<Value>()))
    }

    /// The history of a contact, oldest first.
    pub(super) fn history(self, contact: ContactId) -> Value {
        self.or_error(
            self.book
                .history(contact)
                .map(|all| -> Value { all.iter().map(|entry| self.entry(entry)).collect() }),
        )
    }

    fn entry(self, entry: &HistoryEntry) -> Value {
        let schema = self.book.schema();
        let status = |status: StatusId| named(schema.status_key(status));
        let tag = |tag| named(schema.tag_name(tag));
        let segment = |segment| named(schema.segment_name(segment));
        let change = match entry.change {
            Change::Created => "created".to_owned(),
            Change::Status { from, to } => format!("status {} -> {}", status(from), status(to)),
            Change::TagAdded(id) => format!("tag + {}", tag(id)),
            Change::TagRemoved(id) => format!("tag - {}", tag(id)),
            Change::SegmentAdded(id) => format!("segment + {}", segment(id)),
            Change::SegmentRemoved(id) => format!("segment - {}", segment(id)),
            Change::Merged(other) => match self.names.name_of(other) {
                Value::String(name) => format!("merged {name}"),
                number => format!("merged {number}"),
            },
        };
        json!({
            "change": change,
            "at": entry.origin.at.to_string(),
            "actor": entry.origin.actor.as_deref(),
            "cause": entry.origin.cause.as_str(),
            "rule": match entry.origin.cause {
                Cause::Rule(rule) => named(self.book.rule_name(rule)).into(),
                _ => Value::Null,
            },
        })
    }

    /// All rules, in their order.
    pub(super) fn rules(self) -> Value {
        let describe = |rule: &RuleInfo| {
            let text = &rule.text;
            let fields: Map<String, Value> =
                text.set_fields.iter().map(|(key, value)| (key.clone(), plain(value))).collect();
            json!({
                "name": rule.name,
                "enabled": rule.is_enabled,
                "on": text.on,
                "when": text.when,
                "condition": text.condition,
                "set_status": text.set_status,
                "add_tags": text.add_tags,
                "remove_tags": text.remove_tags,
                "add_to_segments": text.add_to_segments,
                "remove_from_segments": text.remove_from_segments,
                "set_fields": fields,
                "error": rule.error.as_ref().map(|error| self.error(error)),
            })
        };
        self.book.rules().iter().map(describe).collect()
    }

    /// The switches of the default rules.
    pub(super) fn automation(self) -> Value {
        let automation = self.book.automation();
        let rules: Map<String, Value> = DefaultRule::ALL
            .into_iter()
            .map(|rule| (rule.as_str().to_owned(), automation.is_on(rule).into()))
            .collect();
        json!({"lead_to_active": automation.lead_to_active, "rules": rules})
    }

    /// All segments, in their order.
    pub(super) fn segments(self) -> Value {
        let describe = |segment: &SegmentInfo| {
            json!({
                "name": segment.name,
                "kind": if segment.is_dynamic() { "dynamic" } else { "static" },
                "count": segment.count,
                "filter": segment.filter,
                "always_in": self.names.names_of(&segment.always_in),
                "always_out": self.names.names_of(&segment.always_out),
                "error": segment.error.as_ref().map(|error| self.error(error)),
            })
        };
        self.book.segments().iter().map(describe).collect()
    }

    /// Why a segment has as many members as it has.
    pub(super) fn explain_segment(self, name: &str) -> Value {
        let describe = |why: SegmentExplanation| {
            let mut made: Vec<Value> = Vec::new();
            for node in why.nodes() {
                let children = node.children.iter().map(|child| made[child.index()].clone()).collect();
                made.push(part(node, children));
            }
            let pins = |pins: &Option<SegmentPart>| pins.as_ref().map(|pins| part(pins, Vec::new()));
            json!({
                "name": why.name,
                "filter": why.filter,
                "count": why.count,
                "everybody": why.everybody,
                "tree": made.pop(),
                "always_in": pins(&why.always_in),
                "always_out": pins(&why.always_out),
                "text": why.to_string(),
            })
        };
        self.or_error(self.book.explain_segment(name).map(describe))
    }

    /// Who gets a broadcast, and who does not, by reason.
    pub(super) fn audience(self, query: &AudienceQuery) -> Value {
        let describe = |audience: Audience| {
            let skipped: Value = audience
                .skipped
                .iter()
                .map(|(reason, who)| (reason.to_string(), as_set(&self.names.names_of(who))))
                .collect();
            json!({"recipients": as_set(&self.names.names_of(&audience.recipients)), "skipped": skipped})
        };
        self.or_error(self.book.audience(query).map(describe))
    }

    /// How many contacts have each tag.
    pub(super) fn tags(self) -> Value {
        let name = |tag| self.book.schema().tag_name(tag).to_owned();
        self.book.tags().into_iter().map(|(tag, count)| (name(tag), Value::from(count))).collect()
    }

    /// All statuses, in their order.
    pub(super) fn statuses(self) -> Value {
        let (schema, statuses) = (self.book.schema(), self.book.schema().statuses());
        let all = schema
            .statuses_in_order()
            .map(|id| json!({"key": statuses.key(id.get()), "label": statuses.label(id.get())}));
        all.collect()
    }

    /// All fields by their keys.
    pub(super) fn fields(self) -> Value {
        let schema = self.book.schema();
        let option = |entry: Entry<'_>| json!({"key": entry.key, "label": entry.label});
        let describe = |field: &Field| {
            json!({
                "type": field.value_type().as_str(),
                "label": schema.field_label(field.id()),
                "options": field.options().iter().map(option).collect::<Vec<_>>(),
            })
        };
        schema.fields().map(|field| (schema.field_key(field.id()).to_owned(), describe(field))).collect()
    }

    /// All kinds of interaction by their keys.
    pub(super) fn kinds(self) -> Value {
        let all = self.book.schema().kind_entries();
        all.map(|(kind, key)| (key.to_owned(), json!({"outgoing": kind.outgoing}))).collect()
    }

    /// The contact that a key leads to; null if there is none.
    pub(super) fn find(self, field: FieldId, key: &str) -> Value {
        let found = self.book.find(field, key);
        self.or_error(found.map(|found| found.map_or(Value::Null, |contact| self.names.name_of(contact))))
    }
}

/// A value as the suites write it.
fn plain(value: &Input) -> Value {
    match value {
        Input::Missing => Value::Null,
        Input::Text(text) => text.as_str().into(),
        Input::Number(number) => (*number).into(),
        Input::Bool(yes) => (*yes).into(),
        Input::Date(day) => day.to_string().into(),
        Input::DateTime(at) => at.to_string().into(),
        Input::List(names) => names.as_slice().into(),
    }
}
