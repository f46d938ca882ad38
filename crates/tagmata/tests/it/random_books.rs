//! Books with random definitions that have changed in all ways in which definitions change.

use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Strategy, any};
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::fmt;
use tagmata::{
    Book, DefaultRule, Draft, NewRule, NewSegment, Patch, Prune, Result, RulePatch, SegmentPatch, Timestamp,
};
use tagmata_testkit::generate::{schema, settings};

/// Names that are given to things of all sorts, so that they meet.
const NAMES: &[&str] = &["A", "a", "B", "big", "Nord", "Straße", "STRASSE", "vip", "Plan \"pro\"", "null"];

/// A change of the definitions of a book. An index says which of what there is.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    RelabelField(Index, &'static str),
    RelabelOption(Index, Index, &'static str),
    RelabelStatus(Index, &'static str),
    MoveStatus(Index, Index),
    RenameTag(Index, &'static str),
    RenameSegment(Index, &'static str),
    /// A dynamic segment looks at another segment, and at a tag.
    Refilter(Index, Index, Index),
    NewSegment(&'static str, Index),
    NewRule(&'static str, Index, Index),
    MoveRule(Index, Index, bool),
    Switch(Index, bool),
    DeleteField(Index, bool),
    DeleteOption(Index, Index, bool),
    DeleteStatus(Index, bool),
    DeleteTag(Index, bool),
    DeleteSegment(Index, bool),
    DeleteKind(Index, bool),
}

fn edit() -> BoxedStrategy<Edit> {
    let (at, name) = (any::<Index>, || select(NAMES));
    proptest::prop_oneof![
        (at(), name()).prop_map(|(field, label)| Edit::RelabelField(field, label)),
        (at(), at(), name()).prop_map(|(field, option, label)| Edit::RelabelOption(field, option, label)),
        (at(), name()).prop_map(|(status, label)| Edit::RelabelStatus(status, label)),
        (at(), at()).prop_map(|(status, place)| Edit::MoveStatus(status, place)),
        (at(), name()).prop_map(|(tag, new)| Edit::RenameTag(tag, new)),
        (at(), name()).prop_map(|(segment, new)| Edit::RenameSegment(segment, new)),
        (at(), at(), at()).prop_map(|(segment, used, tag)| Edit::Refilter(segment, used, tag)),
        (name(), at()).prop_map(|(new, used)| Edit::NewSegment(new, used)),
        (name(), at(), at()).prop_map(|(new, used, tag)| Edit::NewRule(new, used, tag)),
        (at(), at(), any::<bool>()).prop_map(|(rule, place, is_on)| Edit::MoveRule(rule, place, is_on)),
        (at(), any::<bool>()).prop_map(|(rule, is_on)| Edit::Switch(rule, is_on)),
        (at(), any::<bool>()).prop_map(|(field, force)| Edit::DeleteField(field, force)),
        (at(), at(), any::<bool>())
            .prop_map(|(field, option, force)| Edit::DeleteOption(field, option, force)),
        (at(), any::<bool>()).prop_map(|(status, force)| Edit::DeleteStatus(status, force)),
        (at(), any::<bool>()).prop_map(|(tag, force)| Edit::DeleteTag(tag, force)),
        (at(), any::<bool>()).prop_map(|(segment, force)| Edit::DeleteSegment(segment, force)),
        (at(), any::<bool>()).prop_map(|(kind, force)| Edit::DeleteKind(kind, force)),
    ]
    .boxed()
}

/// A book that was drawn. It is shown by its definitions.
#[derive(Clone)]
pub(crate) struct AnyBook(pub(crate) Book);

impl fmt::Debug for AnyBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.definitions())
    }
}

/// Books with definitions and a past.
pub(crate) fn any_book() -> BoxedStrategy<AnyBook> {
    (settings(), schema(), vec(edit(), 0..12))
        .prop_map(|(settings, schema, edits)| {
            let mut book = Book::builder().build(now());
            let document = document(&settings, &schema).to_string();
            book.apply_definitions(&document, Prune::Keep, now()).unwrap_or_else(|error| panic!("{error}"));
            for edit in &edits {
                // What cannot be is left out.
                let _ = change(&mut book, edit);
            }
            populate(&mut book);
            AnyBook(book)
        })
        .boxed()
}

/// Contacts for the segments: one with each tag, in each static segment.
fn populate(book: &mut Book) {
    let tags: Vec<_> = book.schema().tag_entries().map(|(tag, _)| tag).collect();
    let segments = book.segments().into_iter().filter(|info| !info.is_dynamic());
    let segments: Vec<_> = segments.map(|info| info.id).collect();
    for at in 0..tags.len().max(segments.len()) {
        let name = format!("Ana {at}");
        let ana = book.create_contact(Draft::new().set("first_name", name), now()).unwrap().id;
        if let Some(tag) = tags.get(at) {
            book.add_tags(ana, [*tag], now()).unwrap();
        }
        if let Some(segment) = segments.get(at) {
            book.add_to_segment(ana, *segment, now()).unwrap();
        }
    }
}

/// Documents as people write them.
pub(crate) fn documents() -> BoxedStrategy<Value> {
    (settings(), schema()).prop_map(|(settings, schema)| document(&settings, &schema)).boxed()
}

pub(crate) fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// The settings and the schema of a suite as a document, which has no pins and no options without a key.
fn document(settings: &Value, schema: &Value) -> Value {
    let mut document = json!({"v": 1, "settings": settings});
    for (key, value) in schema.as_object().unwrap() {
        document[key] = value.clone();
    }
    for field in document["fields"].as_array_mut().unwrap() {
        for option in field.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(name) = option.as_str() {
                *option = json!({"key": name});
            }
        }
    }
    for segment in document["segments"].as_array_mut().unwrap() {
        let segment = segment.as_object_mut().unwrap();
        segment.retain(|key, _| !["always_in", "always_out"].contains(&key.as_str()));
    }
    document
}

fn one_of<T: Clone>(things: &[T], at: &Index) -> Option<T> {
    (!things.is_empty()).then(|| at.get(things).clone())
}

fn change(book: &mut Book, edit: &Edit) -> Option<Result<()>> {
    let now = now();
    let schema = book.schema().clone();
    let fields: Vec<_> = schema.fields().map(|field| field.id()).collect();
    let statuses: Vec<_> = schema.statuses_in_order().collect();
    let tags: Vec<_> = schema.tag_entries().map(|(tag, _)| tag).collect();
    let segments: Vec<_> = schema.segment_entries().map(|(segment, _)| segment).collect();
    let kinds: Vec<_> = schema.kind_entries().map(|(kind, _)| kind.id).collect();
    let option = |field: &Index, option: &Index| {
        let selects: Vec<_> =
            schema.fields().filter(|field| field.options().iter().next().is_some()).collect();
        let field = one_of(&selects, field)?;
        let options: Vec<_> = field.options().iter().map(|option| option.key.to_owned()).collect();
        Some((field.id(), one_of(&options, option)?))
    };
    let quoted = |name: &str| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    let uses = |used: &Index| one_of(&segments, used).map(|id| quoted(schema.segment_name(id)));
    let outcome = match edit {
        Edit::RelabelField(at, label) => book.update_field(one_of(&fields, at)?, Some(label), [], now),
        Edit::RelabelOption(field, at, label) => {
            let (field, key) = option(field, at)?;
            book.rename_option(field, key, label, now)
        }
        Edit::RelabelStatus(at, label) => book.update_status(one_of(&statuses, at)?, Some(label), None, now),
        Edit::MoveStatus(at, place) => {
            book.update_status(one_of(&statuses, at)?, None, Some(place.index(statuses.len())), now)
        }
        Edit::RenameTag(at, name) => book.rename_tag(one_of(&tags, at)?, name, now),
        Edit::RenameSegment(at, name) => book.rename_segment(one_of(&segments, at)?, name, now),
        Edit::Refilter(at, used, tag) => {
            let tag = quoted(schema.tag_name(one_of(&tags, tag)?));
            let filter = format!("not segments has {} or tags has any ({tag})", uses(used)?);
            book.update_segment(one_of(&segments, at)?, SegmentPatch::new().filter(filter), now)
        }
        Edit::NewSegment(name, used) => {
            let new = match uses(used) {
                Some(used) => NewSegment::dynamic(*name, format!("segments has {used}")),
                None => NewSegment::fixed(*name),
            };
            book.create_segment(new, now).map(|created| created.outcome)
        }
        Edit::NewRule(name, used, tag) => {
            let field =
                fields.get(used.index(fields.len())).map(|field| schema.field_key(*field).to_owned())?;
            let tag = one_of(&tags, tag)?;
            let new = match uses(used) {
                Some(used) => NewRule::when(*name, format!("segments has {used}")).set_status("active"),
                None => NewRule::on(*name, field.as_str()).condition("status = lead"),
            };
            let set = Patch::new().set(field.as_str(), tagmata::Input::Missing);
            let new =
                if used.index(2) == 0 { new.add_tags([tag]) } else { new.remove_tags([tag]).set_fields(set) };
            book.add_rule(new, now).map(|created| created.outcome)
        }
        Edit::MoveRule(at, place, is_on) => {
            let rules: Vec<_> = book.rules().into_iter().map(|rule| rule.id).collect();
            let patch = RulePatch::new().position(place.index(rules.len().max(1))).enabled(*is_on);
            book.update_rule(one_of(&rules, at)?, patch, now)
        }
        Edit::Switch(at, is_on) => {
            book.set_automation(Some(*is_on), [(at.get(&DefaultRule::ALL).as_str(), *is_on)], now)
        }
        Edit::DeleteField(at, force) => book.delete_field(one_of(&fields, at)?, *force, now),
        Edit::DeleteOption(field, at, force) => {
            let (field, key) = option(field, at)?;
            book.delete_option(field, key, *force, now)
        }
        Edit::DeleteStatus(at, force) => book.delete_status(one_of(&statuses, at)?, None, *force, now),
        Edit::DeleteTag(at, force) => book.delete_tag(one_of(&tags, at)?, *force, now),
        Edit::DeleteSegment(at, force) => book.delete_segment(one_of(&segments, at)?, *force, now),
        Edit::DeleteKind(at, force) => book.delete_kind(one_of(&kinds, at)?, *force, now),
    };
    Some(outcome.map(|_| ()))
}
