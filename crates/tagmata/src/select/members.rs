//! What a state answers about all of its contacts: who, and how many.

use super::columns::Columns;
use super::costs::{FEW_CONTACTS, RECORD_TESTED, SEGMENT_TESTED};
use super::evaluation::Evaluation;
#[cfg(feature = "testing")]
use super::leaf::Leaf;
use super::paths::Paths;
use crate::error::Result;
use crate::filter::{Filter, Membership};
use crate::state::{Needs, State};
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, SegmentId, Symbol};
use std::collections::BTreeMap;

impl State {
    /// The contacts that match a filter.
    ///
    /// # Errors
    /// Those of [`State::check_filter`].
    pub(crate) fn select(&self, filter: &Filter, now: Timestamp) -> Result<MemberSet> {
        self.select_by(filter, now, Paths::Cheapest)
    }

    /// The same contacts, found in some way.
    ///
    /// # Errors
    /// Those of [`State::check_filter`].
    pub(crate) fn select_by(&self, filter: &Filter, now: Timestamp, paths: Paths) -> Result<MemberSet> {
        self.check_filter(filter)?;
        match paths {
            Paths::Records => Ok(self.select_records(filter, self.table.live(), now)),
            _ => {
                let uses = filter.plan().uses();
                Ok(Evaluation::new(self, uses.segments, now, paths).answer(filter, None).into_set())
            }
        }
    }

    /// The kinds of indexes that answer the conditions of a filter.
    #[cfg(feature = "testing")]
    pub(crate) fn ways(&self, filter: &Filter, now: Timestamp) -> Vec<String> {
        let calendar = filter.plan().calendar();
        filter.plan().conditions().map(|predicate| Leaf::new(predicate, now, calendar).index.kind()).collect()
    }

    /// How many contacts match a filter.
    ///
    /// # Errors
    /// Those of [`State::check_filter`].
    pub(crate) fn count(&self, filter: &Filter, now: Timestamp) -> Result<u64> {
        self.count_by(filter, now, Paths::Cheapest)
    }

    /// The same number, found in some way.
    ///
    /// # Errors
    /// Those of [`State::check_filter`].
    pub(crate) fn count_by(&self, filter: &Filter, now: Timestamp, paths: Paths) -> Result<u64> {
        self.check_filter(filter)?;
        if paths == Paths::Records {
            return Ok(self.select_records(filter, self.table.live(), now).len());
        }
        Ok(Evaluation::new(self, filter.plan().uses().segments, now, paths).count(filter))
    }

    /// Those among some contacts of the book that match a filter which was checked.
    pub(crate) fn select_among(&self, filter: &Filter, contacts: &MemberSet, now: Timestamp) -> MemberSet {
        if contacts.len() <= FEW_CONTACTS {
            return self.select_records(filter, contacts, now);
        }
        let uses = filter.plan().uses();
        let mut evaluation = Evaluation::new(self, uses.segments, now, Paths::Cheapest);
        let is_everybody = contacts.len() == self.table.live().len();
        evaluation.answer(filter, (!is_everybody).then_some(contacts)).into_set()
    }

    /// The same, contact by contact.
    fn select_records(&self, filter: &Filter, contacts: &MemberSet, now: Timestamp) -> MemberSet {
        let uses = filter.plan().uses();
        let needs = Needs::of(&uses, &self.segments);
        let segments = self.segments.bound(uses.segments, now);
        let matcher = filter.plan().at(now);
        let matches = |record| matcher.matches(&record, &segments.membership());
        contacts.iter().filter(|contact| matches(self.view(*contact, &needs))).collect()
    }

    /// The members of a static or dynamic segment.
    ///
    /// # Errors
    /// [`Code::BrokenSegment`](crate::Code::BrokenSegment) if it is broken or stands on a broken one.
    pub(crate) fn members(&self, segment: SegmentId, now: Timestamp) -> Result<MemberSet> {
        self.segments.refuse_broken([segment], &self.schema)?;
        let mut evaluation = Evaluation::new(self, [segment], now, Paths::Cheapest);
        let members = evaluation.members_of(segment);
        Ok(members.into_members(self.table.live()).into_set())
    }

    /// How many members each of some segments has, none of which is broken.
    pub(crate) fn member_counts(&self, segments: &[SegmentId], now: Timestamp) -> Vec<u64> {
        let mut evaluation = Evaluation::new(self, segments.iter().copied(), now, Paths::Cheapest);
        let everybody = self.table.live().len();
        segments.iter().map(|segment| evaluation.members_of(*segment).len(everybody)).collect()
    }

    /// The contacts whose set has a symbol: a tag, a static segment, an option.
    pub(crate) fn linked(&self, field: FieldId, symbol: Symbol) -> MemberSet {
        Columns { state: self }.rows_of_symbol(field, symbol).into_set()
    }

    /// How many contacts have each symbol of a field of sets.
    pub(crate) fn symbol_counts(&self, field: FieldId) -> BTreeMap<Symbol, u64> {
        Columns { state: self }.symbol_counts(field)
    }

    /// Which of some segments each of some contacts is in.
    pub(crate) fn membership_of(
        &self,
        segments: &[SegmentId],
        contacts: &MemberSet,
        now: Timestamp,
    ) -> Vec<MemberSet> {
        let contacts = contacts & self.table.live();
        if contacts.len() <= FEW_CONTACTS {
            return self.membership_of_records(segments, &contacts, now);
        }
        let mut evaluation = Evaluation::new(self, segments.iter().copied(), now, Paths::Cheapest);
        let whole = segments.iter().map(|segment| evaluation.cost_of(*segment));
        let whole = whole.fold(0, u64::saturating_add);
        let count = u64::try_from(segments.len()).unwrap_or(u64::MAX);
        let each = RECORD_TESTED.saturating_add(count.saturating_mul(SEGMENT_TESTED));
        if contacts.len().saturating_mul(each) < whole {
            return self.membership_of_records(segments, &contacts, now);
        }
        let members = |segment: &SegmentId| {
            let members = evaluation.members_of(*segment).and(contacts.clone().into());
            members.into_members(self.table.live()).into_set()
        };
        segments.iter().map(members).collect()
    }

    /// The same, contact by contact.
    fn membership_of_records(
        &self,
        segments: &[SegmentId],
        contacts: &MemberSet,
        now: Timestamp,
    ) -> Vec<MemberSet> {
        let needs = Needs::of_segments(segments.iter().copied(), &self.segments);
        let bound = self.segments.bound(segments.iter().copied(), now);
        let mut members = vec![MemberSet::new(); segments.len()];
        for id in contacts.iter() {
            let (contact, membership) = (self.view(id, &needs), bound.membership());
            for (segment, members) in segments.iter().zip(&mut members) {
                if membership.contains(*segment, &contact) {
                    members.insert(id);
                }
            }
        }
        members
    }
}
