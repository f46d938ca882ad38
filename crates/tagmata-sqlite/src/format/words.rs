//! The words and numbers by which the tables spell what the core has types for.

use tagmata::{Cause, Change, ContactId, FieldId, NameSpace, RuleId, SegmentId, StatusId, TagId};

/// A word with at most two numbers; -1 stands for none.
pub(crate) type Words = (&'static str, i64, i64);

/// The word for a list of names, and the field whose options it has.
pub(crate) fn space(space: NameSpace) -> (&'static str, i64) {
    match space {
        NameSpace::FieldKeys => ("field_key", -1),
        NameSpace::FieldLabels => ("field_label", -1),
        NameSpace::OptionKeys(field) => ("option_key", field.get().into()),
        NameSpace::OptionLabels(field) => ("option_label", field.get().into()),
        NameSpace::StatusKeys => ("status_key", -1),
        NameSpace::StatusLabels => ("status_label", -1),
        NameSpace::Kinds => ("kind", -1),
        NameSpace::Tags => ("tag", -1),
        NameSpace::Segments => ("segment", -1),
    }
}

/// The list of names that a word stands for.
pub(crate) fn space_of(word: &str, field: i64) -> Option<NameSpace> {
    let of_field = || u32::try_from(field).ok().map(FieldId::new);
    Some(match word {
        "field_key" => NameSpace::FieldKeys,
        "field_label" => NameSpace::FieldLabels,
        "option_key" => NameSpace::OptionKeys(of_field()?),
        "option_label" => NameSpace::OptionLabels(of_field()?),
        "status_key" => NameSpace::StatusKeys,
        "status_label" => NameSpace::StatusLabels,
        "kind" => NameSpace::Kinds,
        "tag" => NameSpace::Tags,
        "segment" => NameSpace::Segments,
        _ => return None,
    })
}

/// What made a change: the word, and the number of the commit or rule.
pub(crate) fn cause(cause: &Cause) -> (&'static str, Option<i64>) {
    let number = match cause {
        Cause::Undo(commit) => i64::try_from(*commit).ok(),
        Cause::Rule(rule) => Some(rule.get().into()),
        _ => None,
    };
    (cause.as_str(), number)
}

/// What made a change, by its word and number.
pub(crate) fn cause_of(word: &str, number: Option<i64>) -> Option<Cause> {
    Some(match word {
        "call" => Cause::Call,
        "import" => Cause::Import,
        "undo" => Cause::Undo(u64::try_from(number?).ok()?),
        "rule" => Cause::Rule(RuleId::new(u32::try_from(number?).ok()?)),
        _ => return None,
    })
}

/// A change in a history: the word, what was before, and what it is about.
pub(crate) fn change(change: Change) -> Words {
    let (before, what) = match change {
        Change::Created => (-1, -1),
        Change::Status { from, to } => (from.get().into(), to.get().into()),
        Change::TagAdded(tag) | Change::TagRemoved(tag) => (-1, tag.get().into()),
        Change::SegmentAdded(segment) | Change::SegmentRemoved(segment) => (-1, segment.get().into()),
        Change::Merged(other) => (-1, other.get().into()),
    };
    (change.as_str(), before, what)
}

/// A change in a history, by its word and numbers.
pub(crate) fn change_of(word: &str, before: i64, what: i64) -> Option<Change> {
    let number = |number: i64| u32::try_from(number).ok();
    Some(match word {
        "created" => Change::Created,
        "status" => Change::Status { from: StatusId::new(number(before)?), to: StatusId::new(number(what)?) },
        "tag_added" => Change::TagAdded(TagId::new(number(what)?)),
        "tag_removed" => Change::TagRemoved(TagId::new(number(what)?)),
        "segment_added" => Change::SegmentAdded(SegmentId::new(number(what)?)),
        "segment_removed" => Change::SegmentRemoved(SegmentId::new(number(what)?)),
        "merged" => Change::Merged(ContactId::new(number(what)?)),
        _ => return None,
    })
}
