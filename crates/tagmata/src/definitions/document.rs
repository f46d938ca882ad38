//! What a document says, with the places of what it says.

use crate::json::TreeId;
use crate::model::Input;
use crate::time::{LeapDay, TimeZone, Weekday};
use crate::value::{Country, ValueType};

/// A document that was read. What could not be read is left out.
#[derive(Debug, Default)]
pub(crate) struct Document<'d> {
    pub(crate) settings: Option<SettingsEntry>,
    pub(crate) fields: Option<Section<FieldEntry<'d>>>,
    pub(crate) statuses: Option<Section<Labelled<'d>>>,
    pub(crate) kinds: Option<Section<KindEntry<'d>>>,
    pub(crate) tags: Option<Section<Said<&'d str>>>,
    pub(crate) segments: Option<Section<SegmentEntry<'d>>>,
    pub(crate) automation: Option<AutomationEntry<'d>>,
    pub(crate) rules: Option<Section<RuleEntry<'d>>>,
    /// The keys and names of what was left out.
    pub(crate) refused: Vec<&'d str>,
}

/// Something that was said, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<T> {
    pub(crate) it: T,
    pub(crate) at: TreeId,
}

/// A list of the document.
#[derive(Debug)]
pub(crate) struct Section<T> {
    pub(crate) at: TreeId,
    pub(crate) entries: Vec<T>,
}

#[derive(Debug)]
pub(crate) struct SettingsEntry {
    pub(crate) at: TreeId,
    pub(crate) time_zone: Option<TimeZone>,
    pub(crate) week_start: Option<Weekday>,
    pub(crate) leap_day: Option<LeapDay>,
    /// `Some(None)` for no country.
    pub(crate) default_country: Option<Option<Country>>,
}

/// A key, and perhaps a label: a status or an option.
#[derive(Debug)]
pub(crate) struct Labelled<'d> {
    pub(crate) at: TreeId,
    pub(crate) key: &'d str,
    pub(crate) label: Option<Said<&'d str>>,
}

#[derive(Debug)]
pub(crate) struct FieldEntry<'d> {
    pub(crate) named: Labelled<'d>,
    pub(crate) value_type: Option<Said<ValueType>>,
    pub(crate) options: Option<Section<Labelled<'d>>>,
}

#[derive(Debug)]
pub(crate) struct KindEntry<'d> {
    pub(crate) at: TreeId,
    pub(crate) key: &'d str,
    pub(crate) outgoing: Option<Said<bool>>,
}

#[derive(Debug)]
pub(crate) struct SegmentEntry<'d> {
    pub(crate) at: TreeId,
    pub(crate) name: Said<&'d str>,
    pub(crate) rule: Rule<'d>,
}

/// What decides who is in a segment.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule<'d> {
    /// Who is put into it.
    ByHand,
    /// A filter, not read yet: what it may name is known when the rest is applied.
    Filter(TreeId),
    /// A filter that was broken when the document was written, as its text.
    Broken(&'d str),
}

/// The switches of the default rules. What it does not say stays as it is.
#[derive(Debug)]
pub(crate) struct AutomationEntry<'d> {
    pub(crate) at: TreeId,
    pub(crate) lead_to_active: Option<bool>,
    /// Default rules by their names, and their switches.
    pub(crate) rules: Vec<(&'d str, bool)>,
}

/// A rule, in the order in which rules fire.
#[derive(Debug)]
pub(crate) struct RuleEntry<'d> {
    pub(crate) at: TreeId,
    pub(crate) name: Said<&'d str>,
    pub(crate) enabled: Option<bool>,
    pub(crate) says: RuleSays<'d>,
}

/// What a rule says.
#[derive(Debug)]
pub(crate) enum RuleSays<'d> {
    Parts(Box<RuleParts<'d>>),
    /// It is broken for this reason: only a book where it is so already can take it.
    Broken(&'d str),
}

/// What a rule says, all of it: what is not there is not done.
#[derive(Debug, Default)]
pub(crate) struct RuleParts<'d> {
    pub(crate) on: Option<&'d str>,
    /// Where the filters are.
    pub(crate) when: Option<TreeId>,
    pub(crate) condition: Option<TreeId>,
    pub(crate) set_status: Option<&'d str>,
    pub(crate) add_tags: Vec<&'d str>,
    pub(crate) remove_tags: Vec<&'d str>,
    pub(crate) add_to_segments: Vec<&'d str>,
    pub(crate) remove_from_segments: Vec<&'d str>,
    pub(crate) set_fields: Vec<(&'d str, Input)>,
}
