//! Labels of what is there already: fields, options, statuses.

use super::applier::Applier;
use super::removals::{Removal, Thing};
use crate::change::{Command, Ref};
use crate::definitions::{Document, Labelled, Prune};
use crate::json::TreeId;
use crate::model::{Catalog, Field, Schema};
use crate::value::{FieldId, OptionId, StatusId};
use std::collections::BTreeSet;

/// What has a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Field(FieldId),
    Option(FieldId, OptionId),
    Status(StatusId),
}

impl Owner {
    fn relabel(self, label: &str) -> Command {
        let label = label.to_owned();
        match self {
            Self::Field(field) => {
                Command::UpdateField { field: Ref::Id(field), label: Some(label), add_options: Vec::new() }
            }
            Self::Option(field, option) => {
                Command::RenameOption { field: Ref::Id(field), option: Ref::Id(option), label }
            }
            Self::Status(status) => {
                Command::UpdateStatus { status: Ref::Id(status), label: Some(label), position: None }
            }
        }
    }
}

/// A label that something is to get.
#[derive(Debug)]
struct Relabel {
    owner: Owner,
    key: String,
    label: String,
    at: TreeId,
}

impl Applier<'_, '_> {
    /// Gives all that is there and listed its label. Labels may be passed on, and two things may swap theirs.
    pub(super) fn labels(&mut self, document: &Document<'_>, prune: Prune, removals: &[Removal]) {
        let parked: Vec<Command> = removals.iter().filter_map(|one| parked(one, self.schema())).collect();
        for command in parked {
            let _ = self.attempt(&command);
        }
        let mut wanted = self.wanted(document, prune);
        wanted.retain(|one| self.attempt(&one.owner.relabel(&one.label)).is_err());
        for one in &wanted {
            let _ = self.attempt(&one.owner.relabel(&one.key));
        }
        for one in wanted {
            self.run(&one.owner.relabel(&one.label), one.at);
        }
    }

    /// Labels that are another one by the document.
    fn wanted(&self, document: &Document<'_>, prune: Prune) -> Vec<Relabel> {
        let schema = self.schema();
        let mut wanted = Vec::new();
        let statuses = document.statuses.iter().flat_map(|section| &section.entries);
        wanted.extend(changed(schema.statuses(), statuses, |number| Owner::Status(StatusId::new(number))));
        let Some(section) = &document.fields else { return wanted };
        let mut listed = BTreeSet::new();
        for entry in &section.entries {
            let Some(field) = schema.field_by_key(entry.named.key) else { continue };
            let id = field.id();
            listed.insert(id);
            let is_another = |label: &str| label != schema.field_label(id);
            if let Some(label) = entry.named.label.filter(|label| is_another(label.it.trim())) {
                let (key, text) = (schema.field_key(id).to_owned(), label.it.to_owned());
                wanted.push(Relabel { owner: Owner::Field(id), key, label: text, at: label.at });
            }
            let options = entry.options.iter().flat_map(|section| &section.entries);
            let owner = |number| Owner::Option(id, OptionId::new(number));
            wanted.extend(changed(field.options(), options, owner));
        }
        if prune == Prune::Remove {
            // A standard field cannot be deleted: what is pruned is its label.
            for field in schema.fields().filter(|field| !listed.contains(&field.id())) {
                let (id, label) = (field.id(), schema.field_label(field.id()));
                if let Some(usual) = Field::standard_label(id).filter(|usual| *usual != label) {
                    let key = schema.field_key(id).to_owned();
                    let owner = Owner::Field(id);
                    wanted.push(Relabel { owner, key, label: usual.to_owned(), at: section.at });
                }
            }
        }
        wanted
    }
}

/// What is deleted later gives its label free now: its own key is a label that nothing else can have.
fn parked(removal: &Removal, schema: &Schema) -> Option<Command> {
    let (owner, key) = match removal.thing {
        Thing::Field(id) => (Owner::Field(id), schema.field_key(id)),
        Thing::Status(id) => (Owner::Status(id), schema.status_key(id)),
        Thing::Option(field, option) => {
            (Owner::Option(field, option), schema.field(field)?.options().key(option.get()))
        }
        Thing::Segment(_) | Thing::Tag(_) | Thing::Kind(_) | Thing::Rule(_) => return None,
    };
    Some(owner.relabel(key))
}

/// The entries of a list that give another label than something has.
fn changed<'e>(
    catalog: &Catalog,
    entries: impl Iterator<Item = &'e Labelled<'e>>,
    owner: impl Fn(u32) -> Owner,
) -> Vec<Relabel> {
    let another = entries.filter_map(|entry| {
        let (number, label) = (catalog.find_by_key(entry.key)?, entry.label?);
        (label.it.trim() != catalog.label(number)).then(|| Relabel {
            owner: owner(number),
            key: catalog.key(number).to_owned(),
            label: label.it.to_owned(),
            at: label.at,
        })
    });
    another.collect()
}
