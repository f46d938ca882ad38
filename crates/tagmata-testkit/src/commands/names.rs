//! The pools of names.

use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use proptest::sample::select;
use tagmata::{ContactId, FieldId, KindId, OptionId, Ref, SegmentId, StatusId, TagId};

pub(super) const TAGS: &[&str] = &["gold", "GOLD", "straße", "STRASSE", "web", "new"];
/// The first ones begin as static segments.
pub(super) const SEGMENTS: &[&str] = &["Nord", "Big", "NORD", "Sud", "Leads", "Recent"];
pub(super) const STATUSES: &[&str] = &["lead", "active", "VIP", "inactive", "churned", "Lost"];
pub(super) const KINDS: &[&str] = &["payment", "appointment", "email_sent", "demo"];
/// Rules.
pub(super) const RULES: &[&str] = &["welcome", "Welcome", "dormant", "spender"];
pub(super) const OPTIONS: &[&str] = &["xero", "Xero", "myob", "sage", "none"];

/// Custom fields, and the types that they are defined with.
pub(super) const FIELDS: &[&str] = &["note", "billed", "agreed", "birthday", "due", "plan", "software"];

pub(super) const LABELS: &[&str] = &["Note", "Montant", "montant", "Plan", "Software", "plan"];

/// Names that are mostly free, and blank.
const OTHERS: &[&str] = &["gold", "Nord", "demo", "note", "Fresh", "Other", " other ", "lead", "xero", ""];

/// All names, for those who want to know what each leads to by now.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    [TAGS, SEGMENTS, STATUSES, KINDS, OPTIONS, FIELDS, OTHERS, LABELS].into_iter().flatten().copied()
}

pub(super) fn contact() -> BoxedStrategy<ContactId> {
    prop_oneof![12 => 0..4_u32, 3 => 0..8_u32, 1 => 0..30_u32].prop_map(ContactId::new).boxed()
}

pub(super) fn contacts() -> BoxedStrategy<Vec<ContactId>> {
    proptest::collection::vec(contact(), 0..4).boxed()
}

pub(super) fn name(pool: &'static [&'static str]) -> BoxedStrategy<String> {
    prop_oneof![9 => select(pool), 1 => select(OTHERS)].prop_map(str::to_owned).boxed()
}

/// By name, or by an id that something may have.
fn reference<T: std::fmt::Debug + Clone + 'static>(
    pool: &'static [&'static str],
    ids: std::ops::Range<u32>,
    id: fn(u32) -> T,
) -> BoxedStrategy<Ref<T>> {
    prop_oneof![
        2 => name(pool).prop_map(Ref::Name),
        1 => ids.prop_map(move |number| Ref::Id(id(number))),
    ]
    .boxed()
}

pub(super) fn tag() -> BoxedStrategy<Ref<TagId>> {
    reference(TAGS, 0..5, TagId::new)
}

pub(super) fn segment() -> BoxedStrategy<Ref<SegmentId>> {
    reference(SEGMENTS, 0..6, SegmentId::new)
}

/// Mostly a static one.
pub(super) fn static_segment() -> BoxedStrategy<Ref<SegmentId>> {
    prop_oneof![3 => reference(&["Nord", "Big"], 0..2, SegmentId::new), 1 => segment()].boxed()
}

pub(super) fn status() -> BoxedStrategy<Ref<StatusId>> {
    reference(STATUSES, 0..6, StatusId::new)
}

/// Mostly one that was defined.
pub(super) fn kind() -> BoxedStrategy<Ref<KindId>> {
    reference(&["demo", "Demo", "payment"], 7..10, KindId::new)
}

/// Mostly a custom field.
pub(super) fn field() -> BoxedStrategy<Ref<FieldId>> {
    reference(FIELDS, 17..27, FieldId::new)
}

/// Mostly one with options.
pub(super) fn select_field() -> BoxedStrategy<Ref<FieldId>> {
    prop_oneof![4 => name(&["plan", "software"]).prop_map(Ref::Name), 1 => field()].boxed()
}

pub(super) fn option() -> BoxedStrategy<Ref<OptionId>> {
    reference(&["xero", "myob", "sage", "XERO"], 0..3, OptionId::new)
}
