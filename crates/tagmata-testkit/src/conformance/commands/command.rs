//! Steps as commands.

use super::arguments::Reader;
use crate::conformance::object::Object;
use crate::conformance::read::{amount, new_field, options, patch, settings};
use tagmata::{Command, InteractionQuery, Result, Selection, Timestamp};

/// The command of a step, where it is one; nothing for what a book does otherwise.
///
/// # Errors
/// Those of filters that are given as JSON.
pub(super) fn read(step: &Object<'_>, with: Reader<'_>, now: Timestamp) -> Result<Option<Command>> {
    // Members are read before anything can be refused: what was not read by then is a typo.
    let name = |key: &str| step.text(key).to_owned();
    let command = match step.text("do") {
        "update_contact" => Command::UpdateContacts {
            selection: Selection::contacts([with.names.contact(step.need("contact"))]),
            patch: patch(&step.object("fields")),
        },
        "update_contacts" => {
            Command::UpdateContacts { patch: patch(&step.object("fields")), selection: with.selection(step)? }
        }
        "delete_contacts" => Command::DeleteContacts(with.selection(step)?),
        "merge_contacts" => Command::MergeContacts {
            keep: with.names.contact(step.need("keep")),
            others: with.names.contacts(step.list("others")),
        },
        "add_tags" => Command::AddTags {
            tags: step.texts("tags").map(Into::into).collect(),
            selection: with.selection(step)?,
        },
        "remove_tags" => Command::RemoveTags {
            tags: step.texts("tags").map(Into::into).collect(),
            selection: with.selection(step)?,
        },
        "set_status" => {
            Command::SetStatus { status: step.text("status").into(), selection: with.selection(step)? }
        }
        "add_to_segment" => {
            Command::AddToSegment { segment: step.text("segment").into(), selection: with.selection(step)? }
        }
        "remove_from_segment" => Command::RemoveFromSegment {
            segment: step.text("segment").into(),
            selection: with.selection(step)?,
        },
        "record" => Command::Record {
            contact: with.names.contact(step.need("contact")),
            kind: name("kind"),
            at: step.text_if("at").map_or(now, |at| at.parse().unwrap()),
            amount: amount(step.any("amount")),
            label: step.text_if("label").map(str::to_owned),
        },
        "record_many" => Command::RecordMany(Box::new(with.new_interactions(step, now))),
        "delete_interactions" => {
            Command::DeleteInteractions { query: interaction_query(step), selection: with.selection(step)? }
        }
        "create_segment" => Command::CreateSegments(vec![with.new_segment(step)?]),
        "create_segments" => {
            let read = |segment| {
                let segment = Object::new(segment, format!("{}: a segment", step.place()));
                let new = with.new_segment(&segment);
                segment.finish();
                new
            };
            Command::CreateSegments(step.list("segments").iter().map(read).collect::<Result<_>>()?)
        }
        "update_segment" => {
            Command::UpdateSegment { segment: step.text("segment").into(), patch: with.patch(step)? }
        }
        "rename_segment" => {
            Command::RenameSegment { segment: step.text("segment").into(), name: name("name") }
        }
        "delete_segment" => {
            Command::DeleteSegment { segment: step.text("segment").into(), force: step.flag("force") }
        }
        "freeze_segment" => Command::FreezeSegment(step.text("segment").into()),
        "define_tag" => Command::DefineTag(name("name")),
        "rename_tag" => Command::RenameTag { tag: step.text("tag").into(), name: name("name") },
        "delete_tag" => Command::DeleteTag { tag: step.text("tag").into(), force: step.flag("force") },
        "define_field" => Command::DefineField(new_field(step)),
        "update_field" => {
            let add_options = options(step, "add_options");
            let owned = add_options.into_iter().map(|(key, label)| (key.to_owned(), label.to_owned()));
            Command::UpdateField {
                field: step.text("field").into(),
                label: step.text_if("label").map(str::to_owned),
                add_options: owned.collect(),
            }
        }
        "delete_field" => {
            Command::DeleteField { field: step.text("field").into(), force: step.flag("force") }
        }
        "rename_option" => Command::RenameOption {
            field: step.text("field").into(),
            option: step.text("option").into(),
            label: name("label"),
        },
        "delete_option" => Command::DeleteOption {
            field: step.text("field").into(),
            option: step.text("option").into(),
            force: step.flag("force"),
        },
        "define_status" => {
            Command::DefineStatus { key: name("key"), label: step.text_if("label").map(str::to_owned) }
        }
        "update_status" => Command::UpdateStatus {
            status: step.text("status").into(),
            label: step.text_if("label").map(str::to_owned),
            position: step.number_if("position").map(|place| usize::try_from(place).unwrap()),
        },
        "delete_status" => Command::DeleteStatus {
            status: step.text("status").into(),
            replacement: step.text_if("replacement").map(Into::into),
            force: step.flag("force"),
        },
        "define_kind" => Command::DefineKind { key: name("key"), outgoing: step.flag("outgoing") },
        "delete_kind" => Command::DeleteKind { kind: step.text("kind").into(), force: step.flag("force") },
        "set_automation" => Command::SetAutomation {
            lead_to_active: step.get("lead_to_active").map(|_| step.flag("lead_to_active")),
            rules: step
                .object("rules")
                .all()
                .map(|(name, is_on)| (name.to_owned(), is_on.as_bool().expect("a switch")))
                .collect(),
        },
        "add_rule" => Command::AddRule(Box::new(with.new_rule(step)?)),
        "update_rule" => {
            Command::UpdateRule { rule: step.text("rule").into(), patch: Box::new(with.rule_patch(step)?) }
        }
        "delete_rule" => Command::DeleteRule(step.text("rule").into()),
        "change_settings" => {
            Command::ChangeSettings(settings(*with.schema.settings(), &step.object("settings")))
        }
        "undo" => Command::Undo {
            commit: Box::new(with.names.commit(step.text("of")).clone()),
            force: step.flag("force"),
        },
        _ => return Ok(None),
    };
    Ok(Some(command))
}

fn interaction_query(step: &Object<'_>) -> InteractionQuery {
    let mut query = InteractionQuery::new();
    query = step.text_if("kind").into_iter().fold(query, InteractionQuery::kind);
    query = step.text_if("label").into_iter().fold(query, InteractionQuery::labelled);
    let instant = |key| step.text_if(key).map(|at: &str| at.parse().unwrap());
    query = instant("since").into_iter().fold(query, InteractionQuery::since);
    instant("until").into_iter().fold(query, InteractionQuery::until)
}
