//! What a rule says, read by the names of the book.

use super::values::{ValueReader, require_static};
use crate::automation::{Actions, Says, Trigger};
use crate::change::reference::Ref;
use crate::change::rule::{Occasion, RulePatch, bad_occasion};
use crate::change::source::FilterSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::model::{Field, Patch, unknown_field};
use crate::state::State;
use crate::text::{did_you_mean, nearest, quoted};
use crate::value::{FieldId, SegmentId, Symbol, TagId, Value};
use std::collections::BTreeMap;

impl State {
    /// What a rule says by a patch.
    pub(super) fn says(
        &self,
        name: &str,
        old: Option<&Says>,
        patch: &RulePatch,
        reader: &mut ValueReader<'_>,
    ) -> Result<Says> {
        let trigger = match (&patch.occasion, old) {
            (Some(Occasion::When(filter)), _) => Trigger::Filter(Box::new(self.filter_of_rule(filter)?)),
            (Some(Occasion::On(key)), _) => self.occasion(key)?,
            (None, Some(old)) => old.trigger.clone(),
            (None, None) => return Err(bad_occasion(name, "does not say when it fires")),
        };
        let condition = match &patch.condition {
            None => old.and_then(|old| old.condition.clone()),
            Some(None) => None,
            Some(Some(filter)) => Some(Box::new(self.filter_of_rule(filter)?)),
        };
        let old = old.map(|old| old.actions.clone()).unwrap_or_default();
        let actions = Actions {
            status: match &patch.status {
                None => old.status,
                Some(status) => status.as_ref().map(|status| status.resolve(&self.schema)).transpose()?,
            },
            links: self.links_of_rule(name, &old, patch, reader)?,
            values: match &patch.fields {
                None => old.values,
                Some(fields) => self.values_of_rule(fields, reader)?,
            },
        };
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
    ) -> Result<BTreeMap<(FieldId, Symbol), bool>> {
        let mut new_tag = |tag: &Ref<TagId>| match tag {
            Ref::Id(_) => tag.resolve(&self.schema).map(Symbol::from),
            Ref::Name(name) => reader.tag(name),
        };
        let tag = |tag: &Ref<TagId>| tag.resolve(&self.schema).map(Symbol::from);
        let segment = |segment: &Ref<SegmentId>| {
            let segment = segment.resolve(&self.schema)?;
            require_static(self, segment).map(|()| Symbol::from(segment))
        };
        let all = [
            (Field::TAGS, true, read(patch.add_tags.as_deref(), &mut new_tag)?),
            (Field::TAGS, false, read(patch.remove_tags.as_deref(), tag)?),
            (Field::SEGMENTS, true, read(patch.add_to_segments.as_deref(), segment)?),
            (Field::SEGMENTS, false, read(patch.remove_from_segments.as_deref(), segment)?),
        ];
        let mut links = BTreeMap::new();
        for (field, added, symbols) in all {
            let symbols = symbols.unwrap_or_else(|| old.linked(field, added).collect());
            for symbol in symbols {
                if links.insert((field, symbol), added) == Some(!added) {
                    let message = format!("the rule {} both gives and takes the same", quoted(name));
                    let help = "name each tag and each segment once, to be given or to be taken";
                    return Err(Error::value(Diagnostic::new(Code::BadRule, message).help(help)));
                }
            }
        }
        Ok(links)
    }

    fn filter_of_rule(&self, source: &FilterSource) -> Result<Filter> {
        let filter = source.read(&self.schema)?.into_owned();
        self.check_filter(&filter)?;
        Ok(filter)
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
    ) -> Result<BTreeMap<FieldId, Option<Value>>> {
        let mut values = BTreeMap::new();
        for (key, input) in patch.values() {
            let field = self.schema.field_by_key(key).ok_or_else(|| unknown_field(key, &self.schema))?;
            self.refuse_in_rule(field)?;
            values.insert(field.id(), reader.read(field, input, None)?);
        }
        Ok(values)
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

/// The symbols of things that are named, if they are.
fn read<T>(
    named: Option<&[Ref<T>]>,
    read: impl FnMut(&Ref<T>) -> Result<Symbol>,
) -> Result<Option<Vec<Symbol>>> {
    named.map(|named| named.iter().map(read).collect()).transpose()
}
