//! Settings, fields, options, statuses, kinds, tags, segments, and what names lead to.

use crate::commands::all_names;
use std::collections::BTreeMap;
use tagmata::{Book, Catalog, Code, Error, Field, Filter, SegmentId};

/// What is a fact of its own.
pub(super) fn facts(book: &Book, into: &mut BTreeMap<String, String>) {
    let schema = book.schema();
    let mut add = |key: String, value: String| into.insert(key, value);
    add("settings".to_owned(), format!("{:?}", schema.settings()));
    for field in schema.fields() {
        let id = field.id();
        add(format!("field {id:?}"), field.value_type().to_string());
        add(format!("field {id:?} / key"), schema.field_key(id).to_owned());
        add(format!("field {id:?} / label"), schema.field_label(id).to_owned());
        for (key, value) in catalog(&format!("field {id:?} / option"), field.options()) {
            add(key, value);
        }
    }
    for (key, value) in catalog("status", schema.statuses()) {
        add(key, value);
    }
    add("statuses".to_owned(), format!("{:?}", schema.statuses_in_order().collect::<Vec<_>>()));
    for (kind, key) in schema.kind_entries() {
        add(format!("kind {:?}", kind.id), format!("{key}, outgoing {}", kind.outgoing));
    }
    for (tag, name) in schema.tag_entries() {
        add(format!("tag {tag:?}"), name.to_owned());
    }
    for segment in book.segments() {
        let id = segment.id;
        add(format!("segment {id:?}"), segment.name);
        let plan = match (&segment.filter, &segment.error) {
            (None, _) => "static".to_owned(),
            (Some(text), Some(error)) if is_broken(id, error, book) => {
                let help = error.diagnostics().first().and_then(|diagnostic| diagnostic.help_text());
                format!("{text}: {}", help.unwrap_or_default())
            }
            (Some(text), _) => match Filter::parse(text, schema) {
                Ok(filter) => format!("{:?}", filter.plan().nodes()),
                Err(error) => format!("{text}: {error}"),
            },
        };
        add(format!("segment {id:?} / filter"), plan);
    }
    add("automation".to_owned(), format!("{:?}", book.automation()));
    let rules = book.rules();
    add("rules".to_owned(), format!("{:?}", rules.iter().map(|rule| rule.id).collect::<Vec<_>>()));
    for rule in rules {
        let key = format!("rule {:?}", rule.id);
        add(format!("{key} / name"), format!("{:?}, enabled {}", rule.name, rule.is_enabled));
        let is_broken =
            rule.error.filter(|error| error.code() == Code::BrokenRule).map(|error| error.to_string());
        // The words of a filter may be others for the same filter, as after an undo.
        let plan = |text: &Option<String>| {
            let read = |text: &String| match Filter::parse(text, schema) {
                Ok(filter) => format!("{:?}", filter.plan().nodes()),
                Err(error) => format!("{text}: {error}"),
            };
            text.as_ref().filter(|_| is_broken.is_none()).map(read)
        };
        let (when, condition) = (plan(&rule.text.when), plan(&rule.text.condition));
        let mut text = rule.text;
        if is_broken.is_none() {
            (text.when, text.condition) = (when, condition);
            // What is renamed is the same.
            for tags in [&mut text.add_tags, &mut text.remove_tags] {
                tags.iter_mut().for_each(|name| *name = format!("{:?}", schema.tag(name)));
            }
            for segments in [&mut text.add_to_segments, &mut text.remove_from_segments] {
                segments.iter_mut().for_each(|name| *name = format!("{:?}", schema.segment(name)));
            }
        }
        add(key, format!("{text:?} {is_broken:?}"));
    }
}

/// Whether a segment is broken itself, and not by one that it stands on.
fn is_broken(segment: SegmentId, error: &Error, book: &Book) -> bool {
    let message = format!("the segment `{}` is broken", book.schema().segment_name(segment));
    error.diagnostics().iter().any(|diagnostic| diagnostic.message() == message)
}

fn catalog(what: &str, catalog: &Catalog) -> Vec<(String, String)> {
    let entry = |entry: tagmata::Entry<'_>| {
        let number = entry.number;
        [
            (format!("{what} {number} / key"), entry.key.to_owned()),
            (format!("{what} {number} / label"), entry.label.to_owned()),
        ]
    };
    catalog.iter().flat_map(entry).collect()
}

/// What follows from other things.
pub(super) fn views(book: &Book, into: &mut BTreeMap<String, String>) {
    let schema = book.schema();
    let mut add = |key: String, value: String| into.insert(key, value);
    for name in all_names() {
        let numbers = (
            schema.tag(name),
            schema.segment(name),
            schema.status(name),
            schema.kind(name),
            schema.field_by_key(name).map(Field::id),
            schema.field_by_label(name).map(Field::id),
        );
        let options = schema.fields().filter(|field| field.options().iter().next().is_some());
        let options: Vec<_> = options.map(|field| (field.id(), field.options().find(name))).collect();
        add(format!("name {name:?}"), format!("{numbers:?} {options:?}"));
    }
    add("tags".to_owned(), format!("{:?}", book.tags()));
    for segment in book.segments() {
        let id = segment.id;
        add(
            format!("segment {id:?} / members"),
            match book.members(id) {
                Ok(members) => format!("{:?}", members.to_numbers()),
                Err(error) => error.to_string(),
            },
        );
        add(format!("segment {id:?} / info"), format!("{segment:?}"));
    }
}
