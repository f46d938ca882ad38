//! Edits of the schema can be taken back, in both ways: undone, and as if they had never been.

use crate::model::edit::SchemaEdit;
use crate::model::{Field, Limits, NewField, Schema, Settings};
use crate::value::{FieldId, KindId, OptionId, SegmentId, StatusId, TagId, ValueType};
use crate::{Code, Result};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};

/// Few names, so that they meet; some are the same when folded.
const NAMES: [&str; 8] = ["Nord", "NORD", " sud ", "straße", "STRASSE", "email", "payment", ""];

/// What a user does: one of the definitions below, with names and numbers for it.
#[derive(Debug, Clone, Copy)]
struct Act {
    what: usize,
    name: &'static str,
    other: &'static str,
    number: u32,
}

impl Act {
    /// A number among those that were given or come next, beginning after the built-in ones.
    fn after(self, built_in: usize) -> u32 {
        self.number + u32::try_from(built_in).unwrap() - 1
    }

    fn field(self) -> FieldId {
        FieldId::new(self.after(Field::STANDARD.len()))
    }

    fn new_field(self) -> NewField {
        let types = [ValueType::Text, ValueType::Select, ValueType::MultiSelect];
        let value_type = types[self.number as usize % types.len()];
        let field = NewField::new(self.name, value_type);
        let field = if self.number > 2 { field.label(self.other) } else { field };
        if value_type == ValueType::Text { field } else { field.labelled_option(self.name, self.other) }
    }

    fn pairs(self) -> [(String, String); 2] {
        [(self.name, self.other), (self.other, self.other)].map(|(key, label)| (key.into(), label.into()))
    }

    /// The edits, checked against a schema.
    fn edits(self, schema: &Schema) -> Result<Vec<SchemaEdit>> {
        let Self { name, other, number, .. } = self;
        let (status, kind) = (StatusId::new(number), KindId::new(self.after(8)));
        let (option, tag, segment) =
            (OptionId::new(number - 1), TagId::new(number - 1), SegmentId::new(number - 1));
        match self.what {
            0 => schema.edits_to_define_field(&self.new_field()).map(|(_, edits)| edits),
            1 => schema.edits_to_relabel_field(self.field(), name),
            2 => schema.edits_to_delete_field(self.field()),
            3 => schema.edits_to_define_option(self.field(), name, other).map(|(_, edits)| edits),
            4 => schema.edits_to_relabel_option(self.field(), option, name),
            5 => schema.edits_to_define_status(name, Some(other)).map(|(_, edits)| edits),
            6 => schema.edits_to_define_kind(name, number > 2).map(|(_, edits)| edits),
            7 => schema.edits_to_define_tag(name).map(|(_, edits)| edits),
            8 => schema.edits_to_rename_tag(tag, name),
            9 => schema.edits_to_define_segment(name).map(|(_, edits)| edits),
            10 => schema.edits_to_rename_segment(segment, name),
            11 => schema.edits_to_define_options(self.field(), &self.pairs()).map(|(_, edits)| edits),
            12 => schema.edits_to_delete_option(self.field(), option),
            13 => schema.edits_to_relabel_status(status, name),
            14 => schema.edits_to_delete_status(status),
            15 => {
                let mut order: Vec<_> = schema.statuses_in_order().collect();
                let middle = number as usize % order.len().max(1);
                order.rotate_left(middle);
                schema.edits_to_order_statuses(&order)
            }
            16 => schema.edits_to_delete_kind(kind),
            17 => schema.edits_to_delete_tag(tag),
            18 => schema.edits_to_delete_segment(segment),
            19 => {
                let old = *schema.settings();
                let limits = Limits { nesting: number as usize, ..old.limits };
                Ok(vec![SchemaEdit::Settings { old, new: Settings { limits, ..old } }])
            }
            _ => {
                let mut new = if number > 2 { schema.new_tags() } else { schema.new_segments() };
                for name in [name, other, name] {
                    let number = new.find_or_add(name)?;
                    assert_eq!(new.find(name), Some(number));
                }
                Ok(new.into_edits())
            }
        }
    }

