//! What always holds between definitions, contacts and histories.

use super::history::Change;
use super::state::State;
use crate::model::Field;
use crate::table::KEY_FIELDS;
use crate::text::quoted;
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, SegmentId, Symbol, Value};
use std::collections::BTreeMap;

impl State {
    /// What does not hold that should, one line each; empty if all is sound. Histories know of so many commits; what is to come is
    /// later than `now`.
    pub(crate) fn violations(&self, commits: u64, now: Timestamp) -> Vec<String> {
        let mut found = self.schema.violations();
        found.extend(self.segments.violations(&self.schema));
        found.extend(self.rules.violations(&self.schema));
        let all =
            self.table.live().iter().flat_map(|contact| {
                self.table.interactions(contact).map(move |one| (contact, one.kind, one.at))
            });
        let is_there = |contact, kind, at| self.table.recorded().has_at(contact, kind, at);
        found.extend(self.upcoming.violations(is_there, all.filter(|(.., at)| *at > now)));
        found.extend(self.table.violations(|field| self.schema.field(field).map(Field::value_type)));
        for kind in self.table.recorded().kinds().filter(|kind| !self.schema.has_kind(*kind)) {
            found.push(format!("there are interactions of kind {}, which is not there", kind.get()));
        }
        for contact in self.table.live().iter() {
            self.check_contact(contact, &mut found);
        }
        self.check_keys(&mut found);
        found.extend(self.histories.violations(commits, self.table.next_row(), self.table.live()));
        found
    }

    fn check_contact(&self, contact: ContactId, found: &mut Vec<String>) {
        let id = contact.get();
        for field in [Field::STATUS, Field::STATUS_CHANGED_AT, Field::CREATED_AT, Field::UPDATED_AT] {
            if self.table.get(contact, field).is_none() {
                found.push(format!("contact {id} has no {}", quoted(self.schema.field_key(field))));
            }
        }
        for field in self.table.fields() {
            for symbol in symbols(self.table.get(contact, field)) {
                let is_dynamic =
                    field == Field::SEGMENTS && self.segments.get(SegmentId::new(symbol.get())).is_some();
                if is_dynamic || !self.schema.has_symbol(field, symbol) {
                    let problem = if is_dynamic { "which is dynamic" } else { "which is not there" };
                    found.push(format!(
                        "contact {id} has {} in field {}, {problem}",
                        symbol.get(),
                        field.get()
                    ));
                }
            }
        }
        self.check_history(contact, found);
    }

    /// The last thing that a history says about a status, tag or segment is so. Histories of merged contacts are mixed.
    fn check_history(&self, contact: ContactId, found: &mut Vec<String>) {
        let mut said: BTreeMap<(FieldId, Option<Symbol>), bool> = BTreeMap::new();
        let history = self.histories.of(contact);
        let created = history.iter().filter(|entry| entry.change == Change::Created).count();
        for entry in &history {
            let has = |field, symbol| self.set_of(contact, field).contains(&symbol);
            let (field, symbol, is_so) = match entry.change {
                Change::Merged(_) => return,
                Change::Created => continue,
                Change::Status { to, .. } => {
                    let is_so = self.table.get(contact, Field::STATUS) == Some(Value::One(to.into()));
                    (Field::STATUS, None, is_so)
                }
                Change::TagAdded(tag) => (Field::TAGS, Some(tag.into()), has(Field::TAGS, tag.into())),
                Change::TagRemoved(tag) => (Field::TAGS, Some(tag.into()), !has(Field::TAGS, tag.into())),
                Change::SegmentAdded(id) => {
                    (Field::SEGMENTS, Some(id.into()), has(Field::SEGMENTS, id.into()))
                }
                Change::SegmentRemoved(id) => {
                    (Field::SEGMENTS, Some(id.into()), !has(Field::SEGMENTS, id.into()))
                }
            };
            said.insert((field, symbol), is_so);
        }
        if created != 1 || said.values().any(|is_so| !is_so) {
            found.push(format!("the history of contact {} says otherwise: {history:?}", contact.get()));
        }
    }

    fn check_keys(&self, found: &mut Vec<String>) {
        for ((field, key), contact) in &self.aliases {
            if !KEY_FIELDS.contains(field) || !self.table.live().contains(*contact) {
                found.push(format!("{} leads to contact {}, which is not there", quoted(key), contact.get()));
            }
        }
        let mut owners: BTreeMap<&str, ContactId> = BTreeMap::new();
        let column = self.table.column(Field::EXTERNAL_ID);
        let key = |contact: &ContactId| column.and_then(|column| column.key(contact.get()));
        let own = self.table.live().iter().filter_map(|contact| Some((key(&contact)?, contact)));
        let aliases = self.aliases.iter().filter(|((field, _), _)| *field == Field::EXTERNAL_ID);
        let aliases = aliases.map(|((_, key), contact)| (&**key, *contact));
        for (key, contact) in own.chain(aliases) {
            if let Some(other) = owners.insert(key, contact).filter(|other| *other != contact) {
                let (one, other) = (contact.get(), other.get());
                found.push(format!("contacts {one} and {other} have the external id {}", quoted(key)));
            }
        }
    }
}

fn symbols(value: Option<Value>) -> Vec<Symbol> {
    match value {
        Some(Value::One(symbol)) => vec![symbol],
        Some(Value::Many(set)) => set.iter().collect(),
        _ => Vec::new(),
    }
}
