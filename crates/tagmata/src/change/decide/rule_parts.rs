//! What a rule says, read by the names of the book.

use super::values::{ValueReader, require_static};
use crate::automation::{Actions, Says, Trigger};
use crate::change::reference::Ref;
use crate::change::rule::{Occasion, RulePatch, bad_occasion};
use crate::change::source::FilterSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::filter::Filter;
use crate::json::pointer_step;
use crate::model::{Field, Patch, Problems, unknown_field};
use crate::state::State;
use crate::text::{did_you_mean, nearest, quoted};
use crate::value::{FieldId, SegmentId, Symbol, TagId, Value};
use std::collections::BTreeMap;

impl State {
    /// What a rule says by a patch.
    ///
    /// # Errors
    /// All that is wrong with its parts, and what was wrong before, each at the JSON Pointer of its part: `/condition`, `/add_tags/0`,
    /// `/set_fields/plan`.
    pub(super) fn says(
        &self,
        name: &str,
        old: Option<&Says>,
        patch: &RulePatch,
        reader: &mut ValueReader<'_>,
        mut problems: Problems,
    ) -> Result<Says> {
        let trigger = match (&patch.occasion, old) {
            (Some(Occasion::When(filter)), _) => {
                problems.part(self.filter_of_rule(filter, old), "/when").map(Trigger::Filter)
            }
            (Some(Occasion::On(key)), _) => problems.part(self.occasion(key), "/on"),
            (None, old) => old.map(|old| old.trigger.clone()),
        };
        let condition = match &patch.condition {
            None => old.and_then(|old| old.condition.clone()),
            Some(None) => None,
            Some(Some(filter)) => problems.part(self.filter_of_rule(filter, old), "/condition"),
        };
        let old = old.map(|old| old.actions.clone()).unwrap_or_default();
        let status = match &patch.status {
            None => old.status,
            Some(None) => None,
            Some(Some(status)) => problems.part(status.resolve(&self.schema), "/set_status"),
        };
        let links = self.links_of_rule(name, &old, patch, reader, &mut problems);
        let values = match &patch.fields {
            None => old.values,
            Some(fields) => self.values_of_rule(fields, reader, &mut problems),
        };
        problems.none()?;
        let trigger = trigger.ok_or_else(|| bad_occasion(name, "does not say when it fires"))?;
        let actions = Actions { status, links, values };
        if actions.is_empty() {
            let message = format!("the rule {} does nothing", quoted(name));
            let help = "give it an action: a status, tags, segments or fields to set";
            return Err(Error::value(Diagnostic::new(Code::BadRule, message).help(help)));
        }
        Ok(Says { trigger, condition, actions })
    }

    /// The tags and segments that a rule gives and takes.
    fn links_of_rule(
        &self,
        name: &str,
        old: &Actions,
        patch: &RulePatch,
        reader: &mut ValueReader<'_>,
        problems: &mut Problems,
    ) -> BTreeMap<(FieldId, Symbol), bool> {
        let new_tag = |tag: &Ref<TagId>| match tag {
            Ref::Id(_) => tag.resolve(&self.schema).map(Symbol::from),
            Ref::Name(name) => reader.tag(name),
        };
        let given = read(patch.add_tags.as_deref(), "/add_tags", new_tag, problems);
        // A tag that is given and taken may be new.
        let known_tag = |tag: &Ref<TagId>| {
            let new = match tag {
                Ref::Id(_) => None,
                Ref::Name(name) => reader.find_tag(name),
            };
            new.map_or_else(|| tag.resolve(&self.schema).map(Symbol::from), Ok)
        };
        let taken = read(patch.remove_tags.as_deref(), "/remove_tags", known_tag, problems);
        let segment = |segment: &Ref<SegmentId>| self.static_segment(segment).map(Symbol::from);
        let into = read(patch.add_to_segments.as_deref(), "/add_to_segments", segment, problems);
        let out_of = read(patch.remove_from_segments.as_deref(), "/remove_from_segments", segment, problems);
        let mut all = [
            (Field::TAGS, true, given),
            (Field::TAGS, false, taken),
            (Field::SEGMENTS, true, into),
            (Field::SEGMENTS, false, out_of),
        ];
        // What stays as it was comes first, so that what is new is told of.
        all.sort_by_key(|(.., said)| said.is_some());
        let mut links = BTreeMap::new();
        for (field, added, said) in all {
            let kept = || old.linked(field, added).map(|symbol| (symbol, String::new())).collect();
            for (symbol, pointer) in said.unwrap_or_else(kept) {
                if links.insert((field, symbol), added) == Some(!added) {
                    let message = format!("the rule {} both gives and takes the same", quoted(name));
                    let help = "name each tag and each segment once, to be given or to be taken";
                    let contradiction = Diagnostic::new(Code::BadRule, message).help(help);
                    problems.push_part(&Error::value(contradiction), &pointer);
                }
            }
        }
        links
    }

