//! Commands about tags, fields, options, statuses and kinds of interaction.

use super::names::{
    FIELDS, KINDS, LABELS, OPTIONS, STATUSES, TAGS, field, kind, name, option, select_field, status, tag,
};
use super::settings::settings;
use proptest::bool::ANY;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use proptest::sample::select;
use tagmata::{Command, NewField, ValueType};

/// The fields of the pool with the types that values and filters expect.
pub(super) fn usual_fields() -> Vec<NewField> {
    let types = [
        ValueType::Text,
        ValueType::Number,
        ValueType::Bool,
        ValueType::Date,
        ValueType::DateTime,
        ValueType::Select,
        ValueType::MultiSelect,
    ];
    let field = |(key, value_type): (&&str, ValueType)| match value_type {
        ValueType::Select | ValueType::MultiSelect => {
            NewField::new(*key, value_type).option("xero").labelled_option("myob", "MYOB")
        }
        _ => NewField::new(*key, value_type),
    };
    FIELDS.iter().zip(types).map(field).collect()
}

fn new_field() -> BoxedStrategy<NewField> {
    let usual = select(usual_fields());
    let label = select(LABELS);
    let odd = (name(FIELDS), select(ValueType::CUSTOM.to_vec()), option_pairs()).prop_map(
        |(key, value_type, options)| {
            options
                .into_iter()
                .fold(NewField::new(key, value_type), |field, (key, label)| field.labelled_option(key, label))
        },
    );
    prop_oneof![
        3 => usual.clone(),
        1 => (usual, label).prop_map(|(field, label)| field.label(label)),
        1 => odd,
    ]
    .boxed()
}

fn option_pairs() -> BoxedStrategy<Vec<(String, String)>> {
    vec((name(OPTIONS), name(OPTIONS)), 0..3).boxed()
}

/// Things named, renamed, deleted.
pub(super) fn command() -> BoxedStrategy<Command> {
    let label = || of(name(LABELS));
    prop_oneof![
        1 => name(TAGS).prop_map(Command::DefineTag),
        2 => (tag(), name(TAGS)).prop_map(|(tag, name)| Command::RenameTag { tag, name }),
        2 => (tag(), ANY).prop_map(|(tag, force)| Command::DeleteTag { tag, force }),
        2 => new_field().prop_map(Command::DefineField),
        2 => (prop_oneof![field(), select_field()], label(), option_pairs())
            .prop_map(|(field, label, add_options)| Command::UpdateField { field, label, add_options }),
        2 => (field(), ANY).prop_map(|(field, force)| Command::DeleteField { field, force }),
        2 => (select_field(), option(), name(OPTIONS))
            .prop_map(|(field, option, label)| Command::RenameOption { field, option, label }),
        2 => (select_field(), option(), ANY)
            .prop_map(|(field, option, force)| Command::DeleteOption { field, option, force }),
        2 => (name(STATUSES), of(name(STATUSES))).prop_map(|(key, label)| Command::DefineStatus { key, label }),
        2 => (status(), of(name(STATUSES)), of(0..6_usize))
            .prop_map(|(status, label, position)| Command::UpdateStatus { status, label, position }),
        2 => (status(), of(status()), ANY)
            .prop_map(|(status, replacement, force)| Command::DeleteStatus { status, replacement, force }),
        1 => (name(KINDS), ANY).prop_map(|(key, outgoing)| Command::DefineKind { key, outgoing }),
        1 => (kind(), ANY).prop_map(|(kind, force)| Command::DeleteKind { kind, force }),
        1 => settings().prop_map(Command::ChangeSettings),
    ]
    .boxed()
}
