//! The arguments that several commands have.

use super::names::Names;
use crate::conformance::object::Object;
use crate::conformance::read::{amount, filter_source};
use serde_json::Value;
use tagmata::{ContactId, NewInteractions, NewSegment, Result, Schema, SegmentPatch, Selection, Timestamp};

/// What arguments are read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'r> {
    pub(super) names: &'r Names,
    pub(super) schema: &'r Schema,
}

impl Reader<'_> {
    /// `who`, `exclude` and `expect`.
    pub(super) fn selection(self, step: &Object<'_>) -> Result<Selection> {
        let (who, exclude, expect) =
            (step.need("who"), self.names.contacts(step.list("exclude")), step.number_if("expect"));
        let selection = self.who(who)?.except(exclude);
        Ok(match expect {
            Some(count) => selection.expect(count),
            None => selection,
        })
    }

    /// A list of contacts, a segment, or a filter in one of its spellings.
    fn who(self, who: &Value) -> Result<Selection> {
        match (who.as_array(), who.get("segment")) {
            (Some(names), _) => Ok(Selection::contacts(self.names.contacts(names))),
            (None, Some(segment)) => Ok(Selection::segment(segment.as_str().expect("the name of a segment"))),
            (None, None) => filter_source(who, self.schema).map(Selection::filter),
        }
    }

    /// `interactions`, each as `record` has it.
    pub(super) fn new_interactions(self, step: &Object<'_>, now: Timestamp) -> NewInteractions {
        let mut new = NewInteractions::new();
        for one in step.list("interactions") {
            let one = Object::new(one, format!("{}: an interaction", step.place()));
            let contact = self.names.contact(one.need("contact"));
            let at = one.text_if("at").map_or(now, |at| at.parse().unwrap());
            new.push(contact, one.text("kind"), at, amount(one.any("amount")), one.text_if("label"));
            one.finish();
        }
        new
    }

    /// `name`, and `filter` and pins or `members`.
    pub(super) fn new_segment(self, segment: &Object<'_>) -> Result<NewSegment> {
        let (name, filter, members) = (segment.text("name"), segment.get("filter"), segment.get("members"));
        let pins = [self.pins(segment, "always_in"), self.pins(segment, "always_out")];
        match (filter, members) {
            (Some(filter), None) => {
                let [always_in, always_out] = pins.map(Option::unwrap_or_default);
                let new = NewSegment::dynamic(name, filter_source(filter, self.schema)?);
                Ok(new.always_in(always_in).always_out(always_out))
            }
            (None, _) if pins.iter().any(Option::is_some) => {
                panic!("{}: pins without filter", segment.place())
            }
            (None, Some(members)) => Ok(NewSegment::with_members(name, self.who(members)?)),
            (None, None) => Ok(NewSegment::fixed(name)),
            (Some(_), Some(_)) => panic!("{}: a filter and members", segment.place()),
        }
    }

    /// `filter`, `always_in`, `always_out`.
    pub(super) fn patch(self, segment: &Object<'_>) -> Result<SegmentPatch> {
        let (filter, mut patch) = (segment.get("filter"), SegmentPatch::new());
        if let Some(contacts) = self.pins(segment, "always_in") {
            patch = patch.always_in(contacts);
        }
        if let Some(contacts) = self.pins(segment, "always_out") {
            patch = patch.always_out(contacts);
        }
        Ok(match filter {
            Some(filter) => patch.filter(filter_source(filter, self.schema)?),
            None => patch,
        })
    }

    fn pins(self, segment: &Object<'_>, key: &str) -> Option<Vec<ContactId>> {
        segment.get(key).map(|_| self.names.contacts(segment.list(key)))
    }
}