    /// A segment into which rules can put contacts.
    fn static_segment(&self, segment: &Ref<SegmentId>) -> Result<SegmentId> {
        let all = self.schema.segment_entries();
        let fixed: Vec<&str> =
            all.filter(|(id, _)| self.segments.get(*id).is_none()).map(|(_, name)| name).collect();
        if let Ref::Name(name) = segment
            && self.schema.segment(name).is_none()
        {
            let help = "a rule puts into static segments that are there: create it first";
            let unknown = self.schema.unknown_segment_among(name, fixed.iter().copied(), Some(help));
            return Err(unknown.of_kind(ErrorKind::NotFound));
        }
        let id = segment.resolve(&self.schema)?;
        require_static(self, id).map(|()| id).map_err(|dynamic| {
            let help = "rules put into and take out of static segments only";
            Error::conflict(dynamic.into_diagnostic().help(help).expecting(fixed))
        })
    }

    /// A filter that a rule is to have. One that it has already it may keep, though a segment that it stands on has broken since.
    fn filter_of_rule(&self, source: &FilterSource, old: Option<&Says>) -> Result<Box<Filter>> {
        let filter = source.read(&self.schema)?.into_owned();
        if !old.is_some_and(|old| old.filters().any(|own| own.is_like(&filter))) {
            self.check_filter(&filter)?;
        }
        Ok(Box::new(filter))
    }

    /// A kind of interaction or a field, by its key.
    fn occasion(&self, key: &str) -> Result<Trigger> {
        if let Some(kind) = self.schema.kind(key) {
            return Ok(Trigger::Interaction(kind.id));
        }
        let Some(field) = self.schema.field_by_key(key) else {
            let fields = self.schema.fields().map(|field| self.schema.field_key(field.id()));
            let near = nearest(key, self.schema.kinds().chain(fields));
            let message = format!("{} is neither a kind of interaction nor a field", quoted(key));
            let unknown = Diagnostic::new(Code::UnknownField, message).help_if(did_you_mean(&near));
            return Err(Error::not_found(unknown.expecting(near)));
        };
        let help = match field.id() {
            Field::ID => "an id never changes",
            Field::UPDATED_AT | Field::STATUS_CHANGED_AT => {
                "it follows from other changes: name the field whose changes are meant"
            }
            Field::LAST_INTERACTION => "name a kind of interaction",
            field => return Ok(Trigger::Field(field)),
        };
        let message = format!("a rule cannot fire on {}", quoted(self.schema.field_key(field.id())));
        Err(Error::value(Diagnostic::new(Code::BadRule, message).help(help)))
    }

    /// The values that a rule sets.
    fn values_of_rule(
        &self,
        patch: &Patch,
        reader: &mut ValueReader<'_>,
        problems: &mut Problems,
    ) -> BTreeMap<FieldId, Option<Value>> {
        let mut values = BTreeMap::new();
        for (key, input) in patch.values() {
            let field = self.schema.field_by_key(key).ok_or_else(|| unknown_field(key, &self.schema));
            let value = field.and_then(|field| {
                self.refuse_in_rule(field)?;
                Ok((field.id(), reader.read(field, input, None)?))
            });
            values.extend(problems.part(value, &format!("/set_fields/{}", pointer_step(key))));
        }
        values
    }

    fn refuse_in_rule(&self, field: &Field) -> Result<()> {
        let help = match field.id() {
            Field::STATUS => "use `set_status`",
            Field::TAGS => "use `add_tags` and `remove_tags`",
            Field::SEGMENTS => "use `add_to_segments` and `remove_from_segments`",
            Field::EXTERNAL_ID => "an external id is one contact's",
            Field::ID | Field::NAME | Field::CREATED_AT | Field::UPDATED_AT | Field::STATUS_CHANGED_AT => {
                "rules set fields that a person can set for many contacts"
            }
            _ => return Ok(()),
        };
        let message = format!("a rule cannot set {}", quoted(self.schema.field_key(field.id())));
        Err(Error::value(Diagnostic::new(Code::ReadOnly, message).help(help)))
    }
}

/// The symbols of things that are named, if they are, each with its JSON Pointer.
fn read<T>(
    named: Option<&[Ref<T>]>,
    part: &str,
    mut read: impl FnMut(&Ref<T>) -> Result<Symbol>,
    problems: &mut Problems,
) -> Option<Vec<(Symbol, String)>> {
    let mut found = Vec::new();
    for (at, one) in named?.iter().enumerate() {
        let pointer = format!("{part}/{at}");
        found.extend(problems.part(read(one), &pointer).map(|symbol| (symbol, pointer)));
    }
    Some(found)
}
