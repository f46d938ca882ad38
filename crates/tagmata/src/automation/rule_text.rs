//! Rules in words: by the names of what they use.

use super::actions::Actions;
use super::says::Says;
use super::trigger::Trigger;
use crate::filter::Filter;
use crate::model::{Field, Input, Schema};
use crate::value::{FieldId, SegmentId, Symbol, TagId};

/// What a rule says, by the names that all has now: what [`NewRule`](crate::NewRule) takes.
///
/// ```
/// use tagmata::{Book, NewRule, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let spender = NewRule::on("big spender", "payment").condition("sum(payment)  >  10000").set_status("vip");
/// book.add_rule(spender, now)?;
/// let text = &book.rules()[0].text;
/// assert_eq!(text.on.as_deref(), Some("payment"));
/// assert_eq!(text.condition.as_deref(), Some("sum(payment) > 10000"));
/// assert_eq!(text.set_status.as_deref(), Some("vip"));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleText {
    /// The kind of interaction or the field on which it fires, by its key.
    pub on: Option<String>,
    /// The filter that makes it fire when it becomes true.
    pub when: Option<String>,
    /// The filter that must be true as well.
    pub condition: Option<String>,
    /// The key of the status that contacts get.
    pub set_status: Option<String>,
    /// The tags that they get.
    pub add_tags: Vec<String>,
    /// The tags that they lose.
    pub remove_tags: Vec<String>,
    /// The static segments into which they are put.
    pub add_to_segments: Vec<String>,
    /// The static segments out of which they are taken.
    pub remove_from_segments: Vec<String>,
    /// The fields that are set, by their keys, with their values.
    pub set_fields: Vec<(String, Input)>,
}

impl RuleText {
    pub(super) fn of(says: &Says, schema: &Schema) -> Self {
        let text = |filter: &Filter| filter.to_text(schema);
        let (on, when) = match &says.trigger {
            Trigger::Interaction(kind) => (Some(schema.kind_key(*kind).to_owned()), None),
            Trigger::Field(field) => (Some(schema.field_key(*field).to_owned()), None),
            Trigger::Filter(filter) => (None, Some(text(filter))),
        };
        let Actions { status, values, .. } = &says.actions;
        let names = |field, added| -> Vec<String> {
            says.actions.linked(field, added).map(|symbol| name(field, symbol, schema)).collect()
        };
        Self {
            on,
            when,
            condition: says.condition.as_deref().map(text),
            set_status: status.map(|status| schema.status_key(status).to_owned()),
            add_tags: names(Field::TAGS, true),
            remove_tags: names(Field::TAGS, false),
            add_to_segments: names(Field::SEGMENTS, true),
            remove_from_segments: names(Field::SEGMENTS, false),
            set_fields: values
                .iter()
                .map(|(field, value)| {
                    (schema.field_key(*field).to_owned(), schema.plain(*field, value.as_ref()))
                })
                .collect(),
        }
    }
}

fn name(field: FieldId, symbol: Symbol, schema: &Schema) -> String {
    match field {
        Field::TAGS => schema.tag_name(TagId::new(symbol.get())).to_owned(),
        _ => schema.segment_name(SegmentId::new(symbol.get())).to_owned(),
    }
}