    /// The same by a public method, for what has one.
    fn mutate(self, schema: &mut Schema) -> Option<Result<()>> {
        let Self { name, other, number, .. } = self;
        let option = OptionId::new(number - 1);
        Some(match self.what {
            0 => schema.define_field(self.new_field()).map(drop),
            1 => schema.relabel_field(self.field(), name),
            3 => schema.define_option(self.field(), name, other).map(drop),
            4 => schema.relabel_option(self.field(), option, name),
            5 => schema.define_status(name, Some(other)).map(drop),
            6 => schema.define_kind(name, number > 2).map(drop),
            7 => schema.define_tag(name).map(drop),
            8 => schema.rename_tag(TagId::new(number - 1), name),
            9 => schema.define_segment(name).map(drop),
            10 => schema.rename_segment(SegmentId::new(number - 1), name),
            _ => return None,
        })
    }
}

fn name() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(NAMES.as_slice())
}

fn act() -> impl Strategy<Value = Act> {
    let drawn = (0..=20_usize, name(), name(), 1..=4_u32);
    drawn.prop_map(|(what, name, other, number)| Act { what, name, other, number })
}

/// Acts, and in between how many of the acts before are undone.
fn history() -> impl Strategy<Value = Vec<(Act, usize)>> {
    proptest::collection::vec((act(), 0..3_usize), 1..40)
}

/// All that can be seen of a schema.
fn visible(schema: &Schema) -> Vec<String> {
    let mut seen = vec![format!("{:?} {:?}", schema.settings, schema.status_order)];
    for field in schema.fields() {
        let (id, options) = (field.id(), field.options());
        let names = (schema.field_key(id), schema.field_label(id));
        seen.push(format!(
            "{id:?} {names:?} {:?} {:?}",
            field.value_type,
            options.iter().collect::<Vec<_>>()
        ));
        seen.extend(
            NAMES.iter().map(|name| format!("{:?} {:?}", options.find(name), options.find_by_label(name))),
        );
    }
    seen.extend(schema.field_entries().map(|entry| format!("{entry:?}")));
    seen.extend(schema.statuses().iter().map(|entry| format!("{entry:?}")));
    seen.extend(schema.kind_entries().map(|entry| format!("{entry:?}")));
    seen.extend(schema.tag_entries().map(|entry| format!("{entry:?}")));
    seen.extend(schema.segment_entries().map(|entry| format!("{entry:?}")));
    for name in NAMES {
        let fields = (schema.field_names.find(name), schema.field_names.find_by_label(name));
        let others = (schema.status(name), schema.kind(name), schema.tag(name), schema.segment(name));
        seen.push(format!("{name} {fields:?} {others:?}"));
    }
    seen
}

