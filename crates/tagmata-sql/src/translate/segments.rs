//! Segments that filters refer to.

use super::translator::Translator;
use crate::error::{Result, bad_mapping, unmapped};
use crate::fragment::Fragment;
use crate::mapping::MembersTable;
use tagmata::{
    Code, Diagnostic, DynamicSegment, Error, Field, MemberSet, Quantifier, SegmentId, Symbol, SymbolSet,
};

impl<'a> Translator<'a> {
    pub(super) fn segments_test(
        &mut self,
        quantifier: Quantifier,
        segments: &[SegmentId],
    ) -> Result<Fragment> {
        let each: Result<Vec<_>> = segments.iter().map(|segment| self.is_member(*segment)).collect();
        let word = if quantifier == Quantifier::All { "AND" } else { "OR" };
        Ok(Fragment::combined(each?, word))
    }

    /// Whether the contact is in a segment.
    pub(crate) fn is_member(&mut self, segment: SegmentId) -> Result<Fragment> {
        if self.world.choices.members {
            return self.is_kept_member(segment);
        }
        match self.world.segments.get(segment) {
            Some(definition) => self.inlined(segment, definition),
            None => self.is_static_member(segment),
        }
    }

    /// Whether a static segment has the contact, where the mapping says that `segments` is.
    pub(crate) fn is_static_member(&mut self, segment: SegmentId) -> Result<Fragment> {
        let symbols: SymbolSet = [Symbol::from(segment)].into_iter().collect();
        self.set_test(Field::SEGMENTS, Quantifier::One, &symbols)
    }

    /// The rows of some segments in the table of members, as `segment_id` and `contact_id`.
    pub(crate) fn known_members(&mut self, segments: &[SegmentId]) -> Result<Fragment> {
        let members = self.members_table()?;
        if self.world.mapping.tenant.is_some() && members.tenant.is_none() {
            return Err(bad_mapping(
                "the table of members has no column of tenants, whose segments have the same numbers",
                "add its `tenant`: nobody else's members may be found",
            ));
        }
        let rows = self.member_rows(members)?;
        let segment = self.column(&rows.alias, &members.segment)?;
        let numbers: Vec<i64> = segments.iter().map(|segment| i64::from(segment.get())).collect();
        let is_one = self.is_one_of_integers(&segment, &numbers);
        let rows = rows.and(is_one);
        let parts = [&segment, &rows.contact, &rows.from, &rows.filtered(&[])];
        Ok(Fragment::fill("SELECT {0} AS segment_id, {1} AS contact_id FROM {2}{3}", &parts))
    }

    /// The condition of a dynamic segment: `(filter or always in) and not always out`.
    pub(crate) fn inlined(&mut self, segment: SegmentId, definition: &DynamicSegment) -> Result<Fragment> {
        let name = self.world.schema.segment_name(segment);
        let Some(filter) = definition.filter() else {
            let why = definition.error().map_or_else(String::new, |error| format!(": {error}"));
            let message = format!("the segment `{name}` is broken{why}");
            return Err(Error::sql(
                Diagnostic::new(Code::BrokenSegment, message).help("mend its filter first"),
                [],
            ));
        };
        let condition = self.filter(filter);
        let is_one = |this: &Self, pins: &MemberSet| this.id_test(pins.iter().map(|id| i64::from(id.get())));
        let condition = match definition.pinned_in().is_empty() {
            true => condition,
            false => Fragment::combined(vec![condition, is_one(self, definition.pinned_in())?], "OR"),
        };
        Ok(match definition.pinned_out().is_empty() {
            true => condition,
            false => {
                let out = is_one(self, definition.pinned_out())?.negated();
                Fragment::combined(vec![condition, out], "AND")
            }
        })
    }

    /// Whether the table of members has the contact in a segment.
    fn is_kept_member(&mut self, segment: SegmentId) -> Result<Fragment> {
        let members = self.members_table()?;
        let number = i64::from(segment.get());
        if self.joins.is_some() {
            let set = self.join_members(members)?;
            let list = Fragment::param(crate::param::Param::Integers(vec![number]));
            let condition = Fragment::fill(self.grammar().has_any, &[&set, &list]);
            return Ok(self.guarded(true, &set, condition));
        }
        let rows = self.member_rows(members)?;
        let column = self.column(&rows.alias, &members.segment)?;
        let is_one = self.is_one_of_integers(&column, &[number]);
        self.exist(&rows.and(is_one))
    }

    fn members_table(&self) -> Result<&'a MembersTable> {
        self.world.mapping.members.as_ref().ok_or_else(|| {
            unmapped(
                "the mapping has no table of the members of segments",
                "add its `members`, or have segments inlined",
            )
        })
    }
}