fn undo(edits: &[SchemaEdit]) -> Vec<SchemaEdit> {
    edits.iter().rev().map(SchemaEdit::inverse).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_can_be_undone_and_reverted(history in history()) {
        let mut schema = Schema::default();
        // What was done and not undone, with what was seen before; and all that was ever applied, with the schema before.
        let mut done: Vec<(Vec<SchemaEdit>, Vec<String>)> = Vec::new();
        let mut applied: Vec<(Vec<SchemaEdit>, Schema)> = Vec::new();
        for (act, undone) in history {
            for _ in 0..undone {
                let Some((edits, seen)) = done.pop() else { break };
                let undoing = undo(&edits);
                // Sometimes that is an act of its own, which is undone next, as a redo.
                if act.number == 1 {
                    done.push((edits, seen.clone()));
                    done.push((undoing.clone(), visible(&schema)));
                }
                applied.push((undoing.clone(), schema.clone()));
                schema.apply_all(&undoing);
                prop_assert_eq!(visible(&schema), seen);
            }
            if let Ok(edits) = act.edits(&schema) {
                done.push((edits.clone(), visible(&schema)));
                applied.push((edits.clone(), schema.clone()));
                schema.apply_all(&edits);
            }
        }
        while let Some((edits, before)) = applied.pop() {
            edits.iter().rev().for_each(|edit| schema.revert(edit));
            prop_assert_eq!(&schema, &before);
        }
    }

    #[test]
    fn what_is_planned_is_what_is_done(acts in proptest::collection::vec(act(), 1..40)) {
        let mut schema = Schema::default();
        for act in acts {
            let planned = act.edits(&schema);
            let mut mutated = schema.clone();
            let done = act.mutate(&mut mutated);
            if let Ok(edits) = &planned {
                schema.apply_all(edits);
            }
            if let Some(done) = done {
                prop_assert_eq!(done, planned.map(drop));
                prop_assert_eq!(&mutated, &schema);
            }
        }
    }

    #[test]
    fn names_stay_unique(acts in proptest::collection::vec(act(), 1..40)) {
        let mut schema = Schema::default();
        for act in acts {
            schema.apply_all(&act.edits(&schema).unwrap_or_default());
            for (tag, name) in schema.tag_entries() {
                prop_assert_eq!(schema.tag(name), Some(tag));
            }
            for entry in schema.field_entries().chain(schema.statuses().iter()) {
                prop_assert!(!entry.key.is_empty() && !entry.label.is_empty());
            }
            for field in schema.fields() {
                prop_assert_eq!(schema.field_by_key(schema.field_key(field.id())), Some(field));
                prop_assert_eq!(schema.field_by_label(schema.field_label(field.id())), Some(field));
            }
            let in_order: Vec<_> = schema.statuses_in_order().collect();
            prop_assert_eq!(in_order.len(), schema.statuses().iter().count());
            prop_assert!(in_order.iter().all(|status| schema.has_status(*status)));
        }
    }
}

/// A schema with one of each, and what it takes to delete them all.
fn with_one_of_each() -> (Schema, Vec<SchemaEdit>) {
    let mut schema = Schema::default();
    let software = NewField::new("software", ValueType::Select).option("Xero").label("Program");
    let software = schema.define_field(software).unwrap();
    schema.relabel_field(software, "Software used").unwrap();
    let status = schema.define_status("on_hold", None).unwrap();
    let kind = schema.define_kind("site_visit", false).unwrap();
    let (tag, segment) = (schema.define_tag("Gold").unwrap(), schema.define_segment("Nord").unwrap());
    schema.rename_tag(tag, "Or").unwrap();
    let edits = [
        schema.edits_to_delete_field(software),
        schema.edits_to_delete_status(status),
        schema.edits_to_delete_kind(kind),
        schema.edits_to_delete_tag(tag),
        schema.edits_to_delete_segment(segment),
    ];
    let edits = edits.into_iter().flat_map(Result::unwrap).collect();
    (schema, edits)
}

#[test]
fn a_deleted_name_means_nothing_until_something_new_takes_it() {
    let (mut schema, edits) = with_one_of_each();
    let full = schema.clone();
    schema.apply_all(&edits);
    assert_eq!(visible(&schema), visible(&Schema::default()));
    let deleted = [
        ("software = xero", Code::UnknownField),
        ("`Software used` = xero", Code::UnknownField),
        ("Program = xero", Code::UnknownField),
        ("status = on_hold", Code::UnknownStatus),
        ("count(site_visit) > 1", Code::UnknownKind),
        ("tags has Gold", Code::UnknownTag),
        ("tags has Or", Code::UnknownTag),
        ("segments has Nord", Code::UnknownSegment),
    ];
    for (filter, code) in deleted {
        let mistyped = filter.replace("ol", "oll").replace("softw", "sooftw").replace("site_v", "site_vv");
        for filter in [filter, &mistyped] {
            let error = crate::Filter::parse(filter, &schema).unwrap_err();
            assert_eq!(error.code(), code, "{filter}");
            assert!(!error.to_string().contains("did you mean"), "{filter}: {error}");
        }
    }

    let next = |schema: &mut Schema| {
        let field = schema.define_field(NewField::new("SOFTWARE", ValueType::Text)).unwrap();
        let (status, kind) =
            (schema.define_status("on_hold", None).unwrap(), schema.define_kind("site_visit", true));
        (field.get(), status.get(), kind.unwrap().get(), schema.define_tag("gold").unwrap().get())
    };
    assert_eq!(next(&mut schema.clone()), (19, 5, 9, 1), "a number is never given again");
    edits.iter().rev().for_each(|edit| schema.revert(edit));
    assert_eq!(schema, full);
}

#[test]
fn a_definition_that_is_reverted_gives_its_number_back() {
    let mut schema = Schema::default();
    let (first, edits) = schema.edits_to_define_tag("Gold").unwrap();
    schema.apply_all(&edits);
    edits.iter().rev().for_each(|edit| schema.revert(edit));
    assert_eq!(schema.define_tag("Silver").unwrap(), first);
}

#[test]
fn what_cannot_be_deleted_or_ordered_says_why() {
    let mut schema = Schema::default();
    let (gold, south) = (schema.define_tag("Gold").unwrap(), schema.define_segment("Sud").unwrap());
    schema.define_tag("VIP").unwrap();
    schema.define_segment("Nord").unwrap();
    let lead = StatusId::new(0);
    let refused = [
        (
            schema.edits_to_delete_field(Field::EMAIL),
            "error[E0806]: the field `email` cannot be deleted; help: it is a standard field, which every book has; \
             it can get another label",
        ),
        (
            schema.edits_to_delete_kind(KindId::new(2)),
            "error[E0806]: the kind of interaction `payment` cannot be deleted; help: it is built in, and every book \
             has it; only kinds that were defined can be deleted",
        ),
        (
            schema.edits_to_delete_tag(TagId::new(2)),
            "error[E0804]: nothing has this id; help: take the id of something that was defined in this schema",
        ),
        (
            schema.edits_to_order_statuses(&[lead]),
            "error[E0407]: the status `active` is missing in the order; help: an order has each status once",
        ),
        (
            schema.edits_to_order_statuses(&[lead, lead]),
            "error[E0407]: the status `lead` is in the order more than once; help: an order has each status once",
        ),
        (
            schema.edits_to_rename_tag(gold, "vip"),
            "error[E0803]: the name `vip` is taken; help: `VIP` has it; to merge them, give the contacts of `Gold` \
             the tag `VIP` and delete `Gold`",
        ),
        (
            schema.edits_to_rename_segment(south, "Nord"),
            "error[E0803]: the name `Nord` is taken; help: `Nord` has it; to merge them, add the members of `Sud` to \
             `Nord` and delete `Sud`",
        ),
    ];
    for (result, message) in refused {
        assert_eq!(result.unwrap_err().to_string(), message);
    }
}

#[test]
fn new_names_are_planned_ahead_of_the_schema() {
    let mut schema = Schema::default();
    let gold = schema.define_tag("Gold").unwrap();
    schema.rename_tag(gold, "Or").unwrap();
    let mut new = schema.new_tags();
    let found = [" VIP ", "gold", "straße", "vip", "STRASSE"].map(|name| new.find_or_add(name).unwrap());
    assert_eq!(found, [1, 0, 2, 1, 2]);
    assert_eq!(new.find_or_add(" ").unwrap_err().code(), Code::BadName);
    schema.apply_all(&new.into_edits());
    assert_eq!(schema.tags().collect::<Vec<_>>(), ["Or", "VIP", "straße"]);
}
